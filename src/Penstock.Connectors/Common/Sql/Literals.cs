using Penstock.Contract;

namespace Penstock.Connectors.Common.Sql;

/// <summary>What no text inside a statement may hold.</summary>
internal static class Literals
{
    /// <summary>Refuses a NUL, which ends a statement early in most drivers, and half characters, which UTF-8 can't write.</summary>
    /// <param name="text">The text.</param>
    /// <param name="what">What it is, for the message: <c>a value</c>.</param>
    /// <exception cref="SourceException">It holds one.</exception>
    public static void Check(string text, string what)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            throw Refuse(what, "a NUL character");
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                throw Refuse(what, "half of a character (a lone surrogate)");
            i++;
        }
    }

    private static SourceException Refuse(string what, string found) => new(new Problem(
        "source.unusable_text",
        $"{char.ToUpperInvariant(what[0])}{what[1..]} in the statement holds {found}, which a database can't be asked about.",
        "Take it out of the configuration."));
}
