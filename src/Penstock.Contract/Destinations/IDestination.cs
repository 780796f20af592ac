namespace Penstock.Contract;

/// <summary>
/// What takes records. The engine batches, paces, retries, orders and acknowledges; a destination turns one batch into requests and their
/// answers into one outcome per record. It has no loops over retries, no delays, no logging and no state between calls.
/// </summary>
public interface IDestination
{
    /// <summary>The fields at the far end right now, besides the key: declared ones and those a person has made there.</summary>
    /// <exception cref="ConnectionException">The app could not be used.</exception>
    Task<IReadOnlyList<Field>> DescribeAsync(object app, DestinationContext destination, IHttp http, CancellationToken cancellationToken);

    /// <summary>
    /// What a write request takes under these options: the kind's limits, unless an option says otherwise (an older contract's cap).
    /// </summary>
    Limits LimitsFor(object app, DestinationContext destination) => destination.Kind.Limits;

    /// <summary>Creates or updates the batch's records with their changed fields.</summary>
    Task<Outcomes> WriteAsync(object app, Batch batch, IHttp http, CancellationToken cancellationToken);
}

/// <summary>The typed form of <see cref="IDestination"/>, which connectors implement.</summary>
/// <typeparam name="TApp">The app's options.</typeparam>
public interface IDestination<in TApp> : IDestination
    where TApp : class
{
    /// <inheritdoc cref="IDestination.DescribeAsync"/>
    Task<IReadOnlyList<Field>> DescribeAsync(TApp app, DestinationContext destination, IHttp http, CancellationToken cancellationToken) =>
        Task.FromResult(destination.Kind.Fields);

    /// <inheritdoc cref="IDestination.LimitsFor"/>
    Limits LimitsFor(TApp app, DestinationContext destination) => destination.Kind.Limits;

    /// <inheritdoc cref="IDestination.WriteAsync"/>
    Task<Outcomes> WriteAsync(TApp app, Batch batch, IHttp http, CancellationToken cancellationToken);

    Task<IReadOnlyList<Field>> IDestination.DescribeAsync(
        object app, DestinationContext destination, IHttp http, CancellationToken cancellationToken) =>
        DescribeAsync((TApp)app, destination, http, cancellationToken);

    Limits IDestination.LimitsFor(object app, DestinationContext destination) => LimitsFor((TApp)app, destination);

    Task<Outcomes> IDestination.WriteAsync(object app, Batch batch, IHttp http, CancellationToken cancellationToken) =>
        WriteAsync((TApp)app, batch, http, cancellationToken);
}

/// <summary>A destination that can remove records: needed for <see cref="RemovalAct.Delete"/>.</summary>
public interface IRemoves
{
    /// <summary>Removes the batch's records; one that isn't there counts as delivered.</summary>
    Task<Outcomes> RemoveAsync(object app, Batch batch, IHttp http, CancellationToken cancellationToken);
}

/// <summary>A destination that can give a record another key and keep its history.</summary>
public interface IRenames
{
    /// <summary>
    /// Renames from <see cref="Change.PreviousKey"/> to <see cref="Change.Key"/>; sends no fields. Done before (sent again after an unclear
    /// outcome) counts as delivered.
    /// </summary>
    Task<Outcomes> RenameAsync(object app, Batch batch, IHttp http, CancellationToken cancellationToken);
}

/// <summary>A destination whose records have ids of its own, or that has to be asked which records exist.</summary>
public interface ILooksUp
{
    /// <summary>
    /// Whether this destination must be asked before writing: always for remote ids; only in Enrich where that tells what exists.
    /// </summary>
    bool LooksUp(object app, DestinationContext destination);

    /// <summary>Finds the batch's records by key: <see cref="Outcomes.Found"/> or <see cref="Outcomes.Missing"/> for each.</summary>
    Task<Outcomes> FindAsync(object app, Batch batch, IHttp http, CancellationToken cancellationToken);
}

/// <summary>A destination whose groups change by calls of their own, after the record was written.</summary>
public interface IMembers
{
    /// <summary>Adds the batch's records to <paramref name="target"/>.</summary>
    Task<Outcomes> EnterAsync(object app, GroupTarget target, Batch batch, IHttp http, CancellationToken cancellationToken);

    /// <summary>Takes the batch's records out of <paramref name="target"/>; one that isn't in counts as delivered.</summary>
    Task<Outcomes> LeaveAsync(object app, GroupTarget target, Batch batch, IHttp http, CancellationToken cancellationToken);
}

/// <summary>
/// A destination that takes batches as jobs: begin, upload, poll, collect. The engine asks from time to time until the outcomes are there;
/// <see cref="IDestination.WriteAsync"/> is not called then.
/// </summary>
public interface IBulkJobs
{
    /// <summary>Begins a job for the batch and uploads it.</summary>
    /// <returns>The job's id at the far end. Rows that are refused already by then are among the outcomes of the end.</returns>
    /// <exception cref="DestinationUnavailableException">The far end won't begin or take it: the batch fails, for the next run.</exception>
    Task<string> BeginAsync(object app, Batch batch, IHttp http, CancellationToken cancellationToken);

    /// <summary>Asks how the job goes.</summary>
    /// <returns>
    /// Null while it is going on; at its end, one outcome per record. A job that ended with another number of rows than the batch has is
    /// not this batch's: its upload got lost, and nothing of it counts as delivered.
    /// </returns>
    Task<Outcomes?> PollAsync(object app, string job, Batch batch, IHttp http, CancellationToken cancellationToken);
}

/// <summary>The destination that a call is about.</summary>
/// <param name="Id">Its id in the project.</param>
/// <param name="Kind">Its kind, as declared.</param>
/// <param name="Mode">Its sync mode: exactly one flag.</param>
/// <param name="Options">Its options, of the kind's option type; null where the kind has none.</param>
public sealed record DestinationContext(string Id, DestinationKind Kind, SyncModes Mode, object? Options)
{
    /// <summary>The fields mapped, the key not among them; a batch's values are in this order.</summary>
    public IReadOnlyList<MappedField> Fields { get; init; } = [];

    /// <summary>The groups shown at the far end; a batch's group changes are in this order.</summary>
    public IReadOnlyList<GroupTarget> Groups { get; init; } = [];
}

/// <summary>A destination field that a mapping names.</summary>
/// <param name="Name">The field's name at the far end.</param>
/// <param name="Type">The type of the values that come: the property's.</param>
/// <param name="IsCustom">Whether it is a field of the person's own.</param>
public sealed record MappedField(string Name, DataType Type, bool IsCustom)
{
    /// <summary>The declared field; null for a custom one.</summary>
    public Field? Known { get; init; }
}

/// <summary>A group as shown at the far end.</summary>
/// <param name="Group">The group's id in the project.</param>
/// <param name="Form">How it is shown.</param>
/// <param name="Target">Where: a subscription group's id, an attribute's name, a list's id.</param>
/// <param name="Leaving">What leaving means: one of <see cref="GroupForm.Leaving"/>'s names; empty where there is no choice.</param>
public sealed record GroupTarget(string Group, GroupForm Form, string Target, string Leaving = "");
