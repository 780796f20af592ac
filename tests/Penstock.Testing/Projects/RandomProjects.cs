using CsCheck;
using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Testing.Projects;

/// <summary>
/// Projects at random, over connectors of the types postgres, sqlite and braze: finished ones, and ones that people are amid.
/// </summary>
public static class RandomProjects
{
    private static readonly string[] Zones = ["UTC", "America/Sao_Paulo", "Europe/Berlin", "Asia/Kolkata"];

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String,
        One("", "a", "no", "007", "1", "true", "~", "null", "a: b", "x # y", "- z", "{", "\n", "é\u0000", "Ana\nLima", "$$", "😀"));

    private static readonly Gen<string> Id = One("a", "b", "users", "vip", "email", "ltv", "user_id");
    private static readonly Gen<string> AnyId = Gen.Frequency((6, Id), (1, Text));

    private static readonly Gen<Value> AnyValue = Gen.OneOf(
        Gen.Const(Value.Null), Gen.Bool.Select(Value.Of), Gen.Long.Select(Value.Of), Gen.Double.Select(Value.Of),
        Gen.Decimal.Select(Value.Of), Text.Select(text => Value.Of(text)), Text.Select(Value.OfJson),
        One("{}", "[1, \"x\", null]", "{\"a\": {\"b\": [true]}}", "null", "{").Select(Value.OfJson),
        Gen.Date.Select(date => Value.Of(DateOnly.FromDateTime(date))), Gen.DateTime.Select(Value.Of));

    private static readonly Gen<TimeZoneInfo> Zone = One(Zones).Select(TimeZoneInfo.FindSystemTimeZoneById);
    private static readonly Gen<DataType?> Type =
        Gen.Select(Gen.Enum<DataKind>(), Gen.Bool, (kind, isArray) => new DataType(kind, isArray)).Nullable();

    /// <summary>Any value of a project, as it may stand in a draft: nothing need be filled in, refer to anything, or be unique.</summary>
    public static Gen<Project> Unfinished { get; } =
        from name in Text
        from zone in Zone
        from country in Text.Null()
        from apps in App.List[0, 3]
        from models in AnyModel.List[0, 3]
        from destinations in AnyDestination.List[0, 3]
        select new Project
        {
            Name = name,
            TimeZone = zone,
            DefaultCountry = country,
            Folder = "/project",
            Apps = apps,
            Models = models,
            Destinations = destinations,
        };

    /// <summary>Projects without errors.</summary>
    public static Gen<Project> Finished { get; } =
        from name in One("Shop", "a: b", "no", "007", "Ünï")
        from zone in Zone
        from models in Gen.Int[0, 3]
        from seeds in Gen.Int[0, 1_000_000].Array[models]
        from options in One("localhost", "db # 1", "${env:HOST}", "a$$b")
        select FinishedProjects.Of(name, zone, options, seeds);

    private static Gen<App> App =>
        from id in AnyId
        from type in Gen.Frequency((3, One("postgres", "sqlite", "braze")), (1, Text))
        from texts in Gen.Dictionary(AnyId, Text)[0, 3]
        from lists in Gen.Dictionary(AnyId, Text.List[0, 2].Select(list => (IReadOnlyList<string>)list))[0, 2]
        select new App(id, type) { Texts = texts, Lists = lists };

    private static Gen<Model> AnyModel =>
        from id in AnyId
        from name in Text
        from sources in AnySource.List[0, 3]
        from properties in AnyProperty.List[0, 4]
        from groups in AnyGroup.List[0, 3]
        from identity in AnyId.Null()
        from display in AnyId.Null()
        select new Model(id)
        {
            Name = name,
            Sources = sources,
            Properties = properties,
            Groups = groups,
            Identity = identity,
            Display = display,
        };

    private static Gen<Source> AnySource =>
        from name in AnyId
        from app in AnyId
        from table in Text.Null()
        from query in Text.Null()
        from key in Text.List[0, 2]
        from joins in Gen.Select(Text, AnyId, (column, property) => new JoinColumn(column, property)).List[0, 2]
        from filters in Gen.Select(
            Text, Gen.Enum<FilterOperator>(), AnyValue.List[0, 3],
            (column, word, values) => new SourceFilter(column, word, values)).List[0, 2]
        from zone in Zone
        from flags in Gen.Bool
        from length in Gen.TimeSpan.Nullable()
        select new Source(name, app)
        {
            Table = table,
            Query = query,
            PrimaryKey = key,
            Join = joins,
            Where = filters,
            TimeZone = zone,
            EmptyIsNull = flags,
            TimeOut = length,
        };

    private static Gen<Property> AnyProperty =>
        from id in AnyId
        from type in Type
        from source in AnyId.Null()
        from column in (from aggregate in Gen.Enum<AggregateKind>()
                        from name in Text
                        from order in Text.Null()
                        from limit in Gen.Int
                        from isDescending in Gen.Bool
                        select new SelectedColumn
                        {
                            Name = id,
                            Aggregate = aggregate,
                            Column = name,
                            By = order,
                            Limit = limit,
                            Descending = isDescending,
                        })
            .Null()
        from expression in Text.Null()
        select new Property(id) { Type = type, Source = source, Column = column, Expression = expression };

    private static Gen<Group> AnyGroup =>
        from id in AnyId
        from name in Text
        from rule in AnyRule(3)
        select new Group(id, rule) { Name = name };

    private static Gen<Rule> AnyRule(int depth)
    {
        var comparison =
            from property in AnyId
            from word in Gen.Enum<RuleOperator>()
            from values in AnyValue.List[0, 3]
            from span in Gen.Select(Gen.Int, Gen.Enum<RelativeUnit>(), (number, unit) => new RelativeSpan(number, unit)).Null()
            select (Rule)new PropertyRule(property, word) { Values = values, Span = span };
        var membership = Gen.Select(AnyId, Gen.Bool, (group, isMember) => (Rule)new MembershipRule(group, isMember));
        if (depth == 0)
            return Gen.OneOf(comparison, membership);
        var set = Gen.Select(Gen.Enum<Match>(), AnyRule(depth - 1).List[0, 3], (match, rules) => (Rule)new RuleSet(match, rules));
        return Gen.Frequency((3, comparison), (1, membership), (2, set));
    }

    private static Gen<Destination> AnyDestination =>
        from id in AnyId
        from app in AnyId
        from model in AnyId
        from name in Text
        from isEnabled in Gen.Bool
        from kind in Gen.Frequency((3, Gen.Const("users")), (1, Text))
        from groupId in AnyId.Null()
        from mode in One(SyncModes.None, SyncModes.Sync, SyncModes.Enrich, SyncModes.Sync | SyncModes.Additive)
        from mapping in AnyMapping.List[0, 4]
        from groups in Gen.Select(
            AnyId, AnyId, Text, Text, Text,
            (shown, form, target, leaving, name) => new GroupMapping(shown, form, target, leaving) { Name = name }).List[0, 2]
        from removal in Text
        from threshold in Gen.Double
        from texts in Gen.Dictionary(AnyId, Text)[0, 2]
        select new Destination(id, app, model)
        {
            Name = name,
            Kind = kind,
            IsEnabled = isEnabled,
            GroupId = groupId,
            SyncMode = mode,
            Mapping = mapping,
            Groups = groups,
            Removal = removal,
            RemovalThreshold = threshold,
            Texts = texts,
        };

    private static Gen<FieldMapping> AnyMapping =>
        from name in AnyId
        from isCustom in Gen.Bool
        from property in AnyId.Null()
        from constant in AnyValue
        from standIn in AnyValue
        from nulls in Gen.Enum<Nulls>()
        select new FieldMapping(name, isCustom) { Property = property, Constant = constant, Default = standIn, Nulls = nulls };

    private static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);
}
