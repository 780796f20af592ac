using Penstock.Contract;
using Penstock.Engine.Delivering;

namespace Penstock.Engine.Tests.Delivering;

public sealed class DeliveryTests
{
    private static readonly GroupForm List = new("list", "List") { TargetInWords = "a list's id", SeparateCalls = true };

    private readonly DeliveryBench _bench = new();

    [Fact]
    public void Every_record_is_delivered_in_as_few_calls_as_the_limit_allows()
    {
        var result = _bench.With(Operation.Write, 95).Run();

        result.ShouldSatisfyAllConditions(
            it => it.Delivered.ShouldBe(95),
            it => it.Calls.ShouldBe(10),
            it => it.Ended.ShouldBeNull(),
            it => it.Cancelled.ShouldBeFalse());
        _bench.Vendor.Requests.Sum(request => request.Keys.Count).ShouldBe(95);
    }

    [Fact]
    public void Operations_come_in_order_and_each_is_acknowledged_before_the_next_begins()
    {
        _bench.Connector = new ListsConnector();
        _bench.Groups = [new("vip", List, "list1")];
        foreach (var operation in new[] { Operation.Remove, Operation.Leave, Operation.Enter, Operation.Write })
            _bench.With(operation, 25);
        _bench.Renaming("old", "new").Run();

        _bench.Vendor.Paths.ShouldBe(
        [
            "/rename", "/write", "/write", "/write", "/enter/list1", "/enter/list1", "/enter/list1",
            "/leave/list1", "/leave/list1", "/leave/list1", "/remove", "/remove", "/remove",
        ]);
        _bench.Events.ShouldBe(
        [
            "Rename", "flush", "Write", "Write", "Write", "flush", "Enterlist1", "Enterlist1", "Enterlist1", "flush",
            "Leavelist1", "Leavelist1", "Leavelist1", "flush", "Remove", "Remove", "Remove", "flush",
        ]);
    }

    [Fact]
    public void Members_count_on_their_own()
    {
        _bench.Connector = new ListsConnector();
        _bench.Groups = [new("vip", List, "list1")];
        _bench.Vendor.Answers = request => request.Path == "/enter/list1" ? FakeVendor.Json(200, """{"refused":[1]}""") : null;

        var result = _bench.With(Operation.Write, 5).With(Operation.Enter, 5).Run();

        (result.Delivered, result.Refused, result.MembersDelivered, result.MembersNotDelivered).ShouldBe((5, 0, 4, 1));
    }

    [Fact]
    public void A_destination_without_http_counts_its_batches_as_calls()
    {
        _bench.Connector = new WriteOnlyConnector();

        var result = _bench.With(Operation.Write, 95).Run();

        (result.Delivered, result.Calls).ShouldBe((95, 10));
    }

    [Fact]
    public void A_record_named_in_a_refusal_is_the_only_one_refused()
    {
        _bench.Vendor.Answers = _ => FakeVendor.Json(200, """{"refused":[3]}""");

        var result = _bench.With(Operation.Write, 10).Run();

        (result.Delivered, result.Refused).ShouldBe((9, 1));
        _bench.Keys(OutcomeKind.Refused).ShouldBe(["k3"]);
        var reason = result.Reasons.ShouldHaveSingleItem();
        (reason.Kind, reason.Count, reason.Keys.Single(), reason.Reason.Code).ShouldBe((OutcomeKind.Refused, 1L, "k3", "fake.bad_record"));
        reason.Exchange!.Request.ShouldContain("\"k3\"");
        reason.Exchange.Answer.ShouldBe("""{"refused":[3]}""");
    }

    [Fact]
    public void A_key_is_never_in_two_requests_at_once_even_when_the_feed_gives_it_twice()
    {
        _bench.Limits = new() { Records = 1, Concurrency = 8 };
        for (var i = 0; i < 20; i++)
            _bench.Renaming($"k{i}", $"k{i + 1}"); // each frees the key that the next one takes

        var result = _bench.Renaming("x", "y").Renaming("z", "k0").Run(); // which looks for crossed keys

        result.Delivered.ShouldBe(22);
        _bench.Vendor.Requests.Count.ShouldBe(22);
        _bench.Vendor.MostInFlight.ShouldBe(3); // what does not cross is not held up
    }

    [Fact]
    public void Missing_records_are_created_and_found_ones_get_their_remote_id()
    {
        _bench.Connector = new LookingUpConnector { Existing = ["k1", "k2"] };
        _bench.LookupLimits = new() { Records = 2 };

        var result = _bench.With(Operation.Write, 5).Run();

        result.Delivered.ShouldBe(5);
        _bench.Vendor.Paths.ShouldBe(["/find", "/find", "/find", "/write"]);
        _bench.Acknowledged[(Operation.Write, null, "k1")].RemoteId.ShouldBe("remote-k1");
        _bench.Acknowledged[(Operation.Write, null, "k0")].RemoteId.ShouldBeNull();
    }

    [Fact]
    public void Enrich_skips_what_does_not_exist_and_never_sends_it()
    {
        _bench.Connector = new LookingUpConnector { Existing = ["k1", "k2"] };
        _bench.Mode = SyncModes.Enrich;

        var result = _bench.With(Operation.Write, 5).Run();

        (result.Delivered, result.Skipped).ShouldBe((2, 3));
        _bench.Vendor.Requests.Single(request => request.Path == "/write").Keys.ShouldBe(["k1", "k2"]);
        _bench.Acknowledged[(Operation.Write, null, "k0")].Reason.ShouldBe(Outcomes.MissingThere);
    }

    [Fact]
    public void Enrich_sends_nothing_at_all_when_nothing_exists()
    {
        _bench.Connector = new LookingUpConnector();
        _bench.Mode = SyncModes.Enrich;

        _bench.With(Operation.Write, 5).Run().Skipped.ShouldBe(5);

        _bench.Vendor.Paths.ShouldBe(["/find"]);
    }

    [Fact]
    public void Jobs_are_asked_ever_more_seldom_until_they_are_done()
    {
        _bench.Connector = new JobsConnector { PollsUntilDone = 4 };

        var result = _bench.With(Operation.Write, 5).Run();

        result.Delivered.ShouldBe(5);
        _bench.Vendor.Paths.ShouldBe(["/begin", "/poll", "/poll", "/poll", "/poll"]);
        _bench.Vendor.Requests.Select(request => request.At.TotalSeconds).ShouldBe([0, 1.05, 3.1, 7.15, 15.2], 0.001);
    }

    [Fact]
    public void The_progress_tells_rate_and_time_left_and_ends_with_everything()
    {
        var reports = new List<DeliveryProgress>();
        _bench.Progress = new Reports(reports);
        _bench.Limits = new() { Records = 10, Concurrency = 1 };
        _bench.Vendor.Delay = () => TimeSpan.FromSeconds(1);

        _bench.With(Operation.Write, 200).Run();

        reports.Count.ShouldBeInRange(78, 82); // four a second
        reports[40].ShouldSatisfyAllConditions(
            it => it.Rate.ShouldBe(10, 1),
            it => it.Done.ShouldBe(100),
            it => it.TimeLeft!.Value.TotalSeconds.ShouldBe(10, 1));
        reports[^1].ShouldSatisfyAllConditions(
            it => (it.Done, it.Total, it.Delivered, it.Calls).ShouldBe((200, 200, 200, 20)),
            it => it.Waiting.ShouldBeNull());
    }

    private sealed class Reports(List<DeliveryProgress> all) : IProgress<DeliveryProgress>
    {
        public void Report(DeliveryProgress value) => all.Add(value);
    }
}
