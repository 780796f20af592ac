using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Engine.Runs;
using Penstock.Engine.Workspace;

namespace Penstock.EndToEnd.Tests.Runs;

/// <summary>What a person sees of a model, its records and its plans, beside the runs that make them.</summary>
public sealed class InspectingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_shows_its_values_its_groups_and_what_a_run_would_send()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1, "ann@example.com", "Ann");
        shop.User(2, "bob@example.com", "Bob");
        shop.Buys(1, 150, "Automotive", TimeSpan.FromDays(3));
        await shop.RunAsync();
        shop.User(1, "ann@example.org", "Ann");
        var project = shop.Project();
        await shop.Runner().LoadAsync(project, project.Models[0], null, Token);

        var detail = await new Inspector(shop.Runner()).RecordAsync(project, project.Models[0], "1", Token);

        detail.Problem.ShouldBeNull();
        detail.Values.Single(value => value.Property == "email").Value.ShouldBe("ann@example.org");
        detail.Values.Single(value => value.Property == "ltv").From.ShouldBe("local · sum of purchases.price");
        var group = detail.Groups.ShouldHaveSingleItem().Verdict;
        (group.Holds, group.Parts[0].Text, group.Parts[0].Value).ShouldBe((true, "ltv greater than 100", "150"));
        var there = detail.Destinations.ShouldHaveSingleItem();
        there.Problem.ShouldBeNull();
        (there.Key, there.Act).ShouldBe(("1", "update"));
        there.DeliveredAt.ShouldNotBeNull();
        there.Fields.Where(field => field.WillSend).ShouldHaveSingleItem()
            .ShouldBe(new ExplainedField("email", "ann@example.com", "ann@example.org", true));
        there.History.ShouldHaveSingleItem().Act.ShouldBe("create");
    }

    [Fact]
    public async Task A_record_that_is_gone_is_still_shown_as_what_would_be_removed()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        shop.User(2);
        shop.User(3);
        await shop.RunAsync();
        shop.Run("DELETE FROM users WHERE id = 2");
        var project = shop.Project();
        await shop.PlanAsync();

        var inspector = new Inspector(shop.Runner());
        var detail = await inspector.RecordAsync(project, project.Models[0], "2", Token);
        var removals = await inspector.RemovalsAsync(project, project.Destinations[0], null, 10, Token);

        (detail.InModel, detail.Destinations[0].Act, detail.Destinations[0].Key).ShouldBe((false, "remove", "2"));
        removals.Counts["remove"].ShouldBe(1);
        removals.Changes.ShouldHaveSingleItem().Key.ShouldBe("2");
        removals.Changes[0].Changes.ShouldContain(change => change.Field == "email" && change.Before == "a@example.com");
    }

    [Fact]
    public async Task A_refused_record_shows_why_and_since_when()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        shop.User(2, "not an address");
        await shop.RunAsync();
        var project = shop.Project();

        var detail = await new Inspector(shop.Runner()).RecordAsync(project, project.Models[0], "2", Token);

        var there = detail.Destinations.ShouldHaveSingleItem();
        there.Act.ShouldBe("skip");
        there.Reason.ShouldNotBeNull().Code.ShouldBe("row.refused_before");
        there.Failure.ShouldNotBeNull().Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Records_are_found_by_key_and_by_the_display_property_page_by_page()
    {
        await using var shop = await Shop.OpenAsync();
        for (var id = 1; id <= 25; id++)
            shop.User(id, $"User{id:00}@example.com", $"N{id % 3}");
        var project = shop.Project();
        var model = project.Models[0] with { Display = "email" };
        await shop.Runner().LoadAsync(project, model, null, Token);
        var inspector = new Inspector(shop.Runner());

        var found = await inspector.RecordsAsync(project, model, new() { Search = "USER1", Limit = 4 }, Token);
        var byKey = await inspector.RecordsAsync(project, model, new() { Search = "25" }, Token);
        var keys = new List<string>();
        var query = new RecordQuery { Sort = "first_name", Descending = true, Limit = 7 };
        do
        {
            var page = await inspector.RecordsAsync(project, model, query, Token);
            keys.AddRange(page.Rows.Select(row => row.Key));
            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);

        (found.Total, found.Rows.Count, found.Rows[0].Display).ShouldBe((10, 4, "User10@example.com"));
        byKey.Rows[0].Key.ShouldBe("25");
        keys.Count.ShouldBe(25);
        keys.Distinct().Count().ShouldBe(25);
        keys[0].ShouldBe("11");
    }

    [Fact]
    public async Task Values_are_suggested_the_most_frequent_first()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1, null, "Ann");
        shop.User(2, "b@example.com", "Ann");
        shop.User(3, "c@example.com", "Bob");
        var project = shop.Project();
        await shop.Runner().LoadAsync(project, project.Models[0], null, Token);
        var inspector = new Inspector(shop.Runner());

        var names = await inspector.ValuesAsync(project.Models[0], "first_name", null, 10, Token);
        var numbers = await inspector.ValuesAsync(project.Models[0], "user_id", null, 10, Token);
        var searched = await inspector.ValuesAsync(project.Models[0], "first_name", "bo", 10, Token);

        names.Values.ShouldBe([new("Ann", 2), new("Bob", 1)]);
        (numbers.Minimum, numbers.Maximum, numbers.Distinct).ShouldBe(("1", "3", 3));
        searched.Values.ShouldHaveSingleItem().Value.ShouldBe("Bob");
        (await inspector.ValuesAsync(project.Models[0], "email", null, 10, Token)).Nulls.ShouldBe(1);
    }

    [Fact]
    public async Task Looking_goes_on_while_a_run_has_the_workspace_and_sees_no_half_of_it()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1, "a@example.com", "Ann");
        await shop.RunAsync();
        await using var shared = new SharedWorkspaces(TimeProvider.System, TimeSpan.FromMinutes(1));
        var runner = shop.Runner(shared);
        var project = shop.Project();
        var model = project.Models[0];
        var inspector = new Inspector(runner);
        for (var id = 2; id <= 300; id++)
            shop.User(id);
        using var over = new CancellationTokenSource();
        var looking = Task.Run(
            async () =>
            {
                var seen = new HashSet<long>();
                while (!over.IsCancellationRequested)
                {
                    var count = await inspector.GroupCountAsync(
                        project, model, new PropertyRule("user_id", RuleOperator.Exists), CancellationToken.None);
                    count.Problem.ShouldBeNull();
                    count.Count.ShouldBe(count.Total);
                    seen.Add(count.Total);
                    (await inspector.RecordAsync(project, model, "1", CancellationToken.None)).Problem.ShouldBeNull();
                }

                return seen;
            },
            Token);

        var results = new List<RunResult>();
        for (var run = 0; run < 5; run++)
            results.Add(await runner.RunAsync(project, model, new() { Id = $"r{run}", Full = true }, null, Token));
        await over.CancelAsync();

        results.ShouldAllBe(result => result.Status == RunStatus.Succeeded);
        (await looking).ShouldBeSubsetOf([1, 300]);
        shared.Open.ShouldBe(1);
    }
}
