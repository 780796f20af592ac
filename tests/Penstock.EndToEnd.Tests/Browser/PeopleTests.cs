using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Penstock.EndToEnd.Tests.Browser;

public sealed class PeopleTests(Chromium chromium)
{
    [Fact]
    public async Task From_the_one_time_link_to_an_Editor_who_sees_what_an_Editor_may()
    {
        await using var house = await House.OpenAsync(chromium);
        var setup = (await house.Services.People.Invitations.SetupAsync(default))!.Reveal(house.Address); // nobody has an account yet
        var page = await house.PageAsync();
        await page.GotoAsync(setup);
        await page.GetByLabel("Your e-mail address").FillAsync("ada@example.com");
        await page.ShouldLookGoodAsync("setup", reload: false);
        await JoinAsync(page, "Ada Admin");
        await page.GotoAsync(setup);
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();

        await page.GotoAsync(house.Address + "/people");
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite somebody" }).ClickAsync();
        await page.GetByLabel("E-mail address").FillAsync("eve@example.com");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Editor" }).CheckAsync();
        await Screens.TakeAsync(page, "people-invite");
        await page.ShouldBeGoodForAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
        var offer = page.GetByRole(AriaRole.Status, new() { Name = "The invitation of eve@example.com" });
        var link = await offer.Locator("pre").InnerTextAsync();
        await page.ShouldLookGoodAsync("people-link", reload: false);

        var other = await house.PageAsync();
        await other.GotoAsync(link.Trim());
        await Expect(other.GetByText("You are invited as Editor, with the address eve@example.com.")).ToBeVisibleAsync();
        await JoinAsync(other, "Eve Editor");
        foreach (var hidden in new[] { "People", "Audit", "API keys" })
            await Expect(other.GetByRole(AriaRole.Link, new() { Name = hidden })).ToHaveCountAsync(0);
        await Expect(other.GetByRole(AriaRole.Link, new() { Name = "New model" })).ToBeVisibleAsync();
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Users" })).ToBeVisibleAsync();
        await Expect(other.GetByRole(AriaRole.Button, new() { Name = "Run now" })).ToHaveCountAsync(0);
        await other.GotoAsync(house.Address + "/people");
        await Expect(other.GetByText("Your role does not allow this")).ToBeVisibleAsync();
        await other.ShouldLookGoodAsync("not-allowed", reload: false);
        await other.GotoAsync(house.Address + "/settings");
        await Expect(other.GetByRole(AriaRole.Region, new() { Name = "Git" })).ToBeVisibleAsync();
        await Expect(other.GetByRole(AriaRole.Region, new() { Name = "Secrets" })).ToHaveCountAsync(0);

        await page.GotoAsync(house.Address + "/people");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Eve Editor" })).ToContainTextAsync("eve@example.com");
        await page.ShouldLookGoodAsync("people");
        await page.GotoAsync(house.Address + "/audit");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "person:eve@example.com" }).First).ToBeVisibleAsync();
        await page.ShouldLookGoodAsync("audit");
        await page.GetByLabel("Who").FillAsync("Eve");
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await page.WaitForURLAsync("**/audit?*");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Ada Admin" })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Eve Editor" }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_API_key_is_shown_once_and_works_until_it_is_revoked()
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync();
        await page.GotoAsync(house.Address + "/settings/api-keys");
        await Expect(page.GetByText("No program has a key yet")).ToBeVisibleAsync();
        await page.ShouldLookGoodAsync("api-keys-empty");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("What it is for").FillAsync("Airflow");
        await page.ShouldBeGoodForAllAsync();
        await Screens.TakeAsync(page, "api-key-new");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        var key = (await page.GetByRole(AriaRole.Status, new() { Name = "The new key" }).Locator("pre").InnerTextAsync()).Trim();
        await page.ShouldLookGoodAsync("api-key-shown", reload: false);

        (await AskAsync(page, house, key)).ShouldBe(200);
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Airflow" })).ToContainTextAsync("Publisher");
        (await page.ContentAsync()).ShouldNotContain(key);
        await page.ShouldLookGoodAsync("api-keys");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke Airflow" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Revoke 1 key" }).ClickAsync();
        await Expect(page.GetByText("revoked", new() { Exact = true })).ToBeVisibleAsync();
        (await AskAsync(page, house, key)).ShouldBe(401);
    }

    [Fact]
    public async Task Settings_are_kept_and_a_secret_is_never_shown()
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync();
        await page.GotoAsync(house.Address + "/settings");
        var secrets = page.GetByRole(AriaRole.Region, new() { Name = "Secrets" });
        await secrets.GetByLabel("Name").FillAsync("SLACK");
        await secrets.GetByLabel("Secret", new() { Exact = true }).FillAsync("https://hooks.example.com/9f2c");
        await secrets.GetByRole(AriaRole.Button, new() { Name = "Store or replace" }).ClickAsync();
        await Expect(secrets.GetByRole(AriaRole.Row).Filter(new() { HasText = "SLACK" })).ToBeVisibleAsync();
        (await page.ContentAsync()).ShouldNotContain("9f2c");
        await page.ShouldLookGoodAsync("settings");

        var running = page.GetByRole(AriaRole.Region, new() { Name = "Running" });
        await running.GetByLabel("Models that run side by side").FillAsync("3");
        await running.GetByLabel("Models that run side by side").BlurAsync();
        await Expect(page.GetByText("Kept", new() { Exact = true })).ToBeVisibleAsync();
        (await house.Services.Settings.GetAsync(default)).ModelsAtOnce.ShouldBe(3);
    }

    private static async Task JoinAsync(IPage page, string name)
    {
        await page.GetByLabel("Your name").FillAsync(name);
        await page.GetByLabel("New password").FillAsync(House.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make my account" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
    }

    private static async Task<int> AskAsync(IPage page, House house, string key)
    {
        var headers = new Dictionary<string, string> { ["Authorization"] = "Bearer " + key };
        return (await page.APIRequest.GetAsync(house.Address + "/api/v1/models", new() { Headers = headers })).Status;
    }
}
