using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>A piece of a configuration file, with its place.</summary>
internal abstract record Node(string File, int Line)
{
    /// <summary>What it is, for messages.</summary>
    public abstract string InWords { get; }

    /// <summary>The same as JSON: for constants that are arrays or objects, and for schema tests.</summary>
    public abstract JsonNode? ToJson();
}

/// <summary>A single value.</summary>
internal sealed partial record ScalarNode(string File, int Line, string Text, bool IsPlain) : Node(File, Line)
{
    public override string InWords => IsNull ? "nothing" : "a single value";

    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL" && IsPlain;

    /// <summary>
    /// The value as written: booleans and numbers where they are written plainly, text otherwise. A number whose digits carry more than its
    /// size (<c>007</c>, <c>+1</c>) stays text, so that nothing is lost.
    /// </summary>
    public Value ToValue()
    {
        if (IsNull)
            return Value.Null;
        if (!IsPlain)
            return Value.Of(Text);
        if (Boolean is { } flag)
            return Value.Of(flag);
        if (Number().Match(Text) is not { Success: true } match)
            return Value.Of(Text);
        if (
            !match.Groups["point"].Success && !match.Groups["power"].Success && long.TryParse(
                Text, CultureInfo.InvariantCulture, out var whole))
            return Value.Of(whole);
        if (!match.Groups["power"].Success && Text.Length <= 28 && decimal.TryParse(Text, CultureInfo.InvariantCulture, out var exact))
            return Value.Of(exact);
        return double.TryParse(Text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? Value.Of(number)
            : Value.Of(Text);
    }

    public bool? Boolean => (IsPlain ? Text : "") switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    public override JsonNode? ToJson() => ToValue() switch
    {
        { Kind: ValueKind.Null } => null,
        { Kind: ValueKind.Boolean } value => value.Boolean,
        { Kind: ValueKind.Integer } value => value.Integer,
        { Kind: ValueKind.Decimal } value => value.Decimal,
        { Kind: ValueKind.Float } value => value.Float,
        var value => value.Text,
    };

    [GeneratedRegex(
        @"^-?(0|[1-9][0-9]*)(?<point>\.[0-9]+)?(?<power>[eE][-+]?[0-9]+)?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}

/// <summary>A list.</summary>
internal sealed record ListNode(string File, int Line, IReadOnlyList<Node> Items) : Node(File, Line)
{
    public override string InWords => "a list";

    public override JsonNode ToJson() => new JsonArray([.. Items.Select(item => item.ToJson())]);
}

/// <summary>A map; its keys are unique.</summary>
internal sealed record MapNode(string File, int Line, IReadOnlyList<Entry> Entries) : Node(File, Line)
{
    public override string InWords => "a map";

    public Entry? Find(string key) => Entries.FirstOrDefault(entry => entry.Name == key);

    public bool Has(string key) => Find(key) is not null;

    public override JsonNode ToJson()
    {
        var json = new JsonObject();
        foreach (var entry in Entries)
            json[entry.Name] = entry.Value.ToJson();
        return json;
    }
}

/// <summary>A key of a map with its value.</summary>
internal sealed record Entry(ScalarNode Key, Node Value)
{
    public string Name => Key.Text;
}
