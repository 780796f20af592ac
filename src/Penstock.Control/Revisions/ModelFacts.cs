using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Revisions;

/// <summary>What is so about a model, but for its groups.</summary>
internal static class ModelFacts
{
    public static IEnumerable<Fact> Of(Model model)
    {
        yield return new("name", "name:", $"*{model.Name}*");
        foreach (var fact in model.Sources.SelectMany(OfSource))
            yield return fact;
        foreach (var property in model.Properties)
        {
            yield return new($"property:{property.Id}", $"`{property.Id}`", Property(property))
            {
                Added = "property added:",
                Removed = "property removed:",
                Changed = "property changed:",
            };
        }

        if (model.Display is { } display)
            yield return new("display", "names records by", $"*{Facts.Spaced(display)}*");
        if (model.Identity is { } identity)
            yield return new("identity", "keeps its identity by", $"*{Facts.Spaced(identity)}*");
    }

    private static IEnumerable<Fact> OfSource(Source source)
    {
        var from = source.Query is { } query ? $"the query {query}" : $"the table {source.Table}";
        yield return Fact("from", "reads", $"{from} of the app *{source.AppId}*");
        if (source.PrimaryKey.Count > 0)
            yield return Fact("key", "unique id:", string.Join(", ", source.PrimaryKey));
        foreach (var join in source.Join)
            yield return Fact($"join:{join.Column}", $"joined by `{join.Column}` to", $"*{Facts.Spaced(join.Property)}*");
        for (var at = 0; at < source.Where.Count; at++)
        {
            var filter = source.Where[at];
            yield return Fact($"where:{at}", $"only rows whose `{filter.Column}`",
                $"{Facts.Spaced(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(filter.Operator.ToString()))} "
                + string.Join(", ", filter.Values));
        }

        if (source.TimeZone.Id != TimeZoneInfo.Utc.Id)
            yield return Fact("zone", "time zone:", source.TimeZone.Id);
        if (!source.EmptyIsNull)
            yield return Fact("empty", "an empty text is a value of its own", "");
        if (source.TimeOut is { } length)
            yield return Fact("timeout", "may take", Duration.Write(length));

        Fact Fact(string key, string words, string value) =>
            new($"source:{source.Name}:{key}", $"source *{source.Name}*: {words}", value) { Removed = "removed:" };
    }

    private static string Property(Property property)
    {
        var type = property.Type is { } declared ? $" ({declared})" : "";
        if (property.Column is { } column)
        {
            var how = column.Aggregate == AggregateKind.Exact ? "" : Facts.Spaced(column.Aggregate.ToString().ToLowerInvariant()) + " of ";
            var by = column.By is { } order ? $" by `{order}`" : "";
            return $"{how}`{column.Column}`{by} from *{property.Source}*{type}"
                + (column.Aggregate == AggregateKind.List ? $", {column.Limit} at most{(column.Descending ? ", largest first" : "")}" : "");
        }

        return $"calculated as `{property.Expression}`{type}";
    }
}

/// <summary>What is so about a group.</summary>
internal static class RuleFacts
{
    public static IEnumerable<Fact> Of(Group group)
    {
        yield return new("name", "name:", $"*{group.Name}*");
        var set = group.Rule as RuleSet ?? new RuleSet(Match.All, [group.Rule]);
        yield return new("match", "holds when", InWords(set.Match));
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var fact in OfSet(set, "", seen))
            yield return fact;
    }

    private static IEnumerable<Fact> OfSet(RuleSet set, string place, Dictionary<string, int> seen)
    {
        foreach (var rule in set.Rules)
        {
            switch (rule)
            {
                case RuleSet inner:
                    var nested = Numbered($"{place}/{inner.Match}");
                    yield return Rule(nested, "a set of rules, of which", InWords(inner.Match));
                    foreach (var fact in OfSet(inner, nested, seen))
                        yield return fact;
                    break;
                case MembershipRule membership:
                    yield return Rule(Numbered($"{place}/{membership.Group}:{membership.IsMember}"),
                        membership.IsMember ? "is in the group" : "is not in the group", $"*{membership.Group}*");
                    break;
                case PropertyRule comparison:
                    yield return Rule(Numbered($"{place}/{comparison.Property}:{comparison.Operator}"),
                        $"{Facts.Spaced(comparison.Property)} {Facts.Spaced(RuleOperators.Word(comparison.Operator))}",
                        comparison.Span is { } span ? span.ToString() : string.Join(", ", comparison.Values));
                    break;
            }
        }

        string Numbered(string key)
        {
            var number = seen[key] = seen.GetValueOrDefault(key) + 1;
            return $"{key}#{number}";
        }
    }

    private static Fact Rule(string key, string words, string value) =>
        new(key, words, value) { Added = "rule added:", Removed = "rule removed:", Changed = "rule changed:" };

    private static string InWords(Match match) => match switch
    {
        Match.All => "all rules hold",
        Match.Any => "any rule holds",
        _ => "no rule holds",
    };
}
