using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Penstock.EndToEnd.Tests.Browser;

/// <summary>Follows docs/guide/braze-in-ten-minutes.md step by step, and keeps its pictures in <c>screens/guide/</c>.</summary>
public sealed class GuideTests(Chromium chromium)
{
    private const string Group = "High value with recent automotive purchase";

    [Fact]
    public async Task The_guide_leads_from_the_first_visit_to_users_in_Braze_and_a_schedule()
    {
        await using var house = await House.OpenAsync(chromium, isEmpty: true);
        await house.Shop.ChangeAsync(default); // as 'penstock demo --dir' leaves it
        var page = await house.PageAsync();
        await SetUpAsync(house, page);
        await AddBrazeAsync(house, page);
        await AddShopAsync(page);
        await MakeModelAsync(page);
        await AddPurchasesAsync(page);
        await MakeGroupAsync(page);
        await MapAsync(page);
        await ReviewAsync(page);
        house.Braze.Profile("231").ShouldNotBeNull();
        await SwitchOnAsync(page);
        house.Braze.Profile("1001").ShouldNotBeNull();
        await LookAsync(page);
        await ScheduleAsync(page);
        var published = await house.Services.Revisions.CurrentAsync(default);
        published!.Info.Number.ShouldBe(2); // not null: it was published
        published.Project.Model("users").Schedule.ShouldNotBeNull();
    }

    private static async Task SetUpAsync(House house, IPage page)
    {
        var setup = await house.Services.People.Invitations.SetupAsync(default);
        await page.GotoAsync($"{house.Address}/setup?token={setup!.Token.Reveal()}"); // not null: nobody has an account yet
        await page.GetByLabel("Your e-mail address").FillAsync("ana@example.com");
        await page.GetByLabel("Your name").FillAsync("Ana Lima");
        await page.GetByLabel("New password").FillAsync(House.Password);
        await KeepAsync(page, "setup", 520);
        await page.Locator("button[type=submit]").ClickAsync();
        await Expect(page.GetByText("Three steps to your first sync")).ToBeVisibleAsync();
        await KeepAsync(page, "first-steps", 420);
    }

    private static async Task AddBrazeAsync(House house, IPage page)
    {
        await Link(page, "Add your apps").ClickAsync();
        await Link(page, "Add the first app").ClickAsync();
        await Link(page, "Braze").ClickAsync();
        await page.GetByLabel("Instance").SelectOptionAsync(new SelectOptionValue { Label = "Another one: type its address" });
        await page.GetByLabel("Instance: its address").FillAsync(house.Braze.Address.ToString());
        await page.GetByLabel("REST API key").FillAsync("wrong-key");
        await Button(page, "Test and add").ClickAsync();
        await Expect(page.GetByText("does not accept the API key")).ToBeVisibleAsync();
        await KeepAsync(page, "wrong-key", 800);
        await page.GetByLabel("REST API key").FillAsync(House.BrazeKey);
        await Button(page, "Test and add").ClickAsync();
        await Expect(page.GetByText("It is stored, encrypted.")).ToBeVisibleAsync();
    }

