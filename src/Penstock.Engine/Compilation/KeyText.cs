using Penstock.Contract;

namespace Penstock.Engine.Compilation;

/// <summary>
/// The canonical text of a key: of one column its text, of several a JSON array. The same value has one text whatever its type's
/// notation: no trailing zeros after the point, times in ISO 8601 with <c>Z</c>.
/// </summary>
internal static class KeyText
{
    public static Sql Of(IReadOnlyList<StageColumn> keys) => keys.Count == 1
        ? Text(keys[0])
        : Sql.Of($"CAST(json_array({Sql.Join(", ", keys.Select(Part))}) AS VARCHAR)");

    // Whole numbers and booleans stand unquoted in the array, as a person would write them.
    private static Sql Part(StageColumn key) => key.Type.Kind is DataKind.Integer or DataKind.Boolean
        ? Sql.Of($"{key.Identifier}")
        : Text(key);

    private static Sql Text(StageColumn key)
    {
        var column = key.Identifier;
        return key.Type switch
        {
            { IsText: true } => Sql.Of($"{column}"),
            { Kind: DataKind.Decimal, IsArray: false } => Sql.Of($"rtrim(rtrim(CAST({column} AS VARCHAR), '0'), '.')"),
            { Kind: DataKind.Timestamp, IsArray: false } => Sql.Of(
                $"strftime({column}, '%Y-%m-%dT%H:%M:%S') || rtrim(rtrim(strftime({column}, '.%f'), '0'), '.') || 'Z'"),
            _ => Sql.Of($"CAST({column} AS VARCHAR)"),
        };
    }
}
