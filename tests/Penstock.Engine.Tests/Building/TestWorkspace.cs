using DuckDB.NET.Data;
using Penstock.Contract;
using Penstock.Engine.Building;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Tests.Building;

/// <summary>A workspace in memory, whose sources are tables of the same database.</summary>
internal sealed class TestWorkspace : IAsyncDisposable
{
    private TestWorkspace(DuckDBConnection connection) => Connection = new WorkspaceConnection(connection);

    public WorkspaceConnection Connection { get; }

    public static TestWorkspace Open()
    {
        var connection = new DuckDBConnection("DataSource=:memory:;threads=1");
        connection.Open();
        return new TestWorkspace(connection);
    }

    public Task RunAsync(string sql) => Connection.ExecuteAsync(Sql.Trusted(sql), CancellationToken.None);

    /// <summary>Fills the stages by the dialect's own statement, builds, and gives what was found.</summary>
    public async Task<BuildResult> BuildAsync(CompiledModel compiled)
    {
        foreach (var source in compiled.Sources)
            await StageAsync(source);
        return await RecordBuilder.BuildAsync(Connection, compiled, CancellationToken.None);
    }

    public async Task<IReadOnlyList<PreviewedRecord>> RecordsAsync(CompiledModel compiled, RecordFilter? filter = null)
    {
        var records = new List<PreviewedRecord>();
        filter ??= new RecordFilter { Limit = 1000 };
        await foreach (var record in RecordPreview.ReadAsync(Connection, compiled, filter, CancellationToken.None))
            records.Add(record);
        return records;
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private async Task StageAsync(CompiledSource source)
    {
        var columns = source.Columns.Select(column =>
        {
            var name = new Identifier(column.Name);
            return column.Type.IsArray
                ? Sql.Of($"CAST(CAST({name} AS JSON) AS {Layout.Type(column.Type)}) AS {name}")
                : Sql.Of($"CAST({name} AS {Layout.Type(column.Type)}) AS {name}");
        });
        await Connection.ExecuteAsync(
            Sql.Of($"""
                CREATE OR REPLACE TABLE {source.Stage} AS
                SELECT {Sql.Join(", ", columns)}
                FROM ({DuckDbDialect.Instance.Select(source.Selection)})
                """),
            CancellationToken.None);
    }
}

/// <summary>Models for tests, in few words.</summary>
internal static class AModel
{
    public static Property Column(string id, string source, string column) =>
        new(id) { Source = source, Column = new SelectedColumn { Name = id, Column = column } };

    public static Property Aggregate(string id, string source, AggregateKind kind, string column, string? by = null) =>
        new(id) { Source = source, Column = new SelectedColumn { Name = id, Column = column, Aggregate = kind, By = by } };

    public static Property Expression(string id, string expression, DataType? type = null) =>
        new(id) { Expression = expression, Type = type };

    public static PropertyRule Rule(string property, RuleOperator comparison, params IReadOnlyList<Value> values) =>
        new(property, comparison) { Values = values };

    public static PropertyRule Rule(string property, RuleOperator comparison, RelativeSpan span) =>
        new(property, comparison) { Span = span };

    public static RuleSet All(params IReadOnlyList<Rule> rules) => new(Match.All, rules);

    public static RuleSet Any(params IReadOnlyList<Rule> rules) => new(Match.Any, rules);

    public static RuleSet None(params IReadOnlyList<Rule> rules) => new(Match.None, rules);

    /// <summary>A model of one table <c>things</c> with key <c>id</c> and the given columns, named and typed alike.</summary>
    public static ResolvedModel Things(
        IReadOnlyDictionary<string, DataType> columns, IReadOnlyList<Property>? calculated = null, params IReadOnlyList<Group> groups)
    {
        var source = new Source("things", "db") { Table = "things", PrimaryKey = ["id"] };
        var properties = columns.Keys.Select(id => Column(id, "things", id)).Concat(calculated ?? []).ToList();
        var model = new Model("things") { Sources = [source], Properties = properties, Groups = groups };
        return new ResolvedModel(model, columns, [DataKind.Integer], new Dictionary<string, IReadOnlyList<DataType>>());
    }

    public static CompiledModel Compile(this ResolvedModel resolved, string asOf = "2026-11-24T10:00:00Z", string zone = "UTC") =>
        ModelCompiler.Compile(resolved, TimeZoneInfo.FindSystemTimeZoneById(zone), DateTimeOffset.Parse(asOf));
}
