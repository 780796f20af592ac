using Penstock.Contract;
using Penstock.Engine.Runs;
using Penstock.Simulators.Braze;

namespace Penstock.EndToEnd.Tests.Runs;

public sealed class RunTests
{
    [Fact]
    public async Task A_first_run_creates_everybody_with_values_and_groups()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1, "ann@example.com", "Ann");
        shop.User(2, null, null);
        shop.Buys(1, 80, "Garden", TimeSpan.FromDays(90));
        shop.Buys(1, 70.5m, "Automotive", TimeSpan.FromDays(3));

        var result = await shop.RunAsync();

        result.Status.ShouldBe(RunStatus.Succeeded, result.Problem?.ToString());
        result.Groups["high_value_automotive"].ShouldBe(1);
        var destination = result.Destinations.ShouldHaveSingleItem();
        (destination.Created, destination.Delivered, destination.Calls).ShouldBe((2, 2, 1));
        var ann = shop.There(1)!;
        ann["email"]!.GetValue<string>().ShouldBe("ann@example.com");
        ann["custom_attributes"]!["ltv"]!.GetValue<decimal>().ShouldBe(150.5m);
        ann["custom_attributes"]!["lifetime_purchases"]!.GetValue<long>().ShouldBe(2);
        ann["custom_attributes"]!["greeting"]!.GetValue<string>().ShouldBe("Hello Ann");
        ann["custom_attributes"]!["penstock_groups"]!.ToJsonString().ShouldBe("""["high_value_automotive"]""");
        ann["subscription_groups"]![Shop.Subscription]!.GetValue<string>().ShouldBe("subscribed");
        shop.There(2)!["custom_attributes"]!["lifetime_purchases"]!.GetValue<long>().ShouldBe(0);
    }

    [Fact]
    public async Task A_destination_that_is_switched_off_gets_nothing_but_can_be_planned_by_name()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        shop.Files["destinations/braze.yaml"] += "\nenabled: false";

        var run = await shop.RunAsync();
        var named = await shop.RunAsync(["braze_users"]);
        var planned = await shop.PlanAsync(["braze_users"]);

        run.Status.ShouldBe(RunStatus.Succeeded);
        run.Destinations.ShouldBeEmpty();
        named.Destinations.ShouldBeEmpty();
        shop.Braze.Stats.Requests.ShouldBe(0);
        planned.Destinations.ShouldHaveSingleItem().Created.ShouldBe(1);
    }

    [Fact]
    public async Task A_second_run_over_the_same_data_makes_no_call()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        await shop.RunAsync();
        var before = shop.Braze.Stats.Requests;

        var result = await shop.RunAsync();

        result.Destinations[0].Calls.ShouldBe(0);
        result.Destinations[0].Unchanged.ShouldBe(1);
        shop.Braze.Stats.Requests.ShouldBe(before);
    }

    [Fact]
    public async Task Changes_are_sent_field_by_field_and_removals_delete()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        shop.User(2);
        shop.User(3);
        await shop.RunAsync();
        shop.User(1, "new@example.com");
        shop.Run("DELETE FROM users WHERE id = 2");
        shop.User(4, "four@example.com");

        var result = await shop.RunAsync();

        var destination = result.Destinations[0];
        (destination.Created, destination.Updated, destination.Removed, destination.Unchanged).ShouldBe((1, 1, 1, 1));
        shop.There(2).ShouldBeNull();
        shop.There(1)!["email"]!.GetValue<string>().ShouldBe("new@example.com");
        var update = shop.Braze.Requests.Last(request => request.Path == "/users/track").Body;
        update.ShouldContain("new@example.com");
        update.ShouldNotContain("\"external_id\":\"3\"");
    }

    [Fact]
    public async Task A_refused_row_is_parked_with_its_reason_and_the_others_arrive()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        shop.User(2, "not an address");

        var result = await shop.RunAsync();
        var again = await shop.RunAsync();

        result.Status.ShouldBe(RunStatus.Partial);
        (result.Destinations[0].Created, result.Destinations[0].Refused).ShouldBe((1, 1));
        (again.Status, again.Destinations[0].Skipped, again.Destinations[0].Calls).ShouldBe((RunStatus.Succeeded, 1, 0));
        var project = shop.Project();
        var failures = await shop.Runner().FailuresAsync(project, project.Destinations[0], default).ToListAsync();
        failures.ShouldHaveSingleItem().Key.ShouldBe("2");
    }

    [Fact]
    public async Task A_wrong_key_ends_the_run_at_once_and_shows_nowhere()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        shop.KeyGiven = "wrong-key-77aa";

        var result = await shop.RunAsync();

        (result.Status, result.Fault).ShouldBe((RunStatus.Failed, ConnectionFault.NotAuthorised));
        result.Problem!.ToString().ShouldNotContain("wrong-key-77aa");
        result.Destinations[0].Problem!.ToString().ShouldNotContain("wrong-key-77aa");
        shop.KeyGiven = Shop.Key;
        (await shop.RunAsync()).Destinations[0].Delivered.ShouldBe(1);
    }

    [Fact]
    public async Task A_table_that_is_gone_or_emptied_removes_nobody()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        shop.User(2);
        await shop.RunAsync();

        shop.Run("ALTER TABLE users RENAME TO people");
        var gone = await shop.RunAsync();
        shop.Run("ALTER TABLE people RENAME TO users");
        shop.Run("DELETE FROM users");
        var emptied = await shop.RunAsync();

        gone.Status.ShouldBe(RunStatus.Failed);
        gone.Problem!.Message.ShouldContain("users");
        emptied.Status.ShouldBe(RunStatus.Waiting);
        shop.There(1).ShouldNotBeNull();
        (await shop.RunAsync(approve: true)).Destinations[0].Removed.ShouldBe(2);
        shop.There(1).ShouldBeNull();
    }

    [Fact]
    public async Task An_answer_lost_after_applying_is_sent_again_whole()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1, "first@example.com", "Ann");
        shop.Braze.AddFault(new() { Match = "/users/track", Times = 100, Kind = BrazeFaultKind.ResetAfterApply });

        var failed = await shop.RunAsync();
        shop.Braze.ClearFaults();
        shop.User(1, "first@example.com", null);
        var result = await shop.RunAsync();

        failed.Status.ShouldBe(RunStatus.Failed);
        result.Destinations[0].Delivered.ShouldBe(1);
        shop.There(1)!.ContainsKey("first_name").ShouldBeFalse();
    }

    [Fact]
    public async Task A_run_cancelled_between_an_applied_request_and_its_retry_knows_that_it_may_have_been_taken()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1, "first@example.com", "Ann");
        shop.User(2, "second@example.com", "Bo");
        shop.BackOff = TimeSpan.FromHours(1);
        shop.Braze.AddFault(new() { Match = "/users/track", Times = 100, Kind = BrazeFaultKind.ResetAfterApply });
        using var cancel = new CancellationTokenSource();

        var running = shop.RunAsync(cancellationToken: cancel.Token);
        await Processes.PenstockProcess.UntilAsync(() => shop.There(1) is not null);
        await cancel.CancelAsync();
        var cancelled = await running;
        shop.Braze.ClearFaults();
        shop.User(1, "first@example.com", null);
        shop.Run("DELETE FROM users WHERE id = 2");
        var result = await shop.RunAsync(approve: true);

        cancelled.Status.ShouldBe(RunStatus.Cancelled, cancelled.Problem?.ToString());
        result.Status.ShouldBe(RunStatus.Succeeded, result.Problem?.ToString());
        shop.There(1)!.ContainsKey("first_name").ShouldBeFalse("a value that is gone meanwhile");
        shop.There(2).ShouldBeNull("a record that is gone meanwhile");
    }

    [Fact]
    public async Task Time_alone_makes_a_record_leave_a_group()
    {
        var time =
            new Microsoft.Extensions.Time.Testing.FakeTimeProvider(
                new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
            { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
        await using var shop = await Shop.OpenAsync(time);
        shop.User(1);
        shop.Buys(1, 500, "Automotive", TimeSpan.FromDays(50));
        await shop.RunAsync();
        time.Advance(TimeSpan.FromDays(11));

        var result = await shop.RunAsync();

        result.Destinations[0].Updated.ShouldBe(1);
        shop.There(1)!["subscription_groups"]![Shop.Subscription]!.GetValue<string>().ShouldBe("unsubscribed");
    }

    [Fact]
    public async Task A_plan_says_what_the_run_then_does_and_sends_nothing()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        shop.User(2, "bad");

        var plan = await shop.PlanAsync();
        shop.Braze.Stats.Requests.ShouldBe(0);
        var run = await shop.RunAsync();

        plan.Destinations[0].Created.ShouldBe(run.Destinations[0].Created);
        plan.Destinations[0].Refused.ShouldBe(run.Destinations[0].Refused);
        plan.Destinations[0].Calls.ShouldBe(run.Destinations[0].Calls);
        plan.Destinations[0].Plan.DataPoints.ShouldBe(shop.Braze.DataPoints("1").Values.Sum());
    }

    [Fact]
    public async Task Explain_tells_values_groups_what_was_sent_and_what_would_be()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1, "ann@example.com", "Ann");
        shop.Buys(1, 150, "Automotive", TimeSpan.FromDays(3));
        await shop.RunAsync();
        shop.User(1, "new@example.com", "Ann");
        await shop.PlanAsync();

        var project = shop.Project();
        var explained = await shop.Runner().ExplainAsync(project, project.Destinations[0], "1", default);

        explained.Act.ShouldBe("update");
        explained.Fields.Single(field => field.Field == "email").ShouldBe(new("email", "ann@example.com", "new@example.com", true));
        explained.Groups.Single().IsMember.ShouldBeTrue();
        explained.Groups.Single().Rules.Count(rule => rule.Holds).ShouldBe(4);
        explained.Values.Single(value => value.Property == "ltv").From.ShouldContain("sum of purchases.price");
        explained.History.ShouldHaveSingleItem().Changes.ShouldContain("ann@example.com");
    }

    [Fact]
    public async Task Join_values_that_become_equal_when_read_join_once_and_are_counted()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        shop.Run("DROP TABLE purchases");
        shop.Run(
            "CREATE TABLE purchases (id INTEGER PRIMARY KEY, user_id TEXT, category TEXT, price NUMERIC, state TEXT, created_at TEXT)");
        shop.Run(
            "INSERT INTO purchases VALUES (1, '1', 'Books', 5, 'successful', '2026-01-01'), (2, '01', 'Books', 7, 'successful', "
                + "'2026-01-02')");

        var result = await shop.RunAsync();

        result.Problem.ShouldBeNull();
        result.Records.ShouldBe(1);
        result.RowProblems.ShouldContain(problem => problem.Source == "purchases" && problem.Count == 1);
        result.Destinations[0].Created.ShouldBe(1);
    }
}
