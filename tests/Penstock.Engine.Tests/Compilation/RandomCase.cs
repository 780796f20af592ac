using System.Globalization;
using System.Text.Json;
using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Tests.Building;
using Penstock.Testing;

namespace Penstock.Engine.Tests.Compilation;

/// <summary>Tables, a model over them and a moment, all from one number.</summary>
internal sealed partial class RandomCase
{
    private static readonly string[] Zones =
        ["UTC", "America/Sao_Paulo", "Europe/Berlin", "Asia/Kathmandu", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe"];

    // Around changes of clocks in those zones, at ends of months, and on ordinary days.
    private static readonly string[] Moments =
    [
        "2018-11-04T03:00:00Z", "2018-02-18T02:00:00Z", "2017-10-15T12:30:15Z", "2026-03-29T01:00:00Z", "2026-10-25T00:30:00Z",
        "2026-03-31T10:00:00Z", "2024-02-29T23:30:00Z", "2011-12-31T11:00:00Z", "2026-11-24T18:15:00.1234567Z", "2026-05-31T02:59:59Z",
    ];

    private static readonly string[] Texts =
        ["", "a", "A", "ab", "a_b", "a%b", "b\\", "é", "É", "😀", "a😀b", "a'b\"", "12", "-7", "x;--", "ß"];

    private static readonly Dictionary<string, DataType> ThingColumns = new()
    {
        ["id"] = DataKind.Integer,
        ["n"] = DataKind.Integer,
        ["d"] = DataKind.Decimal,
        ["f"] = DataKind.Float,
        ["b"] = DataKind.Boolean,
        ["s"] = DataKind.String,
        ["day"] = DataKind.Date,
        ["at"] = DataKind.Timestamp,
        ["tags"] = new(DataKind.String, IsArray: true),
        ["numbers"] = new(DataKind.Integer, IsArray: true),
    };

    private static readonly Dictionary<string, DataType> EventColumns = new()
    {
        ["thing"] = DataKind.Integer,
        ["kind"] = DataKind.String,
        ["amount"] = DataKind.Decimal,
        ["count"] = DataKind.Integer,
        ["at"] = DataKind.Timestamp,
        ["day"] = DataKind.Date,
    };

    private readonly Random _random;
    private readonly List<Property> _properties = [];
    private readonly Dictionary<string, DataType> _types = [];

    public RandomCase(uint seed)
    {
        _random = new Random((int)seed);
        Zone = TimeZoneInfo.FindSystemTimeZoneById(One(Zones));
        AsOf = DateTimeOffset.Parse(One(Moments), CultureInfo.InvariantCulture);
        Tables = new Dictionary<string, IReadOnlyList<NaiveRow>>
        {
            ["things"] = Rows(ThingColumns, _random.Next(12)),
            ["events"] = Rows(EventColumns, _random.Next(25)),
            ["extras"] = Rows(EventColumns, _random.Next(10)),
        };
        Resolved = MakeModel();
    }

    public TimeZoneInfo Zone { get; }

    public DateTimeOffset AsOf { get; }

    public IReadOnlyDictionary<string, IReadOnlyList<NaiveRow>> Tables { get; }

    public ResolvedModel Resolved { get; }

    public Dictionary<string, Func<NaiveRow, object?>> Expressions { get; } = [];

    public async Task CreateTablesAsync(TestWorkspace workspace)
    {
        foreach (var (name, rows) in Tables)
        {
            var columns = name == "things" ? ThingColumns : EventColumns;
            var table = new Identifier(name);
            var declared = columns.Select(column => Sql.Of($"{new Identifier(column.Key)} {Engine.Compilation.Layout.Type(column.Value)}"));
            await workspace.Connection.ExecuteAsync(Sql.Of($"CREATE TABLE {table} ({Sql.Join(", ", declared)})"), CancellationToken.None);
            if (rows.Count == 0)
                continue;
            var tuples = rows.Select(row => Sql.Join(", ", columns.Select(column =>
                Sql.Of($"CAST({Bound(row[column.Key])} AS {Engine.Compilation.Layout.Type(column.Value)})"))));
            await workspace.Connection.ExecuteAsync(
                Sql.Of($"INSERT INTO {table} VALUES ({Sql.Join("), (", tuples)})"), CancellationToken.None);
        }
    }

    private static Sql Bound(object? value) => value switch
    {
        List<object?> list => Sql.Of($"CAST({Value.Of(JsonSerializer.Serialize(list))} AS JSON)"),
        bool boolean => Sql.Of($"{Value.Of(boolean)}"),
        long number => Sql.Of($"{Value.Of(number)}"),
        decimal number => Sql.Of($"{Value.Of(number)}"),
        double number => Sql.Of($"{Value.Of(number)}"),
        DateOnly day => Sql.Of($"{Value.Of(day)}"),
        DateTime moment => Sql.Of($"{Value.Of(moment)}"),
        _ => Sql.Of($"{Value.Of((string?)value)}"),
    };

    private List<NaiveRow> Rows(Dictionary<string, DataType> columns, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new NaiveRow(
            columns.ToDictionary(pair => pair.Key, pair => RandomValue(pair.Key, pair.Value))))];

