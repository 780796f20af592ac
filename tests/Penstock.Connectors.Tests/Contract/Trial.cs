using Penstock.Contract;
using Penstock.Testing.Http;
using Penstock.Testing.Shapes;

namespace Penstock.Connectors.Tests.Contract;

/// <summary>A destination with an app of its own and a folder for what it writes; asks for one operation at a time.</summary>
internal sealed class Trial : IDisposable
{
    private const int MostQuestions = 10;

    public Trial(string id, SyncModes? mode = null, bool requiredOnly = false)
    {
        Subject = Subject.Of(id);
        Folder = Directory.CreateTempSubdirectory("penstock-contract-").FullName;
        App = Sample.App(Subject.Connector, Folder);
        var given = mode ?? Subject.Modes.First();
        Destination = requiredOnly ? Sample.Required(Subject, given, Folder) : Sample.Everything(Subject, given, Folder);
    }

    public Subject Subject { get; }

    public IConnector Connector => Subject.Connector;

    public object App { get; }

    public DestinationContext Destination { get; }

    /// <summary>What destinations without HTTP write into.</summary>
    public string Folder { get; }

    /// <summary>The credential of its requests; null for none.</summary>
    public Secret? Secret => Connector.Declaration.Authorization?.Invoke(App).Secret;

    /// <summary>What all of its files hold.</summary>
    public string Written => string.Join('\n', Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(file => $"{Path.GetRelativePath(Folder, file)}\n\n{File.ReadAllText(file)}"));

    /// <summary>The group to enter or leave by calls of its own; null for other operations.</summary>
    public GroupTarget? TargetOf(Operation operation) =>
        operation is Operation.Enter or Operation.Leave ? Destination.Groups.First(group => group.Form.SeparateCalls) : null;

    /// <summary>Records for an operation: a create with everything set, then an update with everything cleared, and so on.</summary>
    public Batch Batch(Operation operation, int count = 3)
    {
        var limit = Subject.LimitsOf(operation).Records;
        var batch = new Batch(Destination, operation, count);
        for (var i = 0; i < Math.Min(count, limit); i++)
        {
            var isCreate = i % 2 == 0;
            var remoteId = Connector is ILooksUp asks && asks.LooksUp(App, Destination) && !isCreate ? $"{100 + i}" : null;
            batch.Add(i, $"key {i}", isCreate, remoteId, operation == Operation.Rename ? $"old {i}" : null);
            if (operation == Operation.Write)
                Fill(batch, isCreate);
        }

        return batch;
    }

    /// <summary>A record with everything set.</summary>
    public Batch One()
    {
        var batch = new Batch(Destination, Operation.Write, 1);
        batch.Add(0, "key 0", isCreate: true);
        Fill(batch, isCreate: true);
        return batch;
    }

    /// <summary>Asks for the batch's operation; a bulk job is asked after until it is done.</summary>
    public async Task<Outcomes> DoAsync(Batch batch, IHttp http, CancellationToken cancellationToken) => batch.Operation switch
    {
        Operation.Remove => await ((IRemoves)Connector).RemoveAsync(App, batch, http, cancellationToken),
        Operation.Rename => await ((IRenames)Connector).RenameAsync(App, batch, http, cancellationToken),
        Operation.Find => await ((ILooksUp)Connector).FindAsync(App, batch, http, cancellationToken),
        Operation.Enter => await ((IMembers)Connector).EnterAsync(App, TargetOf(batch.Operation)!, batch, http, cancellationToken),
        Operation.Leave => await ((IMembers)Connector).LeaveAsync(App, TargetOf(batch.Operation)!, batch, http, cancellationToken),
        _ when Connector is IBulkJobs jobs => await RunJobAsync(jobs, batch, http, cancellationToken),
        _ => await ((IDestination)Connector).WriteAsync(App, batch, http, cancellationToken),
    };

    /// <summary>What answers its requests: its far end in memory where it brings one, otherwise one that says <c>{}</c> to all.</summary>
    public RecordingHttp Http() => new(
        Connector is IShape shape ? PlainHttp.For(Connector, App, shape.NewFarEnd()) : FakeHttp.Always(200, "{}"));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private async Task<Outcomes> RunJobAsync(IBulkJobs jobs, Batch batch, IHttp http, CancellationToken cancellationToken)
    {
        var job = await jobs.BeginAsync(App, batch, http, cancellationToken);
        for (var question = 0; question < MostQuestions; question++)
        {
            if (await jobs.PollAsync(App, job, batch, http, cancellationToken) is { } outcomes)
                return outcomes;
        }

        throw new InvalidOperationException("The job never ended.");
    }

    private void Fill(Batch batch, bool isCreate)
    {
        foreach (var (place, field) in Destination.Fields.Index())
        {
            if (isCreate)
                batch.Set(place, Sample.Of(field));
            else if (field.Known?.Clearable != false)
                batch.Set(place, Value.Null);
        }

        foreach (var (place, group) in Destination.Groups.Index())
        {
            if (!group.Form.SeparateCalls)
                batch.SetGroup(place, isCreate);
        }
    }
}
