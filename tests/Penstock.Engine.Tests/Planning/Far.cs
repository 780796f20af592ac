using DuckDB.NET.Data;
using Microsoft.Extensions.Time.Testing;
using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;
using Penstock.Engine.Delivering;
using Penstock.Engine.Planning;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Tests.Planning;

/// <summary>
/// A workspace in memory, a model with a few properties, and a far end that is a dictionary: enough to plan, deliver and fold.
/// </summary>
internal sealed class Far : IAsyncDisposable
{
    public static readonly GroupForm List =
        new("list", "List") { TargetInWords = "a list", Leaving = [new("leave", "leave"), new(GroupForm.LeaveAlone, "leave_alone")] };
    public static readonly GroupForm Array = new("array", "Array") { TargetInWords = "an attribute", SharesTarget = true };
    public static readonly GroupForm Called = new("called", "Called") { TargetInWords = "a list", SeparateCalls = true };

    public static readonly DestinationKind Kind = new("things", "Things")
    {
        Key = new("id", "Id", DataKind.String) { MaxBytes = 20 },
        Fields =
            [new("email", "Email", DataKind.String) { Pattern = "[^@]+@[^@]+", RuleInWords = "must be an e-mail address" },
                new("city", "City", DataKind.String) { Allowed = ["Oslo", "Lima", "Rome"] }],
        CustomFields = new([DataKind.String], Arrays: true) { Word = "custom field", MaxTextLength = 10 },
        SyncModes = SyncModes.Sync | SyncModes.Additive | SyncModes.Enrich,
        Groups = [List, Array, Called],
        Removals =
            [new("delete", RemovalAct.Delete, "Deletes it."), new("clear", RemovalAct.Clear, "Clears it."),
                new("leave", RemovalAct.Leave, "Leaves it.")],
        Limits = new() { Records = 3, Requests = 10 },
        RemoveLimits = new() { Records = 2 },
        CountsDataPoints = true,
    };

    private readonly string _file = $":memory:far{Guid.NewGuid():N}";
    private readonly DuckDBConnection _first;

