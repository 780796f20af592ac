using Penstock.Contract;

namespace Penstock.Engine.Tests.Planning;

public sealed class PlanningTests
{
    [Fact]
    public async Task A_first_plan_creates_every_record_with_the_fields_that_have_a_value()
    {
        await using var far = new Far();
        far.Record(1, "a@b.c", "Oslo", 10.5m, good: true);
        far.Record(2);

        var plan = await far.PlanAsync();

        plan.Creates.ShouldBe(2);
        plan.Unchanged.ShouldBe(0);
        plan.Calls.ShouldBe(1);
        plan.Fields.Select(field => (field.Field, field.Sets))
            .ShouldBe([("email", 1), ("city", 1), ("Score", 1), ("list:L1", 1), ("array:groups:good", 1)]);
        plan.Samples[0].Changes.ShouldContain(change => change.Field == "email" && change.Before == null && change.After == "a@b.c");
        await far.DeliverAsync();
        far.State().ShouldBe("1: Score=10.5, array:groups:good=in, city=Oslo, email=a@b.c, list:L1=in\n2: ");
    }

    [Fact]
    public async Task When_nothing_changed_nothing_is_planned()
    {
        await using var far = new Far();
        far.Record(1, "a@b.c", "Oslo", 10.5m, good: true);
        await far.DeliverAsync();

        var plan = await far.PlanAsync();

        plan.IsEmpty.ShouldBeTrue();
        plan.Unchanged.ShouldBe(1);
        plan.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Only_changed_fields_travel()
    {
        await using var far = new Far();
        far.Record(1, "a@b.c", "Oslo", 10.5m, good: true);
        await far.DeliverAsync();
        far.Sent.Clear();

        far.Record(1, "a@b.c", "Lima", 10.5m);
        await far.DeliverAsync();

        far.Sent.ShouldBe(["Write 1 city=Lima -list:L1 -array:groups:good"]);
    }

    [Fact]
    public async Task Null_clears_a_field_unless_the_mapping_keeps_it()
    {
        await using var far = new Far();
        far.Record(1, "a@b.c", "Oslo");
        await far.DeliverAsync();
        far.Sent.Clear();

        far.Record(1);
        await far.DeliverAsync();

        far.Sent.ShouldBe(["Write 1 email="]);
        far.State().ShouldBe("1: city=Oslo");
        (await far.PlanAsync()).IsEmpty.ShouldBeTrue();
    }

    [Theory]
    [InlineData(SyncModes.Sync, "delete", "", 1)]
    [InlineData(SyncModes.Sync, "clear", "1: email=a@b.c", 1)]
    [InlineData(SyncModes.Sync, "leave", "1: Score=5, email=a@b.c, list:L1=in", 1)]
    [InlineData(SyncModes.Additive, "", "1: Score=5, email=a@b.c, list:L1=in", 0)]
    [InlineData(SyncModes.Enrich, "", "1: Score=5, email=a@b.c, list:L1=in", 0)]
    public async Task A_record_that_is_gone_is_removed_as_the_mode_and_removal_say(SyncModes mode, string removal, string state,
        int removed)
    {
        await using var far = new Far();
        far.Destination = far.Destination with { SyncMode = mode, Removal = removal, Groups = [new("good", "list", "L1")] };
        far.Record(1, "a@b.c", score: 5, good: true);
        await far.DeliverAsync();

        far.Run("DELETE FROM records");
        var plan = await far.PlanAsync(approved: true);
        await far.DeliverAsync();

        plan.Removals.ShouldBe(removed);
        far.State().ShouldBe(state);
        (await far.PlanAsync()).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Enrich_plans_updates_and_never_creates()
    {
        await using var far = new Far();
        far.Destination = far.Destination with { SyncMode = SyncModes.Enrich };
        far.Record(1, "a@b.c");

        var plan = await far.PlanAsync();

        (plan.Creates, plan.Updates).ShouldBe((0, 1));
        await far.DeliverAsync();
        (await far.PlanAsync()).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Leaving_a_group_can_be_left_alone_and_entering_again_is_told_again()
    {
        await using var far = new Far();
        far.Destination = far.Destination with { Groups = [new("good", "list", "L1", GroupForm.LeaveAlone)] };
        far.Record(1, good: true);
        await far.DeliverAsync();
        far.Sent.Clear();

        far.Record(1, good: false);
        await far.DeliverAsync();
        far.Sent.ShouldBeEmpty();
        far.Record(1, good: true);
        await far.DeliverAsync();

        far.Sent.ShouldBe(["Write 1 +list:L1"]);
    }

    [Fact]
    public async Task A_row_that_breaks_a_declared_rule_is_refused_before_it_is_sent_and_parked()
    {
        await using var far = new Far();
        far.Record(1, "not an address");
        far.Record(2, "a@b.c", "Paris");
        far.Record(3, "a@b.c", "Rome");

        var first = await far.PlanAsync();
        await far.DeliverAsync();
        var second = await far.PlanAsync();

        first.Skips.Select(skip => (skip.Kind, skip.Message, skip.Count)).ShouldBe(
            [(OutcomeKind.Refused, "city must be one of Oslo, Lima, Rome.", 1),
                (OutcomeKind.Refused, "email must be an e-mail address.", 1)], ignoreOrder: true);
        far.State().ShouldBe("3: city=Rome, email=a@b.c");
        second.Skips.Sum(skip => skip.Count).ShouldBe(2);
        second.Skips.ShouldAllBe(skip => skip.Kind == OutcomeKind.Skipped && skip.Code == "row.refused_before");
    }

    [Fact]
    public async Task A_refused_row_is_not_planned_again_until_it_changes()
    {
        await using var far = new Far();
        far.Record(1, "a@b.c");
        await far.DeliverAsync((_, _) => OutcomeKind.Refused);
        (await far.PlanAsync()).IsEmpty.ShouldBeTrue();

        far.Record(1, "b@b.c");
        (await far.PlanAsync()).Creates.ShouldBe(1);
        await far.DeliverAsync();

        (await far.Connection.ScalarAsync<long>(Sql.Of($"SELECT count(*) FROM {new Identifier("refused_there")}"), default)).ShouldBe(0);
    }

    [Fact]
    public async Task A_refused_row_that_went_back_to_what_was_delivered_is_forgotten()
    {
        await using var far = new Far();
        far.Record(1, "a@b.c");
        await far.DeliverAsync();
        far.Record(1, "b@b.c");
        await far.DeliverAsync((_, _) => OutcomeKind.Refused);

        far.Record(1, "a@b.c");
        await far.DeliverAsync();

        (await far.Connection.ScalarAsync<long>(Sql.Of($"SELECT count(*) FROM {new Identifier("refused_there")}"), default)).ShouldBe(0);
    }

    [Fact]
    public async Task A_failed_row_is_planned_again()
    {
        await using var far = new Far();
        far.Record(1, "a@b.c");

        var folded = await far.DeliverAsync((_, _) => OutcomeKind.Failed);

        folded.Of(OutcomeKind.Failed, "create").ShouldBe(1);
        (await far.PlanAsync()).Creates.ShouldBe(1);
    }

    [Fact]
    public async Task A_changed_key_is_a_removal_and_a_creation_without_an_identity()
    {
        await using var far = new Far();
        far.Record(1, "a@b.c", uid: "u");
        await far.DeliverAsync();
        far.Run("DELETE FROM records");
        far.Record(2, "a@b.c", uid: "u");

        var plan = await far.PlanAsync(approved: true);

        (plan.Creates, plan.Removals, plan.Renames).ShouldBe((1, 1, 0));
    }

    [Fact]
    public async Task A_changed_key_is_a_rename_with_an_identity_and_other_changes_follow_it()
    {
        await using var far = new Far { Identity = "uid" };
        far.Record(1, "a@b.c", uid: "u");
        far.Record(5, "five@b.c", uid: "v");
        await far.DeliverAsync();
        far.Sent.Clear();
        far.Run("DELETE FROM records WHERE id = 1");
        far.Record(2, "new@b.c", uid: "u");

        var plan = await far.PlanAsync();
        await far.DeliverAsync();

        (plan.Creates, plan.Removals, plan.Renames, plan.Updates).ShouldBe((0, 0, 1, 1));
        far.Sent.ShouldBe(["Rename 2", "Write 2 email=new@b.c"]);
        far.State().ShouldBe("2: email=new@b.c\n5: email=five@b.c");
        (await far.PlanAsync()).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_not_renamed_is_not_written()
    {
        await using var far = new Far { Identity = "uid" };
        far.Record(1, "a@b.c", uid: "u");
        await far.DeliverAsync();
        far.Run("DELETE FROM records");
        far.Record(2, "new@b.c", uid: "u");
        far.Sent.Clear();

        await far.DeliverAsync((operation, _) => operation == Operation.Rename ? OutcomeKind.Failed : OutcomeKind.Delivered);

        far.Sent.ShouldBeEmpty();
        (await far.PlanAsync()).Renames.ShouldBe(1);
    }

    [Fact]
    public async Task Records_without_a_key_or_with_a_doubled_one_are_skipped_with_the_reason()
    {
        await using var far = new Far();
        far.Destination =
            far.Destination with { Mapping = [new("id", false) { Property = "mail" }, new("city", false) { Property = "city" }] };
        far.Record(1, "same", "Oslo");
        far.Record(2, "same", "Lima");
        far.Record(3);

        var plan = await far.PlanAsync();

        plan.Creates.ShouldBe(1);
        plan.Skips.Select(skip => (skip.Code, skip.Count)).ShouldBe([("row.no_key", 1), ("row.doubled_key", 1)], ignoreOrder: true);
        await far.DeliverAsync();
        far.State().ShouldBe("same: city=Oslo");
    }

    [Fact]
    public async Task A_field_mapped_anew_is_all_that_is_sent()
    {
        await using var far = new Far();
        var full = far.Destination;
        far.Destination = full with { Mapping = [.. full.Mapping.Where(mapping => mapping.Field != "Score")] };
        far.Record(1, "a@b.c", score: 5);
        await far.DeliverAsync();
        far.Sent.Clear();

        far.Destination = full;
        await far.DeliverAsync();

        far.Sent.ShouldBe(["Write 1 Score=5"]);
    }

    [Fact]
    public async Task A_field_mapped_no_more_is_left_alone_and_what_changed_meanwhile_is_sent_when_it_comes_back()
    {
        await using var far = new Far();
        var full = far.Destination;
        far.Record(1, "a@b.c", score: 5);
        far.Record(2, "b@b.c", score: 5);
        far.Record(3, "c@b.c", score: 5);
        await far.DeliverAsync();
        far.Sent.Clear();

        far.Destination = full with { Mapping = [.. full.Mapping.Where(mapping => mapping.Field != "Score")] };
        far.Record(1, "a@b.c", score: 6);
        far.Record(2, "b@b.c");
        await far.DeliverAsync();
        far.Sent.ShouldBeEmpty();
        far.Destination = full;
        await far.DeliverAsync();

        far.Sent.Order().ShouldBe(["Write 1 Score=6", "Write 2 Score="]);
    }

    [Fact]
    public async Task A_full_run_sends_everything_again_as_updates()
    {
        await using var far = new Far();
        far.Record(1, "a@b.c", "Oslo", 5, good: true);
        await far.DeliverAsync();
        far.Sent.Clear();

        (await far.PlanAsync(full: true)).Updates.ShouldBe(1);
        await far.DeliverAsync(full: true);

        far.Sent.ShouldBe(["Write 1 email=a@b.c city=Oslo Score=5 +list:L1 +array:groups:good"]);
    }

    [Fact]
    public async Task A_full_run_that_was_cut_short_is_gone_on_with_by_the_next_run()
    {
        await using var far = new Far();
        for (var id = 1; id <= 5; id++)
            far.Record(id, $"m{id}@b.c");
        await far.DeliverAsync();
        far.Sent.Clear();

        var sent = 0;
        await far.DeliverAsync((_, _) => ++sent <= 3 ? OutcomeKind.Delivered : null, full: true);
        await far.DeliverAsync();

        far.Sent.Select(line => line.Split(' ')[1]).Distinct().Count().ShouldBe(5);
        (await far.PlanAsync()).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task More_removals_than_the_threshold_stop_the_plan_until_they_are_approved()
    {
        await using var far = new Far();
        far.Destination = far.Destination with { RemovalThreshold = 0.1 };
        for (var id = 1; id <= 20; id++)
            far.Record(id, "a@b.c");
        await far.DeliverAsync();

        far.Run("DELETE FROM records WHERE id <= 2");
        (await far.PlanAsync()).IsStopped.ShouldBeFalse();
        far.Run("DELETE FROM records WHERE id <= 3");
        var plan = await far.PlanAsync();

        plan.IsStopped.ShouldBeTrue();
        plan.Guards[0].Message.ShouldBe("3 of 20 delivered records (15.0 %) would be removed, more than the threshold of 10 %.");
        (await far.PlanAsync(approved: true)).IsStopped.ShouldBeFalse();
    }

    [Fact]
    public async Task An_emptied_source_stops_the_plan_whatever_the_threshold()
    {
        await using var far = new Far();
        far.Record(1);
        await far.DeliverAsync();
        far.Run("DELETE FROM records");

        (await far.PlanAsync()).Guards.ShouldContain(guard => guard.Code == "guard.empty_source" && guard.Stops);
    }

    [Fact]
    public async Task Groups_by_separate_calls_follow_the_write_and_need_none_when_only_they_change()
    {
        await using var far = new Far();
        far.Destination = far.Destination with { Groups = [new("rich", "called", "C1")] };
        far.Record(1, "a@b.c", rich: true);
        far.Record(2, "b@b.c");
        await far.DeliverAsync();
        far.State().ShouldBe("1: called:C1=in, email=a@b.c\n2: email=b@b.c");
        far.Sent.Clear();

        far.Record(1, "a@b.c");
        far.Record(2, "b@b.c", rich: true);
        (await far.PlanAsync()).Calls.ShouldBe(2);
        await far.DeliverAsync();

        far.Sent.ShouldBe(["Enter 2", "Leave 1"]);
        (await far.PlanAsync()).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Names_that_differ_in_case_only_are_two_fields()
    {
        await using var far = new Far();
        far.Destination = far.Destination with
        {
            Groups = [],
            Mapping =
                [new("id", false) { Property = "id" }, new("LTV", true) { Property = "score" }, new("ltv", true) { Property = "mail" }],
        };
        far.Record(1, "a", score: 5);
        await far.DeliverAsync();
        far.Record(1, "a", score: 6);
        far.Sent.Clear();
        await far.DeliverAsync();

        far.Sent.ShouldBe(["Write 1 LTV=6"]);
    }
}
