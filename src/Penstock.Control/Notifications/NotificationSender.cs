using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Penstock.Contract;
using Penstock.Control.Outbound;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Notifications;

/// <summary>What is told.</summary>
internal sealed record Message(long Id, DateTimeOffset At, string Model, string Event, string Text, string? Link);

/// <summary>Sends one message to one channel.</summary>
internal sealed class NotificationSender(OutboundPolicy policy, ISecretSource secrets, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly HttpMessageInvoker _http = new(policy.Handler());

    /// <summary>Sends it.</summary>
    /// <returns>Why it was not taken; null when it was.</returns>
    public async Task<Problem?> SendAsync(ChannelDraft channel, Message message, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return channel.Kind == ChannelKind.Email
                ? await MailAsync(channel, message, either.Token)
                : await PostAsync(channel, message, either.Token);
        }
        catch (PenstockException exception)
        {
            return exception.Problem;
        }
        catch (HttpRequestException exception) when (exception.InnerException is PenstockException refused)
        {
            return refused.Problem;
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException or IOException or MailKit.CommandException
            or MailKit.ProtocolException or AuthenticationException or SslHandshakeException or NotSupportedException or FormatException)
        {
            return NotTaken(exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NotTaken($"no answer for {Patience.TotalSeconds:0} s");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<Problem?> PostAsync(ChannelDraft channel, Message message, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(SecretReferences.Open(channel.Url ?? "", secrets), UriKind.Absolute, out var address))
            return OutboundProblems.Address.Of("The channel's address is none.", "Write an address such as https://hooks.example.com/in.");
        if (policy.Check(address) is { } problem)
            return problem;
        var body = channel.Kind == ChannelKind.Slack
            ? JsonSerializer.SerializeToUtf8Bytes(new { text = Escape(message.Text) })
            : JsonSerializer.SerializeToUtf8Bytes(new
            {
                id = message.Id,
                at = message.At,
                model = message.Model,
                @event = message.Event,
                text = message.Text,
                link = message.Link,
            });
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        if (channel.SigningSecret is { } secret)
            request.Headers.Add("Penstock-Signature", Signature(SecretReferences.Open(secret, secrets), body));
        using var answer = await _http.SendAsync(request, cancellationToken);
        return answer.IsSuccessStatusCode ? null : NotTaken($"it answered with status {(int)answer.StatusCode}");
    }

    // The time is signed with the body, so that an old request can't be sent again by somebody who saw it.
    private string Signature(string secret, byte[] body)
    {
        var at = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(at + ".").Concat(body).ToArray());
        return $"t={at},v1={Convert.ToHexStringLower(signed)}";
    }

    private async Task<Problem?> MailAsync(ChannelDraft channel, Message message, CancellationToken cancellationToken)
    {
        var first = message.Text.Split('\n', 2)[0];
        using var mail = new MimeMessage(
            [MailboxAddress.Parse(channel.From ?? "")], channel.To.Select(MailboxAddress.Parse), "Penstock: " + first,
            new TextPart("plain") { Text = message.Text });
        using var client = new SmtpClient();
        using var socket = await policy.ConnectAsync(channel.Host ?? "", channel.Port, cancellationToken);
        var security = channel.RequiresTls ? channel.Port == 465 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls
            : SecureSocketOptions.StartTlsWhenAvailable;
        await client.ConnectAsync(socket, channel.Host ?? "", channel.Port, security, cancellationToken);
        if (channel.User is { Length: > 0 } user)
            await client.AuthenticateAsync(user, SecretReferences.Open(channel.Password ?? "", secrets), cancellationToken);
        await client.SendAsync(mail, cancellationToken);
        await client.DisconnectAsync(true, cancellationToken);
        return null;
    }

    // api.slack.com/reference/surfaces/formatting#escaping, read 2026-11: these three, and no others.
    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static Problem NotTaken(string why) => NotificationProblems.NotTaken.Of(
        $"The receiver did not take the message: {why}.", "Check the channel's address and secrets, then test it.");
}
