using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Compilation;

/// <summary>Turns a destination's mapping and groups into SQL over the model's records.</summary>
public static class DestinationCompiler
{
    /// <summary>Compiles <paramref name="destination"/>, of a validated project.</summary>
    /// <param name="model">The model, with the types of all its properties, expressions too.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="context">Its kind, mode and options; fields and groups are filled in here.</param>
    /// <param name="canRename">Whether the connector renames.</param>
    public static CompiledDestination Compile(
        ResolvedModel model, Destination destination, DestinationContext context, bool canRename)
    {
        var kind = context.Kind;
        var mapped = destination.Mapping.Skip(1).Select(mapping => Map(model, kind, mapping)).ToList();
        var targets = destination.Groups.Select(group => Target(kind, group)).ToList();
        var columns = mapped.Select((field, place) => PlanColumn.OfField(field.Field.Name, place))
            .Concat(targets.Select((target, place) => PlanColumn.OfGroup(target, mapped.Count + place)))
            .ToList();
        return new CompiledDestination
        {
            Context = context with { Fields = [.. mapped.Select(field => field.Field)], Groups = targets },
            Columns = columns,
            Types = [.. mapped.Select(field => FieldConversion.Stored(field.Field.Type)), .. targets.Select(_ => Sql.Trusted("BOOLEAN"))],
            Desired = Desired(model, destination, mapped.ConvertAll(field => field.Value), targets, columns),
            KeysMayRepeat = !IsPrimaryKey(model, destination.Key),
            Renames = canRename && model.Model.Identity is not null && destination.SyncMode == SyncModes.Sync,
            KeepsNulls =
            [
                .. destination.Mapping.Skip(1)
                    .Zip(mapped, (mapping, field) => mapping.Nulls == Nulls.Keep || field.Field.Known is { Clearable: false }),
                .. targets.Select(_ => false),
            ],
            LeavesQuietly = [.. mapped.Select(_ => false), .. targets.Select(target => target.Leaving == GroupForm.LeaveAlone)],
            Removal = destination.SyncMode != SyncModes.Sync ? null
                : kind.Removals.FirstOrDefault(removal => removal.Name == destination.Removal) ?? kind.Removals.FirstOrDefault(),
        };
    }

    private static Sql Desired(
        ResolvedModel model,
        Destination destination,
        IReadOnlyList<Sql> values,
        IReadOnlyList<GroupTarget> targets,
        IReadOnlyList<PlanColumn> columns)
    {
        var key = IsPrimaryKey(model, destination.Key) ? Sql.Of($"{Layout.Key}") : KeyText(model, destination.Key);
        var identity = model.Model.Identity is { } property
            ? FieldConversion.AsText(Sql.Of($"{Layout.Property(property)}"), model.Types[property])
            : Sql.Trusted("CAST(NULL AS VARCHAR)");
        var all = values.Concat(targets.Select(target => Sql.Of($"{Layout.Group(target.Group)}"))).ToList();
        var named = all.Select((value, place) => Sql.Of($"{value} AS {columns[place].Name}"));
        var head = new[] { Sql.Of($"{key} AS key"), Sql.Of($"{Layout.Key} AS record"), Sql.Of($"{identity} AS identity") };
        var select = Sql.Of($"SELECT {Sql.Join(",\n       ", head.Concat(named))}\nFROM {Layout.Records}");
        return destination.GroupId is { } group ? Sql.Of($"{select}\nWHERE {Layout.Group(group)}") : select;
    }

    // The key property is the primary key itself, read and kept as the same type: then no two records share it.
    private static bool IsPrimaryKey(ResolvedModel model, FieldMapping key)
    {
        var primary = model.Model.Primary;
        return key.Property is { } id && key.Default.IsNull && primary.PrimaryKey.Count == 1
            && model.Model.Find(id) is { Column: { Aggregate: AggregateKind.Exact } column } property
            && property.Source == primary.Name && column.Column == primary.PrimaryKey[0] && model.Types[id] == model.KeyTypes[0];
    }

    private static Sql KeyText(ResolvedModel model, FieldMapping key)
    {
        if (key.Property is not { } property)
            return Sql.Of($"{key.Constant}");
        var text = FieldConversion.AsText(Sql.Of($"{Layout.Property(property)}"), model.Types[property]);
        return key.Default.IsNull ? Sql.Of($"nullif({text}, '')")
            : Sql.Of($"coalesce(nullif({text}, ''), {Value.Of(key.Default.ToString())})");
    }

    private static (MappedField Field, Sql Value) Map(ResolvedModel model, DestinationKind kind, FieldMapping mapping)
    {
        var known = mapping.IsCustom ? null : kind.Fields.FirstOrDefault(field => field.Name == mapping.Field);
        if (mapping.Property is not { } property)
            return (new(mapping.Field, TypeOf(mapping.Constant), mapping.IsCustom) { Known = known }, Literal(mapping.Constant));
        var from = model.Types[property];
        var to = FieldConversion.Travels(from, known?.Type ?? DataKind.Any);
        var value = FieldConversion.Convert(Sql.Of($"{Layout.Property(property)}"), from, to);
        if (!mapping.Default.IsNull)
            value = Sql.Of($"coalesce({value}, CAST({Value.Of(mapping.Default.ToString())} AS {FieldConversion.Stored(to)}))");
        return (new(mapping.Field, to, mapping.IsCustom) { Known = known }, value);
    }

    private static GroupTarget Target(DestinationKind kind, GroupMapping group)
    {
        var form = kind.Groups.Single(form => form.Name == group.Form);
        var leaving = group.Leaving.Length > 0 ? group.Leaving : form.Leaving.Count > 0 ? form.Leaving[0].Name : "";
        return new(group.GroupId, form, group.Target, leaving);
    }

    private static DataType TypeOf(Value constant) => constant.Kind switch
    {
        ValueKind.Boolean => DataKind.Boolean,
        ValueKind.Integer => DataKind.Integer,
        ValueKind.Decimal => DataKind.Decimal,
        ValueKind.Float => DataKind.Float,
        ValueKind.Date => DataKind.Date,
        ValueKind.Timestamp => DataKind.Timestamp,
        ValueKind.Json => DataKind.Json,
        _ => DataKind.String,
    };

    private static Sql Literal(Value constant) => Sql.Of($"CAST({constant} AS {FieldConversion.Stored(TypeOf(constant))})");
}
