using System.Text.RegularExpressions;
using Penstock.Connectors.Braze;
using Penstock.Contract;

namespace Penstock.Connectors.Tests.Braze;

/// <summary>What is declared, where a mistake would lose rows or refuse good ones.</summary>
public sealed class BrazeUsersTests
{
    [Theory]
    [InlineData("ann@example.com", true)]
    [InlineData("o'brien+shop@mail.example.co.uk", true)]
    [InlineData("mané@example.com", true)]
    [InlineData("mané@xn--exmple-cua.com", true)]
    [InlineData("mané@exämple.com", false)]
    [InlineData(".ann@example.com", false)]
    [InlineData("ann@-example.com", false)]
    [InlineData("not-an-address", false)]
    [InlineData("ann@localhost", false)]
    [InlineData("ann@@example.com", false)]
    [InlineData("ann smith@example.com", false)]
    [InlineData("Ann <ann@example.com>", false)]
    [InlineData("ann@example.com, bob@example.com", false)]
    [InlineData("ann@example.", false)]
    [InlineData("", false)]
    public void Addresses_that_no_server_could_take_are_parked_before_sending(string address, bool good) =>
        Matches(Field("email"), address).ShouldBe(good);

    [Theory]
    [InlineData("42", true)]
    [InlineData(" 42 ", true)]
    [InlineData("two\nlines", true)]
    [InlineData("", false)]
    [InlineData(" \n", false)]
    public void An_external_id_has_something_in_it(string id, bool good) => Matches(A.Kind.Key, id).ShouldBe(good);

    [Fact]
    public void Words_are_the_vendors_own()
    {
        Field("gender").Allowed.ShouldBe(["M", "F", "O", "N", "P"]);
        Field("email_subscribe").Allowed.ShouldBe(["opted_in", "subscribed", "unsubscribed"]);
        Field("push_subscribe").Allowed.ShouldBe(["opted_in", "subscribed", "unsubscribed"]);
        Field("country").Allowed.ShouldContain("BR");
        Field("country").Allowed.ShouldNotContain("UK");
        Field("country").Allowed.Count.ShouldBe(249);
        Field("language").Allowed.ShouldContain("pt");
        Field("language").Allowed.ShouldAllBe(code => code.Length == 2);
    }

    [Fact]
    public void Consent_costs_nothing_and_is_never_cleared()
    {
        foreach (var name in new[] { "email_subscribe", "push_subscribe" })
            Field(name).ShouldSatisfyAllConditions(field => field.Billable.ShouldBeFalse(), field => field.Clearable.ShouldBeFalse());
        A.Kind.Key.Billable.ShouldBeFalse();
        A.Kind.Groups.Single(form => form.Name == "subscription_group").Billable.ShouldBeFalse();
        A.Kind.Groups.Single(form => form.Name == "segment_attribute").Billable.ShouldBeTrue();
    }

    [Theory]
    [InlineData("ltv", true)]
    [InlineData("Lifetime value ($)", true)]
    [InlineData("$price", false)]
    [InlineData("_merge_objects", false)]
    [InlineData("_anything", false)]
    [InlineData("", false)]
    public void Names_of_custom_attributes_stay_clear_of_brazes_own(string name, bool good) =>
        Regex.IsMatch(name, $"^(?:{A.Kind.CustomFields!.NamePattern})$").ShouldBe(good);

    [Fact]
    public void The_default_of_groups_is_not_consent() => A.Kind.Groups[0].Name.ShouldBe("segment_attribute");

    [Theory]
    [InlineData("3b5c1f00-0000-4000-8000-000000000001", true)]
    [InlineData("newsletter", false)]
    [InlineData("3b5c1f00", false)]
    public void A_subscription_group_is_named_by_its_id(string target, bool good) =>
        Regex.IsMatch(target, $"^(?:{A.Kind.Groups.Single(form => form.Name == "subscription_group").TargetPattern})$").ShouldBe(good);

    [Theory]
    [InlineData(75, 75)]
    [InlineData(50, 50)]
    [InlineData(0, 1)]
    [InlineData(500, 75)]
    public void An_older_contracts_cap_can_be_set(int cap, int records)
    {
        var limits = A.Connector.LimitsFor(A.App, A.Destination() with { Options = new BrazeUsersOptions { ObjectCap = cap } });
        limits.ShouldBe(A.Kind.Limits with { Records = records });
        ((IDestination)A.Connector).LimitsFor((object)A.App, A.Destination() with { Options = new BrazeUsersOptions { ObjectCap = cap } })
            .ShouldBe(limits);
    }

    [Theory]
    [InlineData("US-01", "https://rest.iad-01.braze.com/")]
    [InlineData("us-08", "https://rest.iad-08.braze.com/")]
    [InlineData("EU-01", "https://rest.fra-01.braze.eu/")]
    [InlineData("http://localhost:4010/", "http://localhost:4010/")]
    public void An_instance_is_given_by_name_or_by_address(string given, string endpoint)
    {
        var problems = new List<Problem>();
        var app = A.Connector.Declaration.App.Bind(
            new Dictionary<string, string> { ["endpoint"] = given, ["api_key"] = "k" },
            new Dictionary<string, IReadOnlyList<string>>(),
            folder: ".",
            problems);
        problems.ShouldBeEmpty();
        ((BrazeApp)app!).Endpoint.ToString().ShouldBe(endpoint);
    }

    private static Field Field(string name) => A.Kind.Fields.Single(field => field.Name == name);

    private static bool Matches(Field field, string text) => Regex.IsMatch(text, $@"\A(?:{field.Pattern})\z");
}
