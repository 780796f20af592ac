using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Penstock.EndToEnd.Tests.Browser;

public sealed partial class AppsTests(Chromium chromium)
{
    [Fact]
    public async Task A_wrong_key_is_told_in_words_and_the_right_one_is_saved()
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync();
        await page.GotoAsync(house.Address + "/apps");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add app" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = Braze() }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("crm");
        await page.GetByLabel("Instance").SelectOptionAsync(new SelectOptionValue { Label = "Other: type an address" });
        await page.GetByLabel("Address").FillAsync(house.Braze.Address.ToString());
        await page.GetByLabel("REST API key").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Test and save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("key");
        await page.ShouldBeGoodForAllAsync();

        await page.GetByLabel("REST API key").FillAsync(House.BrazeKey);
        await page.GetByRole(AriaRole.Button, new() { Name = "Test and save" }).ClickAsync();

        await page.WaitForURLAsync("**/apps/crm");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "crm" })).ToBeVisibleAsync();
        (await page.ContentAsync()).ShouldNotContain(House.BrazeKey);
    }

    [GeneratedRegex("^Braze")]
    private static partial Regex Braze();
}
