using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Server.Components.Rules;

namespace Penstock.Server.Tests.Groups;

public sealed class RuleBuilderTests : BunitContext
{
    public RuleBuilderTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLogging();
        Services.AddLocalization();
        Services.AddMudServices();
        Render<MudPopoverProvider>();
    }

    [Theory]
    [InlineData("city", "is", "contains", "is in the last")]
    [InlineData("ltv", "is more than", "is between", "contains")]
    [InlineData("last_purchase", "is in the last", "is before", "contains")]
    [InlineData("subscribed", "is", "has a value", "is between")]
    [InlineData("tags", "includes", "is empty", "is in the last")]
    public void The_operators_are_those_of_the_type(string property, string first, string second, string not)
    {
        var builder = Builder(Some.Scope(new(Match.All, [Some.Rule(property, RuleOperator.Exists)])));

        var words = builder.FindAll("select[aria-label='Comparison of rule 1'] option").Select(option => option.TextContent).ToList();
        words.ShouldContain(first);
        words.ShouldContain(second);
        words.ShouldNotContain(not);
    }

    [Fact]
    public void Another_operator_brings_its_operands()
    {
        var scope = Some.Scope(new(Match.All, [Some.Rule("last_purchase", RuleOperator.Exists)]));
        var builder = Builder(scope);

        builder.Find("select[aria-label='Comparison of rule 1']").Change(nameof(RuleOperator.Within));

        ((PropertyRule)scope.Root.Rules[0]).Span.ShouldBe(new(30, RelativeUnit.Days));
        Builder(scope).Find("input[aria-label='How many, rule 1']").GetAttribute("value").ShouldBe("30");
        Builder(scope).Markup.ShouldContain("since 25 Oct 2026");
    }

    [Fact]
    public void A_typed_number_is_kept_as_a_number()
    {
        var scope = Some.Scope(new(Match.All, [Some.Rule("ltv", RuleOperator.AtLeast)]));

        Builder(scope).Find("input[aria-label='Value of rule 1']").Input("100.5");

        ((PropertyRule)scope.Root.Rules[0]).Values.ShouldBe([Value.Of(100.5m)]);
    }

    [Fact]
    public void A_half_written_rule_says_what_is_missing()
    {
        var builder = Builder(Some.Scope(new(Match.All, [RuleEdits.New, Some.Rule("ltv", RuleOperator.AtLeast)])));

        builder.Markup.ShouldContain("Choose a property.");
        builder.Markup.ShouldContain("Enter a value.");
    }

    [Fact]
    public void Sets_in_sets_are_numbered_and_counted()
    {
        var count = new GroupCount(1000, 12, [new("", 12, null), new("0", 40, null), new("0.0", 4321, null)]);

        var inner = new RuleSet(Match.Any, [Some.Rule("ltv", RuleOperator.AtLeast, 1)]);
        var builder = Builder(Some.Scope(new(Match.All, [inner]), count: count));

        builder.Find("[role=group][aria-label='Set 1']").TextContent.ShouldContain("4,321");
        builder.Find("input[aria-label='Value of rule 1.1']").GetAttribute("value").ShouldBe("1");
    }

    [Fact]
    public void Hostile_values_are_text()
    {
        const string Hostile = "<script>alert(1)</script>";

        var builder = Builder(Some.Scope(new(Match.All, [Some.Rule("city", RuleOperator.In, Hostile)])));

        builder.FindAll("script").ShouldBeEmpty();
        builder.Find("[role=listitem]").TextContent.ShouldContain(Hostile);
    }

    private IRenderedComponent<RuleSetEditor> Builder(RuleScope scope) => Render<RuleSetEditor>(parameters => parameters
        .Add(editor => editor.Scope, scope).Add(editor => editor.Set, scope.Root).Add(editor => editor.Path, ""));
}
