using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Planning;

/// <summary>A few rows of a plan as people read them: before → after.</summary>
internal static class PlanSamples
{
    private const long SamplesOfEachAct = 3;

    /// <summary>Reads the first rows of each act, with what was delivered of them.</summary>
    public static async Task<IReadOnlyList<PlannedSample>> ReadAsync(
        WorkspaceConnection connection, CompiledDestination destination, PlanFacts facts, CancellationToken cancellationToken)
    {
        var samples = new List<PlannedSample>();
        foreach (var act in new[] { "create", "update", "rename", "remove", "clear", "forget" })
        {
            await foreach (var row in connection.QueryAsync(Query(destination, facts, act), cancellationToken))
            {
                var changes =
                    destination.Columns.Select(
                        column =>
                            new PlannedChange(column.ForPeople(), Text(row, 3 + (3 * column.Place)), Text(row, 4 + (3 * column.Place))))
                    .Where((_, place) => row.GetBoolean(5 + (3 * place)))
                    .ToList();
                samples.Add(new(act is "clear" or "forget" ? "remove" : act, row.GetString(0), Text(row, 1), changes));
            }
        }

        return samples;
    }

    private static string? Text(System.Data.Common.DbDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetString(ordinal);

    private static Sql Query(CompiledDestination destination, PlanFacts facts, string act)
    {
        var plan = new Identifier("p");
        var isRemoval = act is "remove" or "forget";
        var columns = destination.Columns.SelectMany(column =>
        {
            var was = facts.Delivered.Contains(column.Name) ? destination.Text(new("d"), column) : Sql.Trusted("CAST(NULL AS VARCHAR)");
            var now = isRemoval ? Sql.Trusted("CAST(NULL AS VARCHAR)") : destination.Text(plan, column);
            var shown = isRemoval ? Sql.Of($"{was} IS NOT NULL") : column.IsChanged(plan);
            return new[] { was, now, shown };
        });
        return Sql.Of(
            $"""
            SELECT p.key, p.previous_key, p.act,
                   {Sql.Join(",\n       ", columns.DefaultIfEmpty(Sql.Trusted("NULL")))}
            FROM (SELECT * FROM {Layout.Plan(destination.Context.Id)} WHERE act = {Value.Of(act)} LIMIT {SamplesOfEachAct}) AS p
            LEFT JOIN {Layout.Delivered(destination.Context.Id)} AS d ON d.key = coalesce(p.previous_key, p.key)
            ORDER BY p.key
            """);
    }
}
