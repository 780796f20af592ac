using Penstock.Simulators.Braze;

namespace Penstock.Connectors.Tests.Braze.Simulator;

public sealed class FaultTests
{
    private const string One = """{"external_id":"u","visits":{"inc":1}}""";

    [Fact]
    public async Task A_status_is_answered_so_many_times_and_applies_nothing()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await ScriptAsync(braze, """[{"match":"/users/track","times":2,"status":503}]""");

        var first = await braze.AttributesAsync(One);
        var second = await braze.AttributesAsync(One);
        var third = await braze.AttributesAsync(One);

        new[] { first.Status, second.Status, third.Status }.ShouldBe([503, 503, 201]);
        first.MediaType.ShouldBe("text/html");
        braze.Custom("u", "visits").ShouldBe("1");
        braze.Simulator.Stats.Requests.ShouldBe(3);
        braze.Simulator.Requests.Select(request => request.Status).ShouldBe([503, 503, 201]);
    }

    [Fact]
    public async Task Only_paths_that_match_are_touched()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await ScriptAsync(braze, """[{"match":"/users/delete","status":500}]""");

        (await braze.AttributesAsync(One)).Status.ShouldBe(201);
        (await braze.PostAsync("/users/delete", """{"external_ids":["u"]}""")).Status.ShouldBe(500);
    }

    [Fact]
    public async Task Headers_and_body_can_be_scripted()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await ScriptAsync(
            braze,
            """[{"status":429,"headers":{"X-Ratelimit-Retry-After":"7","x-ratelimit-limit":""},"body":{"message":"slow down"}}]""");

        var reply = await braze.AttributesAsync(One);

        reply.Status.ShouldBe(429);
        reply.Header("X-Ratelimit-Retry-After").ShouldBe("7");
        reply.Header("x-ratelimit-limit").ShouldBe("(absent)");
        reply.Message.ShouldBe("slow down");
    }

    [Fact]
    public async Task A_scripted_429_without_headers_says_when_to_come_back_in_the_dialect_of_the_contract()
    {
        await using var classic = await SimulatedBraze.StartAsync();
        await using var mau = await SimulatedBraze.StartAsync(new() { Limit = BrazeLimit.Mau });
        classic.Simulator.AddFault(new BrazeFault { Status = 429 });
        mau.Simulator.AddFault(new BrazeFault { Status = 429 });

        var epoch = await classic.AttributesAsync(One);
        var seconds = await mau.AttributesAsync(One);

        epoch.Header("x-ratelimit-remaining").ShouldBe("0");
        epoch.Header("x-ratelimit-reset").ShouldBe("1795521603");
        seconds.Header("x-ratelimit-retry-after").ShouldBe("2");
        seconds.Header("x-ratelimit-reset").ShouldBe("(absent)");
    }

    [Fact]
    public async Task A_scripted_401_repeats_the_key_as_a_real_one_does()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        braze.Simulator.AddFault(new BrazeFault { Status = 401 });

        var reply = await braze.AttributesAsync(One);

        reply.Message.ShouldBe("Invalid API key: simulator-key");
        reply.Header("x-ratelimit-reset").ShouldBe("");
    }

    [Fact]
    public async Task A_success_of_another_status_applies_the_request()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await ScriptAsync(braze, """[{"status":202}]""");

        var reply = await braze.AttributesAsync(One);

        reply.Status.ShouldBe(202);
        reply.Message.ShouldBe("queued");
        braze.Custom("u", "visits").ShouldBe("1");
    }

    [Theory]
    [InlineData("reset", false)]
    [InlineData("reset_after_apply", true)]
    [InlineData("truncate", true)]
    public async Task A_connection_is_cut_before_or_after_the_request_is_applied(string fault, bool applied)
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await ScriptAsync(braze, $$"""[{"match":"track","fault":"{{fault}}"}]""");

        await Should.ThrowAsync<HttpRequestException>(() => braze.AttributesAsync(One));

        (braze.Simulator.Profile("u") is not null).ShouldBe(applied);
        (await braze.AttributesAsync(One)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Garbage_is_an_answer_to_a_request_that_was_applied()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await ScriptAsync(braze, """[{"fault":"garbage"}]""");

        var reply = await braze.AttributesAsync(One);

        reply.Status.ShouldBe(201);
        Should.Throw<System.Text.Json.JsonException>(() => reply.Json);
        braze.Custom("u", "visits").ShouldBe("1");
    }

    [Fact]
    public async Task A_request_that_hangs_is_not_applied_and_ends_when_the_caller_gives_up()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await ScriptAsync(braze, """[{"fault":"hang"}]""");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var content = new StringContent($$"""{"attributes":[{{One}}]}""", System.Text.Encoding.UTF8, "application/json");
        var hanging = braze.Http.PostAsync(new Uri("/users/track", UriKind.Relative), content, patience.Token);
        while (braze.Simulator.Requests.Count == 0)
            await Task.Yield();

        hanging.IsCompleted.ShouldBeFalse();
        await patience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => hanging);
        braze.Simulator.Profile("u").ShouldBeNull();
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_a_request_that_hangs()
    {
        var braze = await SimulatedBraze.StartAsync();
        braze.Simulator.AddFault(new BrazeFault { Kind = BrazeFaultKind.Hang });
        var hanging = braze.AttributesAsync(One);
        while (braze.Simulator.Requests.Count == 0)
            await Task.Yield();

        await braze.Simulator.DisposeAsync();

        await Should.ThrowAsync<HttpRequestException>(() => hanging);
        await braze.DisposeAsync();
    }

    [Fact]
    public async Task A_delay_holds_back_the_answer_and_not_the_effect()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await ScriptAsync(braze, """[{"delay_ms":5000}]""");

        var slow = braze.AttributesAsync(One);
        while (braze.Simulator.Profile("u") is null)
            await Task.Yield();

        slow.IsCompleted.ShouldBeFalse();
        (await braze.AdvanceUntilAsync(slow)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Faults_that_are_left_can_be_taken_back()
    {
        await using var braze = await SimulatedBraze.StartAsync();
        await ScriptAsync(braze, """[{"status":500,"times":-1}]""");

        (await braze.AttributesAsync(One)).Status.ShouldBe(500);
        (await braze.AttributesAsync(One)).Status.ShouldBe(500);
        (await braze.SendAsync(HttpMethod.Delete, "/_sim/faults")).Status.ShouldBe(200);
        (await braze.AttributesAsync(One)).Status.ShouldBe(201);
    }

    [Theory]
    [InlineData("""[{"fault":"explode"}]""")]
    [InlineData("""[{"stauts":500}]""")]
    [InlineData("""[{"status":1000}]""")]
    [InlineData("""["reset"]""")]
    [InlineData("nonsense")]
    public async Task A_fault_that_cannot_happen_is_refused(string script)
    {
        await using var braze = await SimulatedBraze.StartAsync();

        (await braze.PostAsync("/_sim/faults", script)).Status.ShouldBe(400);
        (await braze.AttributesAsync(One)).Status.ShouldBe(201);
    }

    private static async Task ScriptAsync(SimulatedBraze braze, string faults) =>
        (await braze.PostAsync("/_sim/faults", faults)).Status.ShouldBe(200);
}
