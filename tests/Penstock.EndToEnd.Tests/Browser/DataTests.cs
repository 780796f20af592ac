using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Penstock.Contract;
using Penstock.Engine.Configuration;
using static Microsoft.Playwright.Assertions;

namespace Penstock.EndToEnd.Tests.Browser;

public sealed class DataTests(Chromium chromium)
{
    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_model_is_made_by_clicking_and_a_reload_on_the_way_loses_nothing(int width)
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync();
        await page.SetViewportSizeAsync(width, 900);
        await page.GotoAsync(house.Address + "/models/new");
        await page.GetByRole(AriaRole.Button, new() { Name = "users", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Some rows" }).GetByText("ghyndman0@demo.com")).ToBeVisibleAsync();
        await page.ShouldBeGoodForAllAsync();
        await Screens.TakeAsync(page, $"model-table-{width}");

        await NextAsync(page);
        await Expect(page.GetByText("has a key of its own")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "id 1", Exact = false }).First.UncheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "language" }).CheckAsync();
        await Expect(page.GetByText("Not each row has a key of its own.")).ToBeVisibleAsync();
        await page.ShouldBeGoodForAllAsync();
        await Screens.TakeAsync(page, $"model-key-{width}");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "language" }).UncheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "id 1", Exact = false }).First.CheckAsync();
        await Expect(page.GetByText("has a key of its own")).ToBeVisibleAsync();

        await NextAsync(page);
        await page.GetByLabel("Take deactivated").UncheckAsync();
        await page.GetByLabel("Property of first_name").FillAsync("given_name");
        await page.GetByLabel("Property of first_name").BlurAsync();
        await Expect(page.GetByText("5 of 6 ticked")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByText("5 of 6 ticked")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Property of first_name")).ToHaveValueAsync("given_name");
        await Expect(page.GetByLabel("Names records in lists")).ToHaveValueAsync("email");
        await page.ShouldBeGoodForAllAsync();
        await Screens.TakeAsync(page, $"model-properties-{width}");

        await NextAsync(page);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Customers");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the model" }).ClickAsync();
        await page.WaitForURLAsync("**/models/customers/data");
        await Expect(page.GetByText("No data is loaded yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Load data" }).ClickAsync();
        await Expect(page.GetByText("1,000 records loaded")).ToBeVisibleAsync();
        await page.ShouldBeGoodForAllAsync();
        await Screens.TakeAsync(page, $"model-data-{width}");

        var model = (await house.Services.Drafts.GetAsync(default)).Project.Model("customers");
        model.Properties.Select(property => property.Id).ShouldBe(["user_id", "given_name", "last_name", "email", "language"]);
        (model.Name, model.Display, model.Find("email")!.Type).ShouldBe(("Customers", "email", DataType.Of(DataKind.Email)));
    }

    [Fact]
    public async Task A_table_without_rows_and_without_a_key_is_told_in_words_where_it_matters()
    {
        await using var house = await House.OpenAsync(chromium);
        await InShopAsync(house, "CREATE TABLE signups (name text, source text)");
        var page = await house.SignInAsync();
        await page.GotoAsync(house.Address + "/models/new?app=shop&table=signups");

        await Expect(page.GetByText("This table has no rows yet.")).ToBeVisibleAsync();
        await Screens.TakeAsync(page, "model-empty-table");
        await NextAsync(page);
        await Expect(page.GetByText("Nothing that looks like a key was found.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Next" })).ToBeDisabledAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "name" }).CheckAsync();
        await Expect(page.GetByText("The table has no rows yet, so nothing could be checked.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Next" })).ToBeEnabledAsync();
    }

    [Fact]
    public async Task A_query_is_previewed_and_its_mistakes_are_told()
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync();
        await page.GotoAsync(house.Address + "/models/new?app=shop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Write a query instead" }).ClickAsync();
        await page.GetByLabel("Query").FillAsync("DELETE FROM users");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(page.GetByText("The query is not exactly one SELECT.")).ToBeVisibleAsync();

        await page.GetByLabel("Query").FillAsync("SELECT id, email FROM users WHERE language = 'Spanish'");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Expect(page.GetByText("ghyndman0@demo.com")).ToBeVisibleAsync();
        await NextAsync(page);
        await Expect(page.GetByText("has a key of its own")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Purchases_are_added_with_a_sum_and_the_latest_over_a_live_sample()
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync();
        await page.GotoAsync(house.Address + "/models/users/data");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a source" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "purchases" }).ClickAsync();
        await Expect(page.GetByText("user_id is named after users.id.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Checkbox, new() { Name = "price" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add 1 property" }).ClickAsync();
        await page.GetByLabel("What of it").SelectOptionAsync(new SelectOptionValue { Label = "latest" });
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "category" }).CheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "state" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add 2 properties" }).ClickAsync();
        var sample = page.GetByRole(AriaRole.Region, new() { Name = "Live sample" }).First;
        await Expect(sample.GetByRole(AriaRole.Columnheader, new() { Name = "last_category" })).ToBeVisibleAsync();
        await Expect(sample.GetByText("failed").First).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Add a condition" }).ClickAsync();
        await page.GetByLabel("Column of the condition").SelectOptionAsync("state");
        await page.GetByLabel("Value", new() { Exact = true }).FillAsync("successful");
        await Expect(sample.GetByText("failed")).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Value", new() { Exact = true })).ToHaveValueAsync("successful");
        await Expect(sample.GetByRole(AriaRole.Columnheader, new() { Name = "total_price" })).ToBeVisibleAsync();
        await page.ShouldBeGoodForAllAsync();
        await Screens.TakeAsync(page, "source");

        await page.GetByRole(AriaRole.Button, new() { Name = "Add the source" }).ClickAsync();
        await page.WaitForURLAsync("**/models/users/data");
        await page.GetByLabel("Find a property").FillAsync("latest category");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "last_category", Exact = true })).ToBeVisibleAsync();
        var state = await house.Services.Drafts.GetAsync(default);
        state.Valid.ShouldNotBeNull();
        state.Project.Model("users").Find("last_category")!.Column!.Aggregate.ShouldBe(AggregateKind.Latest);
    }

    [Fact]
    public async Task A_calculated_property_shows_what_it_gives_and_its_mistakes_before_it_is_saved()
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync();
        await page.GotoAsync(house.Address + "/models/users/data/calculated/new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Load data" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("shouted");
        await page.GetByLabel("Find a property or function").FillAsync("capital");
        await page.GetByRole(AriaRole.Button, new() { Name = "upper(text)" }).ClickAsync();
        await Expect(page.GetByLabel("Calculation")).ToHaveValueAsync("upper(text)");
        await page.Keyboard.TypeAsync("emial");
        await Expect(page.GetByText("emial, which is not a property")).ToBeVisibleAsync();
        await Screens.TakeAsync(page, "calculated-wrong");

        await page.GetByLabel("Calculation").FillAsync("upper(email)");
        await Expect(page.GetByText("GHYNDMAN0@DEMO.COM", new() { Exact = true })).ToBeVisibleAsync();
        await page.ShouldBeGoodForAllAsync();
        await Screens.TakeAsync(page, "calculated");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the property" }).ClickAsync();
        await page.WaitForURLAsync("**/models/users/data");

        await page.GetByRole(AriaRole.Button, new() { Name = "shouted" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("loud");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "loud" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_property_is_renamed_wherever_it_is_used_and_not_removed_while_it_is()
    {
        await using var house = await House.OpenAsync(chromium);
        var page = await house.SignInAsync();
        await page.GotoAsync(house.Address + "/models/users/data?q=ltv");
        await page.GetByRole(AriaRole.Button, new() { Name = "ltv" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("It is still used");
        await page.ShouldBeGoodForAllAsync();

        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("ltv_euro");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "ltv_euro" })).ToBeVisibleAsync();
        var project = (await house.Services.Drafts.GetAsync(default)).Project;
        project.Destinations.SelectMany(destination => destination.Mapping).Select(mapping => mapping.Property).ShouldContain("ltv_euro");
    }

    [Fact]
    public async Task Three_hundred_properties_and_twenty_sources_stay_usable()
    {
        await using var house = await House.OpenAsync(chromium);
        await WidenAsync(house);
        var page = await house.SignInAsync();
        await page.GotoAsync(house.Address + "/models/users/data");

        await Expect(page.GetByText("311 properties")).ToBeVisibleAsync();
        (await page.Locator("table").Last.Locator("tbody tr").CountAsync()).ShouldBeLessThan(100, "only what is in sight is drawn");
        await page.GetByLabel("Find a property").FillAsync("p299");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "p299" })).ToBeVisibleAsync();
        await page.ShouldBeGoodForAllAsync();
    }

    private static Task NextAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Next", Exact = true }).ClickAsync();

    private static async Task InShopAsync(House house, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(house.Folder, "shop.db")}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task WidenAsync(House house) => await house.Services.Drafts.EditAsync(
        House.Administrator, "model:users", null,
        project => project with { Models = [.. project.Models.Select(model => model.Id == "users" ? Wide(model) : model)] }, default);

    private static Model Wide(Model model)
    {
        var sources = Enumerable.Range(0, 18).Select(number => new Source($"more_{number}", "shop")
        {
            Table = "purchases",
            Join = [new("user_id", "user_id")],
        }).ToList();
        var properties = Enumerable.Range(0, 300).Select(number => new Property($"p{number}")
        {
            Source = $"more_{number % 18}",
            Column = new() { Name = $"p{number}", Column = "price", Aggregate = AggregateKind.Max },
        });
        return model with
        {
            Sources = [.. model.Sources, .. sources],
            Properties =
            [
                .. model.Properties.Where(property => property.Source is not null), .. properties.OrderBy(property => property.Source),
                .. model.Properties.Where(property => property.Source is null),
            ],
        };
    }
}
