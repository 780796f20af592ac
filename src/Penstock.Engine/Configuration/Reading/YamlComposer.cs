using Penstock.Contract;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Penstock.Engine.Configuration;

/// <summary>
/// YAML text, and so JSON too, to nodes with lines. Composed from the parser's events rather than by a deserializer, so that depth is
/// bounded, aliases (and with them "YAML bombs") are refused, and a duplicate key is a problem with its line.
/// </summary>
internal sealed class YamlComposer
{
    private const int MaxDepth = 32;
    private readonly string _file;
    private readonly Parser _parser;
    private readonly Findings _findings;

    private YamlComposer(string file, string text, Findings findings)
    {
        _file = file;
        _parser = new Parser(new StringReader(text));
        _findings = findings;
    }

    /// <summary>The documents of a file; none when it has a problem that makes the rest unreadable.</summary>
    public static IReadOnlyList<Node> Compose(string file, string text, Findings findings)
    {
        var composer = new YamlComposer(file, text, findings);
        try
        {
            return composer.Documents();
        }
        catch (RefusedException)
        {
            findings.IsIncomplete = true;
            return [];
        }
        catch (YamlException syntax)
        {
            var line = (int)Math.Clamp(syntax.Start.Line, 1, int.MaxValue);
            findings.Add(Syntax(text, line, syntax.Message) with { File = file, Line = line });
            findings.IsIncomplete = true;
            return [];
        }
        catch (Exception defect) when (IsScannerDefect(defect))
        {
            var line = composer._parser.Current is { } last ? (int)Math.Clamp(last.End.Line, 1, int.MaxValue) : 1;
            findings.Add(Syntax(text, line, "it can't be read beyond this place") with { File = file, Line = line });
            findings.IsIncomplete = true;
            return [];
        }
    }

    // YamlDotNet's scanner has states of its own that some broken files lead it into; they were found by random files.
    private static bool IsScannerDefect(Exception exception) =>
        exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException;

    private static Problem Syntax(string text, int line, string message)
    {
        var written = text.Split('\n').ElementAtOrDefault(line - 1) ?? "";
        var help = written.Contains('\t', StringComparison.Ordinal) ? "YAML is indented by spaces, never by tabs."
            : written.Contains("${", StringComparison.Ordinal) ? "Put a reference such as \"${env:NAME}\" between quotes."
            : "Look at this line and the one before: indentation, quotes, and a space after each colon.";
        return ConfigurationProblems.Syntax.Of($"The file is not valid YAML or JSON: {message.TrimEnd('.')}.", help);
    }

    private List<Node> Documents()
    {
        var documents = new List<Node>();
        _parser.Consume<StreamStart>();
        while (!_parser.TryConsume<StreamEnd>(out _))
        {
            _parser.Consume<DocumentStart>();
            var document = Compose(0);
            if (document is not ScalarNode { IsNull: true })
                documents.Add(document);
            _parser.Consume<DocumentEnd>();
        }

        return documents;
    }

    private Node Compose(int depth)
    {
        var next = _parser.Current ?? throw new SemanticErrorException("The document ends too early");
        var line = Line(next);
        if (depth > MaxDepth)
            throw Refuse(
                ConfigurationProblems.TooDeep, line, $"The file is nested more than {MaxDepth} deep.",
                "No configuration needs that; flatten it.");
        if (next is AnchorAlias || next is NodeEvent { Anchor.IsEmpty: false })
            throw Refuse(
                ConfigurationProblems.Alias, line, "The file uses a YAML anchor or alias (`&` or `*`).",
                "Write the value out; put text that begins with `&` or `*` between quotes.");
        if (_parser.TryConsume<Scalar>(out var scalar))
            return new ScalarNode(_file, line, scalar.Value, scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty);
        return _parser.TryConsume<SequenceStart>(out _) ? ComposeList(line, depth) : ComposeMap(line, depth);
    }

    private ListNode ComposeList(int line, int depth)
    {
        var items = new List<Node>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(Compose(depth + 1));
        return new ListNode(_file, line, items);
    }

    private MapNode ComposeMap(int line, int depth)
    {
        var entries = new List<Entry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        _parser.Consume<MappingStart>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = Compose(depth + 1);
            if (key is not ScalarNode name)
                throw Refuse(
                    ConfigurationProblems.Syntax, key.Line, "A key is not a single word.",
                    "Put a value that begins with `{` or `[` between quotes.");
            var value = Compose(depth + 1);
            if (seen.Add(name.Text))
                entries.Add(new(name, value));
            else
                _findings.Add(
                    ConfigurationProblems.DuplicateKey, key, "", $"The key `{name.Text}` is written twice in the same place.",
                    "Keep one of them.");
        }

        return new MapNode(_file, line, entries);
    }

    private RefusedException Refuse(ProblemCode code, int line, string message, string help)
    {
        _findings.Add(code.Of(message, help) with { File = _file, Line = line });
        return new RefusedException();
    }

    private static int Line(ParsingEvent at) => (int)Math.Clamp(at.Start.Line, 1, int.MaxValue);

    // Ends the reading of one file whose problem is already among the findings.
    private sealed class RefusedException : Exception;
}