    public Far()
    {
        _first = Open();
        Connection = new WorkspaceConnection(_first);
        Run("CREATE TABLE records (_key VARCHAR, id BIGINT, mail VARCHAR, city VARCHAR, score DECIMAL(38,9), tags VARCHAR[], uid VARCHAR, "
            + "\"group:good\" BOOLEAN, \"group:rich\" BOOLEAN)");
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public WorkspaceConnection Connection { get; }

    public Destination Destination { get; set; } = new("there", "app", "things")
    {
        Kind = "things",
        SyncMode = SyncModes.Sync,
        Mapping =
        [
            new("id", false) { Property = "id" },
            new("email", false) { Property = "mail" },
            new("city", false) { Property = "city", Nulls = Nulls.Keep },
            new("Score", true) { Property = "score" },
            new("tags", true) { Property = "tags" },
        ],
        Groups = [new("good", "list", "L1"), new("rich", "array", "groups"), new("good", "array", "groups")],
        RemovalThreshold = 1,
    };

    /// <summary>What a judge says for a record that the far end took, though the answer was lost.</summary>
    public const OutcomeKind FailedAfterApplying = OutcomeKind.Skipped;

    public string? Identity { get; set; }

    /// <summary>The far end: key → field → value as text; groups are fields called by their form and target.</summary>
    public Dictionary<string, SortedDictionary<string, string>> There { get; } = [];

    public List<string> Sent { get; } = [];

    public void Run(string statement)
    {
        using var command = _first.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    public void Record(long id, string? mail = null, string? city = null, decimal? score = null, bool good = false, bool rich = false,
        string? uid = null)
    {
        Run($"DELETE FROM records WHERE id = {id}");
        Run($"INSERT INTO records VALUES ('{id}', {id}, {Text(mail)}, {Text(city)}, {score?.ToString() ?? "NULL"}, NULL, {Text(uid)}, "
            + $"{good}, {rich})");
    }

    public CompiledDestination Compile()
    {
        var model = new Model("things")
        {
            Sources = [new Source("things", "db") { Table = "things", PrimaryKey = ["id"] }],
            Properties =
                [.. new[] { "id", "mail", "city", "score", "tags", "uid" }.Select(
                    id => new Property(id) { Source = "things", Column = new() { Name = id, Column = id } })],
            Identity = Identity,
        };
        var types = new Dictionary<string, DataType>
        {
            ["id"] = DataKind.Integer,
            ["mail"] = DataKind.String,
            ["city"] = DataKind.String,
            ["score"] = DataKind.Decimal,
            ["tags"] = new(DataKind.String, true),
            ["uid"] = DataKind.String,
        };
        var resolved = new ResolvedModel(model, types, [DataKind.Integer], new Dictionary<string, IReadOnlyList<DataType>>());
        return DestinationCompiler.Compile(resolved, Destination, new("there", Kind, Destination.SyncMode, null), canRename: true);
    }

    public Task<DestinationPlan> PlanAsync(bool full = false, bool approved = false) => new Planner(Connection).PlanAsync(
        Compile(),
        new()
        {
            Full = full,
            RemovalsApproved = approved,
            RemovalThreshold = Destination.RemovalThreshold,
            Limits = operation => operation == Operation.Remove ? Kind.RemoveLimits! : Kind.Limits
        },
        default);

    /// <summary>One run. <paramref name="judge"/> says what becomes of a key; null acts as a process that dies there.</summary>
    public async Task<Folded> DeliverAsync(Func<Operation, string, OutcomeKind?>? judge = null, bool full = false)
    {
        var folding = new Folding(Connection, "there");
        await folding.FoldAsync(Now, DateTime.MinValue, isInterrupted: true, default);
        await PlanAsync(full, approved: true);
        var compiled = Compile();
        await new DestinationTables(Connection, "there").FitDeliveredAsync(compiled, default);
        await folding.BeginAsync("r", Now, full, default);
        Time.Advance(TimeSpan.FromSeconds(2));
        await using var writing = new WorkspaceConnection(Open());
        await using var reading = new WorkspaceConnection(Open());
        var journal = new Journal(writing, "there", Time);
        var changes = new PlannedChanges(reading, compiled, journal);
        foreach (var (operation, target) in Operations(compiled))
        {
            await foreach (var batch in changes.ReadAsync(operation, target, 3, default))
            {
                var outcomes = new Outcomes(batch.Count);
                for (var i = 0; i < batch.Count; i++)
                {
                    var kind = judge?.Invoke(operation, batch[i].Key) ?? (judge is null ? OutcomeKind.Delivered : OutcomeKind.None);
                    if (kind is OutcomeKind.Delivered or OutcomeKind.None or FailedAfterApplying)
                        Apply(batch[i], operation, target);
                    if (kind == OutcomeKind.None)
                        return new([], []);
                    Say(outcomes, i, kind);
                }

                await journal.AcknowledgeAsync(batch, outcomes, target, default);
            }
        }

        await journal.FlushAsync(default);
        Time.Advance(TimeSpan.FromSeconds(2));
        return await folding.FoldAsync(Now, DateTime.MinValue, isInterrupted: false, default);
    }

    public string State() => string.Join('\n', There.OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => pair.Key + ": " + string.Join(", ", pair.Value.Select(field => field.Key + "=" + field.Value))));

    public async ValueTask DisposeAsync() => await Connection.DisposeAsync();

    private DateTime Now => Time.GetUtcNow().UtcDateTime;

    private DuckDBConnection Open()
    {
        var connection = new DuckDBConnection($"Data Source={_file}");
        connection.Open();
        return connection;
    }

    private static IEnumerable<(Operation, GroupTarget?)> Operations(CompiledDestination compiled)
    {
        yield return (Operation.Rename, null);
        yield return (Operation.Write, null);
        foreach (var target in compiled.Context.Groups.Where(target => target.Form.SeparateCalls))
        {
            yield return (Operation.Enter, target);
            yield return (Operation.Leave, target);
        }

        yield return (Operation.Remove, null);
    }

    private static void Say(Outcomes outcomes, int index, OutcomeKind kind)
    {
        if (kind == OutcomeKind.Delivered)
            outcomes.Deliver(index);
        else if (kind == OutcomeKind.Refused)
            outcomes.Refuse(index, new("test.refused", "Refused."));
        else
            outcomes.Fail(index, new("test.failed", "Failed."));
    }

    private void Apply(Change change, Operation operation, GroupTarget? target)
    {
        Sent.Add(
            $"{operation} {change.Key}"
                + (operation == Operation.Write ? " " + string.Join(" ", change.Fields.Select(field => $"{field.Field.Name}={field.Value}")
            .Concat(change.Groups.Select(group => (group.Entered ? "+" : "-") + Name(group.Target)))) : ""));
        switch (operation)
        {
            case Operation.Remove:
                There.Remove(change.Key);
                return;
            case Operation.Rename:
                if (There.Remove(change.PreviousKey!, out var moved))
                    There[change.Key] = moved;
                return;
        }

        if (!There.TryGetValue(change.Key, out var record))
            There[change.Key] = record = [];
        if (target is not null)
        {
            SetOrClear(record, Name(target), operation == Operation.Enter ? "in" : null);
            return;
        }

        foreach (var field in change.Fields)
            SetOrClear(record, field.Field.Name, field.Value.IsNull ? null : field.Value.ToString());
        foreach (var group in change.Groups)
            SetOrClear(record, Name(group.Target), group.Entered ? "in" : null);
    }

    private static void SetOrClear(SortedDictionary<string, string> record, string name, string? value)
    {
        if (value is null)
            record.Remove(name);
        else
            record[name] = value;
    }

    private static string Name(GroupTarget target) => $"{target.Form.Name}:{target.Target}"
        + (target.Form.SharesTarget ? ":" + target.Group : "");

    private static string Text(string? text) => text is null ? "NULL" : $"'{text}'";
}
