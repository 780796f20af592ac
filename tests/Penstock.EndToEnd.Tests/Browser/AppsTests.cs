using Microsoft.Playwright;
using Penstock.Control.Users;
using Penstock.Testing.Servers;
using static Microsoft.Playwright.Assertions;

namespace Penstock.EndToEnd.Tests.Browser;

public sealed class AppsTests(Chromium chromium)
{
    [Fact]
    public async Task A_wrong_key_is_told_in_words_and_the_right_one_is_stored_and_never_comes_back()
    {
        await using var house = await House.OpenAsync(chromium, isEmpty: true);
        var page = await house.SignInAsync(Role.Editor);
        await page.GotoAsync(house.Address + "/apps");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No app is connected yet" })).ToBeVisibleAsync();
        await Screens.TakeAsync(page, "apps-empty");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add the first app" }).ClickAsync();
        await page.GetByLabel("Find a system").FillAsync("bra");
        await Screens.TakeAsync(page, "app-choose");
        await page.GetByRole(AriaRole.Link, new() { Name = "Braze" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Test and add" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).First).ToHaveTextAsync("Please fill this in.");
        await page.GetByLabel("Instance").SelectOptionAsync(new SelectOptionValue { Label = "Another one: type its address" });
        await page.GetByLabel("Instance: its address").FillAsync(house.Braze.Address.ToString());
        await page.GetByLabel("REST API key").FillAsync("wrong-key");
        await page.GetByRole(AriaRole.Button, new() { Name = "Test and add" }).ClickAsync();
        await Expect(page.GetByText("does not accept the API key")).ToBeVisibleAsync();
        await page.ShouldBeGoodForAllAsync();
        await Screens.TakeAsync(page, "app-wrong-key");

        await page.GetByLabel("REST API key").FillAsync(House.BrazeKey);
        await page.GetByRole(AriaRole.Button, new() { Name = "Test and add" }).ClickAsync();
        await page.WaitForURLAsync("**/apps/braze");
        await Expect(page.GetByText("It is stored, encrypted.")).ToBeVisibleAsync();
        (await page.ContentAsync()).ShouldNotContain(House.BrazeKey);
        await page.ShouldBeGoodForAllAsync();
        await Screens.TakeAsync(page, "app");

        var draft = await house.Services.Drafts.GetAsync(default);
        draft.Project.Apps.Single().Texts["api_key"].ShouldBe("${secret:braze_api_key}");
        await page.GotoAsync(house.Address + "/apps");
        await Expect(page.GetByText("the key is good and may write users")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_database_that_is_away_is_told_in_words_and_the_right_one_shows_its_tables()
    {
        await using var house = await House.OpenAsync(chromium);
        var database = await PostgresServer.DatabaseAsync();
        await database.ExecuteAsync(
            "CREATE TABLE members (id int PRIMARY KEY, email text); INSERT INTO members VALUES (1, 'ada@example.com')");
        var page = await house.SignInAsync();
        await page.GotoAsync(house.Address + "/apps/new?type=postgres");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("warehouse");
        await page.GetByLabel("Host").FillAsync(database.Host);
        await page.GetByLabel("Database").FillAsync(database.Name);
        await page.GetByLabel("User").FillAsync(database.User);
        await page.GetByLabel("Password").FillAsync("not this one");
        await page.GetByText("More options").ClickAsync();
        await page.GetByLabel("Port").FillAsync(database.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByRole(AriaRole.Button, new() { Name = "Test and add" }).ClickAsync();
        await Expect(page.GetByText("connection.not_authorised")).ToBeVisibleAsync();

        await page.GetByLabel("Password").FillAsync(database.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Test and add" }).ClickAsync();
        await page.WaitForURLAsync("**/apps/warehouse");
        await page.GetByRole(AriaRole.Link, new() { Name = "Tables" }).ClickAsync();
        await page.GetByLabel("Find a table").FillAsync("MEMB");
        await page.GetByRole(AriaRole.Button, new() { Name = "members" }).ClickAsync();
        await Expect(page.GetByText("ada@example.com")).ToBeVisibleAsync();
        await page.ShouldBeGoodForAllAsync();
        await Screens.TakeAsync(page, "app-tables");
    }

    [Fact]
    public async Task An_app_that_is_used_is_not_removed_and_says_by_whom()
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync();
        await page.SetViewportSizeAsync(390, 900);
        await page.GotoAsync(house.Address + "/apps/shop");

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("purchases");
        await page.GetByRole(AriaRole.Link, new() { Name = "Used by" }).ClickAsync();
        await Expect(page.GetByText("reads users, purchases")).ToBeVisibleAsync();
        await page.ShouldBeGoodForAllAsync();
        (await house.Services.Drafts.GetAsync(default)).Project.Apps.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_viewer_sees_apps_and_can_change_nothing()
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync(Role.Viewer);

        await page.GotoAsync(house.Address + "/apps/shop");

        await Expect(page.GetByLabel("File")).ToBeDisabledAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Remove" })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Test and save" })).ToHaveCountAsync(0);
    }
}
