using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Penstock.EndToEnd.Tests.Browser;

/// <summary>Looks at a page as the people do who use it: at a desk and on a phone, in light and dark colours.</summary>
internal static class Looks
{
    private const int Desk = 1280;
    private const int Phone = 390;
    private const int Tall = 900;

    /// <summary>Fails on what not everybody can use and on what doesn't fit, and keeps pictures.</summary>
    /// <param name="page">The page, as it is now.</param>
    /// <param name="name">What its pictures are called.</param>
    /// <param name="reload">Whether to see it in dark colours too, for which it is loaded anew.</param>
    public static async Task ShouldLookGoodAsync(this IPage page, string name, bool reload = true)
    {
        await LookAsync(page, name);
        if (!reload)
            return;
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await ReloadAsync(page, "Light colours");
        await LookAsync(page, name + "-dark");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await ReloadAsync(page, "Dark colours");
    }

    private static async Task LookAsync(IPage page, string name)
    {
        await page.ShouldBeGoodForAllAsync();
        await Screens.TakeAsync(page, name);
        await page.SetViewportSizeAsync(Phone, Tall);
        await page.ShouldBeGoodForAllAsync();
        await Screens.TakeAsync(page, name + "-390");
        await page.SetViewportSizeAsync(Desk, Tall);
    }

    // Colours that are still turning from one palette to the other are no finding.
    private static async Task ReloadAsync(IPage page, string offer)
    {
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = offer })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).Not.ToHaveTextAsync("");
        await Expect(page.GetByRole(AriaRole.Status, new() { Name = "Loading" })).ToHaveCountAsync(0);
        await page.EvaluateAsync("""
            () => Promise.all(document.getAnimations().filter(one => one.effect.getComputedTiming().iterations !== Infinity)
                .map(one => one.finished.catch(() => null)))
            """);
    }
}
