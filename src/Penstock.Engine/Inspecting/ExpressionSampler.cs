using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Inspecting;

/// <summary>Evaluates a calculated property, and those that it is calculated from, over a few records that are loaded.</summary>
internal static class ExpressionSampler
{
    public static async Task<ExpressionSample> ReadAsync(
        Reader reader, Model model, Property property, int limit, CancellationToken cancellationToken)
    {
        var ids = model.Properties.Select(known => known.Id).Where(id => id != property.Id).ToList();
        if (ExpressionChecker.Check(property.Expression ?? "", ids) is { } problem)
            return Wrong(problem);
        var (calculated, inputs) = Needed(model, property);
        var missing = inputs.FirstOrDefault(input => !reader.IsThere || reader.Loaded.StateOf(model, input) == LoadedState.Missing);
        if (missing is not null)
        {
            return Wrong(InspectingProblems.NotLoaded.Of(
                $"The property {missing.Id} is not loaded yet, so there are no values to calculate with.",
                InspectingProblems.NotLoaded.ToDo));
        }

        var types = inputs.ToDictionary(input => input.Id, reader.Loaded.TypeOf, StringComparer.Ordinal);
        try
        {
            var trimmed = model with { Properties = [.. inputs, .. calculated], Groups = [] };
            var expressions = ModelExpressions.Infer(
                new(trimmed, types, reader.Loaded.KeyTypes, new Dictionary<string, IReadOnlyList<DataType>>()));
            return reader.IsThere
                ? await EvaluateAsync(reader, property, InOrder(calculated, expressions), inputs, expressions, limit, cancellationToken)
                : new(expressions.Types[property.Id], []);
        }
        catch (PenstockException error)
        {
            return Wrong(error.Problem);
        }
    }

    private static ExpressionSample Wrong(Problem problem) => new(null, []) { Problem = problem };

    private static (List<Property> Calculated, List<Property> Inputs) Needed(Model model, Property property)
    {
        var (calculated, inputs) = (new List<Property> { property }, new List<Property>());
        for (var next = 0; next < calculated.Count; next++)
        {
            foreach (var name in ExpressionChecker.References(calculated[next].Expression ?? ""))
            {
                var found = model.Properties.FirstOrDefault(known => string.Equals(known.Id, name, StringComparison.OrdinalIgnoreCase));
                var into = found?.Expression is null ? inputs : calculated;
                if (found is not null && !into.Exists(known => known.Id == found.Id))
                    into.Add(found);
            }
        }

        return (calculated, inputs);
    }

    private static List<Property> InOrder(List<Property> calculated, ModelExpressions expressions)
    {
        var (ordered, waiting) = (new List<Property>(), calculated.ToList());
        while (waiting.Count > 0)
        {
            var next = waiting.Find(property => !expressions.References(property)
                .Any(name => waiting.Exists(other => string.Equals(other.Id, name, StringComparison.OrdinalIgnoreCase))));
            if (next is null)
            {
                throw new PenstockException(CompilationProblems.Cycle.Of(
                    $"These properties need one another: {string.Join(", ", waiting.Select(property => property.Id))}.",
                    CompilationProblems.Cycle.ToDo));
            }

            ordered.Add(next);
            waiting.Remove(next);
        }

        return ordered;
    }

    private static async Task<ExpressionSample> EvaluateAsync(
        Reader reader, Property property, List<Property> ordered, List<Property> inputs, ModelExpressions expressions, int limit,
        CancellationToken cancellationToken)
    {
        var columns = inputs.Select(input => Sql.Of($"{Layout.Property(input.Id)}")).Prepend(Sql.Of($"{Layout.Key}"));
        var from = Sql.Of($"(SELECT {Sql.Join(", ", columns)} FROM {Layout.Records} ORDER BY {Layout.Key} LIMIT {limit})");
        foreach (var step in ordered)
        {
            var name = Layout.Property(step.Id);
            from = Sql.Of($"(SELECT *, {expressions.Evaluated(step)} AS {name} FROM {from} AS before)");
            if (expressions.Checked(step) is { } check)
                from = Sql.Of($"(SELECT * REPLACE ({check} AS {name}) FROM {from} AS unchecked)");
        }

        var type = expressions.Types[property.Id];
        var shown = inputs.Select(input => Verdicts.Text(reader, input))
            .Prepend(FieldConversion.AsText(Sql.Of($"{Layout.Property(property.Id)}"), type))
            .Prepend(Sql.Of($"{Layout.Key}"));
        var rows = new List<ExpressionRow>();
        await foreach (var row in reader.Connection.QueryAsync(
            Sql.Of($"SELECT {Sql.Join(", ", shown)} FROM {from} AS sample ORDER BY {Layout.Key}"), cancellationToken))
        {
            var values = inputs.Select((input, index) => (input.Id, Value: row.IsDBNull(2 + index) ? null : row.GetString(2 + index)))
                .ToDictionary(pair => pair.Id, pair => pair.Value, StringComparer.Ordinal);
            rows.Add(new(row.GetString(0), values, row.IsDBNull(1) ? null : row.GetString(1)));
        }

        return new(type, rows);
    }
}
