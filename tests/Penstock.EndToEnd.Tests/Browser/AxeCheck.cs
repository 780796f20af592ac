using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Penstock.EndToEnd.Tests.Browser;

/// <summary>Asks axe whether a page can be used by everybody.</summary>
internal static class AxeCheck
{
    /// <summary>Fails on serious and critical findings, and on a page that scrolls sideways.</summary>
    public static async Task ShouldBeGoodForAllAsync(this IPage page)
    {
        var result = await page.RunAxe();
        result.Violations.Where(found => found.Impact is "serious" or "critical")
            .Select(found => $"{found.Id}: {string.Join(" | ", found.Nodes.Take(3).Select(node => node.Html))}").ShouldBeEmpty();
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth")).ShouldBeFalse();
    }
}
