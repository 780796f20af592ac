using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;
using static Microsoft.Playwright.Assertions;

namespace Penstock.EndToEnd.Tests.Browser;

public sealed class DestinationTests(Chromium chromium)
{
    private static readonly string[] Parts =
        ["", "/new", "/braze_users", "/braze_users?tab=groups", "/braze_users?tab=review", "/braze_users?tab=failures"];

    [Fact]
    public async Task From_a_new_destination_to_a_user_in_Braze_by_clicking_alone()
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync();
        await page.GotoAsync($"{house.Address}/models/users/destinations");
        await Screens.TakeAsync(page, "destinations");

        await page.GetByRole(AriaRole.Link, new() { Name = "Add new destination" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Second <b>Braze</b>");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Additive" }).CheckAsync();
        await Screens.TakeAsync(page, "destination-new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create, then map the fields" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Second <b>Braze</b>" })).ToBeVisibleAsync();

        // The key is there; the rest is proposed by name.
        await Expect(page.GetByText("user_id", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Load the data" }).ClickAsync();
        await Expect(page.GetByText("Would be created")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("Map . fields by name") }).ClickAsync();
        await Expect(page.GetByLabel("The exact request").First).ToContainTextAsync("\"email\"");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add new Braze profile field" }).ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "ltv" }).CheckAsync();
        await page.GetByLabel("Name of ltv in Braze").FillAsync("lifetime_value");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add field", Exact = true }).ClickAsync();
        await Expect(page.GetByLabel("The exact request").First).ToContainTextAsync("\"lifetime_value\"");
        await Screens.TakeAsync(page, "destination-mapping");

        await page.GetByRole(AriaRole.Link, new() { Name = "Review" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the plan" }).ClickAsync();
        await Expect(page.GetByLabel("Records of the plan").GetByRole(AriaRole.Row).Nth(3)).ToBeVisibleAsync();
        await Screens.TakeAsync(page, "destination-plan");

        await ChooseAsync(page, "231");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send this record" }).ClickAsync();
        await Expect(page.GetByText("Delivered: Braze has it")).ToBeVisibleAsync();
        house.Braze.Profile("231").ShouldNotBeNull();
        await Screens.TakeAsync(page, "destination-trial");

        await page.GetByRole(AriaRole.Button, new() { Name = "Switch on", Exact = true }).ClickAsync();
        await Expect(page.GetByText("This is what will be published")).ToBeVisibleAsync();
        await Screens.TakeAsync(page, "destination-switch");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(page.GetByText("Published as revision 2.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Run now" })).ToBeVisibleAsync();

        var published = await house.Services.Revisions.CurrentAsync(default);
        published!.Project.Destinations.Single(one => one.Name == "Second <b>Braze</b>").IsEnabled.ShouldBeTrue();
    }

    [Theory]
    [InlineData("key", "accept")]
    [InlineData("email", "e-mail address")]
    public async Task A_trial_that_is_not_taken_says_why(string wrong, string reason)
    {
        await using var house = await House.OpenAsync(chromium);
        var thing = wrong == "key" ? "app:braze" : "destination:braze_users";
        await house.Services.Drafts.EditAsync(House.Administrator, thing, null, Break, default);
        var page = await house.SignInAsync();
        await page.GotoAsync($"{house.Address}/models/users/destinations/braze_users?tab=review");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the plan" }).ClickAsync();
        await ChooseAsync(page, "231");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send this record" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = reason }).First).ToBeVisibleAsync();
        await Screens.TakeAsync(page, "destination-trial-wrong-" + wrong);
        house.Braze.Profile("231").ShouldBeNull();

        Project Break(Project project) => wrong == "key"
            ? project with
            {
                Apps = [.. project.Apps.Select(app => app.Id == "braze"
                    ? app with { Texts = new Dictionary<string, string>(app.Texts) { ["api_key"] = "not-the-key" } }
                    : app)],
            }
            : project with
            {
                Destinations = [.. project.Destinations.Select(one => one with
                {
                    Mapping = [.. one.Mapping.Select(field => field.Field == "email" ? field with { Property = "first_name" } : field)],
                })],
            };
    }

    [Fact]
    public async Task A_group_is_shown_with_an_id_that_is_checked_and_a_name_that_is_kept()
    {
        await using var house = await House.OpenAsync(chromium);
        await house.Services.Drafts.EditAsync(House.Administrator, "group:users/spanish_speakers", null, project => project with
        {
            Models = [.. project.Models.Select(model => model with
            {
                Groups = [.. model.Groups.Select(group =>
                    group.Id == "spanish_speakers" ? group with { Name = "<script>alert(1)</script>" } : group)],
            })],
        }, default);
        var page = await house.SignInAsync();
        await page.GotoAsync($"{house.Address}/models/users/destinations/braze_users?tab=groups");
        var group = page.GetByRole(AriaRole.Region, new() { Name = "<script>alert(1)</script>" });
        await group.GetByRole(AriaRole.Button, new() { NameRegex = new("A subscription group$") }).ClickAsync();

        await group.GetByLabel("Id").FillAsync("not an id");
        await Expect(group.GetByText("This must be the subscription group's id")).ToBeVisibleAsync();
        await group.GetByLabel("Id").FillAsync("3b5c1a52-4a6e-4b0f-9a62-6f0c7ad1e9d5");
        await group.GetByLabel("A name for it").FillAsync("Newsletter");
        await Expect(group.GetByText("This must be the subscription group's id")).ToHaveCountAsync(0);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.GetByRole(AriaRole.Link, new() { Name = "Mapping" }).ClickAsync();
        await page.GotoAsync($"{house.Address}/models/users/destinations/braze_users?tab=groups");

        await Expect(group.GetByLabel("A name for it")).ToHaveValueAsync("Newsletter");
        await Screens.TakeAsync(page, "destination-groups-dark");
        (await house.Services.Drafts.GetAsync(default)).Project.Destinations.Single().Groups
            .ShouldContain(one => one.Name == "Newsletter" && one.Target.EndsWith("d5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_people_who_edit_one_destination_the_second_is_told()
    {
        await using var house = await House.OpenAsync(chromium);
        var (first, second) = (await house.SignInAsync(), await house.SignInAsync(Role.Editor));
        var address = $"{house.Address}/models/users/destinations/braze_users";
        await first.GotoAsync(address);
        await second.GotoAsync(address);
        await Expect(second.GetByRole(AriaRole.Button, new() { Name = "Edit: First name" })).ToBeVisibleAsync();

        await first.GetByRole(AriaRole.Button, new() { Name = "Edit: E-mail address" }).ClickAsync();
        await first.GetByRole(AriaRole.Radio, new() { Name = "leave what Braze has" }).CheckAsync();
        await Expect(second.GetByText("Somebody else changed this destination")).ToBeVisibleAsync();
        await second.GetByRole(AriaRole.Button, new() { Name = "Edit: First name" }).ClickAsync();
        await second.GetByRole(AriaRole.Button, new() { Name = "Remove this mapping" }).ClickAsync();

        await Expect(second.GetByText("Somebody else was faster")).ToBeVisibleAsync();
        await second.GetByRole(AriaRole.Button, new() { Name = "Show me the current state" }).ClickAsync();
        await Expect(second.GetByRole(AriaRole.Button, new() { Name = "Edit: First name" })).ToBeVisibleAsync();
        var draft = await house.Services.Drafts.GetAsync(default);
        var mapping = draft.Project.Destinations.Single().Mapping;
        mapping.Single(one => one.Field == "email").Nulls.ShouldBe(Nulls.Keep);
        mapping.ShouldContain(one => one.Field == "first_name");
    }

    [Fact]
    public async Task Every_part_is_usable_by_everybody_and_fits_a_phone()
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync();
        await page.SetViewportSizeAsync(390, 844);
        foreach (var part in Parts)
        {
            await page.GotoAsync($"{house.Address}/models/users/destinations{part}");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).Not.ToHaveTextAsync("");
            await Expect(page.GetByRole(AriaRole.Status, new() { Name = "Loading" })).ToHaveCountAsync(0);
            await Screens.TakeAsync(page, "phone" + part.Replace('/', '-').Replace("?tab=", "-", StringComparison.Ordinal));
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390, part);
            var findings = (await page.RunAxe()).Violations.Where(one => one.Impact is "serious" or "critical").ToList();
            findings.ShouldBeEmpty(part + " " + string.Join("; ", findings.Select(one => $"{one.Id}: {one.Nodes.FirstOrDefault()?.Html}")));
        }
    }

    // The list is drawn anew when the search's answer comes: a click just then is lost, and a person clicks again.
    private static async Task ChooseAsync(IPage page, string key)
    {
        var send = page.GetByRole(AriaRole.Button, new() { Name = "Send this record" });
        for (var tries = 0; tries < 3 && (tries == 0 || await send.IsDisabledAsync()); tries++)
        {
            await page.GetByLabel("Which record").FillAsync("");
            await page.GetByLabel("Which record").FillAsync(key);
            await page.Locator(".mud-popover-open").GetByText(key, new() { Exact = true }).ClickAsync();
            await Expect(page.Locator(".mud-popover-open")).ToHaveCountAsync(0);
        }

        await Expect(send).ToBeEnabledAsync();
    }
}
