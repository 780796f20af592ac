using Penstock.Contract;

namespace Penstock.Connectors.Tests.Contract;

/// <summary>A record that should be at a far end.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Email">Its address.</param>
/// <param name="Lists">The groups it is in.</param>
internal sealed record Person(string Key, string? Email, params string[] Lists);

/// <summary>
/// The least that an engine does with a destination, in the plainest words: look up, write, enter, remove; a batch refused as a whole is
/// halved. Sends everything each time: what a destination holds must not depend on how often it was told.
/// </summary>
internal sealed class Delivery(Trial trial, IHttp http)
{
    private readonly Dictionary<string, Outcome> _outcomes = [];

    /// <summary>What became of each record, by key.</summary>
    public IReadOnlyDictionary<string, Outcome> Outcomes => _outcomes;

    /// <summary>Creates or updates people, then their memberships.</summary>
    public async Task WriteAsync(params Person[] people)
    {
        _outcomes.Clear();
        var ids = await FindAsync(people);
        var known = people.Where(person => !_outcomes.ContainsKey(person.Key));
        foreach (var part in known.Chunk(trial.Subject.LimitsOf(Operation.Write).Records))
            await SendAsync(Batch(Operation.Write, part, ids));
        if (trial.Connector is not IMembers)
            return;
        var written = people.Where(person => _outcomes[person.Key].Kind == OutcomeKind.Delivered).ToList();
        foreach (var target in trial.Destination.Groups)
        {
            await ChangeAsync(Operation.Enter, target, [.. written.Where(person => person.Lists.Contains(target.Target))]);
            await ChangeAsync(Operation.Leave, target, [.. written.Where(person => !person.Lists.Contains(target.Target))]);
        }
    }

    /// <summary>Removes people.</summary>
    public async Task RemoveAsync(params Person[] people)
    {
        _outcomes.Clear();
        var ids = await FindAsync(people);
        _outcomes.Clear();
        foreach (var part in people.Chunk(trial.Subject.LimitsOf(Operation.Remove).Records))
            await SendAsync(Batch(Operation.Remove, part, ids));
    }

    private async Task<Dictionary<string, string?>> FindAsync(Person[] people)
    {
        var ids = new Dictionary<string, string?>();
        if (trial.Connector is not ILooksUp asks || !asks.LooksUp(trial.App, trial.Destination))
            return ids;
        foreach (var part in people.Chunk(trial.Subject.LimitsOf(Operation.Find).Records))
        {
            var found = await trial.DoAsync(Batch(Operation.Find, part, ids), http, TestContext.Current.CancellationToken);
            foreach (var (place, person) in part.Index())
            {
                if (found[place].Kind == OutcomeKind.Delivered)
                    ids[person.Key] = found[place].RemoteId;
                else if (found[place].Reason != Penstock.Contract.Outcomes.MissingThere || trial.Destination.Mode == SyncModes.Enrich)
                    _outcomes[person.Key] = found[place];
            }
        }

        return ids;
    }

    private async Task ChangeAsync(Operation operation, GroupTarget target, Person[] people)
    {
        if (people.Length == 0)
            return;
        var batch = Batch(operation, people, []);
        var members = (IMembers)trial.Connector;
        var outcomes = operation == Operation.Enter
            ? await members.EnterAsync(trial.App, target, batch, http, TestContext.Current.CancellationToken)
            : await members.LeaveAsync(trial.App, target, batch, http, TestContext.Current.CancellationToken);
        foreach (var (place, person) in people.Index().Where(pair => outcomes[pair.Index].Kind != OutcomeKind.Delivered))
            _outcomes[person.Key] = outcomes[place];
    }

    private async Task SendAsync(Batch batch)
    {
        var outcomes = await trial.DoAsync(batch, http, TestContext.Current.CancellationToken);
        outcomes.EnsureComplete();
        if (outcomes.WholeReason is not null && batch.Count > 1)
        {
            await SendAsync(batch.Slice(0, batch.Count / 2));
            await SendAsync(batch.Slice(batch.Count / 2, batch.Count - (batch.Count / 2)));
            return;
        }

        for (var i = 0; i < batch.Count; i++)
            _outcomes[batch[i].Key] = outcomes[i];
    }

    private Batch Batch(Operation operation, Person[] people, Dictionary<string, string?> ids)
    {
        var batch = new Batch(trial.Destination, operation, people.Length);
        var email = trial.Destination.Fields.Index().First(pair => pair.Item.Name == "email").Index;
        foreach (var (number, person) in people.Index())
        {
            var id = ids.GetValueOrDefault(person.Key);
            batch.Add(number, person.Key, isCreate: id is null, id);
            if (operation == Operation.Write)
                batch.Set(email, Value.Of(person.Email));
        }

        return batch;
    }
}
