using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Penstock.Contract;
using Penstock.Control.Audit;
using Penstock.Control.Database;
using Penstock.Control.Outbound;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Notifications;

/// <summary>The channels, and what is sent through them. A message is kept before it is sent, and tried until it is taken.</summary>
public sealed class NotificationService : IDisposable
{
    private const int AtOnce = 100;

    // After so long the first time, the second, …; after the last, nobody tries any more.
    private static readonly TimeSpan[] Tries =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1),
        TimeSpan.FromHours(6), TimeSpan.FromHours(24),
    ];

    private readonly ControlDatabase _database;
    private readonly TimeProvider _time;
    private readonly AuditLog _audit;
    private readonly NotificationSender _sender;

    internal NotificationService(ControlDatabase database, OutboundPolicy policy, ISecretSource secrets, TimeProvider time)
    {
        (_database, _time, _audit) = (database, time, new(time));
        _sender = new(policy, secrets, time);
        Policy = policy;
    }

    /// <summary>What may be called.</summary>
    public OutboundPolicy Policy { get; }

    /// <summary>The server's own address, for links in messages; null for none.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>All channels.</summary>
    public Task<IReadOnlyList<Channel>> ChannelsAsync(CancellationToken cancellationToken) => _database.UseAsync<IReadOnlyList<Channel>>(
        async context => (await context.Channels.AsNoTracking().OrderBy(channel => channel.Id).ToListAsync(cancellationToken)).ConvertAll(
            Show),
        cancellationToken);

    /// <summary>Adds a channel.</summary>
    /// <exception cref="PenstockException">Something of it doesn't fit, or a secret is written out.</exception>
    public async Task<Channel> AddAsync(Actor actor, ChannelDraft draft, CancellationToken cancellationToken)
    {
        Check(draft);
        return await _database.UseAsync(
            async context =>
            {
                var row = new NotificationChannel
                {
                    Name = draft.Name,
                    Kind = Word(draft.Kind),
                    Options = Write(draft),
                    IsEnabled = draft.IsEnabled,
                };
                context.Channels.Add(row);
                _audit.Add(context, actor, AuditActions.ChannelAdded, $"channel:{draft.Name}", null, draft);
                await context.SaveChangesAsync(cancellationToken);
                return Show(row);
            },
            cancellationToken);
    }

    /// <summary>Changes a channel.</summary>
    /// <exception cref="PenstockException">There is none of that id, or something of it doesn't fit.</exception>
    public async Task ChangeAsync(Actor actor, long id, ChannelDraft draft, CancellationToken cancellationToken)
    {
        Check(draft);
        await _database.UseAsync(
            async context =>
            {
                var row = await FindAsync(context, id, cancellationToken);
                var before = Show(row).Draft;
                (row.Name, row.Kind, row.Options, row.IsEnabled) = (draft.Name, Word(draft.Kind), Write(draft), draft.IsEnabled);
                _audit.Add(context, actor, AuditActions.ChannelChanged, $"channel:{draft.Name}", before, draft);
                await context.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Removes a channel with its messages.</summary>
    /// <exception cref="PenstockException">There is none of that id.</exception>
    public Task RemoveAsync(Actor actor, long id, CancellationToken cancellationToken) => _database.UseAsync(
        async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var row = await FindAsync(context, id, cancellationToken);
            await context.Messages.Where(message => message.ChannelId == id).ExecuteDeleteAsync(cancellationToken);
            context.Channels.Remove(row);
            _audit.Add(context, actor, AuditActions.ChannelRemoved, $"channel:{row.Name}", Show(row).Draft, null);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>Sends a message to try a channel, kept or not.</summary>
    /// <returns>Why it was not taken; null when it was.</returns>
    /// <exception cref="PenstockException">Something of it doesn't fit.</exception>
    public async Task<Problem?> TestAsync(ChannelDraft draft, CancellationToken cancellationToken)
    {
        Check(draft);
        const string Text = "This is a test from Penstock. When a model's state changes, you will be told here.";
        return await _sender.SendAsync(draft, new(0, _time.GetUtcNow(), "", "test", Text, BaseAddress?.ToString()), cancellationToken);
    }

    /// <summary>The last messages, newest first.</summary>
    public Task<IReadOnlyList<SentMessage>> MessagesAsync(int limit, CancellationToken cancellationToken) =>
        _database.UseAsync<IReadOnlyList<SentMessage>>(
            async context => await context.Messages.AsNoTracking().OrderByDescending(message => message.Id).Take(limit)
                .Join(
                    context.Channels, message => message.ChannelId, channel => channel.Id,
                    (message, channel) => new SentMessage(
                        message.Id, channel.Name, message.At, message.Model, message.Event, message.Text, message.SentAt, message.Attempts,
                        message.Error))
                .ToListAsync(cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _sender.Dispose();

    /// <summary>Adds a message for each channel to what <paramref name="context"/> saves next.</summary>
    internal async Task AddAsync(ControlContext context, string model, string change, string text, CancellationToken cancellationToken)
    {
        var channels = await context.Channels.AsNoTracking().Where(channel => channel.IsEnabled).ToListAsync(cancellationToken);
        context.Messages.AddRange(channels.Select(channel => new NotificationMessage
        {
            ChannelId = channel.Id,
            At = _time.GetUtcNow(),
            Model = model,
            Event = change,
            Text = Link(model) is { } link ? $"{text}\n{link}" : text,
        }));
    }

    /// <summary>Sends what is due; each message is claimed by one node.</summary>
    internal async Task SendDueAsync(CancellationToken cancellationToken)
    {
        var waiting = await _database.UseAsync(
            async context => await context.Messages.AsNoTracking().Where(message => message.SentAt == null
                && message.Attempts < Tries.Length)
                .OrderBy(message => message.Id).Take(AtOnce).ToListAsync(cancellationToken),
            cancellationToken);
        foreach (var message in waiting.Where(message => message.At + Tries[message.Attempts] <= _time.GetUtcNow()))
        {
            if (await ClaimAsync(message, cancellationToken) is { } channel)
                await SendAsync(message, channel, cancellationToken);
        }
    }

    private Task<ChannelDraft?> ClaimAsync(NotificationMessage message, CancellationToken cancellationToken) => _database.UseAsync(
        async context =>
        {
            var claimed = await context.Messages
                .Where(row => row.Id == message.Id && row.Attempts == message.Attempts && row.SentAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Attempts, row => row.Attempts + 1), cancellationToken);
            return claimed == 0 ? null : Show(await FindAsync(context, message.ChannelId, cancellationToken)).Draft;
        },
        cancellationToken);

    private async Task SendAsync(NotificationMessage message, ChannelDraft channel, CancellationToken cancellationToken)
    {
        var told = new Message(message.Id, message.At, message.Model, message.Event, message.Text, Link(message.Model));
        var problem = await _sender.SendAsync(channel, told, cancellationToken);
        DateTimeOffset? sent = problem is null ? _time.GetUtcNow() : null;
        var error = problem?.ToString();
        await _database.UseAsync(
            context => context.Messages.Where(row => row.Id == message.Id).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.SentAt, sent).SetProperty(row => row.Error, error), cancellationToken),
            cancellationToken);
    }

    private string? Link(string model) => BaseAddress is { } address ? new Uri(address, $"models/{Uri.EscapeDataString(model)}").ToString()
        : null;

    private void Check(ChannelDraft draft)
    {
        var wrong = draft switch
        {
            { Name.Length: 0 or > 100 } => "It needs a name of at most 100 characters.",
            { SigningSecret: { } secret } when !SecretReferences.IsReference(secret) =>
                "The signing secret must be a reference such as ${secret:NAME}.",
            { Kind: ChannelKind.Email, Host: null or "" } => "It needs the SMTP server.",
            { Kind: ChannelKind.Email, Port: < 1 or > 65535 } => "The port must be 1 to 65535.",
            { Kind: ChannelKind.Email } when !IsAddress(draft.From) => "It needs the sender's e-mail address.",
            { Kind: ChannelKind.Email } when draft.To.Count is 0 or > 50 || !draft.To.All(IsAddress) =>
                "It needs 1 to 50 receivers' e-mail addresses.",
            { Kind: ChannelKind.Email, Password: { } password } when !SecretReferences.IsReference(password) =>
                "The password must be a reference such as ${secret:NAME}.",
            { Kind: not ChannelKind.Email, Url: null or "" } => "It needs the webhook's address.",
            _ => null,
        };
        if (wrong is not null)
            throw new PenstockException(NotificationProblems.Invalid.Of($"The channel '{draft.Name}': {wrong}"));
        if (draft is { Kind: not ChannelKind.Email, Url: { } url } && !SecretReferences.IsReference(url))
        {
            var problem = Uri.TryCreate(url, UriKind.Absolute, out var address) ? Policy.Check(address)
                : OutboundProblems.Address.Of($"The channel '{draft.Name}': the address is none.");
            if (problem is not null)
                throw new PenstockException(problem);
        }
    }

    private static bool IsAddress(string? text) => MimeKit.MailboxAddress.TryParse(text ?? "", out _);

    private static async Task<NotificationChannel> FindAsync(ControlContext context, long id, CancellationToken cancellationToken) =>
        await context.Channels.SingleOrDefaultAsync(channel => channel.Id == id, cancellationToken)
        ?? throw new PenstockException(NotificationProblems.Unknown.Of($"There is no notification channel {id}.",
            "The settings list them."));

    private static string Word(ChannelKind kind) => kind.ToString().ToLowerInvariant();

    private static string Write(ChannelDraft draft) => JsonSerializer.Serialize(draft);

    private static Channel Show(NotificationChannel row) =>
        new(row.Id, (JsonSerializer.Deserialize<ChannelDraft>(row.Options) ?? new(row.Name, ChannelKind.Webhook)) with
        {
            IsEnabled = row.IsEnabled,
        });
}
