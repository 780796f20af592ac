using Penstock.Contract;
using Penstock.Testing.Http;
using Penstock.Testing.Shapes;

namespace Penstock.Connectors.Tests.Contract;

/// <summary>
/// The contract fits systems with ids of their own, lists that take calls of their own, one record at a time, and jobs: shown by
/// connectors to systems in memory, each found by the same scan.
/// </summary>
public sealed class ShapeTests
{
    private static readonly Person Ann = new("ann", "ann@example.com", "12345");
    private static readonly Person Bob = new("bob", "not an address", "12345");
    private static readonly Person Cleo = new("cleo", "cleo@example.com");

    public static TheoryData<string> Shapes => [.. Subject.All.Where(subject => subject.Connector is IShape).Select(subject => subject.Id)];

    public static TheoryData<string> Removing =>
        [.. Subject.All.Where(subject => subject.Connector is IShape and IRemoves).Select(subject => subject.Id)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Good_records_arrive_and_a_bad_one_is_refused_alone(string id)
    {
        using var far = new FarEnd(id);
        await far.Delivery.WriteAsync(Ann, Bob, Cleo);
        far.Told("ann").ShouldBe(OutcomeKind.Delivered);
        far.Told("bob").ShouldBe(OutcomeKind.Refused);
        far.Delivery.Outcomes["bob"].Reason!.Message.ShouldBe("The e-mail address is not valid");
        far.Told("cleo").ShouldBe(OutcomeKind.Delivered);
        far.System.Snapshot().ShouldSatisfyAllConditions(
            state => state.ShouldContain("ann@example.com"),
            state => state.ShouldContain("cleo@example.com"),
            state => state.ShouldNotContain("bob"));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Delivering_twice_is_delivering_once(string id)
    {
        using var far = new FarEnd(id);
        await far.Delivery.WriteAsync(Ann, Cleo);
        var once = far.System.Snapshot();
        await far.Delivery.WriteAsync(Ann, Cleo);
        far.System.Snapshot().ShouldBe(once);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_change_arrives_and_null_clears(string id)
    {
        using var far = new FarEnd(id);
        await far.Delivery.WriteAsync(Ann, Cleo);
        await far.Delivery.WriteAsync(Ann with { Email = null }, Cleo with { Email = "new@example.com", Lists = ["12345"] });
        far.System.Snapshot().ShouldSatisfyAllConditions(
            state => state.ShouldContain("ann"),
            state => state.ShouldNotContain("ann@example.com"),
            state => state.ShouldNotContain("cleo@example.com"),
            state => state.ShouldContain("new@example.com"));
    }

    [Theory]
    [MemberData(nameof(Removing))]
    public async Task Removing_twice_is_removing_once_and_touches_nobody_else(string id)
    {
        using var far = new FarEnd(id);
        await far.Delivery.WriteAsync(Cleo);
        using var other = new FarEnd(id);
        await other.Delivery.WriteAsync(Cleo, Ann);
        for (var time = 0; time < 2; time++)
        {
            await other.Delivery.RemoveAsync(Ann);
            other.Told("ann").ShouldBe(OutcomeKind.Delivered);
            other.System.Snapshot().ShouldBe(far.System.Snapshot());
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task After_any_fault_another_run_arrives_at_the_same_state(string id)
    {
        using var undisturbed = new FarEnd(id);
        await undisturbed.Delivery.WriteAsync(Ann, Cleo);
        (int, string)[] faults = [(500, "<html></html>"), (429, ""), (400, """{"message":"No"}"""), (200, "<html></html>"), (200, "")];
        foreach (var (status, body) in faults)
        {
            for (var at = 0; at < 6; at++)
            {
                using var far = new FarEnd(id);
                await AttemptAsync(far, at, status, body);
                await far.Delivery.WriteAsync(Ann, Cleo);
                far.Delivery.Outcomes.Values.ShouldAllBe(outcome => outcome.Kind == OutcomeKind.Delivered);
                far.System.Snapshot().ShouldBe(undisturbed.System.Snapshot(), $"status {status} at request {at}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_wrong_token_ends_it_and_shows_nowhere(string id)
    {
        using var far = new FarEnd(id, token: "another-token-4711");
        var exception = await Should.ThrowAsync<ConnectionException>(() => far.Delivery.WriteAsync(Ann));
        exception.Fault.ShouldBe(ConnectionFault.NotAuthorised);
        exception.ToString().ShouldNotContain("another-token-4711");
        far.System.Snapshot().ShouldNotContain("ann");
    }

    [Fact]
    public async Task Enriching_a_system_with_ids_of_its_own_creates_nobody()
    {
        using var far = new FarEnd("contacts-contacts", SyncModes.Sync);
        await far.Delivery.WriteAsync(Ann);
        using var enriching = new FarEnd("contacts-contacts", SyncModes.Enrich, far.System);
        await enriching.Delivery.WriteAsync(Ann with { Email = "new@example.com" }, Cleo);
        enriching.Told("ann").ShouldBe(OutcomeKind.Delivered);
        enriching.Told("cleo").ShouldBe(OutcomeKind.Skipped);
        far.System.Snapshot().ShouldSatisfyAllConditions(
            state => state.ShouldContain("new@example.com"), state => state.ShouldNotContain("cleo"));
    }

    [Fact]
    public async Task Ids_come_back_with_the_outcome()
    {
        using var far = new FarEnd("contacts-contacts");
        await far.Delivery.WriteAsync(Ann);
        far.Delivery.Outcomes["ann"].RemoteId.ShouldBe("101");
    }

    [Fact]
    public async Task Lists_are_entered_and_left_by_calls_of_their_own()
    {
        using var far = new FarEnd("lists-members");
        await far.Delivery.WriteAsync(Ann, Cleo);
        far.System.Snapshot().ShouldContain("""
            "lists":{"12345":["ann"]}
            """);
        await far.Delivery.WriteAsync(Ann with { Lists = [] }, Cleo with { Lists = ["12345"] });
        far.System.Snapshot().ShouldContain("""
            "lists":{"12345":["cleo"]}
            """);
    }

    [Fact]
    public async Task A_job_goes_on_for_a_while_before_its_outcomes_are_there()
    {
        using var far = new FarEnd("jobs-rows");
        var jobs = (IBulkJobs)far.Trial.Connector;
        var batch = far.Trial.One();
        var job = await jobs.BeginAsync(far.Trial.App, batch, far.Http, TestContext.Current.CancellationToken);
        (await jobs.PollAsync(far.Trial.App, job, batch, far.Http, TestContext.Current.CancellationToken)).ShouldBeNull();
        (await jobs.PollAsync(far.Trial.App, job, batch, far.Http, TestContext.Current.CancellationToken)).ShouldBeNull();
        far.System.Snapshot().ShouldBe("{}");
        (await jobs.PollAsync(far.Trial.App, job, batch, far.Http, TestContext.Current.CancellationToken))
            .ShouldNotBeNull()[0].Kind.ShouldBe(OutcomeKind.Delivered);
        far.System.Snapshot().ShouldContain("key 0");
    }

    [Fact]
    public async Task One_record_a_request_makes_as_many_requests_as_records()
    {
        using var far = new FarEnd("people-people");
        await far.Delivery.WriteAsync(Ann, Cleo);
        far.System.Requests.ShouldBe(2);
    }

    // A run that meets the fault at one of its requests, and ends there or not.
    private static async Task AttemptAsync(FarEnd far, int at, int status, string body)
    {
        far.System.FailLater(at, status, body);
        try
        {
            await far.Delivery.WriteAsync(Ann, Cleo);
        }
        catch (DestinationUnavailableException)
        {
        }

        far.System.FailNoMore();
    }

    private sealed class FarEnd : IDisposable
    {
        private readonly PlainHttp _http;

        public FarEnd(string id, SyncModes? mode = null, MemorySystem? system = null, string? token = null)
        {
            Trial = new(id, mode);
            System = system ?? ((IShape)Trial.Connector).NewFarEnd();
            _http = PlainHttp.For(Trial.Connector, token is null ? Trial.App : new MemoryApp { Token = new(token) }, System);
            Delivery = new(Trial, _http);
        }

        public Trial Trial { get; }

        public MemorySystem System { get; }

        public IHttp Http => _http;

        public Delivery Delivery { get; }

        public OutcomeKind Told(string key) => Delivery.Outcomes[key].Kind;

        public void Dispose() => Trial.Dispose();
    }
}
