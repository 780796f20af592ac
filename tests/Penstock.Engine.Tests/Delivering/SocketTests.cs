using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Penstock.Contract;
using Penstock.Engine.Delivering;
using Penstock.Engine.Delivering.Http;

namespace Penstock.Engine.Tests.Delivering;

/// <summary>The real handler over real sockets, against a server that answers each connection with the bytes it was given.</summary>
public sealed class SocketTests : IDisposable
{
    private const string Good =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{\"ok\":true}";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _received = [];

    public SocketTests() => _listener.Start();

    public void Dispose() => _listener.Dispose();

    [Theory]
    [InlineData("")] // closed without a word
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"ok\":")] // breaks off
    [InlineData("\u0001\u0002\u0003 not HTTP at all\r\n\r\n")]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 9\r\nConnection: close\r\n\r\n<html>502")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\nConnection: close\r\n\r\n<html>!")]
    public async Task What_breaks_on_the_way_is_sent_again(string answer)
    {
        var serving = ServeAsync(answer, Good);

        var got = await SendAsync(new(HttpMethod.Post, Address) { Json = writer => writer.WriteStringValue("body") });

        got.Excerpt().ShouldBe("""{"ok":true}""");
        await serving;
        _received.Count.ShouldBe(2);
        _received.ShouldAllBe(request => request.EndsWith("\"body\"") && request.Contains("Authorization: Bearer s3cret/key"));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var serving =
            ServeAsync("HTTP/1.1 307 Temporary\r\nLocation: http://elsewhere.test/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        var got = await SendAsync(new(HttpMethod.Get, Address));

        (got.Status, got.Headers["Location"]).ShouldBe((307, "http://elsewhere.test/"));
        await serving;
    }

    [Fact]
    public async Task Nobody_listening_is_told_as_such()
    {
        var address = Address;
        _listener.Stop();

        var error = await Should.ThrowAsync<ConnectionException>(() => SendAsync(new(HttpMethod.Get, address)));

        error.Fault.ShouldBe(ConnectionFault.Refused);
        error.Message.ShouldContain($"127.0.0.1:{address.Port}");
    }

    private Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/write");

    private static async Task<HttpAnswer> SendAsync(HttpCall call)
    {
        using var invoker = new HttpMessageInvoker(HttpHandlers.Create());
        var options = new DeliveryOptions { BackOffFrom = TimeSpan.Zero, Tries = 3 };
        using var http = new DeliveryHttp(
            invoker, new FakeConnector().Declaration, "fake_app", new FakeApp(), options, TimeProvider.System, NullLogger.Instance);
        return await http.SendAsync(call, TestContext.Current.CancellationToken);
    }

    private async Task ServeAsync(params string[] answers)
    {
        foreach (var answer in answers)
        {
            using var client = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await using var stream = client.GetStream();
            _received.Add(await ReadRequestAsync(stream));
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer));
        }
    }

    private static async Task<string> ReadRequestAsync(NetworkStream stream)
    {
        var buffer = new byte[8192];
        var text = "";
        while (true)
        {
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var length = text.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase));
            if (end >= 0 && text.Length >= end + 4 + (length is null ? 0 : int.Parse(length[16..])))
                return text;
            var read = await stream.ReadAsync(buffer);
            if (read == 0)
                return text;
            text += Encoding.UTF8.GetString(buffer, 0, read);
        }
    }
}
