using Microsoft.Playwright;

namespace Penstock.EndToEnd.Tests.Browser;

/// <summary>Keeps pictures of pages beside the tests, to be looked at.</summary>
internal static class Screens
{
    /// <summary>Keeps a picture of the whole page in <c>screens/</c>.</summary>
    public static async Task TakeAsync(IPage page, string name)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "screens");
        Directory.CreateDirectory(folder);
        await page.ScreenshotAsync(new()
        {
            Path = Path.Combine(folder, name + ".png"),
            FullPage = true,
            Animations = ScreenshotAnimations.Disabled,
        });
    }
}
