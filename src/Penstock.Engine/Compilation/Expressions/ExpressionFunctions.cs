using System.Text.Json;

namespace Penstock.Engine.Compilation;

/// <summary>Which of DuckDB's functions an expression may use: those whose answer depends on nothing but their arguments.</summary>
internal static class ExpressionFunctions
{
    /// <summary>The largest size that the sizes in an expression may come to when multiplied: 100,000.</summary>
    public const long MaxSize = 100_000;

    // Their answer is consistent to DuckDB, but speaks of the server, or plans and runs SQL given as text, or depends on the clock;
    // format and printf take sizes from within a text.
    private static readonly HashSet<string> Refused =
    [
        "age", "current_setting", "getenv", "getvariable", "version", "format", "printf", "create_sort_key", "finalize", "combine",
        "vector_type", "pg_typeof", "parse_duckdb_log_message",
    ];

    private static readonly string[] RefusedPrefixes =
        ["json_serialize", "json_deserialize", "json_execute", "pg_", "has_", "current_", "inet_"];

    // Macros may expand to anything, so they are named one by one.
    private static readonly HashSet<string> Macros =
    [
        "array_append", "array_pop_back", "array_pop_front", "array_prepend", "array_push_back", "array_push_front", "array_reverse",
        "array_to_string", "array_to_string_comma_default", "date_add", "days_in_month", "fdiv", "fmod", "list_any_value", "list_append",
        "list_avg", "list_bit_and", "list_bit_or", "list_bit_xor", "list_bool_and", "list_bool_or", "list_count", "list_first",
        "list_histogram", "list_last", "list_max", "list_median", "list_min", "list_mode", "list_prepend", "list_product", "list_reverse",
        "list_stddev_pop", "list_stddev_samp", "list_string_agg", "list_sum", "list_var_pop", "list_var_samp", "map_contains_entry",
        "map_contains_value", "md5_number_lower", "md5_number_upper", "nullif", "round_even", "roundbankers", "split_part",
    ];

    // Functions that make more than they are given, and the arguments (from 0) that say how much.
    private static readonly Dictionary<string, int[]> Sizes = new(StringComparer.Ordinal)
    {
        ["repeat"] = [1],
        ["lpad"] = [1],
        ["rpad"] = [1],
        ["range"] = [0, 1],
        ["generate_series"] = [0, 1],
        ["list_resize"] = [1],
        ["array_resize"] = [1],
        ["bar"] = [3],
        ["bitstring"] = [1],
        ["to_base"] = [2],
    };

    // Functions that put a text in many places: their growth is its length.
    private static readonly Dictionary<string, int> Replacements = new(StringComparer.Ordinal)
    {
        ["replace"] = 2,
        ["regexp_replace"] = 2,
        ["array_to_string"] = 1,
        ["list_string_agg"] = 1,
    };

    private static readonly Lazy<Dictionary<string, bool>> Known = new(ReadKnown);

    /// <summary>Why the function may not be used, as the rest of a sentence; null when it may.</summary>
    public static string? Refusal(string name)
    {
        if (Macros.Contains(name))
            return null;
        if (!Known.Value.TryGetValue(name, out var isPure))
            return Aggregates.Value.Contains(name)
                ? "is an aggregate: an expression is calculated for one record at a time"
                : "is not a function that an expression may use";
        return isPure && !Refused.Contains(name) && !RefusedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
            ? null
            : "does not depend on the record alone";
    }

    /// <summary>Whether the function takes a lambda among its arguments.</summary>
    public static bool TakesLambda(string name) => name.Split('_') is
        ["transform" or "apply" or "filter" or "reduce"] or ["list" or "array", "transform" or "apply" or "filter" or "reduce"];

    /// <summary>Whether DuckDB has a type of that name.</summary>
    public static bool IsType(string name) => Types.Value.Contains(name);

    /// <summary>By how much the function may multiply what it is given; null when that can't be told, or is above all bounds.</summary>
    public static long? Growth(string name, IReadOnlyList<JsonElement> arguments)
    {
        if (Sizes.TryGetValue(name, out var sizes))
        {
            var growth = 1L;
            foreach (var index in sizes.Where(index => index < arguments.Count))
            {
                if (Bound(arguments[index]) is not { } size || Math.Abs((double)size) > MaxSize)
                    return null;
                growth = Math.Max(growth, Math.Abs(size));
            }

            return growth * (sizes.Length > 1 ? 2 : 1);
        }

        if (!Replacements.TryGetValue(name, out var replacement) || replacement >= arguments.Count)
            return 1;
        return Constant(arguments[replacement]) is { ValueKind: JsonValueKind.String } text
            ? Math.Max(1, text.GetString()!.Length) // is a string
            : 1;
    }

    private static readonly Lazy<HashSet<string>> Aggregates = new(() =>
        [.. Names("SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type = 'aggregate'")]);

    private static readonly Lazy<HashSet<string>> Types = new(() =>
        new(Names("SELECT DISTINCT type_name FROM duckdb_types()"), StringComparer.OrdinalIgnoreCase));

    private static IEnumerable<string> Names(string query) => ExpressionDatabase.Ask(query).Select(row => row[0]);

    private static Dictionary<string, bool> ReadKnown() => ExpressionDatabase
        .Ask("""
            SELECT function_name, CASE WHEN bool_and(stability = 'CONSISTENT') THEN 'yes' ELSE 'no' END
            FROM duckdb_functions()
            WHERE function_type = 'scalar'
            GROUP BY function_name
            """)
        .ToDictionary(row => row[0], row => row[1] == "yes", StringComparer.Ordinal);

    // A size is a whole number, or  least(anything, a whole number).
    private static long? Bound(JsonElement argument)
    {
        if (Constant(argument) is { ValueKind: JsonValueKind.Number } number)
            return number.TryGetInt64(out var size) ? size : null;
        if (argument.GetProperty("class").GetString() != "FUNCTION" || argument.GetProperty("children").GetArrayLength() != 1
            && argument.GetProperty("function_name").GetString() != "least")
            return null;
        var bounds = argument.GetProperty("children").EnumerateArray().Select(Bound).ToList();
        return argument.GetProperty("function_name").GetString() switch
        {
            "least" => bounds.Where(bound => bound is not null).Min(),
            "-" => -bounds[0],
            _ => null,
        };
    }

    private static JsonElement? Constant(JsonElement node) => node.GetProperty("class").GetString() == "CONSTANT"
        && node.GetProperty("value").TryGetProperty("value", out var value)
            ? value
            : null;
}
