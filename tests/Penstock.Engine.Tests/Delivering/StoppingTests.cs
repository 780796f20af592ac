using Penstock.Contract;
using Penstock.Engine.Delivering;

namespace Penstock.Engine.Tests.Delivering;

public sealed class StoppingTests
{
    private readonly DeliveryBench _bench = new() { Limits = new() { Records = 10, Concurrency = 4 } };

    [Theory]
    [InlineData(401, ConnectionFault.NotAuthorised, "connection.not_authorised")]
    [InlineData(403, ConnectionFault.NoPermission, "connection.no_permission")]
    public void Refused_credentials_end_the_run_at_once_and_keep_what_was_acknowledged(int status, ConnectionFault fault, string code)
    {
        _bench.Vendor.Answers = request => request.Keys.Contains("k100")
            ? FakeVendor.Json(status, """{"message":"Invalid API key: s3cret/key"}""")
            : null;

        var result = _bench.With(Operation.Write, 1_000).Run();

        var ended = result.Ended.ShouldBeOfType<ConnectionException>();
        (ended.Fault, ended.Problem.Code).ShouldBe((fault, code));
        ended.Message.ShouldContain("Invalid API key: ***");
        ended.Message.ShouldNotContain("s3cret");
        ended.Message.ShouldContain("fake_app");
        result.Cancelled.ShouldBeFalse();
        _bench.Vendor.Requests.Count.ShouldBeInRange(11, 15); // those in flight then, none after
        result.Delivered.ShouldBe((_bench.Vendor.Requests.Count - 1) * 10);
        result.Failed.ShouldBe(0); // the rest is untouched
    }

    [Fact]
    public void Cancelling_finishes_the_requests_in_flight_and_starts_no_other()
    {
        _bench.Vendor.Delay = () => TimeSpan.FromSeconds(2);
        _bench.Simulation.At(TimeSpan.FromSeconds(5), _bench.Cancel.Cancel);

        var result = _bench.With(Operation.Write, 1_000).With(Operation.Remove, 10, from: 2_000).Run();

        result.Cancelled.ShouldBeTrue();
        result.Ended.ShouldBeNull();
        result.Delivered.ShouldBe(120); // three rounds of four
        _bench.Vendor.Requests.Count.ShouldBe(12);
        _bench.Simulation.Now.ShouldBe(TimeSpan.FromSeconds(6));
    }

    [Fact]
    public void Cancelling_leaves_requests_only_so_much_time()
    {
        _bench.Vendor.AnswersLater = Never;
        _bench.Simulation.At(TimeSpan.FromSeconds(5), _bench.Cancel.Cancel);

        var result = _bench.With(Operation.Write, 1_000).Run();

        // What was in flight may have been taken: the next run must know.
        (result.Cancelled, result.Delivered, result.Failed).ShouldBe((true, 0, 40));
        _bench.Simulation.Now.ShouldBe(TimeSpan.FromSeconds(35));
    }

