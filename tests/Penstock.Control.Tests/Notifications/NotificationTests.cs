using System.Security.Cryptography;
using System.Text;
using Penstock.Contract;
using Penstock.Control.Health;
using Penstock.Control.Notifications;
using Penstock.Control.Outbound;
using Penstock.Control.Settings;
using Penstock.Control.Tests.Running;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Tests.Notifications;

public sealed class NotificationTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task People_are_told_when_a_model_s_state_changes_and_when_it_is_back_to_normal(string system)
    {
        await using var bench = await Bench.OnAsync(system);
        await using var receiver = await WebReceiver.StartAsync();
        await using var node = bench.Node();
        using var notifications = Service(bench);
        var health = new HealthService(bench.Parts(), node, new(bench.Database, bench.Time), notifications);
        await notifications.AddAsync(
            Bench.Ana, new("Ops", ChannelKind.Webhook) { Url = receiver.Address.ToString(), SigningSecret = "${secret:SIGN}" }, default);

        bench.Users(1);
        await bench.RunAsync(node);
        await health.CheckAsync(default);
        receiver.Taken.ShouldBeEmpty();

        bench.Run("ALTER TABLE users RENAME TO gone");
        await bench.RunAsync(node);
        await health.CheckAsync(default);
        await bench.RunAsync(node);
        await health.CheckAsync(default);
        var (body, signature) = receiver.Taken.ShouldHaveSingleItem();
        body.ShouldContain("\"event\":\"failing\"");
        body.ShouldContain("https://penstock.example.com/models/users");
        signature.ShouldBe(Expected(bench, body));

        bench.Run("ALTER TABLE gone RENAME TO users");
        await bench.RunAsync(node);
        await health.CheckAsync(default);
        receiver.Taken.Count.ShouldBe(2);
        receiver.Taken[1].Body.ShouldContain("Back to normal");
    }

    [Fact]
    public async Task A_message_that_is_not_taken_is_tried_again_later_and_tells_why()
    {
        await using var bench = new Bench();
        await using var receiver = await WebReceiver.StartAsync();
        using var notifications = Service(bench);
        await notifications.AddAsync(Bench.Ana, new("Ops", ChannelKind.Slack) { Url = receiver.Address.ToString() }, default);
        await bench.Database.UseAsync(
            async context =>
            {
                await notifications.AddAsync(context, "users", "failing", "It <failed> & ended.", default);
                await context.SaveChangesAsync();
            },
            default);

        receiver.Status = 302; // not followed
        await notifications.SendDueAsync(default);
        await notifications.SendDueAsync(default);
        var waiting = (await notifications.MessagesAsync(10, default)).ShouldHaveSingleItem();
        (waiting.Attempts, waiting.SentAt).ShouldBe((1, null));
        waiting.Error.ShouldNotBeNull().ShouldContain("status 302");

        receiver.Status = 200;
        bench.Time.Advance(TimeSpan.FromSeconds(30));
        await notifications.SendDueAsync(default);
        await notifications.SendDueAsync(default);

        receiver.Taken.Count.ShouldBe(2);
        System.Text.Json.JsonDocument.Parse(receiver.Taken[1].Body).RootElement.GetProperty("text").GetString()
            .ShouldNotBeNull().ShouldStartWith("It &lt;failed&gt; &amp; ended.");
        (await notifications.MessagesAsync(10, default))[0].SentAt.ShouldBe(bench.Time.GetUtcNow());
    }

    [Fact]
    public async Task An_e_mail_is_sent_by_smtp()
    {
        await using var bench = new Bench();
        using var receiver = new MailReceiver();
        using var notifications = Service(bench);

        var problem = await notifications.TestAsync(
            new("Mail", ChannelKind.Email)
            {
                Host = "127.0.0.1",
                Port = receiver.Port,
                RequiresTls = false,
                From = "penstock@example.com",
                To = ["ops@example.com", "ana@example.com"],
            },
            default);

        problem.ShouldBeNull();
        var mail = await receiver.Mail;
        mail.ShouldContain("RCPT TO:<ana@example.com>");
        mail.ShouldContain("Subject: Penstock: This is a test from Penstock.");
    }

    [Fact]
    public async Task A_channel_that_can_t_be_reached_says_why()
    {
        await using var bench = new Bench();
        using var notifications = Service(bench);

        (await notifications.TestAsync(new("x", ChannelKind.Webhook) { Url = "http://127.0.0.1:1/in" }, default))
            .ShouldNotBeNull().Code.ShouldBe("channel.not_taken");
        (await notifications.TestAsync(new("x", ChannelKind.Webhook) { Url = "${secret:NONE}" }, default))
            .ShouldNotBeNull().Code.ShouldBe("none");
    }

    [Theory]
    [InlineData("http://10.0.0.1/in", "outbound.refused")]
    [InlineData("http://[::1]/in", "outbound.refused")]
    [InlineData("http://169.254.169.254/latest", "outbound.refused")]
    [InlineData("file:///etc/passwd", "outbound.address")]
    [InlineData("http://user:pass@example.com/", "outbound.address")]
    [InlineData("", "channel.invalid")]
    public async Task A_channel_inside_the_network_or_that_does_not_fit_is_refused(string url, string code)
    {
        await using var bench = new Bench();
        using var notifications = Service(bench);

        (await Should.ThrowAsync<PenstockException>(() => notifications.AddAsync(Bench.Ana, new("x", ChannelKind.Webhook) { Url = url },
            default)))
            .Problem.Code.ShouldBe(code);
    }

    [Fact]
    public async Task Channels_are_changed_and_removed_and_a_secret_is_never_written_out()
    {
        await using var bench = new Bench();
        using var notifications = Service(bench);
        var draft = new ChannelDraft("Ops", ChannelKind.Webhook) { Url = "https://hooks.example.com/in" };
        (await Should.ThrowAsync<PenstockException>(() => notifications.AddAsync(Bench.Ana, draft with { SigningSecret = "plain" },
            default)))
            .Problem.Code.ShouldBe("channel.invalid");

        var channel = await notifications.AddAsync(Bench.Ana, draft, default);
        await notifications.ChangeAsync(Bench.Ana, channel.Id, draft with { IsEnabled = false }, default);
        (await notifications.ChannelsAsync(default)).ShouldHaveSingleItem().Draft.IsEnabled.ShouldBeFalse();
        await notifications.RemoveAsync(Bench.Ana, channel.Id, default);
        (await notifications.ChannelsAsync(default)).ShouldBeEmpty();

        var actions = await bench.Database.UseAsync(context => Task.FromResult(context.Audit.Select(entry => entry.Action).ToList()),
            default);
        actions.ShouldBe(["channel.added", "channel.changed", "channel.removed"]);
    }

    private static NotificationService Service(Bench bench) =>
        new(bench.Database, new OutboundPolicy(["127.0.0.1"]), new Secrets(), bench.Time)
        {
            BaseAddress = new(
            "https://penstock.example.com/")
        };

    private static string Expected(Bench bench, string body)
    {
        var at = bench.Time.GetUtcNow().ToUnixTimeSeconds();
        return $"t={at},v1={Convert.ToHexStringLower(HMACSHA256.HashData("key"u8, Encoding.UTF8.GetBytes($"{at}.{body}")))}";
    }

    private sealed class Secrets : ISecretSource
    {
        public string? Find(string scheme, string name, out Problem? problem)
        {
            problem = name == "SIGN" ? null : new("none", "There is no such secret.");
            return name == "SIGN" ? "key" : null;
        }
    }
}
