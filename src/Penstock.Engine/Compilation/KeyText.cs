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

    // The same text as a destination's key gets, so that a mapping of the primary key names the same records however it is written.
    private static Sql Text(StageColumn key) => FieldConversion.AsText(Sql.Of($"{key.Identifier}"), key.Type);
}
