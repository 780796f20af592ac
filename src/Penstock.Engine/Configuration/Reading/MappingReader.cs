using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>Reads a destination's <c>mapping:</c> and <c>custom:</c>.</summary>
internal sealed class MappingReader(Scope scope, MapReader destination, DestinationKind? kind, Model? model)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The key's mapping first, then the known fields, then the custom ones.</summary>
    public IReadOnlyList<FieldMapping> Read()
    {
        var known = new List<FieldMapping>();
        foreach (var entry in destination.Entries("mapping"))
        {
            CheckKnown(entry);
            if (ReadOne(entry, "mapping", isCustom: false) is { } mapping)
                known.Add(mapping);
        }

        CheckRequired();
        var custom = new List<FieldMapping>();
        foreach (var entry in destination.Entries("custom"))
        {
            if (!CheckCustom(entry))
                break;
            if (ReadOne(entry, "custom", isCustom: true) is { } mapping)
                custom.Add(mapping);
        }

        return [.. known.OrderByDescending(mapping => mapping.Field == kind?.Key.Name), .. custom];
    }

    private void CheckKnown(Entry entry)
    {
        if (kind is null || entry.Name == kind.Key.Name || kind.Fields.Any(field => field.Name == entry.Name))
            return;
        var near = Suggestion.For(entry.Name, [kind.Key.Name, .. kind.Fields.Select(field => field.Name)]);
        var own = kind.CustomFields is { } custom ? $"For a {custom.Word} of your own, put it under `custom:`." : null;
        scope.Findings.Add(
            ConfigurationProblems.UnknownField, entry.Key, $"{destination.At("mapping")}.{entry.Name}",
            $"{kind.Name} has no field `{entry.Name}`.",
            near is null ? own ?? $"There are: {Suggestion.List([kind.Key.Name, .. kind.Fields.Select(field => field.Name)])}."
                : own is null ? near : $"{near} {own}");
    }

    private void CheckRequired()
    {
        if (kind is null)
            return;
        var mapped = destination.Entries("mapping").Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        if (!mapped.Contains(kind.Key.Name))
            scope.Findings.Add(
                ConfigurationProblems.KeyNotMapped, destination.Map("mapping") ?? destination.Node, destination.At("mapping"),
                $"The field `{kind.Key.Name}`, which names a record there, is not mapped.", Proposal());
        foreach (var field in kind.Fields.Where(field => field.Required && !mapped.Contains(field.Name)))
            scope.Findings.Add(
                ConfigurationProblems.RequiredNotMapped, destination.Map("mapping") ?? destination.Node, destination.At("mapping"),
                $"The field `{field.Name}` ({field.Label}) is required and not mapped.", field.Help);
    }

    private string? Proposal()
    {
        if (kind is null || model is null || model.Sources.Count == 0)
            return null;
        var primary = model.Primary;
        if (primary.PrimaryKey is not [var column])
            return $"Add `{kind.Key.Name}:` with the property that names a record.";
        var property = model.Properties.FirstOrDefault(candidate =>
            candidate.Source == primary.Name && candidate.Column is { Aggregate: AggregateKind.Exact } selected
                && selected.Column == column);
        if (property is not null)
            return $"Add `{kind.Key.Name}: {property.Id}` under `mapping:`.";
        var proposed = Ids.Propose(column);
        return $"Give the primary key a property, `{proposed}: {column}` under the source `{primary.Name}`, "
            + $"and add `{kind.Key.Name}: {proposed}` under `mapping:`.";
    }

    // False when there are no custom fields at all, which is said once.
    private bool CheckCustom(Entry entry)
    {
        if (kind is null)
            return true;
        var path = $"{destination.At("custom")}.{entry.Name}";
        if (kind.CustomFields is not { } custom)
        {
            scope.Findings.Add(
                ConfigurationProblems.NoCustomFields, entry.Key, destination.At("custom"), $"{kind.Name} takes no custom fields.",
                $"Its fields are: {Suggestion.List([kind.Key.Name, .. kind.Fields.Select(field => field.Name)])}.");
            return false;
        }

        if (destination.Map("mapping")?.Has(entry.Name) == true)
            scope.Findings.Add(
                ConfigurationProblems.DuplicateField, entry.Key, path, $"The field `{entry.Name}` is under `mapping:` and under `custom:`.",
                "Keep one of them.");
        else if (CustomFieldNames.Check(entry.Name, kind, custom) is { } problem)
            scope.Findings.Add(problem with { File = entry.Key.File, Line = entry.Key.Line, Path = path });
        return true;
    }

    private FieldMapping? ReadOne(Entry entry, string key, bool isCustom)
    {
        var path = $"{destination.At(key)}.{entry.Name}";
        var mapping = new FieldMapping(entry.Name, isCustom) { Position = new(entry.Key.File, entry.Key.Line, path) };
        switch (entry.Value)
        {
            case ScalarNode { IsNull: false } property:
                CheckProperty(property.Text, property, path);
                return mapping with { Property = property.Text };
            case MapNode map:
                return ReadLong(mapping, new MapReader(map, ConfigurationKeys.Field, path, scope.Findings));
            default:
                scope.Findings.Add(
                    ConfigurationProblems.InvalidValue, entry.Key, path,
                    $"The field `{entry.Name}` takes a property or a map, not {entry.Value.InWords}.",
                    $"Write `{entry.Name}: property`, or `{entry.Name}: {{ value: constant }}`.");
                return null;
        }
    }

    private FieldMapping ReadLong(FieldMapping mapping, MapReader map)
    {
        var property = map.Text("property");
        if (map.Has("property") == map.Has("value"))
        {
            var message = map.Has("property") ? "both a property and a constant" : "neither a property nor a constant";
            scope.Findings.Add(
                ConfigurationProblems.Conflict, map.Node, map.Path, $"The field `{mapping.Field}` has {message}.",
                "Write either `property:` or `value:`.");
        }

        if (property is not null)
            CheckProperty(property, map.Find("property")!, map.Path); // its text was read just now
        if (map.Has("value") && map.Find("value") is null)
            map.Invalid("value", map.Node.Find("value")!.Key, "a constant that is not null"); // the map has it
        if (map.Has("value") && map.Has("default"))
            scope.Findings.Add(
                ConfigurationProblems.Conflict, map.Node, map.Path,
                $"The constant of `{mapping.Field}` is never null, so `default:` means nothing.", "Take `default:` out.");
        var nulls = map.Text("nulls");
        if (nulls is not (null or "clear" or "keep"))
            map.Invalid("nulls", map.Find("nulls")!, "`clear` or `keep`"); // its text was read just now
        return mapping with
        {
            Property = property,
            Constant = Constant(map.Find("value")),
            Default = Constant(map.Find("default")),
            Nulls = nulls == "keep" ? Nulls.Keep : Nulls.Clear,
        };
    }

    private static Value Constant(Node? node) => node switch
    {
        null => Value.Null,
        ScalarNode scalar => scalar.ToValue(),
        _ => Value.OfJson(node.ToJson()!.ToJsonString(Plain)), // lists and maps are never JSON's null
    };

    private void CheckProperty(string property, Node at, string path)
    {
        if (model is not null && model.Find(property) is null)
            scope.Unknown("property", property, [.. model.Properties.Select(candidate => candidate.Id)], at, path);
    }
}

