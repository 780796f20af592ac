using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Penstock.Contract;
using Penstock.Control.Revisions;
using Penstock.Control.Services;
using Penstock.Engine.Delivering.Http;

namespace Penstock.Cli.Publishing;

/// <summary>
/// Revisions of a running server, by its API: <c>POST /api/v1/revisions</c> with <c>{files, comment, base, dryRun, force}</c>, and
/// <c>GET /api/v1/revisions/current</c>, which gives <c>{number, hash, files}</c>.
/// </summary>
internal sealed class ServerTarget : IRevisionTarget, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly HttpMessageInvoker _http = new(HttpHandlers.Create());
    private readonly Uri _server;
    private readonly string _key;
    private readonly TimeProvider _time;

    /// <summary>Speaks to the server at an address.</summary>
    /// <exception cref="PenstockException">The address is none, or there is no key.</exception>
    public ServerTarget(string server, string? key, TimeProvider time)
    {
        if (!Uri.TryCreate(server.TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new PenstockException(CommandProblems.Arguments.Of(
                $"`{server}` is no address.", "Write --server https://penstock.example.com."));
        }

        _server = address;
        _key = key is { Length: > 0 } ? key : throw new PenstockException(CommandProblems.NoApiKey.Of(
            $"There is no API key for {server}.", "Make one in the server (People → API keys) and set PENSTOCK_API_KEY."));
        _time = time;
    }

    /// <inheritdoc/>
    public string Name => _server.AbsoluteUri;

    /// <inheritdoc/>
    public async Task<Applied> ApplyAsync(
        IReadOnlyDictionary<string, string> files, string comment, long? known, bool dryRun, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(new ApplyBody(files, comment, known ?? 0, dryRun, known is null), Json);
        var (status, text) = await SendAsync(HttpMethod.Post, "api/v1/revisions", body, cancellationToken);
        if (status is not (HttpStatusCode.OK or HttpStatusCode.Created))
            throw Refused(status, text);
        var answer = Parse<ApplyAnswer>(text);
        return new(answer.Number, answer.Unchanged, answer.Changes ?? []);
    }

    /// <inheritdoc/>
    public async Task<Pulled?> PullAsync(CancellationToken cancellationToken)
    {
        var (status, text) = await SendAsync(HttpMethod.Get, "api/v1/revisions/current", null, cancellationToken);
        if (status == HttpStatusCode.NotFound && ProblemOf(text)?.Code == RevisionProblems.None.Code)
            return null;
        if (status != HttpStatusCode.OK)
            throw Refused(status, text);
        var answer = Parse<CurrentAnswer>(text);
        return new(answer.Number, answer.Files);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(
        HttpMethod method, string path, string? body, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var request = new HttpRequestMessage(method, new Uri(_server, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _key);
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.UserAgent.ParseAdd("penstock");
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        try
        {
            using var answer = await _http.SendAsync(request, either.Token);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(either.Token));
        }
        catch (HttpRequestException exception)
        {
            throw new ConnectionException(
                ConnectionFault.Refused,
                ConnectionProblems.Refused.Of($"The server {_server} does not answer: {exception.Message}",
                    "Check the address after --server."),
                exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConnectionException(
                ConnectionFault.TimedOut,
                ConnectionProblems.TimedOut.Of($"The server {_server} did not answer in {Patience.TotalSeconds} s."),
                exception);
        }
    }

    private PenstockException Refused(HttpStatusCode status, string text)
    {
        if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            var isKnown = status == HttpStatusCode.Forbidden;
            return new ConnectionException(
                isKnown ? ConnectionFault.NoPermission : ConnectionFault.NotAuthorised,
                isKnown
                    ? ConnectionProblems.NoPermission.Of(
                        $"The API key may not do this at {_server}.", "Publishing needs the role Publisher.")
                    : ConnectionProblems.NotAuthorised.Of($"The server {_server} does not take the API key.", "Check PENSTOCK_API_KEY."));
        }

        if (ProblemOf(text) is not { Code: { Length: > 0 } code } problem)
            return new(CommandProblems.ServerAnswer.Of(
                $"The server {_server} answered {(int)status}.", "Check the address after --server."));
        var problems = (problem.Problems ?? []).Select(one => new Problem(one.Code, one.Message, one.Help)
        {
            File = one.File,
            Line = one.Line,
            Path = one.Path,
            Severity = one.Severity == "warning" ? Severity.Warning : Severity.Error,
        }).ToList();
        return problems.Count > 0 ? new InvalidProjectException(problems)
            : new PenstockException(
                new Problem(code, problem.Detail ?? problem.Title ?? $"The server answered {(int)status}.", problem.Help));
    }

    private T Parse<T>(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Json) ?? throw new JsonException("There is nothing.");
        }
        catch (JsonException exception)
        {
            throw new PenstockException(
                CommandProblems.ServerAnswer.Of($"The answer of {_server} can't be read.", "Check the address after --server."), exception);
        }
    }

    private static ProblemAnswer? ProblemOf(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ProblemAnswer>(text, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record ApplyBody(IReadOnlyDictionary<string, string> Files, string Comment, long Base, bool DryRun, bool Force);

    private sealed record ApplyAnswer(long Number, bool Unchanged, IReadOnlyList<ThingChange>? Changes);

    private sealed record CurrentAnswer(long Number, string Hash, Dictionary<string, string> Files);

    private sealed record ProblemAnswer(string? Code, string? Title, string? Detail, string? Help, IReadOnlyList<OneProblem>? Problems);

    private sealed record OneProblem(string Code, string Message, string? Help, string? File, int? Line, string? Path, string? Severity);
}