    private object? RandomValue(string column, DataType type)
    {
        if (_random.Next(7) == 0)
            return null;
        if (type.IsArray)
            return Enumerable.Range(0, _random.Next(4)).Select(_ => RandomValue("element", DataType.Of(type.Kind))).ToList();
        return type.Kind switch
        {
            DataKind.Boolean => _random.Next(2) == 0,
            DataKind.Integer => column is "id" or "thing"
                ? (long)_random.Next(8)
                : One([0L, 1L, 2L, -3L, 100L, 7L, long.MaxValue / 3, long.MinValue / 4]),
            DataKind.Decimal => One([0m, 1m, 1.5m, -2.25m, 100m, 100.000000001m, 999999999.999999999m]),
            DataKind.Float => One([0d, 0.5, -1.25, 100, 1e15, -1e-9]),
            DataKind.Date => RandomDay(),
            DataKind.Timestamp => RandomMoment(),
            _ => One(Texts),
        };
    }

    private DateOnly RandomDay() =>
        One([DateOnly.MinValue, DateOnly.MaxValue, Day(0), Day(0), Day(1), Day(-1), Day(_random.Next(-100, 100))]);

    private DateOnly Day(int days) => DateOnly.FromDateTime(AsOf.UtcDateTime).AddDays(days);

