using System.Globalization;
using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Compilation;

/// <summary>
/// How each property was defined when records were built, so that whoever looks into them can tell which of a changed configuration's
/// properties still mean what is loaded.
/// </summary>
internal static class BuiltFrom
{
    /// <summary>Makes <see cref="Layout.Built"/> anew: one row per property, with the moment of the build.</summary>
    public static IEnumerable<Sql> Write(CompiledModel compiled)
    {
        yield return Sql.Of($"CREATE OR REPLACE TABLE {Layout.Built} (property VARCHAR, definition VARCHAR, built_at TIMESTAMP)");
        var at = Value.Of(compiled.AsOf.UtcDateTime);
        var rows = compiled.Model.Properties.Select(property =>
            Sql.Of($"({Value.Of(property.Id)}, {Value.Of(Definition(compiled.Model, property))}, {at})"));
        foreach (var some in rows.Chunk(200))
            yield return Sql.Of($"INSERT INTO {Layout.Built} VALUES {Sql.Join(", ", some)}");
    }

    /// <summary>All that a property's values depend on besides the data, the definitions of what it is calculated from included.</summary>
    public static string Definition(Model model, Property property) =>
        string.Join('\n', Parts(model, property, []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Parts(Model model, Property property, HashSet<string> seen)
    {
        if (!seen.Add(property.Id))
            yield break;
        if (property.Expression is { } expression)
        {
            yield return $"{property.Id} = {expression} : {property.Type}";
            foreach (var name in ExpressionChecker.References(expression))
            {
                var other = model.Properties.FirstOrDefault(other => string.Equals(other.Id, name, StringComparison.OrdinalIgnoreCase));
                foreach (var part in other is null ? [] : Parts(model, other, seen))
                    yield return part;
            }

            yield break;
        }

        var source = model.Sources.First(source => source.Name == property.Source);
        var column = property.Column!; // a property without an expression comes from a column
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{property.Id} : {property.Type} = {column.Aggregate} {column.Column} {column.By} {column.Limit} {column.Descending}");
        yield return $"from {source.AppId} {source.Table} {source.Query} {string.Join(',', source.PrimaryKey)} {source.TimeZone.Id} "
            + $"{source.EmptyIsNull}";
        foreach (var filter in source.Where)
            yield return $"where {filter.Column} {filter.Operator} {string.Join(',', filter.Values)}";
        foreach (var join in source.Join)
        {
            yield return $"join {join.Column} {join.Property}";
            if (model.Find(join.Property) is { } other)
            {
                foreach (var part in Parts(model, other, seen))
                    yield return part;
            }
        }
    }
}
