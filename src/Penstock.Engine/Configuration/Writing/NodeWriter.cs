using System.Text;
using Penstock.Contract;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Penstock.Engine.Configuration;

/// <summary>Makes nodes, and writes them as YAML that reads back as the same nodes.</summary>
internal static class NodeWriter
{
    // Flow style up to this depth below a document's top would hide structure; below it, block style wastes lines where little is said.
    private const int BlockDepth = 3;
    private const int MaxFlowWidth = 100;
    private static readonly string[] WordsOfOlderYaml = ["yes", "no", "on", "off", "y", "n"];

    public static ScalarNode Text(string text) => new("", 0, text, IsPlain: IsPlainText(text));

    /// <summary>What is not filled in yet; reading says so.</summary>
    public static ScalarNode Nothing => Plain("~");

    public static ScalarNode Plain(string text) => new("", 0, text, IsPlain: true);

    public static ListNode List(IEnumerable<Node> items) => new("", 0, [.. items]);

    public static ListNode List(IEnumerable<string> items) => List(items.Select(Text));

    /// <summary>A map of the entries that have a value.</summary>
    public static MapNode Map(params IEnumerable<(string Key, Node? Value)> entries) =>
        // filtered
        new("", 0, [.. entries.Where(entry => entry.Value is not null).Select(entry => new Entry(Text(entry.Key), entry.Value!))]);

    public static Node Of(Value value) => value.Kind switch
    {
        ValueKind.Text => Text(value.Text),
        ValueKind.Json => Json(value.Json),
        _ => Plain(value.ToString()),
    };

    // What is no JSON, as somebody may have typed it so far, is kept as text.
    private static Node Json(string json)
    {
        var findings = new Findings();
        return YamlComposer.Compose("", json, findings) is [var node] && !findings.HasErrors ? node : Text(json);
    }

    /// <summary>One document.</summary>
    public static string Write(Node node)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(
            text, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, node, 0);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static void Emit(Emitter emitter, Node node, int depth)
    {
        switch (node)
        {
            case ScalarNode scalar:
                var style = scalar.IsPlain ? ScalarStyle.Any : ScalarStyle.DoubleQuoted;
                emitter.Emit(
                    new Scalar(
                        AnchorName.Empty, TagName.Empty, WellFormed(scalar.Text), style, isPlainImplicit: true, isQuotedImplicit: true));
                break;
            case ListNode list:
                emitter.Emit(
                    new SequenceStart(
                        AnchorName.Empty, TagName.Empty, isImplicit: true,
                        IsBlock(list, depth) ? SequenceStyle.Block : SequenceStyle.Flow));
                foreach (var item in list.Items)
                    Emit(emitter, item, depth + 1);
                emitter.Emit(new SequenceEnd());
                break;
            case MapNode map:
                emitter.Emit(
                    new MappingStart(
                        AnchorName.Empty, TagName.Empty, isImplicit: true, IsBlock(map, depth) ? MappingStyle.Block : MappingStyle.Flow));
                foreach (var entry in map.Entries)
                {
                    Emit(emitter, entry.Key, depth + 1);
                    Emit(emitter, entry.Value, depth + 1);
                }

                emitter.Emit(new MappingEnd());
                break;
        }
    }

    // Inside flow style there is no block style: what fits one line has parts that do.
    private static bool IsBlock(Node node, int depth) => depth < BlockDepth || Width(node) > MaxFlowWidth;

    private static int Width(Node node) => node switch
    {
        ScalarNode scalar => scalar.Text.Length + 2,
        ListNode list => 2 + list.Items.Sum(Width),
        MapNode map => 2 + map.Entries.Sum(entry => Width(entry.Key) + Width(entry.Value)),
        _ => 0,
    };

    // Half a surrogate pair is no character, and no file can hold it.
    private static string WellFormed(string text) =>
        text.Any(char.IsSurrogate) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;

    // Text that would read back as a number, a boolean or nothing needs its quotes; in other programs "no" and 007 are none of theirs.
    private static bool IsPlainText(string text) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0]) && !WordsOfOlderYaml.Contains(text, StringComparer.OrdinalIgnoreCase)
        && new ScalarNode("", 0, text, IsPlain: true).ToValue().Kind == ValueKind.Text && !text.Contains(
            '\n', StringComparison.Ordinal);
}
