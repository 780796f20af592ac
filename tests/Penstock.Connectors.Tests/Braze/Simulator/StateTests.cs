using System.Text.Json.Nodes;
using Penstock.Simulators;
using Penstock.Simulators.Braze;

namespace Penstock.Connectors.Tests.Braze.Simulator;

public sealed class StateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("simulator");

    private string File => Path.Combine(_folder.FullName, "state.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_it_holds_survives_stopping_and_starting()
    {
        string before;
        await using (var braze = await SimulatedBraze.StartAsync(new() { StateFile = File }))
        {
            await braze.GivenAsync($$"""
                {"external_id":"old","email":"a@example.com","phone":"+4712345678","plan":"gold",
                 "n":1.5,"tags":["a"],"o":{"a":{"b":true} },
                 "current_location":{"longitude":1.5,"latitude":2},
                 "subscription_groups":[{"subscription_group_id":"{{SimulatedBraze.Group}}","subscription_state":"subscribed"}]}
                """);
            await braze.PostAsync(
                "/users/external_ids/rename", """{"external_id_renames":[{"current_external_id":"old","new_external_id":"new"}]}""");
            await braze.PostAsync("/users/alias/new", """{"user_aliases":[{"external_id":"new","alias_name":"n","alias_label":"l"}]}""");
            await braze.PostAsync("/users/track", """{"events":[{"external_id":"new","name":"x","time":"2026-01-01T00:00:00Z"}]}""");
            before = braze.User("new").ToJsonString();
        }

        await using var again = await SimulatedBraze.StartAsync(new() { StateFile = File });

        again.User("new").ToJsonString().ShouldBe(before);
        again.User("old").ToJsonString().ShouldBe(before);
        await again.GivenAsync(
            """{"user_alias":{"alias_name":"n","alias_label":"l"},"via":"alias"},{"email":"a@example.com","via2":"email"}""");
        again.Custom("new", "via").ShouldBe("\"alias\"");
        again.Custom("new", "via2").ShouldBe("\"email\"");
        again.Simulator.Stats.Users.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_is_saved_a_moment_later_without_stopping()
    {
        await using var braze = await SimulatedBraze.StartAsync(new() { StateFile = File });
        await braze.GivenAsync("""{"external_id":"u"}""");

        System.IO.File.Exists(File).ShouldBeFalse();
        braze.Time.Advance(TimeSpan.FromSeconds(1));

        JsonNode.Parse(await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken))?["profiles"]
            .ShouldNotBeNull().AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_write_that_is_still_delayed_is_saved_when_stopping()
    {
        var options = new BrazeSimulatorOptions { StateFile = File, WriteDelay = TimeSpan.FromHours(1) };
        await using (var braze = await SimulatedBraze.StartAsync(options))
            await braze.GivenAsync("""{"external_id":"u"}""");

        await using var again = await SimulatedBraze.StartAsync(options);

        again.Simulator.Profile("u").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("{\"version\":1,\"profiles\":[{")]
    [InlineData("{\"version\":2,\"profiles\":[]}")]
    [InlineData("{\"version\":1,\"profiles\":[{\"external_id\":\"u\"}]}")]
    [InlineData("[]")]
    public async Task A_damaged_file_is_named_and_left_as_it_is(string text)
    {
        await System.IO.File.WriteAllTextAsync(File, text, TestContext.Current.CancellationToken);

        var exception = await Should.ThrowAsync<InvalidDataException>(() => SimulatedBraze.StartAsync(new() { StateFile = File }));

        exception.Message.ShouldContain(File);
        (await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken)).ShouldBe(text);
    }

    [Fact]
    public async Task The_command_line_finds_it_by_name_and_stops_it_cleanly()
    {
        var vendor = SimulatorRegistry.Find("Braze").ShouldNotBeNull();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var running = await vendor.StartAsync(
            new SimulatorArguments { StateFile = File, Limit = "5", Key = "k", Permissions = new HashSet<string> { "users.track" } },
            TestContext.Current.CancellationToken);
        var run = running.RunAsync(stop.Token);

        run.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();
        await run;

        System.IO.File.Exists(File).ShouldBeTrue();
        SimulatorRegistry.All.ShouldContain(vendor);
        SimulatorRegistry.Find("nobody").ShouldBeNull();
        await Should.ThrowAsync<ArgumentException>(
            () => vendor.StartAsync(new SimulatorArguments { Limit = "much" }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_IO_error()
    {
        await using var first = await SimulatedBraze.StartAsync();

        await Should.ThrowAsync<IOException>(() => SimulatedBraze.StartAsync(new() { Port = first.Simulator.Address.Port }));
    }
}
