using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Penstock.EndToEnd.Tests.Browser;

public sealed class FrameTests(Chromium chromium)
{
    [Fact]
    public async Task Whoever_signs_in_sees_the_overview_and_the_models()
    {
        await using var house = await House.OpenAsync(chromium);

        var page = await house.SignInAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Overview" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Destinations" })).ToBeVisibleAsync();
    }
}
