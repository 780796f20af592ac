using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Penstock.Control.Tests.Notifications;

/// <summary>A web server that takes webhooks.</summary>
internal sealed class WebReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebReceiver(WebApplication app) => _app = app;

    public List<(string Body, string? Signature)> Taken { get; } = [];

    public int Status { get; set; } = 200;

    public Uri Address => new(_app.Urls.First() + "/in");

    public static async Task<WebReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new WebReceiver(app);
        app.MapPost("/in", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            receiver.Taken.Add((await reader.ReadToEndAsync(), context.Request.Headers["Penstock-Signature"]));
            context.Response.StatusCode = receiver.Status;
            context.Response.Headers.Location = "/elsewhere";
        });
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>An SMTP server that takes one e-mail.</summary>
internal sealed class MailReceiver : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public MailReceiver()
    {
        _listener.Start();
        Mail = Task.Run(TakeAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Task<string> Mail { get; }

    public void Dispose() => _listener.Dispose();

    private async Task<string> TakeAsync()
    {
        using var client = await _listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 here");
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            mail.AppendLine(line);
            if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                while (await reader.ReadLineAsync() is { } text && text != ".")
                    mail.AppendLine(text);
            }

            await writer.WriteLineAsync(line == "QUIT" ? "221 bye" : "250 OK");
            if (line == "QUIT")
                break;
        }

        return mail.ToString();
    }
}
