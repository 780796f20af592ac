using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Penstock.Contract;
using Penstock.Engine.Delivering;
using Penstock.Engine.Delivering.Http;

namespace Penstock.Engine.Tests.Delivering;

public sealed class DeliveryHttpTests : IDisposable
{
    private static readonly HttpCall Call = new(HttpMethod.Post, new("https://fake.test/write"))
    {
        Json = writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("records");
            writer.WriteEndArray();
            writer.WriteEndObject();
        },
    };

    private readonly Simulation _simulation = new();
    private readonly FakeVendor _vendor;
    private readonly DeliveryOptions _options = new() { Random = () => 0.5 };

    public DeliveryHttpTests() => _vendor = new(_simulation) { Delay = () => TimeSpan.Zero };

    public void Dispose() => _vendor.Dispose();

    [Fact]
    public void A_request_carries_the_credential_and_its_body()
    {
        var sent = (Authorization: "", Type: "", Body: "");
        _vendor.AnswersLater = async (request, cancellationToken) =>
        {
            sent = (request.Message.Headers.Authorization!.ToString(), request.Message.Content!.Headers.ContentType!.ToString(),
                await request.Message.Content.ReadAsStringAsync(cancellationToken));
            return FakeVendor.Json(201, """{"ok":true}""", ("X-Request-Id", "r1"));
        };

        var answer = Send(Call);

        sent.ShouldBe(("Bearer s3cret/key", "application/json", """{"records":[]}"""));
        (answer.Status, answer.IsSuccess, answer.Excerpt(), answer.Headers["x-request-id"]).ShouldBe((201, true, """{"ok":true}""", "r1"));
    }

    [Fact]
    public void A_connectors_own_headers_go_where_they_belong()
    {
        _vendor.AnswersLater = (request, _) =>
        {
            request.Message.Content!.Headers.ContentEncoding.ShouldBe(["identity"]);
            request.Message.Headers.GetValues("Revision").ShouldBe(["2026-10-15"]);
            request.Message.Headers.UserAgent.ToString().ShouldBe("Shop/1");
            return Task.FromResult(FakeVendor.Json(200, "{}"));
        };
        var headers = new Dictionary<string, string>
        {
            ["Revision"] = "2026-10-15",
            ["Content-Encoding"] = "identity",
            ["user-agent"] = "Shop/1",
        };

        Send(Call with { Headers = headers }).Status.ShouldBe(200);
    }

    [Fact]
    public void The_credential_is_taken_out_of_bodies_and_headers_in_every_form()
    {
        _vendor.Answers = _ => FakeVendor.Json(
            400, """{"a":"s3cret/key","b":"Bearer s3cret/key","c":"s3cret%2Fkey"}""", ("X-Echo", "key=s3cret/key"));

        var answer = Send(Call);

        answer.Excerpt().ShouldBe("""{"a":"***","b":"***","c":"***"}""");
        answer.Headers["X-Echo"].ShouldBe("key=***");
    }

    [Fact]
    public void An_answer_is_cut_at_one_mebibyte_without_leaving_a_part_of_the_credential()
    {
        var body = new string('x', Answers.MostBytes - 4) + "s3cret/key" + new string('y', 5_000_000);
        _vendor.Answers = _ => new(HttpStatusCode.BadRequest) { Content = new StringContent(body) };

        var answer = Send(Call);

        answer.Body.Length.ShouldBeLessThanOrEqualTo(Answers.MostBytes);
        Encoding.UTF8.GetString(answer.Body.Span).ShouldNotContain("s3c");
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(408)]
    public void An_outage_is_tried_again_with_growing_back_off(int status)
    {
        Fail(3, () => FakeVendor.Html(status));

        Send(Call).Status.ShouldBe(200);

        // Half of 1, 2, 4 seconds: the jitter is fixed at one half here.
        _vendor.Requests.Select(request => request.At.TotalSeconds).ShouldBe([0, 0.5, 1.5, 3.5], 0.001);
    }

    [Fact]
    public void An_outage_ends_after_six_tries_with_the_vendors_words()
    {
        _vendor.Answers = _ => FakeVendor.Json(500, """{"message":"on fire, s3cret/key"}""");

        var error = Should.Throw<DestinationUnavailableException>(() => Send(Call));

        _vendor.Requests.Count.ShouldBe(6);
        error.Problem.ShouldBe(new Problem(
            "destination.unavailable",
            """Fake (fake.test) answered 500 in 6 tries: {"message":"on fire, ***"}""",
            "What it did not take is sent again by the next run."));
    }

    [Fact]
    public void What_may_not_be_repeated_is_sent_once()
    {
        _vendor.Answers = _ => FakeVendor.Html(502);

        Should.Throw<DestinationUnavailableException>(() => Send(Call with { Repeatable = false }));

        _vendor.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public void What_may_not_be_repeated_is_tried_again_when_it_never_left()
    {
        Fail(2, () => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused"));

        Send(Call with { Repeatable = false }).Status.ShouldBe(200);
    }

    [Fact]
    public void A_broken_connection_is_tried_again()
    {
        Fail(1, () => throw new HttpRequestException(HttpRequestError.ResponseEnded, "reset", new IOException("reset by peer")));

        Send(Call).Status.ShouldBe(200);
    }

    [Fact]
    public void A_body_that_breaks_off_is_tried_again()
    {
        Fail(1, () => new(HttpStatusCode.OK) { Content = new StreamContent(new BrokenStream()) });

        Send(Call).Status.ShouldBe(200);

        _vendor.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("application/json", "{\"ok\":tr")]
    [InlineData("application/json", "\u0001\u0002garbage")]
    [InlineData("text/html", "<html>Log in to the hotel's network</html>")]
    public void Garbage_with_a_good_status_is_no_answer(string type, string body)
    {
        Fail(1, () => new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, type) });

        Send(Call).Body.Length.ShouldBe(2);

        _vendor.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public void A_request_that_hangs_is_given_up_after_its_time_and_tried_again()
    {
        _vendor.AnswersLater = (_, cancellationToken) =>
        {
            if (_vendor.Requests.Count > 1)
                return Task.FromResult(FakeVendor.Json(200, "{}"));
            var never = new TaskCompletionSource<HttpResponseMessage>();
            cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
            return never.Task;
        };

        Send(Call).Status.ShouldBe(200);

        _vendor.Requests[1].At.TotalSeconds.ShouldBe(60.5, 0.001);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, ConnectionFault.HostUnknown, "connection.host_unknown")]
    [InlineData(HttpRequestError.ConnectionError, ConnectionFault.Refused, "connection.refused")]
    [InlineData(HttpRequestError.SecureConnectionError, ConnectionFault.Other, "connection.not_secure")]
    public void A_host_that_never_answered_is_the_apps_fault(HttpRequestError error, ConnectionFault fault, string code)
    {
        _vendor.Answers = _ => throw new HttpRequestException(error, "no");

        var thrown = Should.Throw<ConnectionException>(() => Send(Call));

        (thrown.Fault, thrown.Problem.Code).ShouldBe((fault, code));
        thrown.Message.ShouldContain("fake_app");
        _vendor.Requests.Count.ShouldBe(6);
    }

    [Fact]
    public void A_host_that_answered_before_is_only_away()
    {
        _vendor.Answers = _ => _vendor.Requests.Count == 1 ? null : throw new HttpRequestException(HttpRequestError.ConnectionError, "no");

        Should.Throw<DestinationUnavailableException>(() => Run(async http =>
        {
            await http.SendAsync(Call, CancellationToken.None);
            return await http.SendAsync(Call, CancellationToken.None);
        }));
    }

    [Theory]
    [InlineData("Retry-After", "7", 7.0)]
    [InlineData("X-RateLimit-Retry-After", "7", 7.0)]
    [InlineData("Retry-After", "Sun, 01 Mar 2026 12:00:30 GMT", 29.75)] // the simulation begins at 12:00:00.25
    [InlineData("X-RateLimit-Reset", "7", 7.0)]
    [InlineData("X-RateLimit-Reset", "1772366412", 11.75)] // 12:00:12
    [InlineData("X-RateLimit-Reset", "", 0.5)]
    [InlineData("X-RateLimit-Reset", "soon", 0.5)]
    [InlineData("Retry-After", "0", 0.5)]
    public void A_429_is_waited_out_as_told(string header, string value, double seconds)
    {
        Fail(1, () => FakeVendor.Json(429, "{}", (header, value)));

        Send(Call).Status.ShouldBe(200);

        _vendor.Requests[1].At.TotalSeconds.ShouldBe(seconds, 0.15); // with a little jitter
        _vendor.Requests[1].At.TotalSeconds.ShouldBeGreaterThanOrEqualTo(seconds);
    }

    [Fact]
    public void The_first_retry_header_present_counts()
    {
        Fail(1, () => FakeVendor.Json(429, "{}", ("Retry-After", "50"), ("X-RateLimit-Retry-After", "3"), ("X-RateLimit-Reset", "90")));

        Send(Call);

        _vendor.Requests[1].At.TotalSeconds.ShouldBe(3, 0.15);
    }

    [Fact]
    public void A_clock_that_is_wrong_here_does_not_change_the_wait()
    {
        _simulation.ClockSetBy = TimeSpan.FromMinutes(-10);
        Fail(1, () => FakeVendor.Json(429, "{}", ("X-RateLimit-Reset", "1772366412"), ("Date", "Sun, 01 Mar 2026 12:00:00 GMT")));

        Send(Call);

        _vendor.Requests[1].At.TotalSeconds.ShouldBe(12, 0.15);
    }

    [Fact]
    public void Waiting_for_the_rate_limit_costs_no_tries()
    {
        Fail(20, () => FakeVendor.Json(429, "{}", ("Retry-After", "60")));

        Send(Call).Status.ShouldBe(200);
    }

    [Fact]
    public void Patience_with_the_rate_limit_ends()
    {
        _vendor.Answers = _ => FakeVendor.Json(429, "{}", ("Retry-After", "600"));

        Should.Throw<DestinationUnavailableException>(() => Send(Call)).Problem.Code.ShouldBe("destination.rate_limited");

        _simulation.Now.ShouldBeLessThanOrEqualTo(TimeSpan.FromHours(1));
        _vendor.Requests.Count.ShouldBe(6);
    }

    [Fact]
    public void A_credential_with_a_line_break_is_not_sent()
    {
        var app = new FakeApp { ApiKey = new("key\n") };
        var error = Should.Throw<ConnectionException>(() => Run(http => http.SendAsync(Call, CancellationToken.None), app));

        error.Fault.ShouldBe(ConnectionFault.NotAuthorised);
        _vendor.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void Redirects_are_answers_and_cookies_proxies_and_traces_stay_out()
    {
        using var handler = HttpHandlers.Create(connections: 100);

        handler.ShouldSatisfyAllConditions(
            it => it.AllowAutoRedirect.ShouldBeFalse(),
            it => it.UseCookies.ShouldBeFalse(),
            it => it.UseProxy.ShouldBeFalse(),
            it => it.ActivityHeadersPropagator.ShouldBeNull(),
            it => it.MaxConnectionsPerServer.ShouldBe(100));
    }

    private void Fail(int times, Func<HttpResponseMessage> how) => _vendor.Answers = _ => _vendor.Requests.Count <= times ? how() : null;

    private HttpAnswer Send(HttpCall call) => Run(http => http.SendAsync(call, CancellationToken.None));

    private HttpAnswer Run(Func<DeliveryHttp, Task<HttpAnswer>> work, FakeApp? app = null) => _simulation.Run(async () =>
    {
        using var invoker = new HttpMessageInvoker(_vendor, disposeHandler: false);
        using var http = new DeliveryHttp(
            invoker, new FakeConnector().Declaration, "fake_app", app ?? new(), _options, _simulation, NullLogger.Instance);
        return await work(http);
    });

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new HttpIOException(HttpRequestError.ResponseEnded, "the answer ended too early");
    }
}
