using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Server.Components.Mapping;

namespace Penstock.Server.Tests.Destinations;

public sealed class MappingTableTests : BunitContext
{
    private Destination _destination = A.Destination();

    public MappingTableTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLogging();
        Services.AddLocalization();
        Services.AddMudServices();
        Render<MudPopoverProvider>();
    }

    [Fact]
    public void Fields_with_a_property_of_the_same_meaning_are_mapped_by_one_click()
    {
        var table = Table(A.Model("user_id", "email", "first_name", "ltv"));

        Button(table, "Map 2 fields by name").Click();

        _destination.Mapping.Select(mapping => (mapping.Field, mapping.Property))
            .ShouldBe([("id", "user_id"), ("email", "email"), ("first_name", "first_name")]);
    }

    [Fact]
    public void A_removed_mapping_says_that_the_far_end_keeps_its_value_and_can_come_back()
    {
        _destination = A.Destination(A.Known("email", "email"));
        var table = Table(A.Model("user_id", "email"));

        Button(table, "Edit", "Edit: E-mail address").Click();
        Button(table, "Remove this mapping").Click();

        table.Markup.ShouldContain("CRM keeps the value it has.");
        _destination.Mapping.Count.ShouldBe(1);
        Button(table, "Undo").Click();
        _destination.Mapping.Count.ShouldBe(2);
    }

    [Fact]
    public void The_key_can_be_changed_but_not_removed()
    {
        var table = Table(A.Model("user_id", "email"));

        Button(table, "Edit", "Edit: Id").Click();

        table.Markup.ShouldNotContain("Remove this mapping");
    }

    [Fact]
    public void What_empty_means_is_chosen_in_words()
    {
        _destination = A.Destination(A.Known("email", "email"), A.Known("consent", "consent"));
        var table = Table(A.Model("user_id", "email", "consent"));

        Button(table, "Edit", "Edit: E-mail address").Click();
        table.FindAll("label").Single(label => label.TextContent.Contains("leave what CRM has", StringComparison.Ordinal))
            .QuerySelector("input")!.Change(true);

        _destination.Mapping.Single(mapping => mapping.Field == "email").Nulls.ShouldBe(Nulls.Keep);
        Button(table, "Edit", "Edit: Consent").Click();
        table.Markup.ShouldNotContain("clear the field in CRM");
    }

    [Fact]
    public void A_type_that_does_not_fit_stands_at_the_field()
    {
        _destination = A.Destination(A.Known("dob", "age"));

        var table = Table(A.Model("user_id", "age"), A.Types(("age", DataKind.Integer)));

        table.Markup.ShouldContain("Date of birth takes a date");
    }

    [Fact]
    public void Three_hundred_own_fields_are_shown_a_page_at_a_time()
    {
        var names = Enumerable.Range(1, 300).Select(number => $"p{number}").ToArray();
        _destination = A.Destination([.. names.Select(name => A.Custom(name, name))]);

        var table = Table(A.Model(["user_id", .. names]));

        table.FindAll(".row").Count.ShouldBeLessThan(60);
        Button(table, "Show 50 more").Click();
        table.FindAll(".row").Count.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void A_hostile_name_is_only_text()
    {
        const string Name = "<img src=x onerror=1>";
        _destination = A.Destination(A.Custom(Name, "ltv"));

        var table = Table(A.Model("user_id", "ltv"));

        table.FindAll("img").ShouldBeEmpty();
        table.FindAll(".row-label").ShouldContain(label => label.TextContent == Name);
    }

    [Fact]
    public void A_new_field_takes_the_property_s_name_and_can_be_renamed_before_it_is_added()
    {
        var table = Table(A.Model("user_id", "ltv", "email"));
        Button(table, "Add new CRM profile field").Click();
        table.FindAll("input[type=checkbox]").First(box =>
            box.ParentElement!.TextContent.Contains("ltv", StringComparison.Ordinal)).Change(true);
        var name = table.Find("input[aria-label='Name of ltv in CRM']");
        name.GetAttribute("value").ShouldBe("ltv");

        name.Input("email");
        table.Markup.ShouldContain("is a known field");
        table.Find("input[aria-label='Name of ltv in CRM']").Input("value");
        Button(table, "Add field").Click();

        _destination.Mapping[^1].ShouldBe(A.Custom("value", "ltv"));
    }

    private IRenderedComponent<MappingTable> Table(Model model, IReadOnlyDictionary<string, DataType>? types = null)
    {
        IRenderedComponent<MappingTable>? table = null;
        table = Render<MappingTable>(parameters => parameters
            .Add(one => one.Connector, A.Connector)
            .Add(one => one.Kind, A.Kind)
            .Add(one => one.Model, model)
            .Add(one => one.Types, types ?? A.Types())
            .Add(one => one.Destination, _destination)
            .Add(one => one.OnChange, edit =>
            {
                _destination = edit(_destination);
                table!.Render(again => again.Add(one => one.Destination, _destination)); // rendered before anybody clicks
            }));
        return table;
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<MappingTable> table, string text, string? label = null) =>
        table.FindAll("button").First(button => button.TextContent.Contains(text, StringComparison.Ordinal)
            && (label is null || button.GetAttribute("aria-label") == label));
}
