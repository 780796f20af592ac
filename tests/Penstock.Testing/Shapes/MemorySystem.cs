using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Penstock.Contract;

namespace Penstock.Testing.Shapes;

/// <summary>
/// A far end in memory, with state of its own. It is an HTTP handler, so that a test's simple client and the engine's real one reach it
/// alike. Wants the token <see cref="Token"/>.
/// </summary>
public abstract class MemorySystem : HttpMessageHandler
{
    /// <summary>The only token it lets in.</summary>
    public const string Token = "memory-token-5af1";

    private readonly Lock _lock = new();
    private readonly Dictionary<int, (int Status, string Body)> _faults = [];

    /// <summary>How many requests there were.</summary>
    public int Requests { get; private set; }

    /// <summary>Answers one of the next requests with this instead, without doing anything.</summary>
    /// <param name="after">How many requests go through before it.</param>
    /// <param name="status">The status of the fault.</param>
    /// <param name="body">Its body.</param>
    public void FailLater(int after, int status, string body) => _faults[Requests + after + 1] = (status, body);

    /// <summary>Forgets faults that didn't come to pass.</summary>
    public void FailNoMore() => _faults.Clear();

    /// <summary>All it holds, the same text for the same state.</summary>
    public string Snapshot()
    {
        lock (_lock)
            return State().ToJsonString();
    }

    /// <summary>All it holds.</summary>
    protected abstract JsonNode State();

    /// <summary>Answers a request; called by one at a time.</summary>
    protected abstract (int Status, JsonNode Body) Answer(string method, string[] path, string body);

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        lock (_lock)
        {
            Requests++;
            if (_faults.TryGetValue(Requests, out var fault))
                return Response(fault.Status, fault.Body);
            if (request.Headers.Authorization?.Parameter != Token)
                return Response(401, $$"""{"message":"Unknown token {{request.Headers.Authorization?.Parameter}}"}""");
            var path = request.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries) // a request has an address
                .Select(Uri.UnescapeDataString).ToArray();
            var (status, answer) = Answer(request.Method.Method, path, body);
            return Response(status, answer.ToJsonString());
        }
    }

    /// <summary>What is wrong with a person's fields; null for nothing.</summary>
    protected static string? Wrong(JsonNode? fields) =>
        fields?["email"]?.GetValue<string>() is { } email && !email.Contains('@') ? "The e-mail address is not valid" : null;

    /// <summary>Puts changed fields over what was there; null clears.</summary>
    protected static void Merge(JsonObject target, JsonNode? fields)
    {
        foreach (var (name, value) in fields!.AsObject()) // the connectors here always send some
        {
            if (value is null)
                target.Remove(name);
            else
                target[name] = value.DeepClone();
        }
    }

    private static HttpResponseMessage Response(int status, string body) =>
        new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}

/// <summary>A connector of the suite's own, which brings its far end along.</summary>
public interface IShape : IConnector
{
    /// <summary>A new, empty far end.</summary>
    MemorySystem NewFarEnd();
}

/// <summary>The app of a connector to a system in memory.</summary>
public sealed record MemoryApp
{
    /// <summary>Its address: any.</summary>
    [Option("Address", Help = "Any address; the system is in memory.")]
    public Uri Endpoint { get; init; } = new("http://memory.invalid");

    /// <summary>The token.</summary>
    [Option("Token", Help = $"Must be {MemorySystem.Token}.")]
    public required Secret Token { get; init; }
}
