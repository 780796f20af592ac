using System.Runtime.CompilerServices;

namespace Penstock.Contract;

/// <summary>
/// A statement, or a piece of one, that is never put together from raw strings: identifiers are quoted and values bound by the
/// dialect at the end.
/// <c>Sql.Of($"SELECT {column} FROM {table} WHERE {key} = {value}")</c>; interpolating a <see cref="string"/> does not compile.
/// </summary>
public sealed class Sql
{
    private readonly IReadOnlyList<object> _parts;

    private Sql(IReadOnlyList<object> parts) => _parts = parts;

    /// <summary>Nothing.</summary>
    public static Sql Empty { get; } = new([]);

    /// <summary>A statement from an interpolated literal.</summary>
    public static Sql Of(Builder text) => new(text.Parts);

    /// <summary>
    /// Text that is SQL by intent: a person's own query or expression from the configuration, or a word of a dialect. Never data.
    /// </summary>
    public static Sql Trusted(string text) => new([text]);

    /// <summary>The pieces one after another with <paramref name="separator"/> between.</summary>
    public static Sql Join(string separator, IEnumerable<Sql> pieces)
    {
        var parts = new List<object>();
        foreach (var piece in pieces)
        {
            if (parts.Count > 0)
                parts.Add(separator);
            parts.AddRange(piece._parts);
        }

        return new Sql(parts);
    }

    /// <summary>Writes the statement for <paramref name="dialect"/>.</summary>
    public RenderedSql Render(SqlDialect dialect)
    {
        var text = new System.Text.StringBuilder();
        var parameters = new List<Value>();
        foreach (var part in _parts)
        {
            text.Append(part switch
            {
                Identifier name => dialect.Quote(name),
                Value value => dialect.Bind(value, parameters),
                _ => (string)part,
            });
        }

        return new RenderedSql(text.ToString(), parameters);
    }

    /// <summary>Collects the parts of an interpolated statement. It has no overload for strings: that is its point.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Builder
    {
        /// <summary>Called by the compiler.</summary>
        public Builder(int literalLength, int formattedCount)
        {
            _ = literalLength;
            Parts = new List<object>((2 * formattedCount) + 1);
        }

        internal List<object> Parts { get; }

        /// <summary>Called by the compiler for the text between the holes.</summary>
        public void AppendLiteral(string text) => Parts.Add(text);

        /// <summary>An identifier, quoted by the dialect.</summary>
        public void AppendFormatted(Identifier name) => Parts.Add(name);

        /// <summary>A piece of SQL.</summary>
        public void AppendFormatted(Sql sql) => Parts.AddRange(sql._parts);

        /// <summary>A value, bound by the dialect.</summary>
        public void AppendFormatted(Value value) => Parts.Add(value);

        /// <summary>A whole number, bound by the dialect.</summary>
        public void AppendFormatted(long value) => Parts.Add(Value.Of(value));
    }
}

/// <summary>A statement ready for a driver.</summary>
/// <param name="Text">The text, with the dialect's placeholders.</param>
/// <param name="Parameters">The values to bind, in the order of the placeholders; empty where the dialect writes literals.</param>
public sealed record RenderedSql(string Text, IReadOnlyList<Value> Parameters);