/// <summary>The rules for names of custom fields.</summary>
public static class CustomFieldNames
{
    /// <summary>Why a custom field can't have this name; null when it can.</summary>
    /// <param name="name">The name.</param>
    /// <param name="kind">The destination's kind.</param>
    /// <param name="custom">What it says of custom fields.</param>
    public static Problem? Check(string name, DestinationKind kind, CustomFields custom)
    {
        if (name == kind.Key.Name || kind.Fields.Any(field => field.Name == name))
            return ConfigurationProblems.CustomName.Of($"`{name}` is a known field of {kind.Name}.", "Put it under `mapping:`.");
        if (custom.Reserved.Contains(name, StringComparer.OrdinalIgnoreCase))
            return ConfigurationProblems.CustomName.Of($"`{name}` is reserved and can't be a {custom.Word}.", "Choose another name.");
        if (name.Length == 0)
            return ConfigurationProblems.CustomName.Of($"The name of a {custom.Word} is empty.", "Give it a name.");
        if (name.Length > custom.MaxNameLength)
            return ConfigurationProblems.CustomName.Of(
                $"The name of a {custom.Word} has at most {custom.MaxNameLength} characters; this one has {name.Length}.",
                "Choose a shorter name.");
        if (custom.NamePattern is { } pattern && !Patterns.IsWhole(name, pattern))
            return ConfigurationProblems.CustomName.Of(
                $"`{name}` can't be the name of a {custom.Word}.", custom.NameRuleInWords ?? "Choose another name.");
        return null;
    }
}

/// <summary>Declared patterns, which are RE2's.</summary>
public static class Patterns
{
    /// <summary>Whether the whole text matches.</summary>
    public static bool IsWhole(string text, string pattern) =>
        Regex.IsMatch(text, $"^(?:{pattern})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
