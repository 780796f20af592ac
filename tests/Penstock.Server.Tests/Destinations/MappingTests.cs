using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Server.Components.Mapping;

namespace Penstock.Server.Tests.Destinations;

public sealed class MappingTests
{
    private static readonly IReadOnlyDictionary<string, DataType> NoTypes = A.Types();

    [Fact]
    public void Fields_are_proposed_by_name_spelling_and_meaning_each_property_once()
    {
        var model = A.Model("user_id", "E_Mail", "firstName", "birthday", "mail");

        var proposals = NameProposals.Of(A.Kind, model, A.Destination(), NoTypes);

        proposals.Select(pair => (pair.Field.Name, pair.Property))
            .ShouldBe([("email", "E_Mail"), ("first_name", "firstName"), ("dob", "birthday")]);
    }

    [Fact]
    public void A_property_of_another_type_is_not_proposed()
    {
        var proposals = NameProposals.Of(A.Kind, A.Model("dob"), A.Destination(), A.Types(("dob", DataKind.Integer)));

        proposals.ShouldBeEmpty();
    }

    [Fact]
    public void Codes_are_preferred_for_a_field_that_takes_only_some_values()
    {
        var proposals = NameProposals.Of(A.Kind, A.Model("language", "language_code"), A.Destination(), NoTypes);

        proposals.Single().Property.ShouldBe("language_code");
    }

    [Fact]
    public void What_is_mapped_is_not_proposed_again()
    {
        var destination = A.Destination(A.Known("email", "email"));

        NameProposals.Of(A.Kind, A.Model("email", "mail"), destination, NoTypes).ShouldBeEmpty();
    }

    [Fact]
    public void The_key_is_proposed_from_the_primary_key_whatever_its_property_is_called() =>
        MappingEdits.KeyProperty(A.Model("email", "user_id"))?.Id.ShouldBe("user_id");

    [Fact]
    public void Custom_fields_come_behind_known_ones_and_the_key_stays_first()
    {
        var destination = A.Destination(A.Custom("ltv", "ltv"));

        var changed = MappingEdits.Put(destination, A.Known("email", "email"));

        changed.Mapping.Select(mapping => mapping.Field).ShouldBe(["id", "email", "ltv"]);
    }

    [Fact]
    public void A_rename_keeps_the_place_and_never_meets_another_field()
    {
        var destination = A.Destination(A.Custom("a", "x"), A.Custom("b", "y"));

        MappingEdits.Rename(destination, "a", "c").Mapping.Select(mapping => mapping.Field).ShouldBe(["id", "c", "b"]);
        MappingEdits.Rename(destination, "a", "b").ShouldBeSameAs(destination);
    }

    [Fact]
    public void A_name_that_cannot_be_used_gets_something_behind_it()
    {
        CustomNames.Propose("email", A.Kind, A.Destination()).ShouldBe("email_value");
        CustomNames.Propose("secret", A.Kind, A.Destination()).ShouldBe("secret_value");
        CustomNames.Propose("ltv", A.Kind, A.Destination(A.Custom("ltv", "x"))).ShouldBe("ltv_value");
    }

    [Theory]
    [InlineData("email")]
    [InlineData("SECRET")]
    [InlineData("")]
    [InlineData("a name of more than twenty characters")]
    public void A_bad_name_is_told_before_it_is_saved(string name) =>
        CustomNames.Problem(name, A.Kind, A.Destination()).ShouldNotBeNull();

    [Fact]
    public void A_type_that_does_not_fit_is_told_with_what_to_do()
    {
        var problem = MappingChecks.Of(A.Known("dob", "age"), A.Kind, A.Model("age"), A.Types(("age", DataKind.Integer)));

        problem.ShouldNotBeNull().Message.ShouldBe("`age` is a whole number; Date of birth takes a date.");
        problem.Help.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void An_own_field_does_not_take_what_the_far_end_cannot_hold() =>
        MappingChecks.Of(A.Custom("tags", "tags"), A.Kind, A.Model("tags"),
            new Dictionary<string, DataType> { ["tags"] = new(DataKind.String, IsArray: true) }).ShouldNotBeNull();

    [Fact]
    public void A_mapping_to_a_property_that_is_gone_is_told() =>
        MappingChecks.Of(A.Known("email", "gone"), A.Kind, A.Model("email"), NoTypes)?.Message.ShouldContain("gone");

    [Fact]
    public void Values_that_a_field_does_not_take_are_seen_in_the_data()
    {
        var language = A.Kind.Fields.Single(field => field.Name == "language");
        var values = new PropertyValues(10, 0, 2, null, null, [new("English", 7), new("en", 3)]);

        MappingChecks.Values(language, "language", values)?.Message.ShouldContain("“English” (7)");
        MappingChecks.Values(language, "language", values with { Values = [new("en", 3)] }).ShouldBeNull();
    }

    [Theory]
    [InlineData("true", DataKind.Any, ValueKind.Boolean)]
    [InlineData("42", DataKind.Any, ValueKind.Integer)]
    [InlineData("4.2", DataKind.Any, ValueKind.Decimal)]
    [InlineData("gold", DataKind.Any, ValueKind.Text)]
    [InlineData("42", DataKind.String, ValueKind.Text)]
    [InlineData("2026-01-31", DataKind.Date, ValueKind.Text)]
    [InlineData("", DataKind.Any, ValueKind.Null)]
    public void A_constant_is_read_as_the_field_takes_it(string text, DataKind kind, ValueKind expected) =>
        Constants.Read(text, kind).Kind.ShouldBe(expected);

    [Fact]
    public void Sync_modes_say_what_they_would_do_to_this_data()
    {
        ModeWords.Does(SyncModes.Sync, A.Kind, new(994, 0))
            .ShouldBe("Would create up to 994 people; would remove nobody now, as nothing was sent yet.");
        ModeWords.Does(SyncModes.Sync, A.Kind, new(90, 100)).ShouldContain("would remove at least 10");
        ModeWords.Does(SyncModes.Additive, A.Kind, new(90, 100)).ShouldContain("never removes anybody");
        ModeWords.Does(SyncModes.Sync, A.Kind, new(null, 0)).ShouldBe("Load the data to see the numbers.");
    }

    [Theory]
    [InlineData("Braze users", "braze_users_2")]
    [InlineData("<script>alert(1)</script>", "script_alert_1_script")]
    [InlineData("new", "new_2")]
    [InlineData("42", "destination_42")]
    [InlineData("日本", "destination")]
    public void Ids_are_made_of_any_name(string name, string expected) =>
        DestinationIds.Propose(name, ["braze_users"]).ShouldStartWith(expected);
}
