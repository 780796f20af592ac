using Penstock.Contract;

namespace Penstock.Engine.Delivering;

/// <summary>One operation of a delivery. Steps come one after another, so that no two requests about one record cross.</summary>
/// <param name="Operation">What is asked for.</param>
/// <param name="Target">The group entered or left; null otherwise.</param>
/// <param name="App">The app's options.</param>
/// <param name="Limits">What a request takes.</param>
internal sealed record Step(Operation Operation, GroupTarget? Target, object App, Limits Limits)
{
    /// <summary>Sends a batch; null where jobs do it.</summary>
    public Func<Batch, IHttp, CancellationToken, Task<Outcomes>>? Send { get; init; }

    /// <summary>Sends batches as jobs; null where <see cref="Send"/> does it.</summary>
    public IBulkJobs? Jobs { get; init; }

    /// <summary>Asks which records exist, before sending; null where it needn't be asked.</summary>
    public ILooksUp? LooksUp { get; init; }

    /// <summary>What a request that looks up takes.</summary>
    public Limits LookupLimits { get; init; } = Limits;

    /// <summary>The steps of a delivery in their order: renames, writes, entering and leaving for each target, removals.</summary>
    /// <exception cref="PenstockException">The plan asks for what the connector can't do.</exception>
    public static IEnumerable<Step> Of(IConnector connector, object app, DestinationContext destination, IChangeFeed feed)
    {
        var kind = destination.Kind;
        if (feed.Count(Operation.Rename) > 0)
        {
            var renames = Able<IRenames>(connector, Operation.Rename);
            yield return new(Operation.Rename, null, app, OperationLimits.Of(connector, app, destination, Operation.Rename))
            {
                Send = (batch, http, cancellationToken) => renames.RenameAsync(app, batch, http, cancellationToken),
            };
        }

        if (feed.Count(Operation.Write) > 0)
            yield return Writing(connector, app, destination);

        foreach (var target in destination.Groups.Where(target => target.Form.SeparateCalls))
        {
            if (feed.Count(Operation.Enter) > 0)
                yield return Entering(connector, app, destination, target);
            if (feed.Count(Operation.Leave) > 0)
                yield return Leaving(connector, app, destination, target);
        }

        if (feed.Count(Operation.Remove) > 0)
        {
            var removes = Able<IRemoves>(connector, Operation.Remove);
            yield return new(Operation.Remove, null, app, OperationLimits.Of(connector, app, destination, Operation.Remove))
            {
                Send = (batch, http, cancellationToken) => removes.RemoveAsync(app, batch, http, cancellationToken),
            };
        }
    }

    private static Step Writing(IConnector connector, object app, DestinationContext destination)
    {
        var writes = connector as IBulkJobs is null ? Able<IDestination>(connector, Operation.Write) : null;
        return new(Operation.Write, null, app, OperationLimits.Of(connector, app, destination, Operation.Write))
        {
            Send = writes is null ? null : (batch, http, cancellationToken) => writes.WriteAsync(app, batch, http, cancellationToken),
            Jobs = connector as IBulkJobs,
            LooksUp = connector is ILooksUp looksUp && looksUp.LooksUp(app, destination) ? looksUp : null,
            LookupLimits = OperationLimits.Of(connector, app, destination, Operation.Find),
        };
    }

    private static Step Entering(IConnector connector, object app, DestinationContext destination, GroupTarget target)
    {
        var members = Able<IMembers>(connector, Operation.Enter);
        return new(Operation.Enter, target, app, OperationLimits.Of(connector, app, destination, Operation.Enter))
        {
            Send = (batch, http, cancellationToken) => members.EnterAsync(app, target, batch, http, cancellationToken),
        };
    }

    private static Step Leaving(IConnector connector, object app, DestinationContext destination, GroupTarget target)
    {
        var members = Able<IMembers>(connector, Operation.Leave);
        return new(Operation.Leave, target, app, OperationLimits.Of(connector, app, destination, Operation.Leave))
        {
            Send = (batch, http, cancellationToken) => members.LeaveAsync(app, target, batch, http, cancellationToken),
        };
    }

    private static T Able<T>(IConnector connector, Operation operation)
        where T : class =>
        connector as T ?? throw new PenstockException(new(
            "connector.unable",
            $"The plan asks {connector.Declaration.Name} for '{operation}', which its connector does not do.",
            "This is a defect of Penstock; nothing of that operation was sent."));
}
