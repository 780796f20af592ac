using Penstock.Contract;

namespace Penstock.Server.Components.Forms;

/// <summary>What is proposed for the columns of a table: how a property is called, and what it holds.</summary>
public static class Proposals
{
    private static readonly string[] Naming = ["email", "e_mail", "full_name", "name", "display_name", "username", "title", "label"];

    /// <summary>The type of a property: the column's, or a finer one that its name and its values speak for.</summary>
    public static DataType Type(Column column, IEnumerable<string> samples)
    {
        if (column.Type != DataKind.String)
            return column.Type;
        var name = column.Name.ToLowerInvariant();
        var texts = samples.Where(text => text.Length > 0).ToList();
        if (texts.Count == 0)
            return column.Type;
        if (name.Contains("mail", StringComparison.Ordinal) && texts.TrueForAll(text => text.Contains('@', StringComparison.Ordinal)))
            return DataKind.Email;
        if (name.Contains("phone", StringComparison.Ordinal) && texts.TrueForAll(text => text.StartsWith('+')))
            return DataKind.Phone;
        var isAddress = texts.TrueForAll(text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https");
        return isAddress ? DataKind.Url : column.Type;
    }

    /// <summary>The id of a property for a column: its name; of <c>id</c>, that of a row of the table, such as <c>user_id</c>.</summary>
    public static string Id(string column, string table) => FormIds.Of(
        column.Equals("id", StringComparison.OrdinalIgnoreCase) ? $"{Singular(table)}_id" : column, "property");

    /// <summary>The property that names a record in lists: the e-mail address or a name; null where there is none.</summary>
    public static string? Display(IEnumerable<string> properties)
    {
        var ids = properties.ToList();
        return Naming.Select(name => ids.Find(id => id.Equals(name, StringComparison.OrdinalIgnoreCase)))
                .FirstOrDefault(id => id is not null)
            ?? ids.Find(id => id.Contains("email", StringComparison.OrdinalIgnoreCase))
            ?? ids.Find(id => id.EndsWith("name", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What people may call a model made of a table: of <c>shop.loyalty_members</c>, <c>Loyalty members</c>.</summary>
    public static string Name(string table)
    {
        var words = TableName(table).Replace('_', ' ').Replace('-', ' ').Trim();
        return words.Length == 0 ? "Records" : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>The table's own name: without its schema, folder and ending.</summary>
    public static string TableName(string table)
    {
        var isFile = table.Contains('/', StringComparison.Ordinal) || table.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
        return isFile ? Path.GetFileNameWithoutExtension(table.Trim('"')) : Identifier.Parse(table).Name;
    }

    /// <summary>Usual names of keys among columns, the likeliest first: for queries, of which no key is declared.</summary>
    public static IReadOnlyList<string> Key(IEnumerable<string> columns)
    {
        var all = columns.ToList();
        return all.Find(column => column.Equals("id", StringComparison.OrdinalIgnoreCase)) is { } id ? [id]
            : all.Find(column => column.EndsWith("id", StringComparison.OrdinalIgnoreCase)) is { } other ? [other] : [];
    }

    private static string Singular(string table)
    {
        var name = TableName(table).ToLowerInvariant();
        if (name.EndsWith("ies", StringComparison.Ordinal))
            return name[..^3] + "y";
        return name.EndsWith('s') && !name.EndsWith("ss", StringComparison.Ordinal) ? name[..^1] : name;
    }
}
