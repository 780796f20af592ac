using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>Finds the properties that a calculated property's expression uses, and what an expression can't be.</summary>
public static class ExpressionReferences
{
    // Words that stand where a name may stand, so that a property called "dates" does not make "date" look like a misspelling.
    private static readonly HashSet<string> Keywords = new(
        """
        all and any array as asc at between bigint bignum bit blob bool boolean bpchar by bytea case cast centuries century char
        collate column current current_date current_time current_timestamp current_user date datetime day days decade decades
        decimal default desc distinct double dow doy else end enum epoch escape exclude exists extract false filter first float
        float4 float8 following for from glob group guid hour hours hugeint if ignore ilike in int int1 int2 int4 int8 integer
        intersect interval is isnull isodow isoyear json lambda last like list localtime localtimestamp logical long map
        microsecond microseconds millennium millisecond milliseconds minute minutes month months nfc noaccent nocase not notnull
        null nulls numeric oid on or order over partition preceding precision quarter quarters range real replace respect row rows
        second seconds session_user short signed similar smallint some string struct substring symmetric text then time timestamp
        timestamp_ms timestamp_ns timestamp_s timestamptz timetz tinyint to trim true try_cast ubigint uhugeint uinteger unbounded
        union unknown user using usmallint utinyint uuid varbinary varchar varint week weeks when where window with within without
        year years yearweek zone
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The ids among <paramref name="propertyIds"/> that <paramref name="expression"/> uses, each once, in the order of their first use.
    /// </summary>
    /// <remarks>Names in texts and comments, names of functions and parts after a dot do not count. Case does not count either.</remarks>
    public static IReadOnlyList<string> Find(string expression, IEnumerable<string> propertyIds)
    {
        var known = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var id in propertyIds)
            known.TryAdd(id, id);
        return [.. Names(expression).Where(name => known.ContainsKey(name.Text)).Select(name => known[name.Text])
            .Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What is wrong with an expression as text; null when nothing is.</summary>
    internal static Problem? Check(string expression)
    {
        var tokens = SqlTokens.Of(expression).ToList();
        var message = tokens switch
        {
            [] => "The expression is empty.",
            _ when tokens.Exists(token => token is { Kind: SqlTokenKind.Sign, Text: ";" }) => "The expression holds a semicolon.",
            _ when tokens.Exists(token => token.Kind == SqlTokenKind.Comment) => "The expression holds a comment.",
            _ when tokens.Exists(token => !token.IsClosed) => "A quote in the expression is not closed.",
            _ when !IsBalanced(tokens) => "The brackets of the expression don't match.",
            _ when tokens[0] is { Kind: SqlTokenKind.Word } word && IsStatement(word.Text) => $"The expression begins with `{word.Text}`.",
            _ => null,
        };
        return message is null ? null : ConfigurationProblems.Expression.Of(
            message, "Write a single value, such as `first_name || ' ' || last_name`.");
    }

    /// <summary>Names that seem to be no property. None where a lambda's parameters could be meant.</summary>
    internal static IEnumerable<string> Unknown(string expression, IReadOnlyCollection<string> propertyIds)
    {
        var known = propertyIds.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var hasLambda = expression.Contains("->", StringComparison.Ordinal) || expression.Contains(
            "lambda", StringComparison.OrdinalIgnoreCase);
        return Names(expression)
            .Where(
                name => !hasLambda && !known.Contains(name.Text) && (name.Kind == SqlTokenKind.QuotedName || !Keywords.Contains(name.Text)))
            .Select(name => name.Text)
            .Distinct(StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<SqlToken> Names(string expression)
    {
        var tokens = SqlTokens.Of(expression).Where(token => token.Kind != SqlTokenKind.Comment).ToList();
        for (var i = 0; i < tokens.Count; i++)
        {
            var isName = tokens[i].Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName;
            if (isName && !IsSign(tokens, i + 1, "(") && !IsSign(tokens, i - 1, ".") && !IsLabel(tokens, i) && !IsCast(tokens, i))
                yield return tokens[i];
        }
    }

    // "{a: 1}" and "a := 1" name parts of a struct and arguments; "a::type" is a name.
    private static bool IsLabel(List<SqlToken> tokens, int at) => IsSign(tokens, at + 1, ":") && !IsSign(tokens, at + 2, ":");

    // "AS type" and "::type" name types.
    private static bool IsCast(List<SqlToken> tokens, int at) =>
        (at > 0 && tokens[at - 1].Kind == SqlTokenKind.Word && tokens[at - 1].Text.Equals("AS", StringComparison.OrdinalIgnoreCase))
        || (IsSign(tokens, at - 1, ":") && IsSign(tokens, at - 2, ":"));

    private static bool IsSign(List<SqlToken> tokens, int at, string sign) =>
        at >= 0 && at < tokens.Count && tokens[at].Kind == SqlTokenKind.Sign && tokens[at].Text == sign;

    private static bool IsStatement(string word) => word.ToUpperInvariant() is
        "SELECT" or "WITH" or "FROM" or "INSERT" or "UPDATE" or "DELETE" or "CREATE" or "DROP" or "ALTER" or "COPY"
        or "ATTACH" or "DETACH" or "SET" or "PRAGMA" or "INSTALL" or "LOAD" or "CALL" or "EXPORT" or "IMPORT";

    private static bool IsBalanced(List<SqlToken> tokens)
    {
        var open = new Stack<string>();
        foreach (var token in tokens.Where(token => token.Kind == SqlTokenKind.Sign))
        {
            if (token.Text is "(" or "[" or "{")
                open.Push(token.Text);
            else if (
                token.Text is ")" or "]" or "}" && (!open.TryPop(out var opening) || opening + token.Text is not ("()" or "[]" or "{}")))
                return false;
        }

        return open.Count == 0;
    }
}
