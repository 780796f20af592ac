using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Compilation;

/// <summary>
/// The statement that makes records: <c>primary</c> (one row per key), then in the order of what needs what <c>joined_n</c> (secondary
/// sources) and <c>calculated_n</c> (expressions, each evaluated once), then <c>grouped_n</c>. Each step adds columns to the one before.
/// </summary>
internal sealed class RecordStatement(CompiledModel compiled, IReadOnlyCollection<string> repeated)
{
    private readonly Model _model = compiled.Model;
    private readonly ModelExpressions _expressions = compiled.Expressions;
    private readonly List<Sql> _steps = [];
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private Identifier _last = new("primary");

    public Sql Write()
    {
        foreach (var source in compiled.Sources)
            _steps.AddRange(StageRows.Write(source, repeated.Contains(source.Source.Name)));
        AddPrimary(compiled.Sources[0]);
        AddProperties();
        AddGroups();
        var columns = _model.Properties.Select(property => Layout.Property(property.Id))
            .Concat(_model.Groups.Select(group => Layout.Group(group.Id)))
            .Prepend(Layout.Key)
            .Select(column => Sql.Of($"{column}"));
        return Sql.Of($"""
            CREATE OR REPLACE TABLE {Layout.Records} AS
            WITH {Sql.Join(",\n", _steps)}
            SELECT {Sql.Join(",\n       ", columns)}
            FROM {_last}
            """);
    }

    private void AddPrimary(CompiledSource primary)
    {
        var columns = primary.Properties
            .Select(column => Value(primary, column, Sql.Of($"{StageRows.Name(primary)}.{column.Identifier}")))
            .Prepend(Sql.Of($"{KeyText.Of([.. primary.Keys])} AS {Layout.Key}"));
        _steps.Add(Sql.Of($"""
            {_last} AS (
              SELECT {Sql.Join(",\n         ", columns)}
              FROM {StageRows.Name(primary)}
            )
            """));
        _known.UnionWith(primary.Properties.Select(column => column.Name));
    }

    private void AddProperties()
    {
        var secondary = compiled.Sources.Skip(1).ToList();
        var calculated = _model.Properties.Where(property => property.Expression is not null).ToList();
        for (var number = 1; secondary.Count + calculated.Count > 0; number++)
        {
            var joinable = secondary.Where(source => source.Source.Join.All(join => _known.Contains(join.Property))).ToList();
            if (joinable.Count > 0)
                AddJoined(joinable, number);
            var ready = calculated.Where(property => _expressions.References(property).All(_known.Contains)).ToList();
            if (ready.Count > 0)
                AddCalculated(ready, number);
            if (joinable.Count + ready.Count == 0)
                throw Circle(calculated.FirstOrDefault()?.Position, "properties and sources",
                    [.. calculated.Select(property => property.Id), .. secondary.Select(source => source.Source.Name)]);
            secondary.RemoveAll(joinable.Contains);
            calculated.RemoveAll(ready.Contains);
        }
    }

    private void AddJoined(List<CompiledSource> joined, int number)
    {
        var columns = joined.SelectMany(source => source.Properties.Select(column =>
            Value(source, column, Sql.Of($"{StageRows.Name(source)}.{column.Identifier}"))));
        var joins = joined.Select(source =>
        {
            var rows = StageRows.Name(source);
            var same = source.Source.Join.Select((join, index) =>
                Sql.Of($"{rows}.{Layout.StageKey(index + 1)} = {_last}.{Layout.Property(join.Property)}"));
            return Sql.Of($"  LEFT JOIN {rows} ON {Sql.Join(" AND ", same)}");
        });
        Add("joined", number, Sql.Of($"""
              SELECT {Sql.Join(",\n         ", columns.Prepend(Sql.Of($"{_last}.*")))}
              FROM {_last}
            {Sql.Join("\n", joins)}
            """));
        _known.UnionWith(joined.SelectMany(source => source.Properties).Select(column => column.Name));
    }

    private void AddCalculated(List<Property> ready, int number)
    {
        Add("calculated", number, Select(ready.Select(property =>
            Sql.Of($"{_expressions.Evaluated(property)} AS {Layout.Property(property.Id)}"))));
        var checks = ready
            .Select(property => (property, check: _expressions.Checked(property)))
            .Where(pair => pair.check is not null)
            .Select(pair => Sql.Of($"{pair.check!} AS {Layout.Property(pair.property.Id)}")) // filtered above
            .ToList();
        if (checks.Count > 0)
            Add("checked", number, Sql.Of($"""
                  SELECT * REPLACE (
                         {Sql.Join(",\n         ", checks)})
                  FROM {_last}
                """));
        _known.UnionWith(ready.Select(property => property.Id));
    }

    private void AddGroups()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var rules = compiled.Rules;
        var waiting = _model.Groups.ToList();
        for (var number = 1; waiting.Count > 0; number++)
        {
            var ready = waiting.Where(group => Memberships(group.Rule).All(known.Contains)).ToList();
            if (ready.Count == 0)
                throw Circle(waiting[0].Position, "groups", [.. waiting.Select(group => group.Id)]);
            Add("grouped", number, Select(ready.Select(group =>
                Sql.Of($"{rules.Compile(group.Rule)} AS {Layout.Group(group.Id)}"))));
            known.UnionWith(ready.Select(group => group.Id));
            waiting.RemoveAll(ready.Contains);
        }
    }

    private Sql Select(IEnumerable<Sql> columns) =>
        Sql.Of($"  SELECT {Sql.Join(",\n         ", columns.Prepend(Sql.Of($"*")))}\n  FROM {_last}");

    private void Add(string name, int number, Sql select)
    {
        var step = new Identifier(FormattableString.Invariant($"{name}_{number}"));
        _steps.Add(Sql.Of($"{step} AS (\n{select}\n)"));
        _last = step;
    }

    // A record without rows has a sum and a count all the same: 0.
    private static Sql Value(CompiledSource source, StageColumn column, Sql value)
    {
        var aggregate = source.Selection.Columns.First(selected => selected.Name == column.Name).Aggregate;
        var isZeroOfNothing = aggregate is AggregateKind.Sum or AggregateKind.Count or AggregateKind.CountDistinct
            && (column.Type.IsNumber || column.Type.IsText);
        return isZeroOfNothing
            ? Sql.Of($"coalesce({value}, CAST(0 AS {Layout.Type(column.Type)})) AS {column.Identifier}")
            : value;
    }

    private static IEnumerable<string> Memberships(Rule rule) => rule switch
    {
        RuleSet set => set.Rules.SelectMany(Memberships),
        MembershipRule membership => [membership.Group],
        _ => [],
    };

    private static PenstockException Circle(Position? position, string what, IReadOnlyList<string> ids)
    {
        var problem = new Problem(
            "model.cycle",
            $"These {what} need one another or something that does not exist: {string.Join(", ", ids)}.",
            "Let each depend only on others that do not depend on it.");
        return new PenstockException(position?.At(problem) ?? problem);
    }
}
