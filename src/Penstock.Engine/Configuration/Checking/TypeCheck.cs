using System.Globalization;
using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>
/// Checks that need the properties' types: operators and values of rules, and mappings. Done with the declared types when files are read,
/// and again
/// with all types when the columns are known.
/// </summary>
public static class TypeCheck
{
    /// <summary>The problems of a model's rules, and of the mappings of its destinations, with every type known.</summary>
    public static IReadOnlyList<Problem> Run(Project project, ResolvedModel model, ConnectorCatalog catalog)
    {
        var findings = new Findings();
        Rules(model.Model, model.Types, findings);
        foreach (var destination in project.DestinationsOf(model.Model))
        {
            var kinds = catalog.Find(project.App(destination.AppId).Type)?.Declaration.Destinations ?? [];
            if (kinds.FirstOrDefault(kind => kind.Id == destination.Kind) is { } kind)
                Mappings(destination, kind, model.Types, findings);
        }

        return findings.Sorted();
    }

    /// <summary>The types that are known without connecting.</summary>
    internal static Dictionary<string, DataType> KnownTypes(Model model)
    {
        var types = new Dictionary<string, DataType>(StringComparer.Ordinal);
        foreach (var property in model.Properties)
        {
            if (property.Type is { } declared)
                types[property.Id] = declared;
            else if (property.Column?.Aggregate is AggregateKind.Count or AggregateKind.CountDistinct)
                types[property.Id] = DataKind.Integer;
        }

        return types;
    }

    internal static void Rules(Model model, IReadOnlyDictionary<string, DataType> types, Findings findings)
    {
        foreach (var rule in model.Groups.SelectMany(group => Comparisons(group.Rule)))
        {
            if (types.TryGetValue(rule.Property, out var type))
                Check(rule, type, findings);
        }
    }

    internal static void Mappings(
        Destination destination, DestinationKind kind, IReadOnlyDictionary<string, DataType> types, Findings findings)
    {
        foreach (var mapping in destination.Mapping)
        {
            var field = kind.Key.Name == mapping.Field ? kind.Key : kind.Fields.FirstOrDefault(field => field.Name == mapping.Field);
            if (!mapping.IsCustom && field is not null)
                CheckConstants(mapping, field, findings);
            if (mapping.Property is not { } property || !types.TryGetValue(property, out var type))
                continue;
            if (mapping.IsCustom && kind.CustomFields is { } custom)
                CheckCustom(mapping, type, custom, findings);
            else if (field is not null && !TypeConversions.Fits(type, field.Type))
                findings.Add(
                    ConfigurationProblems.FieldType, mapping.Position,
                    $"The property `{property}` is of type `{type}`, the field `{mapping.Field}` takes `{field.Type}`.",
                    $"Map another property, or calculate one of type `{field.Type}`.");
        }
    }

    private static void CheckConstants(FieldMapping mapping, Field field, Findings findings)
    {
        foreach (var value in new[] { mapping.Constant, mapping.Default }.Where(value => !value.IsNull))
        {
            if (
                field.Type.Kind != DataKind.Any && !field.Type.IsArray && (
                    !TypeConversions.Fits(TypeOf(value), field.Type) || !IsA(value, field.Type.Kind)))
                findings.Add(
                    ConfigurationProblems.FieldType, mapping.Position,
                    $"`{Cut(value.ToString())}` is no value of the field `{field.Name}`, which takes `{field.Type}`.",
                    "Write a value of that type.");
            else if (field.Allowed.Count > 0 && !field.Allowed.Contains(value.ToString(), StringComparer.Ordinal))
                findings.Add(
                    ConfigurationProblems.FieldType, mapping.Position, $"The field `{field.Name}` does not take `{Cut(value.ToString())}`.",
                    Suggestion.OrAll(value.ToString(), field.Allowed, "It takes"));
        }
    }

    private static DataKind TypeOf(Value value) => value.Kind switch
    {
        ValueKind.Boolean => DataKind.Boolean,
        ValueKind.Integer => DataKind.Integer,
        ValueKind.Decimal => DataKind.Decimal,
        ValueKind.Float => DataKind.Float,
        ValueKind.Json => DataKind.Json,
        _ => DataKind.String,
    };

    private static void CheckCustom(FieldMapping mapping, DataType type, CustomFields custom, Findings findings)
    {
        var takesKind = custom.Types.Contains(DataKind.Any) || custom.Types.Any(
            kind => TypeConversions.Fits(type with { IsArray = false }, kind));
        if (takesKind && (!type.IsArray || custom.Arrays))
            return;
        var taken = string.Join(", ", custom.Types.Select(kind => $"`{DataType.Of(kind)}`"));
        findings.Add(
            ConfigurationProblems.FieldType, mapping.Position,
            $"The property `{mapping.Property}` is of type `{type}`, which a {custom.Word} can't hold.",
            $"It takes {taken}{(custom.Arrays ? ", and arrays of them" : "")}.");
    }

    private static void Check(PropertyRule rule, DataType type, Findings findings)
    {
        var word = RuleOperators.Word(rule.Operator);
        if (!RuleOperators.Fits(rule.Operator, type))
        {
            var fitting = RuleOperators.For(type).Select(RuleOperators.Word).ToList();
            findings.Add(
                ConfigurationProblems.OperatorUnfit, rule.Position, $"`{word}:` does not fit `{rule.Property}`, which is of type `{type}`.",
                $"Its operators are: {Suggestion.List(fitting)}.");
            return;
        }

        foreach (var value in rule.Values.Where(value => !IsA(value, type.Kind)))
            findings.Add(
                ConfigurationProblems.RuleValue, rule.Position,
                $"`{Cut(value.ToString())}` is no value of `{rule.Property}`, which is of type `{type}`.", $"Write {Example(type.Kind)}.");
    }

    private static bool IsA(Value value, DataKind kind) => kind switch
    {
        DataKind.Integer or DataKind.Decimal or DataKind.Float => value.Kind is ValueKind.Integer or ValueKind.Decimal or ValueKind.Float
            || (value.Kind == ValueKind.Text && decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)),
        DataKind.Boolean => value.Kind == ValueKind.Boolean || (value.Kind == ValueKind.Text && bool.TryParse(value.Text, out _)),
        DataKind.Date => value.Kind == ValueKind.Text && DateOnly.TryParseExact(
            value.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        DataKind.Timestamp => value.Kind == ValueKind.Text && value.Text.Length >= 10 && value.Text[4] == '-'
            && DateTimeOffset.TryParse(value.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        _ => true,
    };

    private static string Example(DataKind kind) => kind switch
    {
        DataKind.Boolean => "`true` or `false`",
        DataKind.Date => "a day such as `2026-01-31`; for relative dates use `within:` or `older_than:`",
        DataKind.Timestamp => "a time such as `2026-01-31T14:00:00Z`, or a day; for relative dates use `within:` or `older_than:`",
        _ => "a number",
    };

    private static string Cut(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static IEnumerable<PropertyRule> Comparisons(Rule rule) => rule switch
    {
        RuleSet set => set.Rules.SelectMany(Comparisons),
        PropertyRule comparison => [comparison],
        _ => [],
    };
}
