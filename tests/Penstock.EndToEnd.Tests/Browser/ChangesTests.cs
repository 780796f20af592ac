using Microsoft.Playwright;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;
using static Microsoft.Playwright.Assertions;

namespace Penstock.EndToEnd.Tests.Browser;

public sealed class ChangesTests(Chromium chromium)
{
    [Fact]
    public async Task A_change_is_read_in_words_and_as_YAML_published_and_taken_back()
    {
        await using var house = await House.OpenAsync(chromium);
        await RenameAsync(house, "Who speaks Spanish");
        var page = await house.SignInAsync(Role.Publisher);
        await page.GotoAsync(house.Address + "/changes");
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Who speaks Spanish" })).ToBeVisibleAsync();
        await page.ShouldLookGoodAsync("changes");
        await page.GetByRole(AriaRole.Tab, new() { Name = "As YAML" }).ClickAsync();
        await Expect(page.Locator(".cl-added").Filter(new() { HasText = "name: Who speaks Spanish" })).ToBeVisibleAsync();
        await Expect(page.Locator(".cl-removed").Filter(new() { HasText = "name: Spanish speakers" })).ToBeVisibleAsync();
        await page.ShouldLookGoodAsync("changes-yaml", reload: false);

        await page.GetByLabel("What did you change, and why?").FillAsync("A plainer name");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(page.GetByText("Revision 2 is published")).ToBeVisibleAsync();
        await Expect(page.GetByText("The draft changes nothing")).ToBeVisibleAsync();
        await page.ShouldLookGoodAsync("changes-empty");
        await page.GetByRole(AriaRole.Link, new() { Name = "See what was published" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "A plainer name" })).ToContainTextAsync("Publisher Doe");
        await page.ShouldLookGoodAsync("revisions");

        await page.GetByRole(AriaRole.Link, new() { Name = "1", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go back to this one" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Go back" }).ClickAsync();
        await page.WaitForURLAsync("**/revisions/3");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Revision 3" })).ToBeVisibleAsync();
        await page.ShouldLookGoodAsync("revision");
        var (first, third) = (await house.Services.Revisions.GetAsync(1, default), await house.Services.Revisions.GetAsync(3, default));
        third.Files.ShouldBe(first.Files);
    }

    [Fact]
    public async Task A_project_locked_to_git_offers_the_YAML_instead_of_publishing()
    {
        await using var house = await House.OpenAsync(chromium);
        await RenameAsync(house, "Who speaks Spanish");
        var page = await house.SignInAsync();
        await page.GotoAsync(house.Address + "/settings");
        await page.GetByLabel("Lock to git").CheckAsync();
        await Expect(page.GetByText("Locked: the project is published from files only.")).ToBeVisibleAsync();
        await page.GotoAsync(house.Address + "/changes");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Publish" })).ToContainTextAsync("locked to git");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Publish" })).ToHaveCountAsync(0);
        await page.ShouldLookGoodAsync("changes-locked");

        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Download the YAML" }).ClickAsync());

        (await File.ReadAllTextAsync(await download.PathAsync())).ShouldContain("name: Who speaks Spanish");
        (await house.Services.Revisions.NewestNumberAsync(default)).ShouldBe(1);
    }

    [Fact]
    public async Task A_draft_that_was_overtaken_is_brought_up_to_date_and_asks_where_both_changed()
    {
        await using var house = await House.OpenAsync(chromium);
        await RenameAsync(house, "Mine");
        var files = ProjectReader.Texts(house.Folder, []).ToDictionary(
            file => file.Key, file => file.Value.Replace("name: Spanish speakers", "name: Theirs", StringComparison.Ordinal));
        await house.Services.Revisions.ApplyAsync(House.Administrator, files, "Theirs", expectedBase: 1, dryRun: false, default);
        var page = await house.SignInAsync(Role.Publisher);
        await page.GotoAsync(house.Address + "/changes");
        await Expect(page.GetByText("Revision 2 was published since this draft was begun from revision 1.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Publish" })).ToBeDisabledAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Bring up to date" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Bring up to date" })).ToBeDisabledAsync();
        await page.ShouldLookGoodAsync("changes-outdated", reload: false);
        await page.GetByRole(AriaRole.Radio, new() { Name = "take the draft's" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring up to date" }).ClickAsync();
        await Expect(page.GetByText("was published since this draft")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();

        await Expect(page.GetByText("Revision 3 is published")).ToBeVisibleAsync();
        (await house.Services.Revisions.CurrentAsync(default))!.Project.Model("users").Groups // it was just published
            .Single(group => group.Id == "spanish_speakers").Name.ShouldBe("Mine");
    }

    [Fact]
    public async Task A_draft_that_is_thrown_away_is_gone_and_says_how_much_that_is()
    {
        await using var house = await House.OpenAsync(chromium);
        await RenameAsync(house, "Mine");
        var page = await house.SignInAsync(Role.Publisher);
        await page.GotoAsync(house.Address + "/changes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Throw the draft away" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("1 change");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Throw away" }).ClickAsync();

        await Expect(page.GetByText("The draft changes nothing")).ToBeVisibleAsync();
        (await house.Services.Drafts.GetAsync(default)).IsChanged.ShouldBeFalse();
    }

    private static Task RenameAsync(House house, string name) =>
        house.Services.Drafts.EditAsync(House.Administrator, "group:users/spanish_speakers", null, project => project with
        {
            Models = [.. project.Models.Select(model => model with
            {
                Groups = [.. model.Groups.Select(group => group.Id == "spanish_speakers" ? group with { Name = name } : group)],
            })],
        }, default);
}
