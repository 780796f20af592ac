using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Server.Components.Pages.Groups;
using Penstock.Server.Components.Rules;

namespace Penstock.Server.Tests.Groups;

public sealed class RuleTreeTests
{
    private static readonly RuleSet Tree = new(Match.All, [Leaf("a"), new RuleSet(Match.Any, [Leaf("b"), Leaf("c")]), Leaf("d")]);

    [Fact]
    public void A_rule_is_found_replaced_and_removed_by_its_place()
    {
        RuleTree.At(Tree, "1.1").ShouldBe(Leaf("c"));
        RuleTree.At(Tree, "1.7").ShouldBeNull();
        Shape(RuleTree.Replace(Tree, "1.0", Leaf("x"))).ShouldBe("all(a any(x c) d)");
        Shape(RuleTree.Remove(Tree, "1.0")).ShouldBe("all(a any(c) d)");
        Shape(RuleTree.Add(Tree, "1", Leaf("x"))).ShouldBe("all(a any(b c x) d)");
    }

    [Fact]
    public void A_rule_moves_among_its_neighbours_and_stays_at_the_end()
    {
        Shape(RuleTree.Move(Tree, "0", 1)).ShouldBe("all(any(b c) a d)");
        Shape(RuleTree.Move(Tree, "0", -1)).ShouldBe("all(a any(b c) d)");
        Shape(RuleTree.Move(Tree, "2", 1)).ShouldBe("all(a any(b c) d)");
    }

    [Fact]
    public void A_rule_is_put_into_a_set_and_out_again_and_an_empty_set_goes()
    {
        Shape(RuleTree.Indent(Tree, "0")).ShouldBe("all(any(a) any(b c) d)");
        Shape(RuleTree.Outdent(RuleTree.Indent(Tree, "0"), "0.0")).ShouldBe("all(a any(b c) d)");
        Shape(RuleTree.Outdent(Tree, "1.0")).ShouldBe("all(a any(c) b d)");
        Shape(RuleTree.Outdent(Tree, "0")).ShouldBe("all(a any(b c) d)");
    }

    [Fact]
    public void What_fits_stays_when_the_property_or_operator_changes()
    {
        var rule = Some.Rule("ltv", RuleOperator.GreaterThan, 100);

        RuleEdits.WithProperty(rule, "city", DataKind.Decimal, DataKind.String).ShouldSatisfyAllConditions(
            changed => changed.Operator.ShouldBe(RuleOperator.Equals), changed => changed.Values.ShouldBeEmpty());
        RuleEdits.WithOperator(rule, RuleOperator.Between, DataKind.Decimal).Values.ShouldBe(rule.Values);
        RuleEdits.WithOperator(rule, RuleOperator.Exists, DataKind.Decimal).Values.ShouldBeEmpty();
        RuleEdits.WithProperty(rule, "last_purchase", DataKind.Decimal, DataKind.Timestamp).Operator.ShouldBe(RuleOperator.GreaterThan);
    }

    [Theory]
    [InlineData("High value customers", "high_value_customers")]
    [InlineData("  Málaga – VIP!  ", "mlaga_vip")]
    [InlineData("<script>alert(1)</script>", "script_alert_1_script")]
    [InlineData("60 days", "group_60_days")]
    [InlineData("日本", "group")]
    [InlineData("vip", "vip_2")]
    public void An_id_is_proposed_for_any_name(string name, string expected) =>
        GroupEdits.ProposeId(name, ["vip"]).ShouldBe(expected);

    [Fact]
    public void The_example_is_made_of_what_the_model_has()
    {
        var example = GroupEdits.Example(Some.Model, Some.Types);

        example.Name.ShouldBe("Customers with last_purchase in the last 60 days");
        ((RuleSet)example.Rule).Rules.ShouldHaveSingleItem().ShouldBeOfType<PropertyRule>().Span.ShouldBe(new(60, RelativeUnit.Days));
    }

    private static PropertyRule Leaf(string name) => new(name, RuleOperator.Exists);

    private static string Shape(Rule rule) => rule is RuleSet set
        ? $"{set.Match.ToString().ToLowerInvariant()}({string.Join(' ', set.Rules.Select(Shape))})"
        : ((PropertyRule)rule).Property;
}
