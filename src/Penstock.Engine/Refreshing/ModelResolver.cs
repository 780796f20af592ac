using System.Globalization;
using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Refreshing;

/// <summary>A model looked at together with its sources as they are now.</summary>
public sealed record Resolution
{
    /// <summary>The model with all types; null when there are problems of severity error, or a source could not be reached.</summary>
    public ResolvedModel? Model { get; init; }

    /// <summary>Everything that does not fit, each with its place in the files.</summary>
    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>The sources that could not be asked, and why.</summary>
    public required IReadOnlyList<ConnectionException> Unreachable { get; init; }

    /// <summary>The model, for where a run begins.</summary>
    /// <exception cref="ConnectionException">A source could not be reached.</exception>
    /// <exception cref="PenstockException">Something does not fit; the first of the problems, saying how many more there are.</exception>
    public ResolvedModel OrThrow()
    {
        if (Unreachable.Count > 0)
            throw Unreachable[0];
        if (Model is not null)
            return Model;
        var errors = Problems.Where(problem => problem.Severity == Severity.Error).ToList();
        var more = errors.Count == 1 ? ""
            : string.Create(CultureInfo.InvariantCulture, $" ({errors.Count - 1} more: see penstock validate --connect)");
        throw new PenstockException(errors[0] with { Message = errors[0].Message + more });
    }
}

/// <summary>
/// Asks a model's sources for their columns: finds what is gone, renamed or of another type, and gives every property its type. Reads no
/// rows.
/// </summary>
public static class ModelResolver
{
    /// <summary>Looks at all sources of a model, and reports every problem at once.</summary>
    /// <param name="model">The model.</param>
    /// <param name="open">Gives a source of the model, ready for use.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Resolution> ResolveAsync(Model model, Func<Source, OpenSource> open, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        var unreachable = new List<ConnectionException>();
        var columns = new Dictionary<string, SourceColumns>(StringComparer.Ordinal);
        foreach (var source in model.Sources)
        {
            try
            {
                if (await ColumnsAsync(source, open(source), problems, cancellationToken) is { } found)
                    columns.Add(source.Name, new SourceColumns(source, found, problems));
            }
            catch (ConnectionException error)
            {
                unreachable.Add(error);
            }
        }

        var types = Types(model, columns);
        var keys = columns.GetValueOrDefault(model.Primary.Name)?.KeyTypes() ?? [];
        var joins = model.Sources.Skip(1)
            .ToDictionary(source => source.Name, source => JoinTypes(source, columns, types), StringComparer.Ordinal);
        foreach (var source in columns.Values)
            source.CheckFilters();
        var isGood = unreachable.Count == 0 && problems.TrueForAll(problem => problem.Severity != Severity.Error);
        return new Resolution
        {
            Model = isGood ? new ResolvedModel(model, types, keys, joins) : null,
            Problems = problems,
            Unreachable = unreachable,
        };
    }

    private static async Task<IReadOnlyList<Column>?> ColumnsAsync(
        Source source, OpenSource from, List<Problem> problems, CancellationToken cancellationToken)
    {
        try
        {
            if (source.Query is { } query)
                return await from.Source.DescribeQueryAsync(from.App, Described(source, query), from.Http, cancellationToken);
            // one or the other
            var table = await from.Source.DescribeAsync(from.App, Identifier.Parse(source.Table!), from.Http, cancellationToken);
            if (table is not null)
                return table.Columns;
            var written = source.Table!; // as above
            var near = await NearTableAsync(written, from, cancellationToken);
            problems.Add(Placed(
                SourceProblems.UnknownTable.Of(
                    $"The app `{source.AppId}` has no table `{written}`, or its user may not see it.",
                    near ?? SourceProblems.UnknownTable.ToDo),
                source.Position));
        }
        catch (SourceException error)
        {
            problems.Add(Placed(error.Problem, source.Position));
        }

        return null;
    }

    private static SourceQuery Described(Source source, string query) => new(Sql.Trusted(query)) { TimeOut = source.TimeOut };

    // A name without its schema is the commonest slip, and the nearest spelling comes second.
    private static async Task<string?> NearTableAsync(string written, OpenSource from, CancellationToken cancellationToken)
    {
        const int MostTables = 5_000;
        var tables = new List<string>();
        await foreach (var table in from.Source.ListTablesAsync(from.App, from.Http, cancellationToken))
        {
            if (string.Equals(table.Name.Name, written, StringComparison.OrdinalIgnoreCase))
                return $"Did you mean `{table.Written}`?";
            tables.Add(table.Written);
            if (tables.Count == MostTables)
                break;
        }

        return Suggestion.OrAll(written, tables, "It has");
    }

    private static Dictionary<string, DataType> Types(Model model, Dictionary<string, SourceColumns> columns)
    {
        var types = new Dictionary<string, DataType>(StringComparer.Ordinal);
        foreach (var property in model.Properties)
        {
            var type = property.Source is { } source
                ? columns.GetValueOrDefault(source)?.TypeOf(property) ?? property.Type
                : property.Type;
            if (type is { } known)
                types[property.Id] = known;
        }

        return types;
    }

    // The columns' own types; they are read as the properties that they equal, so that 7 and '7' meet.
    private static IReadOnlyList<DataType> JoinTypes(
        Source source, Dictionary<string, SourceColumns> columns, Dictionary<string, DataType> types)
    {
        var found = columns.GetValueOrDefault(source.Name);
        return [.. source.Join.Select(join => found?.JoinType(join, types) ?? types.GetValueOrDefault(join.Property, DataKind.String))];
    }

    internal static Problem Placed(Problem problem, Position? position) => position is { } at && problem.File is null
        ? at.At(problem) : problem;
}
