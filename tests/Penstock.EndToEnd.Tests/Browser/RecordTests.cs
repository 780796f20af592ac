using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Penstock.EndToEnd.Tests.Browser;

public sealed class RecordTests(Chromium chromium)
{
    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Anybody_is_found_and_their_page_says_what_is_known(int width)
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync(Penstock.Control.Users.Role.Editor);
        await page.SetViewportSizeAsync(width, 900);
        await page.GotoAsync(house.Address + "/models/users/records");
        await page.GetByRole(AriaRole.Button, new() { Name = "Load data" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Next page" })).ToBeVisibleAsync();
        await page.ShouldBeGoodForAllAsync();

        await page.GetByRole(AriaRole.Searchbox).FillAsync("231");
        await page.GetByRole(AriaRole.Link, new() { Name = "231", Exact = true }).ClickAsync();

        await page.WaitForURLAsync("**/models/users/records/231");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Values" })).ToBeVisibleAsync();
        await Expect(page.GetByText("will be created")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the request" }).ClickAsync();
        await Expect(page.GetByText("/users/track")).ToBeVisibleAsync();
        await page.ShouldBeGoodForAllAsync();
        await Screens.TakeAsync(page, $"record-{width}");
    }
}
