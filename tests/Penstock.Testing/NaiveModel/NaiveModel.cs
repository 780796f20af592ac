using System.Globalization;
using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Testing;

/// <summary>A record and the groups it is in.</summary>
public sealed record NaiveRecord(string Key, NaiveRow Values, IReadOnlySet<string> Groups);

/// <summary>What the naive model comes to: the records by key, and how many rows of which reason went wrong.</summary>
public sealed record NaiveResult(IReadOnlyDictionary<string, NaiveRecord> Records, IReadOnlyDictionary<string, long> Problems);

/// <summary>
/// A model computed row by row over lists, written from the documentation and without a look at the compiler: what compiled SQL has to
/// come to as well.
/// </summary>
public sealed class NaiveModel(
    ResolvedModel resolved,
    IReadOnlyDictionary<string, DataType> types,
    IReadOnlyDictionary<string, Func<NaiveRow, object?>> expressions,
    TimeZoneInfo zone,
    DateTimeOffset asOf)
{
    private readonly Dictionary<string, long> _problems = [];

    /// <summary>Computes it.</summary>
    /// <param name="tables">The rows of each source's table, by the table's name.</param>
    public NaiveResult Build(IReadOnlyDictionary<string, IReadOnlyList<NaiveRow>> tables)
    {
        var model = resolved.Model;
        var sources = model.Sources.ToDictionary(
            source => source.Name,
            source => OnePerKey(source, NaiveSource.Read(model, source, KeysOf(source), tables[source.Table!], types))); // tests use tables
        var rules = new NaiveRules(model, types, new NaiveClock(zone, asOf));
        var records = new Dictionary<string, NaiveRecord>();
        foreach (var row in sources[model.Primary.Name])
        {
            var values = new NaiveRow(Complete(row, sources));
            var groups = model.Groups.Where(group => rules.Holds(group.Rule, values)).Select(group => group.Id).ToHashSet();
            var key = KeyOf(row, model.Primary);
            records.Add(key, new NaiveRecord(key, values, groups));
        }

        return new NaiveResult(records, _problems.Where(pair => pair.Value > 0).ToDictionary());
    }

    private static IReadOnlyList<string> KeysOf(Source source) =>
        source.PrimaryKey.Count > 0 ? source.PrimaryKey : [.. source.Join.Select(join => join.Column)];

    private List<NaiveRow> OnePerKey(Source source, IReadOnlyList<NaiveRow> rows)
    {
        var isPrimary = source.PrimaryKey.Count > 0;
        var keys = KeysOf(source).Select((_, index) => $"_key_{index + 1}").ToList();
        var whole = rows.Where(row => keys.TrueForAll(key => row[key] is not null)).ToList();
        if (isPrimary)
            Count("null primary key", rows.Count - whole.Count);
        var columns = resolved.Model.Properties.Where(property => property.Source == source.Name).Select(property => property.Id);
        var groups = whole.GroupBy(row => string.Join('\u0001', keys.Select(key => row[key]))).ToList();
        Count(isPrimary ? "duplicate primary key" : "several rows where one is expected", whole.Count - groups.Count);
        List<object?> All(NaiveRow row) => [.. columns.Select(id => row[id])];
        return [.. groups.Select(group => group.OrderBy(All, NaiveOrder.Instance).First())];
    }

    private Dictionary<string, object?> Complete(NaiveRow row, Dictionary<string, List<NaiveRow>> sources)
    {
        var model = resolved.Model;
        var values = model.Properties.Where(property => property.Source == model.Primary.Name)
            .ToDictionary(property => property.Id, property => ZeroOfNothing(property, row[property.Id]));
        while (values.Count < model.Properties.Count)
        {
            foreach (var source in model.Sources.Skip(1).Where(source => source.Join.All(join => values.ContainsKey(join.Property))))
            {
                var match = sources[source.Name].Find(other =>
                    source.Join.Index().All(join => NaiveOrder.Same(other[$"_key_{join.Index + 1}"], values[join.Item.Property])));
                foreach (var property in model.Properties.Where(property => property.Source == source.Name))
                    values[property.Id] = ZeroOfNothing(property, match?[property.Id]);
            }

            var calculated = model.Properties.Where(property => property.Expression is not null);
            foreach (var property in calculated.Where(property => !values.ContainsKey(property.Id)))
            {
                try
                {
                    values[property.Id] = InType(expressions[property.Id](new NaiveRow(values)), types[property.Id]);
                }
                catch (KeyNotFoundException)
                {
                    // It needs another one that comes later.
                }
                catch (Exception exception) when (exception is ArithmeticException or FormatException)
                {
                    values[property.Id] = null;
                    Count($"the expression gave an error or no {types[property.Id]}", 1);
                }
            }
        }

        return values;
    }

    private object? ZeroOfNothing(Property property, object? value)
    {
        var isCounted = property.Column!.Aggregate // of a source
            is AggregateKind.Sum or AggregateKind.Count or AggregateKind.CountDistinct;
        if (value is not null || !isCounted)
            return value;
        return types[property.Id].Kind == DataKind.Integer ? (object)0L : 0m;
    }

    private static object? InType(object? value, DataType type) => (value, type.Kind) switch
    {
        (double number, DataKind.Integer) when number != Math.Truncate(number) || Math.Abs(number) >= 9e18 => throw new FormatException(),
        (double number, DataKind.Integer) => (long)number,
        (double number, DataKind.Float) when !double.IsFinite(number) => throw new FormatException(),
        (long number, DataKind.Decimal) => (decimal)number,
        (long number, DataKind.String) => number.ToString(CultureInfo.InvariantCulture),
        _ => value,
    };

    private static string KeyOf(NaiveRow row, Source source) => source.PrimaryKey.Count == 1
        ? row["_key_1"]!.ToString()! // whole keys only
        : "[" + string.Join(',', source.PrimaryKey.Select((_, index) => Part(row[$"_key_{index + 1}"]))) + "]";

    private static string Part(object? value) => value is string text
        ? "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\""
        : value!.ToString()!; // whole keys only

    private void Count(string reason, long rows) => _problems[reason] = _problems.GetValueOrDefault(reason) + rows;
}
