using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Inspecting;

/// <summary>What a workspace has of a model that may be a draft: which of its properties are loaded, and in which types.</summary>
internal sealed class LoadedRecords
{
    private readonly Dictionary<string, string> _definitions = new(StringComparer.Ordinal);

    /// <summary>Nothing.</summary>
    public static LoadedRecords None { get; } = new();

    /// <summary>Whether there are records at all.</summary>
    public bool Any { get; private init; }

    /// <summary>When they were built; null when that is not known.</summary>
    public DateTimeOffset? BuiltAt { get; private set; }

    /// <summary>The types of the columns that records have, by property; those of text are all <see cref="DataKind.String"/>.</summary>
    public IReadOnlyDictionary<string, DataType> Columns { get; private init; } = new Dictionary<string, DataType>();

    /// <summary>The types of the primary key's columns, in order.</summary>
    public IReadOnlyList<DataType> KeyTypes { get; private init; } = [];

    /// <summary>Reads it.</summary>
    public static async Task<LoadedRecords> ReadAsync(WorkspaceConnection connection, Model model, CancellationToken cancellationToken)
    {
        var columns = await ColumnsAsync(connection, Layout.Records, cancellationToken);
        if (columns.Count == 0)
            return None;
        var stage = await ColumnsAsync(connection, Layout.Stage(model.Primary.Name), cancellationToken);
        var keys = Enumerable.Range(1, model.Primary.PrimaryKey.Count).Select(number => Layout.StageKey(number).Name);
        var loaded = new LoadedRecords
        {
            Any = true,
            Columns = columns.Where(column => !column.Key.StartsWith("group:", StringComparison.Ordinal) && column.Key != Layout.Key.Name)
                .ToDictionary(StringComparer.OrdinalIgnoreCase),
            KeyTypes = [.. keys.Select(key => stage.GetValueOrDefault(key, DataKind.String))],
        };
        if ((await ColumnsAsync(connection, Layout.Built, cancellationToken)).Count > 0)
            await loaded.ReadDefinitionsAsync(connection, cancellationToken);
        return loaded;
    }

    /// <summary>The type in which a property is loaded: the declared kind of text where it is one.</summary>
    public DataType TypeOf(Property property)
    {
        var column = Columns[property.Id];
        return property.Type is { } declared && Held(declared) == column ? declared : column;
    }

    /// <summary>The types of the model's properties that are loaded.</summary>
    public Dictionary<string, DataType> Types(Model model) => model.Properties
        .Where(property => Columns.ContainsKey(property.Id))
        .ToDictionary(property => property.Id, TypeOf, StringComparer.Ordinal);

    /// <summary>How a property of the model, as it is configured now, stands to what is loaded.</summary>
    public LoadedState StateOf(Model model, Property property)
    {
        if (!Columns.TryGetValue(property.Id, out var column) || (property.Type is { } declared && Held(declared) != column))
            return LoadedState.Missing;
        var isSame = !_definitions.TryGetValue(property.Id, out var definition) || definition == BuiltFrom.Definition(model, property);
        return isSame ? LoadedState.Current : LoadedState.Changed;
    }

    private async Task ReadDefinitionsAsync(WorkspaceConnection connection, CancellationToken cancellationToken)
    {
        var query = Sql.Of($"SELECT property, definition, built_at FROM {Layout.Built}");
        await foreach (var row in connection.QueryAsync(query, cancellationToken))
        {
            _definitions[row.GetString(0)] = row.GetString(1);
            BuiltAt = new DateTimeOffset(DateTime.SpecifyKind(row.GetDateTime(2), DateTimeKind.Utc));
        }
    }

    private static async Task<Dictionary<string, DataType>> ColumnsAsync(
        WorkspaceConnection connection, Identifier table, CancellationToken cancellationToken) =>
        (await new DestinationTables(connection, "").ColumnsAsync(table, cancellationToken))
            .ToDictionary(column => column.Name, column => Read(column.Type), StringComparer.OrdinalIgnoreCase);

    // The other way round than Layout.Type.
    internal static DataType Read(string type)
    {
        var isArray = type.EndsWith("[]", StringComparison.Ordinal);
        var single = isArray ? type[..^2] : type;
        var kind = single switch
        {
            "BOOLEAN" => DataKind.Boolean,
            "BIGINT" => DataKind.Integer,
            "DOUBLE" => DataKind.Float,
            "DATE" => DataKind.Date,
            "TIMESTAMP" => DataKind.Timestamp,
            "JSON" => DataKind.Json,
            _ when single.StartsWith("DECIMAL", StringComparison.Ordinal) => DataKind.Decimal,
            _ => DataKind.String,
        };
        return new(kind, isArray);
    }

    private static DataType Held(DataType type) => type.Kind is DataKind.Email or DataKind.Url or DataKind.Phone or DataKind.Any
        ? new(DataKind.String, type.IsArray)
        : type;
}

/// <summary>How a property, as it is configured now, stands to what is loaded.</summary>
public enum LoadedState
{
    /// <summary>Loaded as it is configured.</summary>
    Current,

    /// <summary>Loaded, but from another column, expression or condition than is configured now.</summary>
    Changed,

    /// <summary>Not loaded, or in another type.</summary>
    Missing,
}