    private static async Task AddShopAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Apps" }).ClickAsync();
        await Link(page, "Add app").ClickAsync();
        await Link(page, "SQLite").ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("shop");
        await page.GetByLabel("File").FillAsync("shop.db");
        await Button(page, "Test and add").ClickAsync();
        await page.WaitForURLAsync("**/apps/shop");
    }

    private static async Task MakeModelAsync(IPage page)
    {
        await Link(page, "New model").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "users", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Some rows" }).GetByText("ghyndman0@demo.com")).ToBeVisibleAsync();
        await KeepAsync(page, "model-table", 850);
        await Button(page, "Next").ClickAsync();
        await Expect(page.GetByText("has a key of its own")).ToBeVisibleAsync();
        await Button(page, "Next").ClickAsync();
        await Expect(page.GetByText("6 of 6 ticked")).ToBeVisibleAsync();
        await KeepAsync(page, "model-properties", 740);
        await Button(page, "Next").ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Users");
        await Button(page, "Create the model").ClickAsync();
        await page.WaitForURLAsync("**/models/users/data");
    }

    private static async Task AddPurchasesAsync(IPage page)
    {
        await Link(page, "Add a source").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "purchases" }).ClickAsync();
        await Expect(page.GetByText("user_id is named after users.id.")).ToBeVisibleAsync();
        await Box(page, "price").CheckAsync();
        await Button(page, "Add 1 property").ClickAsync();
        await page.GetByLabel("What of it").SelectOptionAsync(new SelectOptionValue { Label = "latest" });
        await Box(page, "category").CheckAsync();
        await Box(page, "created_at").CheckAsync();
        await Button(page, "Add 2 properties").ClickAsync();
        foreach (var (place, name) in new[] { "ltv", "last_purchase_category", "last_purchase_date" }.Index())
        {
            await page.GetByLabel("Name of the property").Nth(place).FillAsync(name);
            await page.GetByLabel("Name of the property").Nth(place).BlurAsync();
        }

        await Button(page, "Add a condition").ClickAsync();
        await page.GetByLabel("Column of the condition").SelectOptionAsync("state");
        await page.GetByLabel("Value", new() { Exact = true }).FillAsync("successful");
        var sample = page.GetByRole(AriaRole.Region, new() { Name = "Live sample" }).First;
        await Expect(sample.GetByRole(AriaRole.Columnheader, new() { Name = "last_purchase_category" })).ToBeVisibleAsync();
        await KeepAsync(page, "source", 1130);
        await Button(page, "Add the source").ClickAsync();
        await page.WaitForURLAsync("**/models/users/data");
        await Button(page, "Load data").ClickAsync();
        await Expect(page.GetByText("995 records loaded")).ToBeVisibleAsync();
    }

    private static async Task MakeGroupAsync(IPage page)
    {
        await Link(page, "Groups").ClickAsync();
        await Button(page, "New group").ClickAsync();
        await page.GetByLabel("Name").FillAsync(Group);
        await Button(page, "Create group").ClickAsync();
        await ChooseAsync(page, "Property of rule 1", "ltv", "ltv");
        await page.GetByLabel("Comparison of rule 1").SelectOptionAsync("is more than");
        await page.GetByLabel("Value of rule 1").FillAsync("100");
        await Button(page, "Add rule").ClickAsync();
        await ChooseAsync(page, "Property of rule 2", "last_purchase_date", "last_purchase_date");
        await page.GetByLabel("How many, rule 2").FillAsync("60");
        await Button(page, "Add rule").ClickAsync();
        await ChooseAsync(page, "Property of rule 3", "last_purchase_category", "last_purchase_category");
        await page.GetByLabel("Value of rule 3").ClickAsync();
        await page.Locator(".mud-popover-open").GetByText("Automotive").ClickAsync();
        await Expect(page.GetByTestId("members")).ToHaveTextAsync("14");
        await Button(page, "Take a member").ClickAsync();
        await Expect(page.GetByText("here 249.9")).ToBeVisibleAsync();
        await Expect(page.GetByText("Saved in the draft")).ToBeVisibleAsync();
        await KeepAsync(page, "group", 1030);
    }

    private static async Task MapAsync(IPage page)
    {
        await Link(page, "Destinations").ClickAsync();
        await Link(page, "Add new destination").ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Braze users");
        await Expect(page.GetByText("Choose a sync mode first.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Sync" }).First.CheckAsync();
        await Expect(page.GetByText("Would create up to 995 users").First).ToBeVisibleAsync();
        await KeepAsync(page, "new-destination", 820);
        await Button(page, "Create, then map the fields").ClickAsync();
        await Button(page, "Map 4 fields by name").ClickAsync();
        await Expect(page.GetByText("language must be a two-letter")).ToBeVisibleAsync();
        await KeepAsync(page, "mapping-mismatch", 800);
        await Button(page, "Edit: Language").ClickAsync();
        await Button(page, "Remove this mapping").ClickAsync();
        await Button(page, "Add new Braze profile field").ClickAsync();
        foreach (var property in new[] { "language", "ltv", "last_purchase_category", "last_purchase_date" })
            await Box(page, property).First.CheckAsync();
        await page.GetByLabel("Name of language in Braze").FillAsync("preferred_language");
        await page.GetByLabel("Name of ltv in Braze").FillAsync("lifetime_value");
        await Button(page, "Add 4 fields").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Groups" }).Last.ClickAsync();
        await Button(page, "An element of a custom array attribute").ClickAsync();
        await page.GetByLabel("Field").FillAsync("penstock_groups");
        await KeepAsync(page, "destination-groups", 560);
        await Link(page, "Mapping").ClickAsync();
        await ChooseAsync(page, "Find a record by key or name", "231", "esiggins6e@demo.com");
        await Expect(page.GetByLabel("The exact request").First).ToContainTextAsync("high_value_with_recent_automotive_purchase");
        await KeepAsync(page, "mapping", 1330);
    }

    private static async Task ReviewAsync(IPage page)
    {
        await Link(page, "Review").ClickAsync();
        await Button(page, "Make the plan").ClickAsync();
        await Expect(page.GetByLabel("Records of the plan").GetByRole(AriaRole.Row).Nth(3)).ToBeVisibleAsync();
        await KeepAsync(page, "plan", 900);
        await ChooseAsync(page, "Which record", "231", "esiggins6e@demo.com");
        await Button(page, "Send this record").ClickAsync();
        await Expect(page.GetByText("Delivered: Braze has it")).ToBeVisibleAsync();
        await KeepAsync(page, "trial", null, "2. Send one record");
    }

    private static async Task SwitchOnAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch on", Exact = true }).ClickAsync();
        await Expect(page.GetByText("This is what will be published")).ToBeVisibleAsync();
        await Button(page, "Publish").ClickAsync();
        await Expect(page.GetByText("Published as revision 1.")).ToBeVisibleAsync();
        await Button(page, "Run now").ClickAsync();
        await page.WaitForURLAsync("**/runs/*");
        await Expect(page.GetByText("994 delivered")).ToBeVisibleAsync();
        await Expect(page.GetByText("The plan it carried out")).ToBeVisibleAsync();
        await KeepAsync(page, "run", 900);
    }

    private static async Task LookAsync(IPage page)
    {
        await Link(page, "Records").ClickAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync("esiggins");
        await page.GetByRole(AriaRole.Link, new() { Name = "231", Exact = true }).ClickAsync();
        await Expect(page.GetByText("up to date")).ToBeVisibleAsync();
        await KeepAsync(page, "record", 1100);
    }

    private static async Task ScheduleAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Users", Exact = true }).First.ClickAsync();
        await Link(page, "set a schedule").ClickAsync();
        await page.GetByText("At regular times").ClickAsync();
        await Expect(page.GetByText("Not in force yet")).ToBeVisibleAsync();
        await KeepAsync(page, "schedule", 620);
        await Link(page, "publish the draft").ClickAsync();
        await page.GetByLabel("What did you change, and why?").FillAsync("Every 15 minutes");
        await KeepAsync(page, "changes", 620);
        await Button(page, "Publish").ClickAsync();
        await Expect(page.GetByText("revision 2").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Models" })).ToBeVisibleAsync();
        await KeepAsync(page, "overview", 720);
    }

    private static ILocator Link(IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name }).First;

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name });

    private static ILocator Box(IPage page, string name) => page.GetByRole(AriaRole.Checkbox, new() { Name = name });

    // The list is drawn anew when the search's answer comes: a click just then is lost, and a person clicks again.
    private static async Task ChooseAsync(IPage page, string label, string typed, string option)
    {
        await page.GetByLabel(label).ClickAsync();
        await page.GetByLabel(label).FillAsync(typed);
        var choice = page.Locator(".mud-popover-open .mud-list-item").Filter(new() { HasText = option });
        await Expect(page.Locator(".mud-popover-open .mud-list-item")).ToHaveCountAsync(1);
        await choice.ClickAsync();
        await Expect(page.Locator(".mud-popover-open")).ToHaveCountAsync(0);
    }

    // The top of the page so many pixels high, or one card of it.
    private static async Task KeepAsync(IPage page, string name, int? height, string? card = null)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "screens", "guide", name + ".png");
        if (card is not null)
        {
            var section = page.Locator("section, .ps-card").Filter(new() { HasText = card }).Last;
            await section.ScreenshotAsync(new() { Path = path, Animations = ScreenshotAnimations.Disabled });
            return;
        }

        await page.SetViewportSizeAsync(1280, height!.Value); // not null: there is no card
        await page.EvaluateAsync("scrollTo(0, 0)");
        await page.ScreenshotAsync(new() { Path = path, Animations = ScreenshotAnimations.Disabled });
        await page.SetViewportSizeAsync(1280, 900);
    }
}