    private DateTime RandomMoment()
    {
        var now = AsOf.UtcDateTime.AddTicks(-(AsOf.UtcDateTime.Ticks % 10));
        var start = now.Date;
        return _random.Next(8) switch
        {
            0 => DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc),
            1 => new DateTime(DateTime.MaxValue.Ticks / 10 * 10, DateTimeKind.Utc),
            2 => now.AddMicroseconds(_random.Next(-1, 2)),
            3 => now.AddHours(_random.Next(-60, 60)),
            4 => now.AddDays(_random.Next(-70, 70)),
            5 => now.AddMonths(_random.Next(-6, 6)).AddHours(_random.Next(-2, 3)),
            6 => start.AddDays(_random.Next(-3, 4)).AddMinutes(30 * _random.Next(-24, 24)),
            _ => now.AddSeconds(_random.Next(-3600, 3600)),
        };
    }

    private ResolvedModel MakeModel()
    {
        foreach (var (column, type) in ThingColumns)
            Add(AModel.Column(column, "things", column), type);
        AddExpressions(_random.Next(3), "first");
        var key = One<IReadOnlyList<string>>([["id"], ["id"], ["id", "s"]]);
        var sources = new List<Source> { new("things", "db") { Table = "things", PrimaryKey = key } };
        if (_random.Next(4) > 0)
            sources.Add(AddEvents());
        if (_random.Next(3) == 0)
            sources.Add(AddExtras());
        AddExpressions(_random.Next(3), "second");
        var groups = Enumerable.Range(1, _random.Next(1, 6)).Aggregate(new List<Group>(), (made, number) =>
        {
            made.Add(new Group($"g{number}", RandomRule(2, made)));
            return made;
        });
        var model = new Model("things") { Sources = sources, Properties = _properties, Groups = [.. groups.OrderBy(_ => _random.Next())] };
        return new ResolvedModel(model, _types, [.. sources[0].PrimaryKey.Select(key => ThingColumns[key])],
            sources.Skip(1).ToDictionary(source => source.Name, source => (IReadOnlyList<DataType>)[DataKind.Integer]));
    }

    private void Add(Property property, DataType type)
    {
        _properties.Add(property);
        _types[property.Id] = type;
    }

    private Source AddEvents()
    {
        var join = new JoinColumn("thing", JoinProperty());
        foreach (var number in Enumerable.Range(1, _random.Next(1, 5)))
        {
            var id = $"agg{number}";
            var kind = One(Enum.GetValues<AggregateKind>()[1..]);
            var column = kind switch
            {
                AggregateKind.Sum => "amount",
                AggregateKind.Average => "count",
                AggregateKind.List => One(["kind", "count", "day"]),
                _ => One(["kind", "amount", "count", "at", "day"]),
            };
            var by = kind is AggregateKind.Earliest or AggregateKind.Latest || (kind == AggregateKind.List && _random.Next(2) == 0)
                ? One(["at", "day"])
                : null;
            var selected = new SelectedColumn
            {
                Name = id,
                Column = column,
                Aggregate = kind,
                By = by,
                Limit = _random.Next(1, 5),
                Descending = _random.Next(2) == 0,
            };
            Add(new Property(id) { Source = "events", Column = selected }, kind switch
            {
                AggregateKind.Sum => DataKind.Decimal,
                AggregateKind.Average => DataKind.Float,
                AggregateKind.Count or AggregateKind.CountDistinct => DataKind.Integer,
                AggregateKind.List => new DataType(EventColumns[column].Kind, IsArray: true),
                _ => EventColumns[column],
            });
        }

        return new Source("events", "db") { Table = "events", Join = [join], Where = RandomFilters() };
    }

    private Source AddExtras()
    {
        var join = new JoinColumn("thing", JoinProperty());
        foreach (var column in new[] { "kind", "day" })
            Add(AModel.Column("extra_" + column, "extras", column), EventColumns[column]);
        return new Source("extras", "db") { Table = "extras", Join = [join], Where = RandomFilters() };
    }

    private string JoinProperty() => One([.. _types.Where(pair => pair.Value == DataKind.Integer).Select(pair => pair.Key), "id", "id"]);

    private List<SourceFilter> RandomFilters() => [.. Enumerable.Range(0, _random.Next(3)).Select(_ =>
    {
        var (column, type) = One(EventColumns.ToArray());
        var comparison = One(type.IsText
            ? Enum.GetValues<FilterOperator>()
            : [.. Enum.GetValues<FilterOperator>().Except([FilterOperator.Contains, FilterOperator.NotContains])]);
        var count = comparison is FilterOperator.In or FilterOperator.NotIn ? 3 : 1;
        return new SourceFilter(column, comparison, [.. Enumerable.Range(0, count).Select(_ => Typed(column, type))]);
    })];

    private Value Typed(string column, DataType type)
    {
        object? value;
        do
            value = RandomValue(column, type);
        while (value is null);
        return value switch
        {
            bool boolean => Value.Of(boolean),
            int or long => Value.Of(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            decimal number => Value.Of(number),
            double number => Value.Of(number),
            DateOnly day => Value.Of(day),
            DateTime moment => Value.Of(moment),
            _ => Value.Of((string)value),
        };
    }

    private T One<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
