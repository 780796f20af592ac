using System.Globalization;
using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;

namespace Penstock.Engine.Inspecting;

/// <summary>
/// Looks into sources before anything is loaded: sample rows, keys, joins, what properties would give. Reads only, and each question is
/// bounded in rows, bytes and seconds. What is wrong is a problem in the answer.
/// </summary>
/// <param name="runner">The runner whose apps it uses.</param>
public sealed class SourceInspector(Runner runner)
{
    private static readonly Identifier Keys = new("keys");
    private static readonly Identifier Number = new("number");

    /// <summary>Columns and a few rows of a table or query.</summary>
    public async Task<SourceSample> SampleAsync(
        Project project, App app, SourceOf from, SampleOptions options, CancellationToken cancellationToken)
    {
        try
        {
            using var apps = new OpenApps(project, runner.Setup);
            var reading = new SourceReading(apps.Source(app.Id), runner.Setup, options);
            var selection = await reading.SelectAsync(from, cancellationToken) with { Limit = options.Rows + 1L };
            var rows = await reading.ReadAsync(selection, null, cancellationToken);
            return new(rows.Columns, rows.Rows, rows.IsCut);
        }
        catch (PenstockException error)
        {
            return new([], [], false) { Problem = error.Problem };
        }
    }

    /// <summary>Whether columns of a table or query can name records: counted by one statement in the source.</summary>
    public async Task<KeyCheck> CheckKeyAsync(
        Project project, App app, SourceOf from, IReadOnlyList<string> columns, SampleOptions options, CancellationToken cancellationToken)
    {
        try
        {
            using var apps = new OpenApps(project, runner.Setup);
            return await CheckAsync(new(apps.Source(app.Id), runner.Setup, options with { Rows = 5 }), from, columns, cancellationToken);
        }
        catch (PenstockException error)
        {
            return new(0, 0, 0, 0, []) { Problem = error.Problem };
        }
    }

    /// <summary>
    /// Primary keys to choose from, the best first: the declared one, or columns whose name looks like one, those without nulls and
    /// repetitions before the others. At most three are looked at.
    /// </summary>
    public async Task<IReadOnlyList<KeyProposal>> ProposeKeyAsync(
        Project project, App app, string table, SampleOptions options, CancellationToken cancellationToken)
    {
        const int MostLookedAt = 3;
        using var apps = new OpenApps(project, runner.Setup);
        var described = await new SourceReading(apps.Source(app.Id), runner.Setup, options).DescribeAsync(table, cancellationToken);
        if (described is null)
            return [];
        var candidates = new List<(IReadOnlyList<string> Columns, string Reason)>();
        if (described.PrimaryKey.Count > 0)
            candidates.Add((described.PrimaryKey, "It is the table's declared primary key."));
        else
            candidates.AddRange(Naming.Keys(described));
        var proposals = new List<KeyProposal>();
        foreach (var (columns, reason) in candidates.Take(MostLookedAt))
        {
            var check = await CheckKeyAsync(project, app, SourceOf.OfTable(table), columns, options, cancellationToken);
            proposals.Add(new(columns, reason, check));
            if (check.IsUnique)
                break;
        }

        return [.. proposals.OrderByDescending(proposal => proposal.Check.IsUnique)];
    }

    /// <summary>Ways to join a table to a model, the best first: by foreign keys, then by names.</summary>
    /// <exception cref="PenstockException">The app can't be used.</exception>
    public async Task<IReadOnlyList<JoinProposal>> ProposeJoinsAsync(
        Project project, Model model, App app, string table, SampleOptions options, CancellationToken cancellationToken)
    {
        using var apps = new OpenApps(project, runner.Setup);
        var described = await new SourceReading(apps.Source(app.Id), runner.Setup, options).DescribeAsync(table, cancellationToken);
        if (described is null)
            return [];
        var primary = model.Primary.AppId == app.Id && model.Primary.Table is { } main
            ? await new SourceReading(apps.Source(app.Id), runner.Setup, options).DescribeAsync(main, cancellationToken)
            : null;
        return Naming.Joins(model, primary, described);
    }

