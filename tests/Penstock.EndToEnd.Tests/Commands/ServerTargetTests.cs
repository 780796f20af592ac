using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Penstock.EndToEnd.Tests.Commands;

/// <summary>What apply and pull say to a server, over a socket.</summary>
public sealed class ServerTargetTests : IAsyncLifetime, IDisposable
{
    private readonly Cli _cli = new Cli().With("PENSTOCK_API_KEY", "psk_1");
    private readonly List<string> _heard = [];
    private WebApplication? _server;
    private (int Status, string Body) _answer = (200, "{}");

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var request = context.Request;
            _heard.Add($"{request.Method} {request.Path} {request.Headers.Authorization} {await reader.ReadToEndAsync()}");
            context.Response.StatusCode = _answer.Status;
            await context.Response.WriteAsync(_answer.Body);
        });
        await _server.StartAsync();
        _cli.Write("penstock.yaml", "project: P\n");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Apply_sends_the_files_with_what_they_come_from()
    {
        _answer = (201, """{"number":7,"unchanged":false,"changes":[{"thing":"project","title":"Project","kind":"changed","details":["x"]}]}""");

        var first = await ApplyAsync("--comment", "c");
        await ApplyAsync("--force", "--dry-run");

        first.Output.ShouldBe("~ Project\n    x\nRevision 7 is published.\n");
        _heard[0].ShouldBe("""POST /api/v1/revisions Bearer psk_1 {"files":{"penstock.yaml":"project: P\n"},"comment":"c","base":0,"dryRun":false,"force":false}""");
        using var second = JsonDocument.Parse(_heard[1][_heard[1].IndexOf('{', StringComparison.Ordinal)..]);
        second.RootElement.GetProperty("dryRun").GetBoolean().ShouldBeTrue();
        second.RootElement.GetProperty("force").GetBoolean().ShouldBeTrue();
        await ApplyAsync();
        _heard[2].ShouldContain("\"base\":7");
    }

    [Fact]
    public async Task Pull_writes_the_files_of_the_current_revision()
    {
        _answer = (200, """{"number":3,"hash":"x","files":{"penstock.yaml":"project: Q\n","models/m.yaml":"# later\n"}}""");

        var refused = await PullAsync();
        var pulled = await PullAsync("--force");

        refused.Error.ShouldContain("pull.local_changes");
        pulled.Code.ShouldBe(0);
        _heard[0].ShouldBe("GET /api/v1/revisions/current Bearer psk_1 ");
        File.ReadAllText(Path.Combine(_cli.Folder, "penstock.yaml")).ShouldBe("project: Q\n");
    }

    [Theory]
    [InlineData(401, "", 4, "connection.not_authorised")]
    [InlineData(403, "", 4, "connection.no_permission")]
    [InlineData(404, "<html>", 1, "server.answer")]
    [InlineData(200, "<html>", 1, "server.answer")]
    [InlineData(404, """{"code":"revision.none"}""", 1, "revision.none")]
    [InlineData(409, """{"code":"revision.conflict","detail":"Ben was faster.","help":"Pull."}""", 1, "Ben was faster. (revision.conflict)")]
    [InlineData(422, """{"code":"configuration.invalid","problems":[{"code":"key.missing","message":"Gone.","file":"a.yaml","line":2}]}""",
        1, "a.yaml:2: Gone. (key.missing)")]
    [InlineData(200, """{"number":1,"hash":"","files":{"../evil.yaml":"x"}}""", 1, "revision.file_name")]
    public async Task What_the_server_refuses_is_told_in_its_words(int status, string body, int code, string words)
    {
        _answer = (status, body);

        var ran = await PullAsync("--force");

        ran.Code.ShouldBe(code);
        ran.Error.ShouldContain(words);
    }

    private Task<Ran> ApplyAsync(params string[] options) => _cli.RunAsync(["apply", "--server", Address, .. options]);

    private Task<Ran> PullAsync(params string[] options) => _cli.RunAsync(["pull", "--server", Address, .. options]);

    private string Address => _server!.Urls.Single(); // started before each test
}
