using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Testing.Projects;

/// <summary>Projects without errors, each given by a few numbers.</summary>
internal static class FinishedProjects
{
    public static Project Of(string name, TimeZoneInfo zone, string host, int[] seeds)
    {
        var models = seeds.Select((seed, at) => Model($"model{at}", seed)).ToList();
        return new()
        {
            Name = name,
            TimeZone = zone,
            Folder = "/project",
            Apps =
            [
                new("shop", "postgres")
                {
                    Texts = new Dictionary<string, string> { ["host"] = host, ["database"] = "shop", ["user"] = "shop" },
                    Lists = new Dictionary<string, IReadOnlyList<string>> { ["schemas"] = ["public", "a: b"] },
                },
                new("braze", "braze")
                {
                    Texts = new Dictionary<string, string> { ["endpoint"] = "US-01", ["api_key"] = "${secret:braze_api_key}" },
                },
            ],
            Models = models,
            Destinations = [.. models.Zip(seeds).Where(pair => pair.Second % 3 > 0).Select(pair => Destination(pair.First, pair.Second))],
        };
    }

    private static Model Model(string id, int seed) => new(id)
    {
        Name = seed % 2 == 0 ? id : $"Model: {seed} # \"x\"",
        Sources =
        [
            new("people", "shop")
            {
                Table = seed % 5 == 0 ? null : "people",
                Query = seed % 5 == 0 ? "SELECT *\nFROM people -- all" : null,
                PrimaryKey = ["id"],
            },
            new("orders", "shop")
            {
                Table = "\"Orders\"",
                Join = [new("customer", "user_id")],
                Where = [new("state", FilterOperator.In, [Value.Of("paid"), Value.Of(7L), Value.Of("007"), Value.Of(1.50m)])],
                EmptyIsNull = seed % 7 != 0,
            },
        ],
        Properties =
        [
            Column("user_id", "people", "id", AggregateKind.Exact, DataKind.Integer),
            Column("email", "people", "e-mail", AggregateKind.Exact, DataKind.Email),
            Column("ltv", "orders", "price", AggregateKind.Sum, DataKind.Decimal),
            Column("last", "orders", "at", AggregateKind.Max, DataKind.Timestamp),
            new("twice") { Expression = $"ltv * {(seed % 9) + 1}", Type = DataKind.Decimal },
        ],
        Groups = [.. Enumerable.Range(0, seed % 4).Select(number => Group($"group{number}", seed + number))],
        Identity = seed % 11 == 0 ? "email" : null,
        Display = seed % 13 == 0 ? "email" : null,
    };

    private static Property Column(string id, string source, string column, AggregateKind aggregate, DataKind type) => new(id)
    {
        Source = source,
        Type = type,
        Column = new() { Name = id, Column = column, Aggregate = aggregate },
    };

    private static Group Group(string id, int seed)
    {
        List<Rule> rules = [new PropertyRule("ltv", RuleOperator.GreaterThan) { Values = [Value.Of((long)seed)] }];
        if (seed % 3 == 0)
            rules.Add(new PropertyRule("last", RuleOperator.Within) { Span = new(seed % 90, RelativeUnit.Days) });
        if (seed % 2 == 0)
            rules.Add(new RuleSet(Match.None, [new PropertyRule("email", RuleOperator.EndsWith) { Values = [Value.Of("@no: 1")] }]));
        return new(id, new RuleSet((Match)(seed % 3), rules)) { Name = seed % 5 == 0 ? "VIP, #1" : id };
    }

    private static Destination Destination(Model model, int seed) => new($"{model.Id}_braze", "braze", model.Id)
    {
        Kind = "users",
        IsEnabled = seed % 4 != 0,
        SyncMode = seed % 3 == 1 ? SyncModes.Sync : SyncModes.Additive,
        Removal = seed % 3 == 1 ? "clear" : "",
        RemovalThreshold = seed % 101 / 100.0,
        GroupId = model.Groups.Count > 0 && seed % 2 == 0 ? model.Groups[0].Id : null,
        Mapping =
        [
            new("external_id", false) { Property = "user_id" },
            new("email", false) { Property = "email", Nulls = Nulls.Keep },
            new("first_name", false) { Constant = Value.Of("12") },
            new("ltv", true) { Property = "ltv", Default = Value.Of(0L) },
        ],
        Groups = [.. model.Groups.Take(1).Select(group => new GroupMapping(group.Id, "segment_attribute", "groups"))],
        Texts = seed % 2 == 0 ? new Dictionary<string, string> { ["object_cap"] = "50" } : new Dictionary<string, string>(),
    };
}
