using System.Data.Common;
using System.Globalization;
using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Building;

/// <summary>A record as people look at it.</summary>
/// <param name="Key">Its key as text.</param>
/// <param name="Values">Each property's value by its id, in the model's order; arrays as JSON.</param>
/// <param name="Groups">The ids of the groups it is in.</param>
public sealed record PreviewedRecord(string Key, IReadOnlyDictionary<string, Value> Values, IReadOnlyList<string> Groups);

/// <summary>Looks at records that are built.</summary>
public static class RecordPreview
{
    /// <summary>Reads some records, smallest keys first.</summary>
    public static async IAsyncEnumerable<PreviewedRecord> ReadAsync(
        WorkspaceConnection workspace,
        CompiledModel compiled,
        RecordFilter filter,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var properties = compiled.Model.Properties;
        await foreach (var row in workspace.QueryAsync(RecordQueries.Select(compiled, filter), cancellationToken))
        {
            var values = new Dictionary<string, Value>(StringComparer.Ordinal);
            for (var index = 0; index < properties.Count; index++)
                values[properties[index].Id] = Read(row, index + 1, compiled.Types[properties[index].Id]);
            var groups = compiled.Model.Groups
                .Where((_, index) => row.GetBoolean(properties.Count + 1 + index))
                .Select(group => group.Id)
                .ToList();
            yield return new PreviewedRecord(row.GetString(0), values, groups);
        }
    }

    /// <summary>Counts records, or the members of the filter's group.</summary>
    public static Task<long> CountAsync(WorkspaceConnection workspace, RecordFilter filter, CancellationToken cancellationToken) =>
        workspace.ScalarAsync<long>(RecordQueries.Count(filter), cancellationToken);

    private static Value Read(DbDataReader row, int column, DataType type)
    {
        if (row.IsDBNull(column))
            return Value.Null;
        if (type.IsArray || type.Kind == DataKind.Json)
            return Value.OfJson(row.GetString(column));
        return type.Kind switch
        {
            DataKind.Boolean => Value.Of(row.GetBoolean(column)),
            DataKind.Integer => Value.Of(row.GetInt64(column)),
            DataKind.Decimal => Exact(row.GetString(column)),
            DataKind.Float => Value.Of(row.GetDouble(column)),
            DataKind.Date => Value.Of(row.GetFieldValue<DateOnly>(column)),
            DataKind.Timestamp => Value.Of(row.GetDateTime(column)),
            _ => Value.Of(row.GetString(column)),
        };
    }

    // 29 digits before the point are more than .NET holds; such a number is shown as its text.
    private static Value Exact(string text)
    {
        var digits = text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
        return decimal.TryParse(digits, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? Value.Of(number)
            : Value.Of(digits);
    }
}
