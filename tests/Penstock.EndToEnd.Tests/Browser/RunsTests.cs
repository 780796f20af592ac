using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Penstock.Control.Users;
using static Microsoft.Playwright.Assertions;

namespace Penstock.EndToEnd.Tests.Browser;

public sealed class RunsTests(Chromium chromium)
{
    [Fact]
    public async Task The_first_visit_shows_three_steps_and_the_first_leads_to_the_apps()
    {
        await using var house = await House.OpenAsync(chromium, isEmpty: true);
        var page = await house.SignInAsync();

        var steps = page.GetByRole(AriaRole.Region, new() { Name = "First steps" });
        await Expect(steps.GetByRole(AriaRole.Listitem)).ToContainTextAsync(["Add your apps", "Make a model", "Send it somewhere"]);
        await page.ShouldLookGoodAsync("overview-first");
        await steps.GetByRole(AriaRole.Link, new() { Name = "Add your apps" }).ClickAsync();
        await page.WaitForURLAsync("**/apps");
    }

    [Fact]
    public async Task Run_now_leads_to_the_run_which_is_watched_to_its_end()
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync(Role.Publisher);
        await Expect(page.GetByText("Never run")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Run now" }).ClickAsync();

        await page.WaitForURLAsync("**/runs/*");
        await Expect(page.GetByText("Succeeded").First).ToBeVisibleAsync();
        await Expect(Figure(page, "created")).ToHaveTextAsync("1,000");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Steps" })).ToBeVisibleAsync();
        await page.ShouldLookGoodAsync("run");
        house.Braze.Profiles().Count.ShouldBe(1_000);

        await page.GetByRole(AriaRole.Link, new() { Name = "Runs" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Publisher Doe" })).ToContainTextAsync("Succeeded");
        await page.ShouldLookGoodAsync("runs");
        await page.GetByLabel("Result").SelectOptionAsync(new SelectOptionValue { Label = "Failed" });
        await Expect(page.GetByText("No run fits the filter")).ToBeVisibleAsync();
        await page.GotoAsync(house.Address);
        await Expect(page.GetByText("Healthy")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Changes in the last two weeks" })).ToBeVisibleAsync();
        await page.ShouldLookGoodAsync("overview");
    }

    [Fact]
    public async Task A_refused_record_is_shown_by_reason_with_what_to_do()
    {
        await using var house = await House.OpenAsync(chromium);
        await house.RunAsync();
        await house.Shop.ChangeAsync(default);
        var run = await house.RunAsync();
        var page = await house.SignInAsync(Role.Viewer);
        await page.GotoAsync($"{house.Address}/runs/{run}");

        await Expect(page.GetByText("Some refused").First).ToBeVisibleAsync();
        await Expect(Figure(page, "refused")).ToHaveTextAsync("1");
        var reason = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "refused ·" });
        await Expect(reason).ToContainTextAsync("e-mail address");
        await Expect(reason.Locator(".ps-muted")).Not.ToBeEmptyAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Try the refused ones again" })).ToHaveCountAsync(0);
        await page.ShouldLookGoodAsync("run-refused");
        await reason.GetByRole(AriaRole.Link, new() { Name = "1003" }).ClickAsync();
        await page.WaitForURLAsync("**/models/users/records/1003");
        await Expect(page.GetByText("grace at demo.com").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_run_with_a_wrong_key_fails_and_says_what_to_do()
    {
        await using var house = await House.OpenAsync(chromium, key: "not-the-key");
        var page = await house.SignInAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Run now" }).ClickAsync();
        await page.WaitForURLAsync("**/runs/*");

        await Expect(page.GetByText("Failed", new() { Exact = true }).First).ToBeVisibleAsync();
        var alert = page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "API key" }).First;
        await Expect(alert.Locator(".ps-problem-help")).ToContainTextAsync("key");
        (await page.ContentAsync()).ShouldNotContain("not-the-key");
        await page.ShouldLookGoodAsync("run-failed");
        await page.GotoAsync(house.Address);
        await Expect(page.GetByText("Failing")).ToBeVisibleAsync();
        await page.ShouldLookGoodAsync("overview-failing");
        house.Braze.Profiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task Removals_that_a_guard_stops_are_shown_and_typing_their_number_removes_exactly_them()
    {
        await using var house = await House.OpenAsync(chromium);
        await house.RunAsync();
        await DeleteUsersAsync(house, "id > 400");
        var run = await house.RunAsync();
        var page = await house.SignInAsync(Role.Publisher);
        await page.GotoAsync($"{house.Address}/runs/{run}");
        await Expect(page.GetByText("Waiting for approval").First).ToBeVisibleAsync();
        house.Braze.Profiles().Count.ShouldBe(1_000);
        await page.ShouldLookGoodAsync("run-waiting");

        await page.GetByRole(AriaRole.Button, new() { Name = "Look at the 600 removals" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        var who = dialog.GetByRole(AriaRole.Region, new() { Name = "Who would be removed" });
        await Expect(who.GetByRole(AriaRole.Row)).ToHaveCountAsync(51);
        await page.ShouldBeGoodForAllAsync();
        await Screens.TakeAsync(page, "run-removals");
        await dialog.GetByLabel("Type 600 to go on").FillAsync("60");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Remove" })).ToBeDisabledAsync();
        await dialog.GetByLabel("Type 600 to go on").FillAsync("600");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();

        await Expect(page.GetByText("Succeeded").First).ToBeVisibleAsync();
        await Expect(Figure(page, "removed")).ToHaveTextAsync("600");
        house.Braze.Profiles().Select(profile => int.Parse(
            profile["external_id"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture)) // each profile has one here
            .Order().ShouldBe(Enumerable.Range(1, 400));
    }

    private static ILocator Figure(IPage page, string word) =>
        page.Locator(".rd-figures .ps-card").Filter(new() { Has = page.GetByText(word, new() { Exact = true }) }).Locator(".ps-figure");

    private static async Task DeleteUsersAsync(House house, string where)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(house.Folder, "shop.db")};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM users WHERE " + where;
        await command.ExecuteNonQueryAsync();
    }
}
