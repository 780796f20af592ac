using Penstock.Contract;

namespace Penstock.Engine.Tests.Delivering;

public sealed class HalvingTests
{
    private readonly DeliveryBench _bench = new() { Limits = new() { Records = 75, Concurrency = 1 } };

    [Theory]
    [InlineData(0)]
    [InlineData(37)]
    [InlineData(74)]
    public void The_one_bad_record_of_a_batch_refused_as_a_whole_is_found_in_few_calls(int bad)
    {
        RefuseAsWhole($"k{bad}");

        var result = _bench.With(Operation.Write, 75).Run();

        (result.Delivered, result.Refused).ShouldBe((74, 1));
        _bench.Keys(OutcomeKind.Refused).ShouldBe([$"k{bad}"]);
        result.Calls.ShouldBeInRange(8, 15); // 1 + once or twice ⌈log2 75⌉
    }

    [Fact]
    public void A_half_that_must_hold_the_bad_record_is_not_sent_whole()
    {
        _bench.Limits = new() { Records = 4, Concurrency = 1 };
        RefuseAsWhole("k3");

        _bench.With(Operation.Write, 4).Run();

        _bench.Vendor.Requests.Select(request => string.Join(',', request.Keys)).ShouldBe(["k0,k1,k2,k3", "k0,k1", "k2", "k3"]);
    }

    [Fact]
    public void Several_bad_records_are_all_found()
    {
        RefuseAsWhole("k3", "k4", "k70");

        var result = _bench.With(Operation.Write, 75).Run();

        _bench.Keys(OutcomeKind.Refused).ShouldBe(["k3", "k4", "k70"], ignoreOrder: true);
        result.Delivered.ShouldBe(72);
    }

    [Fact]
    public void A_batch_of_only_bad_records_ends()
    {
        _bench.Vendor.Answers = _ => FakeVendor.Json(400, """{"message":"no"}""");

        var result = _bench.With(Operation.Write, 75).Run();

        result.Refused.ShouldBe(75);
        result.Calls.ShouldBe(149); // every node of the tree
        result.Reasons.Single().Reason.Message.ShouldBe("""{"message":"no"}""");
    }

    [Fact]
    public void A_body_that_would_be_too_large_is_never_sent_but_halved()
    {
        _bench.Limits = new() { Records = 8, Concurrency = 1, Bytes = 3_000 };
        _bench.Text = _ => new string('x', 1_000);

        var result = _bench.With(Operation.Write, 8).Run();

        result.Delivered.ShouldBe(8);
        _bench.Vendor.Requests.Select(request => request.Keys.Count).ShouldBe([2, 2, 2, 2]);
        _bench.Vendor.Requests.ShouldAllBe(request => request.Bytes <= 3_000);
    }

    [Fact]
    public void A_record_too_large_alone_is_refused_and_the_others_arrive()
    {
        _bench.Limits = new() { Records = 8, Concurrency = 1, Bytes = 100_000 };
        _bench.Text = key => new string('é', key == "k5" ? 5_000_000 : 10);

        var result = _bench.With(Operation.Write, 8).Run();

        (result.Delivered, result.Refused).ShouldBe((7, 1));
        _bench.Acknowledged[(Operation.Write, null, "k5")].Reason!.Code.ShouldBe("record.too_large");
    }

    [Fact]
    public void A_record_that_the_connector_cannot_encode_holds_up_no_other()
    {
        _bench.Connector = new FakeConnector
        {
            Encoding = change =>
            {
                if (change.Key == "k5")
                    throw new InvalidCastException("no such conversion");
            },
        };

        var result = _bench.With(Operation.Write, 75).Run();

        (result.Delivered, result.Failed, result.Ended).ShouldBe((74, 1, null));
        var reason = _bench.Acknowledged[(Operation.Write, null, "k5")].Reason!;
        reason.Code.ShouldBe("connector.defect");
        reason.Message.ShouldContain("no such conversion");
    }

    [Fact]
    public void A_connector_that_always_breaks_ends_the_delivery()
    {
        _bench.Limits = new() { Records = 2, Concurrency = 1 };
        _bench.Connector = new FakeConnector { Encoding = _ => throw new InvalidCastException("never works") };

        var result = _bench.With(Operation.Write, 100).Run();

        result.Ended!.Problem.Code.ShouldBe("connector.defect");
        result.Failed.ShouldBe(10); // five batches in a row
        _bench.Vendor.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void A_look_up_refused_as_a_whole_is_halved_too()
    {
        _bench.Connector = new LookingUpConnector();
        _bench.LookupLimits = new() { Records = 75 };
        _bench.Vendor.Answers = request =>
            request.Path == "/find" && request.Keys.Contains("k9") ? FakeVendor.Json(400, """{"message":"no"}""") : null;

        var result = _bench.With(Operation.Write, 75).Run();

        (result.Delivered, result.Refused).ShouldBe((74, 1));
        _bench.Keys(OutcomeKind.Refused).ShouldBe(["k9"]);
        _bench.Vendor.Requests.Single(request => request.Path == "/write").Keys.Count.ShouldBe(74);
    }

    private void RefuseAsWhole(params string[] bad) => _bench.Vendor.Answers = request =>
        request.Keys.Any(bad.Contains) ? FakeVendor.Json(400, """{"message":"one of them is bad"}""") : null;
}
