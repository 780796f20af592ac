using System.Globalization;
using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>Writes a model.</summary>
internal static class ModelWriter
{
    private const int DefaultLimit = 100;

    public static MapNode Node(Model model)
    {
        // A property whose source is gone is written too, so that reading says so instead of losing it.
        var calculated = model.Properties.Where(property => !model.Sources.Any(source => source.Name == property.Source)).ToList();
        return NodeWriter.Map(
            ("model", NodeWriter.Text(model.Id)),
            ("name", ProjectWriter.Optional(model.Name, unless: model.Id)),
            ("sources", NodeWriter.List(model.Sources.Select(source => Source(model, source)))),
            ("properties", calculated.Count == 0 ? null : Properties(calculated, isShort: false)),
            ("groups", model.Groups.Count == 0 ? null : NodeWriter.Map(model.Groups.Select(group => (group.Id, (Node?)Group(group))))),
            ("identity", ProjectWriter.Optional(model.Identity)),
            ("display", ProjectWriter.Optional(model.Display)),
            ("schedule", model.Schedule is { } schedule ? Schedule(schedule) : null));
    }

    private static MapNode Schedule(Schedule schedule) => schedule switch
    {
        IntervalSchedule interval => NodeWriter.Map(("every", NodeWriter.Text(interval.Every.ToString()))),
        CronSchedule cron => NodeWriter.Map(("cron", NodeWriter.Text(cron.Cron))),
        AfterSchedule after => NodeWriter.Map(("after", NodeWriter.Text(after.ModelId))),
        ChangeSchedule change => NodeWriter.Map((
            "when_changed",
            NodeWriter.Map(
                ("app", NodeWriter.Text(change.AppId)), ("query", NodeWriter.Text(change.Query)),
                ("every", NodeWriter.Text(change.Every.ToString()))))),
        _ => throw new NotSupportedException($"A schedule of type {schedule.GetType()} can't be written."),
    };

    private static MapNode Source(Model model, Source source)
    {
        var properties = model.Properties.Where(property => property.Source == source.Name).ToList();
        return NodeWriter.Map(
            ("name", NodeWriter.Text(source.Name)),
            ("app", NodeWriter.Text(source.AppId)),
            ("table", ProjectWriter.Optional(source.Table)),
            ("query", ProjectWriter.Optional(source.Query)),
            ("primary_key", source.PrimaryKey.Count == 0 ? null : NodeWriter.List(source.PrimaryKey)),
            (
                "join",
                source.Join.Count == 0 ? null : NodeWriter.Map(
                    source.Join.Select(join => (join.Column, (Node?)NodeWriter.Text(join.Property))))),
            ("where", source.Where.Count == 0 ? null : NodeWriter.List(source.Where.Select(Filter))),
            ("time_zone", ProjectWriter.Zone(source.TimeZone)),
            ("empty_is_null", source.EmptyIsNull ? null : NodeWriter.Plain("false")),
            ("timeout", source.TimeOut is { } length ? NodeWriter.Text(Duration.Write(length)) : null),
            ("properties", properties.Count == 0 ? null : Properties(properties)));
    }

    private static MapNode Filter(SourceFilter filter) => NodeWriter.Map(
        ("column", NodeWriter.Text(filter.Column)),
        (Filters.Words.FirstOrDefault(pair => pair.Value == filter.Operator).Key ?? $"{filter.Operator}", filter.Operator switch
        {
            FilterOperator.Exists or FilterOperator.NotExists => NodeWriter.Plain("true"),
            _ when filter.Values.Count == 0 => NodeWriter.Nothing,
            FilterOperator.In or FilterOperator.NotIn => NodeWriter.List(filter.Values.Select(NodeWriter.Of)),
            _ => NodeWriter.Of(filter.Values[0]),
        }));

    private static MapNode Properties(List<Property> properties, bool isShort = true) =>
        NodeWriter.Map(
            properties.Select(property => (
                property.Id, (Node?)(property.Column is { } column ? Column(property, column, isShort) : Calculation(property)))));

    private static MapNode Calculation(Property property) =>
        NodeWriter.Map(
            ("expression", ProjectWriter.Optional(property.Expression)), ("type", ProjectWriter.Optional(property.Type?.ToString())));

    private static Node Column(Property property, SelectedColumn column, bool isShort)
    {
        if (isShort && column.Aggregate == AggregateKind.Exact && property.Type is null)
            return NodeWriter.Text(column.Column);
        var word = column.Aggregate == AggregateKind.Exact ? "column"
            : Aggregates.Words.FirstOrDefault(pair => pair.Value == column.Aggregate).Key ?? $"{column.Aggregate}";
        return NodeWriter.Map(
            (word, NodeWriter.Text(column.Column)),
            ("by", ProjectWriter.Optional(column.By)),
            ("order", column.Descending ? NodeWriter.Text("desc") : null),
            ("limit", column.Limit == DefaultLimit ? null : NodeWriter.Plain(column.Limit.ToString(CultureInfo.InvariantCulture))),
            ("type", ProjectWriter.Optional(property.Type?.ToString())));
    }

    public static MapNode Group(Group group)
    {
        var rule = group.Rule as RuleSet ?? new RuleSet(Match.All, [group.Rule]);
        return NodeWriter.Map(("name", ProjectWriter.Optional(group.Name, unless: group.Id)), Set(rule));
    }

    private static (string Key, Node? Value) Set(RuleSet set) => (
        set.Match.ToString().ToLowerInvariant(), NodeWriter.List(set.Rules.Select(Rule)));

    private static MapNode Rule(Rule rule) => rule switch
    {
        RuleSet set => NodeWriter.Map(Set(set)),
        MembershipRule membership => NodeWriter.Map(
            (membership.IsMember ? "member_of" : "not_member_of", NodeWriter.Text(membership.Group))),
        PropertyRule comparison => NodeWriter.Map(
            ("property", ProjectWriter.Optional(comparison.Property, unless: "")),
            (RuleOperators.Word(comparison.Operator), Operand(comparison))),
        _ => throw new NotSupportedException($"A rule of type {rule.GetType()} can't be written."),
    };

    private static Node Operand(PropertyRule rule) => RuleOperators.OperandsOf(rule.Operator) switch
    {
        Operands.Flag => NodeWriter.Plain("true"),
        Operands.Span => rule.Span is { } span ? NodeWriter.Text(span.ToString()) : NodeWriter.Nothing,
        _ when rule.Values.Count == 0 => NodeWriter.Nothing,
        Operands.One => NodeWriter.Of(rule.Values[0]),
        _ => NodeWriter.List(rule.Values.Select(NodeWriter.Of)),
    };
}
