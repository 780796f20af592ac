using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Penstock.Simulators.Braze;

namespace Penstock.Connectors.Tests.Braze.Simulator;

public sealed class AdmissionTests
{
    private const string One = """{"attributes":[{"external_id":"u1","plan":"gold"}]}""";

    [Fact]
    public async Task A_wrong_key_is_told_back_with_rate_headers_that_are_there_but_empty()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        braze.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "Simulator-Key");

        var reply = await braze.PostAsync("/users/track", One);

        reply.Status.ShouldBe(401);
        reply.Message.ShouldBe("Invalid API key: Simulator-Key");
        reply.Header("x-ratelimit-limit").ShouldBe("");
        reply.Header("x-ratelimit-remaining").ShouldBe("");
        reply.Header("x-ratelimit-reset").ShouldBe("");
        braze.Simulator.Stats.Users.ShouldBe(0);
    }

    [Fact]
    public async Task A_missing_key_is_not_authorised()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        braze.Http.DefaultRequestHeaders.Authorization = null;

        (await braze.PostAsync("/users/track", One)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task The_word_bearer_may_be_in_any_case()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        braze.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("bEARER", "simulator-key");

        (await braze.PostAsync("/users/track", One)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_key_without_the_permission_is_denied()
    {
        await using var braze = await SimulatedBraze.StartAsync(new() { Permissions = new HashSet<string> { "users.track" } });

        (await braze.PostAsync("/users/track", One)).Status.ShouldBe(201);
        (await braze.PostAsync("/users/delete", """{"external_ids":["u1"]}""")).Status.ShouldBe(403);
        braze.Simulator.Profile("u1").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("/users/track/")]
    [InlineData("/users/trac")]
    [InlineData("/Users/Track")]
    [InlineData("//users/track")]
    public async Task Another_path_is_an_invalid_URL(string path)
    {
        await using var braze = await SimulatedBraze.StartAsync();

        using var content = new StringContent(One, Encoding.UTF8, "application/json");
        var address = braze.Simulator.Address.GetLeftPart(UriPartial.Authority) + path;
        var reply = await braze.SendAsync(HttpMethod.Post, address, content);

        reply.Status.ShouldBe(404);
        reply.Message.ShouldBe("Invalid URL");
    }

    [Fact]
    public async Task Another_method_is_an_invalid_URL()
    {
        await using var braze = await SimulatedBraze.StartAsync();

        (await braze.GetAsync("/users/track")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/jsonp")]
    [InlineData(null)]
    public async Task A_content_type_that_is_not_JSON_is_unsupported(string? type)
    {
        await using var braze = await SimulatedBraze.StartAsync();

        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(One));
        content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);

        (await braze.SendAsync(HttpMethod.Post, "/users/track", content)).Status.ShouldBe(415);
    }

    [Fact]
    public async Task A_body_over_four_megabytes_is_answered_in_HTML()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        var fits = One.PadRight(4_000_000);

        (await braze.PostAsync("/users/track", fits)).Status.ShouldBe(201);
        var reply = await braze.PostAsync("/users/track", fits + " ");

        reply.Status.ShouldBe(413);
        reply.MediaType.ShouldBe("text/html");
    }

    [Theory]
    [InlineData("{\"attributes\":[")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"attributes\":[{\"external_id\":\"\\ud800\"}]}")]
    public async Task A_body_that_is_not_a_JSON_object_is_a_bad_request(string body)
    {
        await using var braze = await SimulatedBraze.StartAsync();

        (await braze.PostAsync("/users/track", body)).Status.ShouldBe(400);
        braze.Simulator.Stats.Users.ShouldBe(0);
    }

    [Fact]
    public async Task A_body_that_is_not_UTF8_is_a_bad_request()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        using var content = new ByteArrayContent([.. "{\"attributes\":[{\"external_id\":\"u\",\"a\":\""u8, 0xC3, 0x28, .. "\"}]}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        (await braze.SendAsync(HttpMethod.Post, "/users/track", content)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_server_that_speaks_HTTP2_without_TLS_can_be_asked_for()
    {
        await using var braze = await SimulatedBraze.StartAsync(new() { Http2 = true });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/users/track")
        {
            Version = new Version(2, 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new StringContent(One, Encoding.UTF8, "application/json"),
        };

        using var response = await braze.Http.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(201);
    }

    [Fact]
    public async Task A_request_id_comes_with_every_answer_and_header_names_are_in_lower_case()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", braze.Simulator.Address.Port, TestContext.Current.CancellationToken);
        var stream = tcp.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes("POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            TestContext.Current.CancellationToken);

        using var reader = new StreamReader(stream, Encoding.ASCII);
        var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        text.ShouldContain("\r\nx-request-id: ", Case.Sensitive);
        text.ShouldContain("\r\nx-ratelimit-limit: ", Case.Sensitive);
        text.ShouldNotContain("\r\nServer: ");
    }
}
