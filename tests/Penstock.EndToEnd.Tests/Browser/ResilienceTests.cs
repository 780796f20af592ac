using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Penstock.EndToEnd.Tests.Browser;

public sealed class ResilienceTests(Chromium chromium)
{
    private const string Hostile = "<script>alert(1)</script>";

    [Fact]
    public async Task A_group_named_as_a_script_is_text_wherever_it_is_shown()
    {
        await using var house = await House.OpenAsync(chromium);
        await house.Services.Drafts.EditAsync(House.Administrator, "group:users/spanish_speakers", null, project => project with
        {
            Models = [.. project.Models.Select(model => model with
            {
                Groups = [.. model.Groups.Select(group => group.Id == "spanish_speakers" ? group with { Name = Hostile } : group)],
            })],
        }, default);
        var page = await house.SignInAsync();
        var alerts = 0;
        page.Dialog += (_, dialog) =>
        {
            alerts++;
            _ = dialog.DismissAsync();
        };
        await ShowsAsync("/changes");
        await page.GetByLabel("What did you change, and why?").FillAsync(Hostile);
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(page.GetByText("Revision 2 is published")).ToBeVisibleAsync();
        var run = await house.RunAsync();
        foreach (var address in new[]
        {
            "/models/users/groups", "/models/users/groups/spanish_speakers", "/models/users/destinations/braze_users?tab=groups",
            "/models/users/records/1", "/models/users/records", "/revisions", "/revisions/2", "/audit",
        })
        {
            await ShowsAsync(address);
        }

        foreach (var address in new[] { "/", "/runs/" + run, "/models/users", "/models/users/data" })
        {
            await page.GotoAsync(house.Address + address);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).Not.ToHaveTextAsync("");
        }

        alerts.ShouldBe(0);

        async Task ShowsAsync(string address)
        {
            await page.GotoAsync(house.Address + address);
            await Expect(page.GetByRole(AriaRole.Main).Filter(new() { HasText = Hostile })).ToBeVisibleAsync();
            (await page.Locator("script").AllInnerTextsAsync()).ShouldNotContain(text => text.Contains("alert(1)"), address);
        }
    }

    [Fact]
    public async Task A_page_left_open_over_a_restart_comes_back_by_itself()
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync();
        await page.GotoAsync(house.Address + "/models/users/schedule");
        await page.GetByRole(AriaRole.Radio, new() { Name = "At fixed times (cron)" }).CheckAsync();
        await Expect(page.GetByText("Not in force yet:")).ToBeVisibleAsync();

        await house.RestartAsync(() => Expect(page.GetByText("The connection to Penstock is lost. Trying again…")).ToBeVisibleAsync());

        await Expect(page.GetByText("The connection to Penstock is lost. Trying again…")).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "At fixed times (cron)" })).ToBeCheckedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Run now" }).ClickAsync();
        await page.WaitForURLAsync("**/runs/*");
        await Expect(page.GetByText("Succeeded").First).ToBeVisibleAsync();
    }
}
