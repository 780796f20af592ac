using Penstock.Contract;
using Penstock.Engine.Inspecting;

namespace Penstock.Server.Components.Pages.Data;

/// <summary>The columns of a source, and values to suggest for its conditions.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Values">For each column, the most frequent values among the rows that were looked at.</param>
public sealed record ValueHints(IReadOnlyList<Column> Columns, IReadOnlyDictionary<string, IReadOnlyList<string>> Values)
{
    private const int Most = 12;
    private const int MostLetters = 60;

    /// <summary>Nothing known.</summary>
    public static ValueHints None { get; } = new([], new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>What some rows tell.</summary>
    public static ValueHints Of(SourceSample sample)
    {
        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        for (var index = 0; index < sample.Columns.Count; index++)
        {
            var column = index;
            values[sample.Columns[index].Name] =
            [
                .. sample.Rows.Select(row => row[column]).Where(value => !value.IsNull).Select(value => value.ToString())
                    .Where(text => text.Length is > 0 and <= MostLetters).GroupBy(text => text, StringComparer.Ordinal)
                    .OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal)
                    .Take(Most).Select(same => same.Key),
            ];
        }

        return new(sample.Columns, values);
    }

    /// <summary>The column of that name; null when there is none.</summary>
    public Column? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <summary>The column that rows are likely put in order by: the first that is a time.</summary>
    public string? Order => (Columns.FirstOrDefault(column => column.Type.Kind == DataKind.Timestamp)
        ?? Columns.FirstOrDefault(column => column.Type.Kind == DataKind.Date)
        ?? Columns.FirstOrDefault(column => column.Name.EndsWith("_at", StringComparison.OrdinalIgnoreCase)))?.Name;
}