    /// <summary>
    /// What a source of an unsaved model gives, with its aggregates and conditions, for some of its keys: one row per record as it would
    /// be staged, values not yet read as the properties' types.
    /// </summary>
    /// <param name="project">The project.</param>
    /// <param name="model">The model.</param>
    /// <param name="source">The source's name in it.</param>
    /// <param name="options">How much.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SourceSample> SourcePreviewAsync(
        Project project, Model model, string source, SampleOptions options, CancellationToken cancellationToken)
    {
        try
        {
            using var apps = new OpenApps(project, runner.Setup);
            var asked = model.Sources.First(candidate => candidate.Name == source);
            var reading = new SourceReading(apps.Source(asked.AppId), runner.Setup, options);
            var selection = Selection(model, asked) with { Limit = options.Rows };
            if (selection.IsAggregated)
                selection = await OfSomeKeysAsync(reading, selection, options, cancellationToken);
            var rows = await reading.ReadAsync(selection, null, cancellationToken);
            return new(rows.Columns, rows.Rows, rows.IsCut);
        }
        catch (PenstockException error)
        {
            return new([], [], false) { Problem = error.Problem };
        }
    }

    // Aggregating all of a large table for ten rows takes as long as a run: first a few keys, then all rows of those.
    private static async Task<SourceSelection> OfSomeKeysAsync(
        SourceReading reading, SourceSelection selection, SampleOptions options, CancellationToken cancellationToken)
    {
        var some = await reading.ReadAsync(
            selection with
            {
                Columns = [],
                Filters = [.. selection.Filters, .. selection.Keys.Select(key => new SourceFilter(key.Column, FilterOperator.Exists, []))],
                Limit = options.Rows * 10L,
            },
            null,
            cancellationToken);
        var keys = some.Rows.DistinctBy(row => string.Join('\n', row)).Take(options.Rows).ToList();
        if (keys.Count == 0)
            return selection;
        var filters = selection.Keys.Select((key, index) =>
            new SourceFilter(key.Column, FilterOperator.In, [.. keys.Select(row => row[index]).Distinct()]));
        return selection with { Filters = [.. selection.Filters, .. filters] };
    }

    private static SourceSelection Selection(Model model, Source source) => new()
    {
        Table = source.Table is { } table ? Identifier.Parse(table) : null,
        Query = source.Query,
        Keys = [.. (source.Join.Count > 0 ? source.Join.Select(join => join.Column) : source.PrimaryKey)
            .Select(column => new SelectedColumn { Name = column, Column = column })],
        Columns = [.. model.Properties.Where(property => property.Source == source.Name && property.Column is not null)
            .Select(property => property.Column! with { Name = property.Id })], // filtered just now
        Filters = source.Where,
    };

    // Keys with their numbers of rows, the null ones last, and beside each the totals: one pass, and every database has these words.
    private static async Task<KeyCheck> CheckAsync(
        SourceReading reading, SourceOf from, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        var selection = await reading.SelectAsync(from, cancellationToken);
        selection = selection with { Columns = [.. selection.Columns.Where(column => columns.Contains(column.Column))] };
        if (selection.Columns.Count != columns.Count || columns.Count == 0)
        {
            return new(0, 0, 0, 0, [])
            {
                Problem = Refreshing.SourceProblems.UnknownColumn.Of(
                    $"There is no column {string.Join(", ", columns.Except(selection.Columns.Select(column => column.Column)))}.",
                    "Choose columns of the list."),
            };
        }

        var names = Sql.Join(", ", columns.Select(column => Sql.Of($"{new Identifier(column)}")));
        var isNull = Sql.Join(" OR ", columns.Select(column => Sql.Of($"{new Identifier(column)} IS NULL")));
        Sql Total(Sql counted) => Sql.Of($"sum(CASE WHEN {counted} END) OVER ()");
        var statement = Sql.Of(
            $"""
            SELECT sum({Number}) OVER () AS {new Identifier("rows_in_all")},
                   {Total(Sql.Of($"{isNull} THEN 0 ELSE 1"))} AS {new Identifier("different_keys")},
                   {Total(Sql.Of($"{isNull} THEN {Number} ELSE 0"))} AS {new Identifier("null_rows")},
                   {Total(Sql.Of($"{isNull} OR {Number} = 1 THEN 0 ELSE 1"))} AS {new Identifier("repeated_keys")},
                   {Number}, {names}
            FROM (SELECT {names}, count(*) AS {Number}
                  FROM (
            {reading.Dialect.Select(selection)}
                  ) AS {new Identifier("all_rows")}
                  GROUP BY {names}) AS {Keys}
            ORDER BY CASE WHEN {isNull} THEN 1 ELSE 0 END, {Number} DESC
            """);
        var rows = await reading.ReadAsync(selection, reading.Dialect.Limit(statement, 5), cancellationToken);
        if (rows.Rows.Count == 0)
            return new(0, 0, 0, 0, []);
        var repeated = rows.Rows.Where(row => Whole(row[4]) > 1 && !row.Skip(5).Any(value => value.IsNull))
            .Select(row => new RepeatedKey([.. row.Skip(5).Select(value => value.ToString())], Whole(row[4])));
        var totals = rows.Rows[0];
        return new(Whole(totals[0]), Whole(totals[1]), Whole(totals[2]), Whole(totals[3]), [.. repeated]);
    }

    private static long Whole(Value value) =>
        decimal.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? (long)number : 0;
}
