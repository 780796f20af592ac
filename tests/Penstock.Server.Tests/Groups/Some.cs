using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Server.Components.Rules;

namespace Penstock.Server.Tests.Groups;

/// <summary>A model with a property of each type.</summary>
internal static class Some
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static IReadOnlyDictionary<string, DataType> Types { get; } = new Dictionary<string, DataType>
    {
        ["city"] = DataKind.String,
        ["ltv"] = DataKind.Decimal,
        ["last_purchase"] = DataKind.Timestamp,
        ["subscribed"] = DataKind.Boolean,
        ["tags"] = new(DataKind.String, IsArray: true),
    };

    public static Model Model { get; } = new("customers")
    {
        Name = "Customers",
        Sources = [new("customers", "shop") { Table = "customers", PrimaryKey = ["id"] }],
        Properties = [.. Types.Select(pair => new Property(pair.Key) { Type = pair.Value })],
        Groups = [new("vip", new RuleSet(Match.All, [])) { Name = "VIP" }],
    };

    public static Project Project { get; } = new()
    {
        Name = "shop",
        Folder = "/",
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo"),
        Models = [Model],
    };

    public static PropertyRule Rule(string property, RuleOperator operation, params object[] values) =>
        new(property, operation)
        {
            Values = [.. values.Select(value => value is string text ? Value.Of(text) : Value.Of(Convert.ToInt64(value)))],
        };

    public static PropertyRule Recent(int days) =>
        new("last_purchase", RuleOperator.Within) { Span = new(days, RelativeUnit.Days) };

    public static RuleScope Scope(RuleSet root, Action<RuleSet>? change = null, GroupCount? count = null)
    {
        RuleScope? scope = null;
        return scope = new()
        {
            Project = Project,
            Model = Model,
            GroupId = "mine",
            Types = Types,
            Now = Now,
            Root = root,
            Count = count,
            Values = (_, _, _) => Task.FromResult(new PropertyValues(2, 0, 1, null, null, [new("Lisbon", 2)])),
            Change = rule =>
            {
                scope!.Root = rule;
                change?.Invoke(rule);
                return Task.CompletedTask;
            },
        };
    }
}
