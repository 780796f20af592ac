namespace Penstock.Contract;

/// <summary>A name in a database, of one part (a column) or several (schema and table). Quoted by the dialect, never by hand.</summary>
public sealed class Identifier : IEquatable<Identifier>
{
    /// <summary>A name of the given parts, outermost first.</summary>
    public Identifier(params IReadOnlyList<string> parts) => Parts = parts;

    /// <summary>The parts, outermost first: schema, table.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>The innermost part.</summary>
    public string Name => Parts[^1];

    /// <summary>
    /// Reads a table as written in the configuration: <c>schema.table</c>, parts that hold a dot or a quote in double quotes
    /// (<c>"odd.name"</c>, a quote doubled).
    /// </summary>
    public static Identifier Parse(string text)
    {
        var parts = new List<string>();
        var part = new System.Text.StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && quoted && i + 1 < text.Length && text[i + 1] == '"')
                part.Append(text[i++]);
            else if (text[i] == '"' && (quoted || part.Length == 0))
                quoted = !quoted;
            else if (text[i] == '.' && !quoted)
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
                part.Append(text[i]);
        }

        parts.Add(part.ToString());
        return new Identifier(parts);
    }

    /// <summary>
    /// The name as <see cref="Parse"/> reads it back: parts that hold a dot, a quote or nothing are put in double quotes.
    /// </summary>
    public string Write() => string.Join('.', Parts.Select(part => part.Length == 0 || part.AsSpan().ContainsAny('.', '"')
        ? '"' + part.Replace("\"", "\"\"", StringComparison.Ordinal) + '"'
        : part));

    /// <inheritdoc/>
    public bool Equals(Identifier? other) => other is not null && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Identifier);

    /// <inheritdoc/>
    public override int GetHashCode() => Parts.Aggregate(0, (hash, part) => HashCode.Combine(hash, part));

    /// <summary>The parts joined by dots, for messages only.</summary>
    public override string ToString() => string.Join('.', Parts);
}
