using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Penstock.EndToEnd.Tests.Browser;

public sealed class DataTests(Chromium chromium)
{
    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_model_is_made_from_a_table_by_clicking(int width)
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync();
        await page.SetViewportSizeAsync(width, 900);
        await page.GotoAsync(house.Address + "/models/new?app=shop");
        await page.GetByRole(AriaRole.Button, new() { Name = "purchases" }).ClickAsync();
        await Expect(page.GetByText("has a key of its own")).ToBeVisibleAsync();
        await page.ShouldBeGoodForAllAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Create model" }).ClickAsync();

        await page.WaitForURLAsync("**/models/purchases/data");
        await Expect(page.GetByText("No data is loaded yet")).ToBeVisibleAsync();
        await page.ShouldBeGoodForAllAsync();
    }

    [Fact]
    public async Task A_source_is_added_with_a_proposed_join_and_a_live_sample()
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync();
        await page.GotoAsync(house.Address + "/models/users/source?app=shop&table=purchases");
        await page.GetByLabel("Name of the source").FillAsync("orders");
        await page.GetByLabel("Name of the source").BlurAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a value" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Live sample" }).GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        await page.ShouldBeGoodForAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save source" }).ClickAsync();

        await page.WaitForURLAsync("**/models/users/data");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "orders" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_calculated_property_shows_what_it_gives_before_it_is_saved()
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync();
        await page.GotoAsync(house.Address + "/models/users/calculated");
        await page.GetByRole(AriaRole.Button, new() { Name = "Load data" }).ClickAsync();
        await Expect(page.GetByText("loaded").First).ToBeVisibleAsync();
        await page.GetByLabel("Property", new() { Exact = true }).FillAsync("shouted");
        await page.GetByLabel("Expression").FillAsync("upper(email)");

        await Expect(page.GetByText("It gives: text")).ToBeVisibleAsync();
        await page.ShouldBeGoodForAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save property" }).ClickAsync();

        await page.WaitForURLAsync("**/models/users/data");
        await Expect(page.GetByText("shouted")).ToBeVisibleAsync();
    }
}
