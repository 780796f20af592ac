using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Tests.Configuration;

/// <summary>The short and the long forms of the configuration.</summary>
public sealed class FormTests
{
    private static Model Model(string text)
    {
        var reading = ShopProject.Read(
            new() { ["penstock.yaml"] = "project: P\napps: { a: { type: sqlite, file: a.db } }", ["model.yaml"] = text });
        reading.Problems.ShouldBeEmpty();
        return reading.Project.ShouldNotBeNull().Models.ShouldHaveSingleItem();
    }

    private static Model WithSource(string source) => Model($$"""
        model: m
        sources:
          users: { table: main.users, primary_key: [id, tenant], properties: { user_id: id } }
          other: {{source}}
        """);

    [Fact]
    public void Sources_may_be_a_map_and_the_only_readable_app_is_the_default()
    {
        var model = WithSource(
            "{ query: 'SELECT * FROM t;', join: { u: user_id }, time_zone: Europe/Berlin, empty_is_null: false, timeout: 5m }");

        model.Sources.Select(source => (source.Name, source.AppId)).ShouldBe([("users", "a"), ("other", "a")]);
        model.Primary.PrimaryKey.ShouldBe(["id", "tenant"]);
        var other = model.Sources[1];
        other.Query.ShouldBe("SELECT * FROM t");
        other.TimeZone.Id.ShouldBe("Europe/Berlin");
        other.EmptyIsNull.ShouldBeFalse();
        other.TimeOut.ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void Filters_take_every_operator()
    {
        var filters = WithSource("""
            { table: t, join: { u: user_id }, where: [ { column: a, greater_than: 1, at_most: 2.50 }, { column: b, in: [x, 'true', 3] },
              { column: c, exists: false }, { column: d, not_exists: false }, { column: e, equals: true }, { column: f, equals: 007 } ] }
            """).Sources[1].Where;

        filters.Select(filter =>
            (filter.Column, filter.Operator, string.Join('|', filter.Values.Select(value => $"{value.Kind}:{value}")))).ShouldBe(
        [
            ("a", FilterOperator.GreaterThan, "Integer:1"), ("a", FilterOperator.AtMost, "Decimal:2.50"),
            ("b", FilterOperator.In, "Text:x|Text:true|Integer:3"), ("c", FilterOperator.NotExists, ""), ("d", FilterOperator.Exists, ""),
            ("e", FilterOperator.Equal, "Boolean:true"), ("f", FilterOperator.Equal, "Text:007"),
        ]);
    }

    [Fact]
    public void A_list_has_its_order_and_its_limit()
    {
        const string List = "{ list: c, by: at, order: desc, limit: 3, type: 'string[]' }";
        var property = WithSource($"{{ table: t, join: {{ u: user_id }}, properties: {{ l: {List} }} }}").Find("l").ShouldNotBeNull();

        property.Type.ShouldBe(new DataType(DataKind.String, IsArray: true));
        property.Column.ShouldBe(
            new SelectedColumn { Name = "l", Aggregate = AggregateKind.List, Column = "c", By = "at", Descending = true, Limit = 3 });
    }

    [Fact]
    public void Rules_nest_and_several_conditions_of_one_rule_hold_together()
    {
        var model = Model("""
            model: m
            sources: [ { table: t, primary_key: id, properties: { a: id, b: b, at: at } } ]
            properties: { c: a + 1 }
            groups:
              short: [ { property: a, at_least: 1, less_than: 5 } ]
              long:
                any:
                  - { none: [ { property: b, matches: '^x' }, { member_of: short } ] }
                  - { not_member_of: short }
                  - { property: at, after: 2026-01-31 }
                  - { property: b, exists: false }
                  - { property: b, is_empty: false }
                  - { property: b, in: [1, two] }
                  - { property: a, between: [1, 2] }
                all: [ { property: at, within_next: 1 Month } ]
            """);

        model.Find("c")!.Expression.ShouldBe("a + 1");
        Text(model.Groups[0].Rule).ShouldBe("All(All(a AtLeast 1, a LessThan 5))");
        Text(model.Groups[1].Rule).ShouldBe(
            "All(All(at WithinNext 1 month), Any(None(b Matches ^x, in short), not in short, "
            + "at GreaterThan 2026-01-31, b NotExists, b IsNotEmpty, b In 1 two, a Between 1 2))");
    }

    [Fact]
    public void Mappings_have_constants_defaults_and_what_null_does()
    {
        var files = ShopProject.Files;
        files["destinations/braze-users.yaml"] = """
            destination: d
            app: braze
            model: users
            group: high_value_automotive
            sync_mode: sync
            removal: clear
            guards: { removals: 2.5% }
            mapping:
              language: { property: language, default: pt, nulls: keep }
              email_open_tracking_disabled: { value: true }
              external_id: user_id
            custom: { tags: { value: [a, 1, true] }, nested: { value: { a: { b: x } } } }
            groups: [ { group: high_value_automotive, subscription_group: 3b5c9a1e-0000-4000-8000-0123456789ab, leaving: leave_alone } ]
            """;
        var reading = ShopProject.Read(files);
        reading.Problems.ShouldBeEmpty();
        var destination = reading.Project.ShouldNotBeNull().Destinations[0];

        destination.GroupId.ShouldBe("high_value_automotive");
        destination.Removal.ShouldBe("clear");
        destination.RemovalThreshold.ShouldBe(0.025);
        destination.Key.Property.ShouldBe("user_id");
        destination.Mapping
            .Select(mapping => (mapping.Field, mapping.Property, $"{mapping.Constant}", $"{mapping.Default}", mapping.Nulls)).ShouldBe(
        [
            ("external_id", "user_id", "", "", Nulls.Clear), ("language", "language", "", "pt", Nulls.Keep),
            ("email_open_tracking_disabled", null, "true", "", Nulls.Clear), ("tags", null, "[\"a\",1,true]", "", Nulls.Clear),
            ("nested", null, "{\"a\":{\"b\":\"x\"}}", "", Nulls.Clear),
        ]);
        destination.Groups[0].Leaving.ShouldBe("leave_alone");
    }

    [Theory]
    [InlineData("60 days", 60, RelativeUnit.Days)]
    [InlineData("1 Week", 1, RelativeUnit.Weeks)]
    [InlineData("90minutes", 90, RelativeUnit.Minutes)]
    [InlineData("0 hours", 0, RelativeUnit.Hours)]
    [InlineData("1000 years", 1000, RelativeUnit.Years)]
    public void Lengths_are_read(string text, int number, RelativeUnit unit) => Spans.Parse(text).ShouldBe(new RelativeSpan(number, unit));

    [Theory]
    [InlineData("-1 days")]
    [InlineData("1.5 days")]
    [InlineData("days")]
    [InlineData("60")]
    [InlineData("1001 years")]
    [InlineData("99999999999 days")]
    public void What_is_no_length_is_none(string text) => Spans.Parse(text).ShouldBeNull();

    internal static string Text(Rule rule) => rule switch
    {
        RuleSet set => $"{set.Match}({string.Join(", ", set.Rules.Select(Text))})",
        MembershipRule membership => $"{(membership.IsMember ? "in" : "not in")} {membership.Group}",
        PropertyRule comparison =>
            string.Join(' ',
                [comparison.Property, $"{comparison.Operator}", .. comparison.Values.Select(value => $"{value}"),
                $"{comparison.Span}"]).TrimEnd(),
        _ => "?",
    };
}
