using Penstock.Contract;
using Penstock.Engine.Inspecting;
using Penstock.Server.Components.Forms;
using Penstock.Server.Components.Pages.Models;

namespace Penstock.Server.Tests.Data;

public sealed class ProposalTests
{
    [Theory]
    [InlineData("email", "a@example.com", DataKind.Email)]
    [InlineData("email", "none", DataKind.String)]
    [InlineData("phone_number", "+49301234", DataKind.Phone)]
    [InlineData("homepage", "https://example.com/a", DataKind.Url)]
    [InlineData("note", "a@example.com", DataKind.String)]
    public void Types_are_proposed_by_name_and_values(string column, string value, DataKind kind) =>
        Proposals.Type(new(column, DataKind.String, Transport.Text, "TEXT"), [value]).ShouldBe(DataType.Of(kind));

    [Theory]
    [InlineData("shop.users", "user_id", "Users")]
    [InlineData("companies.csv", "company_id", "Companies")]
    [InlineData("loyalty_members", "loyalty_member_id", "Loyalty members")]
    public void Ids_and_names_are_made_of_the_table(string table, string id, string name)
    {
        Proposals.Id("id", table).ShouldBe(id);
        Proposals.Name(table).ShouldBe(name);
    }

    [Fact]
    public void A_model_is_made_of_what_was_ticked()
    {
        var state = new NewModelState { App = "shop", Table = "users", Key = ["id"] };
        state.Take(Sample());
        state.Columns.Single(column => column.Column == "note").IsTicked = false;
        state.Id = "users";

        var model = state.ToModel();

        model.Name.ShouldBe("Users");
        model.Display.ShouldBe("email");
        model.Primary.PrimaryKey.ShouldBe(["id"]);
        model.Properties.Select(property => (property.Id, property.Type))
            .ShouldBe([("user_id", null), ("email", (DataType?)DataKind.Email)]);
    }

    [Fact]
    public void What_was_chosen_for_a_column_stays_when_its_rows_are_read_again()
    {
        var state = new NewModelState { App = "shop", Table = "users" };
        state.Take(Sample());
        state.Columns[1].Id = "mail";

        state.Take(Sample());

        state.Columns[1].Id.ShouldBe("mail");
        state.Columns[1].Sample.ShouldBe("a@example.com");
    }

    [Fact]
    public void Two_properties_of_one_name_are_refused_in_words()
    {
        var state = new NewModelState { App = "shop", Table = "users" };
        state.Take(Sample());
        state.Columns[1].Id = "USER_ID";

        state.WrongProperties().ShouldBe("Two properties are called user_id; rename one of them.");
    }

    private static SourceSample Sample() => new(
        [
            new("id", DataKind.Integer, Transport.Integer, "INTEGER"),
            new("email", DataKind.String, Transport.Text, "TEXT"),
            new("note", DataKind.String, Transport.Text, "TEXT"),
        ],
        [[Value.Of(1L), Value.Of("a@example.com"), Value.Null]],
        IsCut: false);
}
