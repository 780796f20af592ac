using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Tests.Configuration;

public sealed class ProjectReaderTests
{
    [Fact]
    public void The_example_reads_without_a_problem()
    {
        var reading = ShopProject.Read(ShopProject.Files);

        reading.Problems.ShouldBeEmpty();
        var project = reading.Project.ShouldNotBeNull();
        project.Name.ShouldBe("Shop");
        project.TimeZone.Id.ShouldBe("America/Sao_Paulo");
        project.Folder.ShouldBe("/project");
        project.Apps.Select(app => app.Id).ShouldBe(["shop", "local", "braze"]);
        project.App("shop").Texts["password"].ShouldBe("${env:SHOP_PASSWORD}");
    }

    [Fact]
    public void The_examples_model_has_its_sources_properties_and_group()
    {
        var model = ShopProject.Read(ShopProject.Files).Project.ShouldNotBeNull().Model("users");

        model.Name.ShouldBe("Users");
        model.Sources.Select(source => source.Name).ShouldBe(["users", "purchases"]);
        model.Primary.PrimaryKey.ShouldBe(["id"]);
        var purchases = model.Sources[1];
        purchases.Join.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            join => join.Column.ShouldBe("user_id"),
            join => join.Property.ShouldBe("user_id"));
        var filter = purchases.Where.ShouldHaveSingleItem();
        (filter.Column, filter.Operator, filter.Values[0].Text).ShouldBe(("state", FilterOperator.Equal, "successful"));
        model.Properties.Select(property => property.Id).ShouldBe(
            ["user_id", "email", "first_name", "last_name", "language", "ltv", "purchase_count", "last_purchase_date",
            "last_purchase_category", "full_name"]);
        model.Find("email")!.Type.ShouldBe(DataType.Of(DataKind.Email));
        model.Find("last_purchase_category")!.Column.ShouldBe(
            new SelectedColumn
            {
                Name = "last_purchase_category",
                Aggregate = AggregateKind.Latest,
                Column = "category",
                By = "created_at"
            });
        model.Find("full_name")!.Expression.ShouldBe("first_name || ' ' || last_name");
        var rules = model.Groups.ShouldHaveSingleItem().Rule.ShouldBeOfType<RuleSet>();
        rules.Match.ShouldBe(Match.All);
        rules.Rules.Count.ShouldBe(3);
        var within = rules.Rules[1].ShouldBeOfType<PropertyRule>();
        within.Operator.ShouldBe(RuleOperator.Within);
        within.Span.ShouldBe(new RelativeSpan(60, RelativeUnit.Days));
        within.Position.ShouldBe(new Position("models/users.yaml", 31, "models.users.groups.high_value_automotive.all[1].within"));
    }

    [Fact]
    public void The_examples_destination_has_its_key_first_and_its_defaults()
    {
        var destination = ShopProject.Read(ShopProject.Files).Project.ShouldNotBeNull().Destinations.ShouldHaveSingleItem();

        destination.Kind.ShouldBe("users");
        destination.SyncMode.ShouldBe(SyncModes.Sync);
        destination.Removal.ShouldBe("delete");
        destination.RemovalThreshold.ShouldBe(0.1);
        destination.Key.Field.ShouldBe("external_id");
        destination.Mapping.Select(mapping => (mapping.Field, mapping.Property, mapping.IsCustom)).ShouldBe(
        [
            ("external_id", "user_id", false), ("email", "email", false), ("first_name", "first_name", false),
            ("language", "language", false),
            ("ltv", "ltv", true), ("lifetime_purchases", "purchase_count", true),
        ]);
        destination.Groups.Select(group => (group.GroupId, group.Form, group.Target, group.Leaving)).ShouldBe(
        [
            ("high_value_automotive", "subscription_group", "3b5c9a1e-0000-4000-8000-0123456789ab", "unsubscribe"),
            ("high_value_automotive", "segment_attribute", "penstock_groups", ""),
        ]);
    }
}
