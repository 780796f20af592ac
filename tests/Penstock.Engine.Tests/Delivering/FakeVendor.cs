using System.Net;
using System.Text;
using System.Text.Json;

namespace Penstock.Engine.Tests.Delivering;

/// <summary>One request that reached the vendor.</summary>
internal sealed record Received(string Path, IReadOnlyList<string> Keys, int Bytes, TimeSpan At, HttpRequestMessage Message);

/// <summary>
/// The far end: takes what <see cref="FakeConnector"/> sends, checks that no key is in two requests at once, and answers as told.
/// </summary>
internal sealed class FakeVendor(Simulation simulation) : HttpMessageHandler
{
    private readonly HashSet<string> _inFlight = [];

    /// <summary>How it answers; null for taking everything at once.</summary>
    public Func<Received, HttpResponseMessage?>? Answers { get; set; }

    /// <summary>How it answers where that takes time; asked first.</summary>
    public Func<Received, CancellationToken, Task<HttpResponseMessage>?>? AnswersLater { get; set; }

    /// <summary>How long an answer takes.</summary>
    public Func<TimeSpan> Delay { get; set; } = () => TimeSpan.FromMilliseconds(50);

    public List<Received> Requests { get; } = [];

    public IEnumerable<string> Paths => Requests.Select(request => request.Path);

    public int MostInFlight { get; private set; }

    public int NowInFlight { get; private set; }

    /// <summary>Keys that were in two requests at once.</summary>
    public List<string> Crossed { get; } = [];

    public static HttpResponseMessage Json(int status, string body, params (string Name, string Value)[] headers)
    {
        var content = new StringContent(body, Encoding.UTF8, "application/json");
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = content };
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    public static HttpResponseMessage Html(int status) => new((HttpStatusCode)status)
    {
        Content = new StringContent("<html><body>Bad gateway</body></html>", Encoding.UTF8, "text/html"),
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        simulation.AssertInside();
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var received = new Received(request.RequestUri!.AbsolutePath, Texts(body, "key"), body.Length, simulation.Now, request);
        string[] touched = [.. received.Keys, .. Texts(body, "previous")];
        Requests.Add(received);
        Crossed.AddRange(touched.Where(key => !_inFlight.Add(key)));
        MostInFlight = Math.Max(MostInFlight, ++NowInFlight);
        try
        {
            if (AnswersLater?.Invoke(received, cancellationToken) is { } later)
                return await later;
            await Task.Delay(Delay(), simulation, cancellationToken);
            return Answers?.Invoke(received) ?? Json(200, "{}");
        }
        finally
        {
            NowInFlight--;
            _inFlight.ExceptWith(touched);
        }
    }

    private static List<string> Texts(byte[] body, string name)
    {
        if (body.Length == 0)
            return [];
        using var document = JsonDocument.Parse(body);
        return
        [
            .. document.RootElement.GetProperty("records").EnumerateArray()
                .Where(record => record.TryGetProperty(name, out _))
                .Select(record => record.GetProperty(name).GetString()!),
        ];
    }
}
