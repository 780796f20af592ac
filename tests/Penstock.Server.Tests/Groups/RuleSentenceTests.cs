using Penstock.Engine.Configuration;
using Penstock.Server.Components.Rules;

namespace Penstock.Server.Tests.Groups;

public sealed class RuleSentenceTests
{
    private readonly RuleSentence _sentence = new(Some.Project, Some.Model, Some.Types, Some.Now);

    [Fact]
    public void A_group_reads_as_one_sentence_with_the_day_that_is_meant() => Of(Match.All,
        Some.Rule("ltv", RuleOperator.GreaterThan, 100), Some.Recent(60), Some.Rule("city", RuleOperator.Equals, "Lisbon")).ShouldBe(
        "Customers where ltv is more than 100 and last_purchase is in the last 60 days (since 25 Sep 2026) and city is “Lisbon”.");

    [Fact]
    public void Sets_inside_are_set_apart() => Of(Match.Any,
        new RuleSet(Match.All, [Some.Rule("city", RuleOperator.In, "Lisbon", "Porto"), new MembershipRule("vip", false)]),
        new RuleSet(Match.None, [Some.Rule("subscribed", RuleOperator.Equals, "true")])).ShouldBe(
        "Customers where either (city is one of “Lisbon”, “Porto” and they are not in the group “VIP”) "
        + "or (none of this is so: subscribed is yes).");

    [Fact]
    public void Lists_are_said_by_their_elements() => Of(Match.All,
        Some.Rule("tags", RuleOperator.Equals, "new"), Some.Rule("tags", RuleOperator.NotContains, "test")).ShouldBe(
        "Customers where tags includes “new” and tags has none that contains “test”.");

    [Fact]
    public void A_half_written_rule_says_what_is_open() => Of(Match.All,
        RuleEdits.New, Some.Rule("ltv", RuleOperator.Between, 1), new MembershipRule("", true)).ShouldBe(
        "Customers where … (no property chosen yet) and ltv is between … and … and they are in a group (not chosen yet).");

    [Fact]
    public void An_empty_rule_is_nobody() => Of(Match.All).ShouldBe("Customers: nobody, as there is no rule yet.");

    [Theory]
    [InlineData(0, RelativeUnit.Days, "since 24 Nov 2026")]
    [InlineData(2, RelativeUnit.Hours, "since 24 Nov 2026, 07:00")]
    [InlineData(1, RelativeUnit.Quarters, "since 24 Aug 2026")]
    [InlineData(99_999, RelativeUnit.Years, null)]
    public void Days_are_those_of_the_projects_zone(int number, RelativeUnit unit, string? expected) =>
        _sentence.Resolved(new PropertyRule("last_purchase", RuleOperator.Within) { Span = new(number, unit) }).ShouldBe(expected);

    private string Of(Match match, params Rule[] rules) => _sentence.Of(new RuleSet(match, rules));
}
