using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Inspecting;

/// <summary>Guesses from names and declared keys what names a record and how tables belong together.</summary>
internal static class Naming
{
    /// <summary>Columns whose name or type says that they name a row, the likeliest first.</summary>
    public static IEnumerable<(IReadOnlyList<string> Columns, string Reason)> Keys(Table table)
    {
        var one = Singular(table.Name.Name);
        string[] names =
            ["id", one + "_id", one + "id", "uuid", "guid", "key", table.Name.Name + "_id", one + "_uuid", "email", "code", "sku"];
        foreach (var name in names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (table.Columns.FirstOrDefault(column => Same(column.Name, name)) is { } column)
                yield return ([column.Name], $"The table declares no primary key; `{column.Name}` is a usual name for one.");
        }

        var others = table.Columns.Where(column => column.Name.EndsWith("id", StringComparison.OrdinalIgnoreCase)
            && !names.Contains(column.Name, StringComparer.OrdinalIgnoreCase));
        foreach (var column in others)
            yield return ([column.Name], $"The table declares no primary key; `{column.Name}` ends as one.");
    }

    /// <summary>Ways to join <paramref name="table"/> to a model, the likeliest first.</summary>
    /// <param name="model">The model.</param>
    /// <param name="primary">The model's primary table; null where it is a query or of another app.</param>
    /// <param name="table">The table to be joined.</param>
    public static IReadOnlyList<JoinProposal> Joins(Model model, Table? primary, Table table)
    {
        var proposals = new List<JoinProposal>();
        if (primary is not null)
        {
            foreach (var key in table.ForeignKeys.Where(key => key.Table.Equals(primary.Name)))
                proposals.Add(Of(model, key.Columns.Zip(key.References), $"A foreign key leads to `{primary.Written}`."));
            foreach (var key in primary.ForeignKeys.Where(key => key.Table.Equals(table.Name)))
                proposals.Add(Of(model, key.References.Zip(key.Columns), $"A foreign key of `{primary.Written}` leads here."));
        }

        var named = model.Primary.Table is { } written ? Identifier.Parse(written).Name : model.Primary.Name;
        if (model.Primary.PrimaryKey is [var only])
        {
            string[] names = [$"{Singular(named)}_{only}", $"{named}_{only}", Singular(named) + only, Singular(model.Id) + "_id"];
            foreach (var column in table.Columns.Where(column => names.Contains(column.Name, StringComparer.OrdinalIgnoreCase)))
                proposals.Add(Of(model, [(column.Name, only)], $"`{column.Name}` is named after `{named}.{only}`."));
        }

        foreach (var property in model.Properties.Where(property => property.Source == model.Primary.Name))
        {
            var column = table.Columns.FirstOrDefault(column => Same(column.Name, property.Id))
                ?? table.Columns.FirstOrDefault(column => property.Column is { Aggregate: AggregateKind.Exact, Column: var from }
                    && !Same(from, "id") && Same(column.Name, from));
            if (column is not null && Tells(column.Name))
                proposals.Add(new([new(column.Name, property.Id)], $"`{column.Name}` is also a property of the model.", NoneMissing));
        }

        return [.. proposals.DistinctBy(proposal => string.Join(',', proposal.Join.Select(join => $"{join.Column}={join.Property}")))];
    }

    private static Dictionary<string, string> NoneMissing => new(StringComparer.Ordinal);

    private static JoinProposal Of(Model model, IEnumerable<(string Column, string Of)> columns, string reason)
    {
        var missing = NoneMissing;
        var join = new List<JoinColumn>();
        foreach (var (column, of) in columns)
        {
            var property = model.Properties.FirstOrDefault(property => property.Source == model.Primary.Name
                && property.Column is { Aggregate: AggregateKind.Exact, Column: var from } && Same(from, of));
            var name = property?.Id ?? (Same(of, "id") ? $"{Singular(model.Id)}_id" : of);
            if (property is null)
                missing[name] = of;
            join.Add(new(column, name));
        }

        return new(join, reason, missing);
    }

    // Names that many tables have say nothing about belonging together.
    private static bool Tells(string column) =>
        column.EndsWith("id", StringComparison.OrdinalIgnoreCase) ? !Same(column, "id")
        : column.Contains("email", StringComparison.OrdinalIgnoreCase) || column.Contains("uuid", StringComparison.OrdinalIgnoreCase)
        || column.EndsWith("code", StringComparison.OrdinalIgnoreCase) || column.EndsWith("key", StringComparison.OrdinalIgnoreCase);

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static string Singular(string name)
    {
        var lower = name.ToLowerInvariant();
        if (lower.EndsWith("ies", StringComparison.Ordinal))
            return lower[..^3] + "y";
        var isPlural = lower.EndsWith('s') && !lower.EndsWith("ss", StringComparison.Ordinal);
        return isPlural ? lower[..^1] : lower;
    }
}
