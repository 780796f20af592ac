using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Penstock.EndToEnd.Tests.Browser;

public sealed class GroupTests(Chromium chromium)
{
    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_group_is_built_by_clicking_and_counts_as_the_one_of_the_files_does(int width)
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync();
        await page.SetViewportSizeAsync(width, 900);
        await page.GotoAsync(house.Address + "/models/users/groups");
        await page.GetByRole(AriaRole.Button, new() { Name = "Load data" }).ClickAsync();
        var link = page.GetByRole(AriaRole.Link, new() { Name = "members of High value with recent automotive purchase" });
        var members = await link.InnerTextAsync();
        await page.ShouldBeGoodForAllAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "New group" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("Big spenders");
        await Expect(page.GetByLabel("Id", new() { Exact = true })).ToHaveValueAsync("big_spenders");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create group" }).ClickAsync();
        await page.WaitForURLAsync("**/models/users/groups/big_spenders");
        await ChooseAsync(page, "Property of rule 1", "ltv");
        await page.GetByLabel("Comparison of rule 1").SelectOptionAsync("is more than");
        await page.GetByLabel("Value of rule 1").FillAsync("100");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add rule" }).ClickAsync();
        await ChooseAsync(page, "Property of rule 2", "last_purchase_date");
        await page.GetByLabel("How many, rule 2").FillAsync("60");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add rule" }).ClickAsync();
        await ChooseAsync(page, "Property of rule 3", "last_purchase_category");
        await page.GetByLabel("Value of rule 3").ClickAsync();
        await page.Locator(".mud-popover-open").GetByText("Automotive").ClickAsync();

        await Expect(page.GetByTestId("members")).ToHaveTextAsync(members);
        await page.GetByRole(AriaRole.Button, new() { Name = "Take a member" }).ClickAsync();
        var why = page.GetByRole(AriaRole.Region, new() { Name = "Why is somebody in or out?" });
        await Expect(why.GetByText("In", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("Saved in the draft")).ToBeVisibleAsync();
        await page.ShouldBeGoodForAllAsync();
        await Screens.TakeAsync(page, $"group-{width}");
        await page.ReloadAsync();
        await Expect(page.GetByTestId("members")).ToHaveTextAsync(members);
    }

    [Fact]
    public async Task A_group_that_is_used_is_not_removed_and_says_by_whom()
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync();
        await page.GotoAsync(house.Address + "/models/users/groups");

        await page.GetByRole(AriaRole.Button, new() { Name = "More for Spanish speakers" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Remove" }).ClickAsync();

        await Expect(page.GetByText("is used by the destination braze_users")).ToBeVisibleAsync();
    }

    private static async Task ChooseAsync(IPage page, string label, string option)
    {
        await page.GetByLabel(label).ClickAsync();
        await Expect(page.Locator(".mud-popover-open")).ToBeVisibleAsync();
        await page.GetByLabel(label).PressSequentiallyAsync(option);
        await page.Locator(".mud-popover-open").GetByText(option, new() { Exact = true }).ClickAsync();
    }
}
