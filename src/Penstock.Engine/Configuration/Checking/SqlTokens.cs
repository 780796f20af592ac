namespace Penstock.Engine.Configuration;

/// <summary>What a piece of SQL is, as far as finding names and semicolons needs it.</summary>
internal enum SqlTokenKind
{
    /// <summary>A name or keyword.</summary>
    Word,

    /// <summary>A name between double quotes.</summary>
    QuotedName,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A comment.</summary>
    Comment,

    /// <summary>Any other character.</summary>
    Sign,
}

/// <summary>A token; <paramref name="Text"/> is a name without its quotes, otherwise as written.</summary>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Text, bool IsClosed = true);

/// <summary>Cuts SQL into tokens. Knows strings, quoted names, dollar quotes and comments of both kinds; no grammar.</summary>
internal static class SqlTokens
{
    /// <summary>The tokens in order.</summary>
    public static IEnumerable<SqlToken> Of(string sql)
    {
        var at = 0;
        while (at < sql.Length)
        {
            var first = sql[at];
            if (char.IsWhiteSpace(first))
                at++;
            else if (first == '-' && Next(sql, at) == '-')
                yield return Comment(sql, EndOf(sql, "\n", at), ref at);
            else if (first == '/' && Next(sql, at) == '*')
                yield return Comment(sql, EndOfComment(sql, at), ref at);
            else if (first == '\'')
                yield return Quoted(sql, SqlTokenKind.Text, ref at);
            else if (first is '"' or '`')
                yield return Quoted(sql, SqlTokenKind.QuotedName, ref at);
            else if (first == '$' && DollarQuote(sql, at) is { } quote)
                yield return Dollar(sql, quote, ref at);
            else if (first is 'e' or 'E' && Next(sql, at) == '\'')
                yield return Escaped(sql, ref at);
            else if (char.IsLetter(first) || first == '_')
                yield return While(sql, SqlTokenKind.Word, ref at, character => char.IsLetterOrDigit(character) || character is '_' or '$');
            else if (char.IsAsciiDigit(first))
                yield return While(
                    sql, SqlTokenKind.Number, ref at, character => char.IsLetterOrDigit(character) || character is '_' or '.');
            else
                yield return new(SqlTokenKind.Sign, sql[at++].ToString());
        }
    }

    /// <summary>Whether a semicolon stands outside of texts, quoted names and comments.</summary>
    public static bool HasSemicolon(string sql) => Of(sql).Any(token => token is { Kind: SqlTokenKind.Sign, Text: ";" });

    /// <summary>The statement trimmed, without semicolons at its very end.</summary>
    public static string WithoutLastSemicolon(string sql) => sql.Trim().TrimEnd(';', ' ', '\n', '\r', '\t');

    private static char Next(string sql, int at) => at + 1 < sql.Length ? sql[at + 1] : '\0';

    private static int EndOf(string sql, string end, int from)
    {
        var found = sql.IndexOf(end, from, StringComparison.Ordinal);
        return found < 0 ? sql.Length : found + end.Length;
    }

    private static int EndOfComment(string sql, int at)
    {
        var depth = 0;
        while (at < sql.Length)
        {
            var isOpening = sql[at] == '/' && Next(sql, at) == '*';
            var isClosing = sql[at] == '*' && Next(sql, at) == '/';
            depth += isOpening ? 1 : isClosing ? -1 : 0;
            at += isOpening || isClosing ? 2 : 1;
            if (depth == 0)
                break;
        }

        return at;
    }

    private static SqlToken Comment(string sql, int end, ref int at)
    {
        var text = sql[at..end];
        at = end;
        return new(SqlTokenKind.Comment, text);
    }

    // E'…' takes backslashes as escapes, so that \' does not end it.
    private static SqlToken Escaped(string sql, ref int at)
    {
        var start = at += 2;
        while (at < sql.Length && sql[at] != '\'')
            at += sql[at] == '\\' ? 2 : 1;
        at = Math.Min(at, sql.Length);
        var text = sql[start..at];
        var isClosed = at < sql.Length;
        at = Math.Min(at + 1, sql.Length);
        return new(SqlTokenKind.Text, text, isClosed);
    }

    // A doubled quote inside stands for one.
    private static SqlToken Quoted(string sql, SqlTokenKind kind, ref int at)
    {
        var quote = sql[at];
        var start = ++at;
        while (at < sql.Length && (sql[at] != quote || Next(sql, at) == quote))
            at += sql[at] == quote ? 2 : 1;
        at = Math.Min(at, sql.Length);
        var text = sql[start..at].Replace(new string(quote, 2), quote.ToString(), StringComparison.Ordinal);
        var isClosed = at < sql.Length;
        at = Math.Min(at + 1, sql.Length);
        return new(kind, text, isClosed);
    }

    private static string? DollarQuote(string sql, int at)
    {
        var end = at + 1;
        while (end < sql.Length && (char.IsLetterOrDigit(sql[end]) || sql[end] == '_'))
            end++;
        var isTag = end < sql.Length && sql[end] == '$' && (end == at + 1 || !char.IsAsciiDigit(sql[at + 1]));
        return isTag ? sql[at..(end + 1)] : null;
    }

    private static SqlToken Dollar(string sql, string quote, ref int at)
    {
        var start = at + quote.Length;
        var end = sql.IndexOf(quote, start, StringComparison.Ordinal);
        at = end < 0 ? sql.Length : end + quote.Length;
        return new(SqlTokenKind.Text, sql[start..(end < 0 ? sql.Length : end)], end >= 0);
    }

    private static SqlToken While(string sql, SqlTokenKind kind, ref int at, Func<char, bool> belongs)
    {
        var start = at;
        while (at < sql.Length && belongs(sql[at]))
            at++;
        return new(kind, sql[start..at]);
    }
}
