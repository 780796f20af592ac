using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Server.Components.Pages.Data;

namespace Penstock.Server.Tests.Data;

public sealed class SourceFormTests
{
    private static readonly IReadOnlyList<Column> Columns =
    [
        new("user_id", DataKind.Integer, Transport.Integer, "INTEGER"),
        new("price", DataKind.Decimal, Transport.Decimal, "NUMERIC"),
        new("state", DataKind.String, Transport.Text, "TEXT"),
        new("gift", DataKind.Boolean, Transport.Boolean, "BOOLEAN"),
        new("created_at", DataKind.Timestamp, Transport.Timestamp, "TIMESTAMP"),
    ];

    [Fact]
    public void A_new_source_stands_after_the_others_with_its_properties_before_the_calculated_ones()
    {
        var form = Purchases();

        var model = form.Apply(Users(), Columns);

        form.Wrong(Users()).ShouldBeNull();
        model.Sources.Select(source => source.Name).ShouldBe(["users", "purchases"]);
        model.Properties.Select(property => property.Id).ShouldBe(["email", "user_id", "total_price", "last_state", "shouted"]);
        model.Sources[1].Join.ShouldBe([new("user_id", "user_id")]);
        model.Find("last_state")!.Column.ShouldBe(
            new SelectedColumn { Name = "last_state", Column = "state", Aggregate = AggregateKind.Latest, By = "created_at" });
    }

    [Fact]
    public void What_the_join_needs_and_the_model_lacks_becomes_a_property_of_the_primary_source()
    {
        var form = Purchases();
        form.Take(new([new("user_id", "user_id")], "A foreign key.", new Dictionary<string, string> { ["user_id"] = "id" }));

        var added = form.Apply(Users(), Columns).Find("user_id");

        added.ShouldNotBeNull();
        (added.Source, added.Column!.Column).ShouldBe(("users", "id"));
    }

    [Fact]
    public void Values_of_conditions_are_of_the_columns_type()
    {
        var form = Purchases();
        form.Where.Add(new() { Column = "price", Operator = FilterOperator.AtLeast, Value = "10.5" });
        form.Where.Add(new() { Column = "gift", Operator = FilterOperator.Equal, Value = "true" });
        form.Where.Add(new() { Column = "state", Operator = FilterOperator.In, Value = "1, successful" });

        form.Apply(Users(), Columns).Sources[1].Where.SelectMany(filter => filter.Values)
            .ShouldBe([Value.Of(10.5m), Value.Of(true), Value.Of("1"), Value.Of("successful")]);
    }

    [Fact]
    public void Opening_a_source_and_saving_it_changes_nothing()
    {
        var form = Purchases();
        form.Where.Add(new() { Column = "price", Operator = FilterOperator.AtLeast, Value = "10.5" });
        var model = form.Apply(Users(), Columns);

        var again = SourceForm.Of(model, model.Sources[1]).Apply(model, Columns);

        Text(again).ShouldBe(Text(model));
    }

    [Theory]
    [InlineData("twice", "There is another property called email.")]
    [InlineData("order", "Say by which column total_price is the latest.")]
    [InlineData("join", "Say how its rows belong to the records: which column equals which property.")]
    [InlineData("condition", "A condition is not finished.")]
    [InlineData("none", "Add at least one property.")]
    public void What_is_missing_is_said_in_words(string what, string words)
    {
        var form = Purchases();
        switch (what)
        {
            case "twice": form.Properties[0].Id = "EMAIL"; words = words.Replace("email", "EMAIL", StringComparison.Ordinal); break;
            case "order": form.Properties[0].Way = AggregateKind.Latest; break;
            case "join": form.Join.Clear(); break;
            case "condition": form.Where.Add(new() { Column = "price" }); break;
            default: form.Properties.Clear(); break;
        }

        form.Wrong(Users()).ShouldBe(words);
    }

    [Fact]
    public void A_source_that_something_uses_can_not_be_removed_and_the_user_is_named()
    {
        var model = Purchases().Apply(Users(), Columns) with
        {
            Groups = [new("vip", new PropertyRule("total_price", RuleOperator.GreaterThan) { Values = [Value.Of(100L)] }) { Name = "VIP" }],
        };
        var project = new Project { Name = "Shop", Folder = "/", Models = [model] };

        ModelUses.OfSource(project, model, "purchases")!.Message.ShouldContain("total_price by the group VIP");
        ModelUses.OfSource(project, model, "users")!.Message.ShouldContain("primary source");
        var free = model with { Groups = [] };
        ModelUses.OfSource(project with { Models = [free] }, free, "purchases").ShouldBeNull();
        ModelUses.WithoutSource(free, "purchases").Properties.Select(property => property.Id).ShouldBe(["email", "user_id", "shouted"]);
    }

    private static string Text(Model model) =>
        string.Join('\n', ProjectThings.Texts(new() { Name = "Shop", Folder = "/", Models = [model] }).Values);

    private static Model Users() => new("users")
    {
        Sources = [new("users", "shop") { Table = "users", PrimaryKey = ["id"] }],
        Properties =
        [
            new("email") { Source = "users", Column = new() { Name = "email", Column = "email" } },
            new("shouted") { Expression = "upper(email)" },
        ],
    };

    private static SourceForm Purchases()
    {
        var form = new SourceForm { Name = "purchases", App = "shop", Table = "purchases" };
        form.Take(new JoinProposal([new("user_id", "user_id")], "", new Dictionary<string, string> { ["user_id"] = "id" }));
        form.Properties.Add(new() { Id = "total_price", Way = AggregateKind.Sum, Column = "price" });
        form.Properties.Add(new() { Id = "last_state", Way = AggregateKind.Latest, Column = "state", By = "created_at" });
        return form;
    }
}