    [Fact]
    public void A_second_cancelling_gives_up_what_is_in_flight()
    {
        _bench.Vendor.AnswersLater = Never;
        _bench.Simulation.At(TimeSpan.FromSeconds(5), _bench.Cancel.Cancel);
        _bench.Simulation.At(TimeSpan.FromSeconds(7), _bench.Abort.Cancel);

        _bench.With(Operation.Write, 1_000).Run().Cancelled.ShouldBeTrue();

        _bench.Simulation.Now.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void Cancelling_ends_waits_for_the_rate_limit()
    {
        _bench.Vendor.Answers = _ => FakeVendor.Json(429, "{}", ("Retry-After", "600"));
        _bench.Simulation.At(TimeSpan.FromSeconds(5), _bench.Cancel.Cancel);

        var result = _bench.With(Operation.Write, 1_000).Run();

        (result.Cancelled, result.Failed).ShouldBe((true, 0));
        _bench.Simulation.Now.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Cancelling_ends_waits_between_tries()
    {
        _bench.Vendor.Answers = _ => FakeVendor.Html(502);
        _bench.Options = _bench.Options with { BackOffFrom = TimeSpan.FromMinutes(10), BackOffTo = TimeSpan.FromHours(1) };
        _bench.Simulation.At(TimeSpan.FromSeconds(5), _bench.Cancel.Cancel);

        var result = _bench.With(Operation.Write, 1_000).Run();

        (result.Cancelled, result.Failed, result.Ended).ShouldBe((true, 40, null));
        _bench.Simulation.Now.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Cancelling_waits_for_a_job_that_is_nearly_done()
    {
        _bench.Connector = new JobsConnector { PollsUntilDone = 4 };
        _bench.Limits = new() { Records = 10, Concurrency = 1 };
        _bench.Simulation.At(TimeSpan.FromSeconds(5), _bench.Cancel.Cancel);

        var result = _bench.With(Operation.Write, 20).Run();

        (result.Cancelled, result.Delivered).ShouldBe((true, 10));
        _bench.Simulation.Now.TotalSeconds.ShouldBe(15.25, 0.01);
    }

    [Fact]
    public void Cancelling_when_all_is_done_changes_nothing()
    {
        _bench.Acknowledging = _ => _bench.Cancel.Cancel();

        var result = _bench.With(Operation.Write, 10).Run();

        (result.Cancelled, result.Delivered).ShouldBe((false, 10));
    }

    [Fact]
    public void A_far_end_that_stays_away_ends_the_delivery_and_the_rest_is_untouched()
    {
        _bench.Limits = new() { Records = 10, Concurrency = 1 };
        _bench.Vendor.Answers = request => request.Keys.Contains("k0") ? null : FakeVendor.Html(503);

        var result = _bench.With(Operation.Write, 1_000).Run();

        result.Ended.ShouldBeOfType<DestinationUnavailableException>().Message.ShouldContain("503");
        (result.Delivered, result.Failed).ShouldBe((10, 50)); // five batches in a row
        result.Calls.ShouldBe(1 + (5 * 6));
    }

    [Fact]
    public void A_batch_that_meets_an_outage_fails_and_the_others_arrive()
    {
        _bench.Vendor.Answers = request => request.Keys.Contains("k15") ? FakeVendor.Html(500) : null;

        var result = _bench.With(Operation.Write, 100).Run();

        (result.Delivered, result.Failed, result.Ended).ShouldBe((90, 10, null));
        _bench.Acknowledged[(Operation.Write, null, "k15")].Reason!.Code.ShouldBe("destination.unavailable");
    }

    [Fact]
    public void An_acknowledger_that_breaks_ends_the_delivery_loudly()
    {
        _bench.Acknowledging = batch =>
        {
            if (batch[0].Key == "k20")
                throw new IOException("disk full");
        };

        Should.Throw<IOException>(() => _bench.With(Operation.Write, 1_000).Run()).Message.ShouldBe("disk full");

        _bench.Vendor.Requests.Count.ShouldBeLessThan(15);
    }

    [Fact]
    public void A_feed_that_breaks_half_way_ends_the_delivery_loudly_and_what_was_sent_is_acknowledged()
    {
        _bench.Reading = batch =>
        {
            if (batch[0].Key == "k200")
                throw new IOException("the workspace is gone");
        };

        Should.Throw<IOException>(() => _bench.With(Operation.Write, 1_000).Run()).Message.ShouldBe("the workspace is gone");

        var sent = _bench.Vendor.Requests.SelectMany(request => request.Keys);
        _bench.Acknowledged.Keys.Select(key => key.Key).ShouldBe(sent, ignoreOrder: true);
    }

    [Fact]
    public void A_plan_that_asks_for_what_the_connector_cannot_do_ends_before_anything_is_sent()
    {
        _bench.Connector = new WriteOnlyConnector();

        var result = _bench.Renaming("a", "b").With(Operation.Write, 5).Run();

        result.Ended!.Problem.Code.ShouldBe("connector.unable");
        _bench.Vendor.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void A_failure_that_cannot_be_sent_again_shows_its_request_without_the_credential()
    {
        _bench.Connector = new FakeConnector { Repeatable = false };
        _bench.Text = _ => "we know s3cret/key";
        _bench.Vendor.Answers = _ => FakeVendor.Json(500, """{"message":"s3cret/key is on fire"}""");

        var exchange = _bench.With(Operation.Write, 1).Run().Reasons.Single().Exchange!;

        (exchange.Method, exchange.Address, exchange.Status).ShouldBe(("POST", "https://fake.test/write", 500));
        exchange.Request.ShouldBe("""{"records":[{"key":"k0","create":true,"name":"we know ***"}]}""");
        exchange.Answer.ShouldBe("""{"message":"*** is on fire"}""");
    }

    private static Task<HttpResponseMessage> Never(Received received, CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource<HttpResponseMessage>();
        cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
        return never.Task;
    }
}
