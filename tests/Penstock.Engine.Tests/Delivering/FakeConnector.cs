using System.Text.Json;
using Penstock.Contract;

namespace Penstock.Engine.Tests.Delivering;

internal sealed record FakeApp
{
    [Option("Key")]
    public Secret ApiKey { get; init; } = new("s3cret/key");
}

/// <summary>Sends to <see cref="FakeVendor"/>, which answers <c>{"refused":[places]}</c>, or 400 without it to refuse the whole.</summary>
internal class FakeConnector : IConnector<FakeApp>, IDestination<FakeApp>, IRemoves, IRenames
{
    public Declaration Declaration { get; init; } = new("fake", "Fake")
    {
        Summary = "A far end for tests.",
        App = Options.Of<FakeApp>(),
        Authorization = app => Authorization.Bearer(((FakeApp)app).ApiKey),
    };

    public bool Repeatable { get; init; } = true;

    /// <summary>What encoding does with a record besides writing it.</summary>
    public Action<Change>? Encoding { get; init; }

    public Task<string> TestAsync(FakeApp app, IHttp http, CancellationToken cancellationToken) => Task.FromResult("here");

    public Task<Outcomes> WriteAsync(FakeApp app, Batch batch, IHttp http, CancellationToken cancellationToken) =>
        CallAsync("write", batch, http, cancellationToken);

    public Task<Outcomes> RemoveAsync(object app, Batch batch, IHttp http, CancellationToken cancellationToken) =>
        CallAsync("remove", batch, http, cancellationToken);

    public Task<Outcomes> RenameAsync(object app, Batch batch, IHttp http, CancellationToken cancellationToken) =>
        CallAsync("rename", batch, http, cancellationToken);

    protected async Task<Outcomes> CallAsync(string path, Batch batch, IHttp http, CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(
            new(HttpMethod.Post, new($"https://fake.test/{path}")) { Json = writer => Write(writer, batch), Repeatable = Repeatable },
            cancellationToken);
        var refused = answer.Json() is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("refused", out var places)
            ? places.EnumerateArray().Select(place => place.GetInt32()).ToList()
            : [];
        if (!answer.IsSuccess && refused.Count == 0)
            return batch.RefusedAsWhole(new("fake.refused", answer.Excerpt()));
        var outcomes = batch.AllDelivered();
        foreach (var place in refused)
            outcomes.Refuse(place, new("fake.bad_record", "The record is bad."));
        return outcomes;
    }

    private void Write(Utf8JsonWriter writer, Batch batch)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("records");
        for (var i = 0; i < batch.Count; i++)
        {
            Encoding?.Invoke(batch[i]);
            writer.WriteStartObject();
            writer.WriteString("key", batch[i].Key);
            if (batch[i].PreviousKey is { } previous)
                writer.WriteString("previous", previous);
            if (batch[i].RemoteId is { } remote)
                writer.WriteString("remote", remote);
            writer.WriteBoolean("create", batch[i].IsCreate);
            foreach (var (field, value) in batch[i].Fields)
                writer.WriteString(field.Name, value.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

/// <summary>Writes, and nothing else.</summary>
internal sealed class WriteOnlyConnector : IConnector<FakeApp>, IDestination<FakeApp>
{
    public Declaration Declaration { get; } = new FakeConnector().Declaration;

    public Task<string> TestAsync(FakeApp app, IHttp http, CancellationToken cancellationToken) => Task.FromResult("here");

    public Task<Outcomes> WriteAsync(FakeApp app, Batch batch, IHttp http, CancellationToken cancellationToken) =>
        Task.FromResult(batch.AllDelivered());
}

/// <summary>Has ids of its own, which must be looked up.</summary>
internal sealed class LookingUpConnector : FakeConnector, ILooksUp
{
    public HashSet<string> Existing { get; init; } = [];

    public bool LooksUp(object app, DestinationContext destination) => true;

    public async Task<Outcomes> FindAsync(object app, Batch batch, IHttp http, CancellationToken cancellationToken)
    {
        var answered = await CallAsync("find", batch, http, cancellationToken);
        if (answered.WholeReason is not null)
            return answered;
        var outcomes = new Outcomes(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            if (Existing.Contains(batch[i].Key))
                outcomes.Found(i, "remote-" + batch[i].Key);
            else
                outcomes.Missing(i);
        }

        return outcomes;
    }
}

/// <summary>Has lists, whose members change by calls of their own.</summary>
internal sealed class ListsConnector : FakeConnector, IMembers
{
    public Task<Outcomes> EnterAsync(object app, GroupTarget target, Batch batch, IHttp http, CancellationToken cancellationToken) =>
        CallAsync("enter/" + target.Target, batch, http, cancellationToken);

    public Task<Outcomes> LeaveAsync(object app, GroupTarget target, Batch batch, IHttp http, CancellationToken cancellationToken) =>
        CallAsync("leave/" + target.Target, batch, http, cancellationToken);
}

/// <summary>Takes jobs.</summary>
internal sealed class JobsConnector : FakeConnector, IBulkJobs
{
    private readonly Dictionary<string, int> _polls = [];

    public int PollsUntilDone { get; init; } = 3;

    public async Task<string> BeginAsync(object app, Batch batch, IHttp http, CancellationToken cancellationToken)
    {
        await CallAsync("begin", batch, http, cancellationToken);
        return "job of " + batch[0].Key;
    }

    public async Task<Outcomes?> PollAsync(object app, string job, Batch batch, IHttp http, CancellationToken cancellationToken)
    {
        await http.SendAsync(new(HttpMethod.Get, new("https://fake.test/poll")), cancellationToken);
        _polls[job] = _polls.GetValueOrDefault(job) + 1;
        return _polls[job] >= PollsUntilDone ? batch.AllDelivered() : null;
    }
}
