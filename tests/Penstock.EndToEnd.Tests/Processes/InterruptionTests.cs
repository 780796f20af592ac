using Penstock.EndToEnd.Tests.Runs;
using Penstock.Simulators.Braze;

namespace Penstock.EndToEnd.Tests.Processes;

/// <summary>Real processes, interrupted while requests are in flight.</summary>
public sealed class InterruptionTests
{
    private const int Users = 3_000;

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_polite_signal_finishes_what_is_in_flight_and_the_next_run_sends_only_the_rest(string signal)
    {
        await using var shop = await OpenAsync(slow: TimeSpan.FromMilliseconds(400));
        using var first = PenstockProcess.Start(shop, "run");
        await PenstockProcess.UntilAsync(() => shop.Braze.Stats.Requests >= 9);

        first.Signal(signal);
        var (exitCode, output, error) = await first.EndAsync();
        shop.Braze.ClearFaults();
        var taken = shop.Braze.Stats.Objects;
        var second = await PenstockProcess.RunAsync(shop, "run");

        exitCode.ShouldBe(130, output + error);
        (output + error).ShouldContain("cancel", Case.Insensitive);
        taken.ShouldBeInRange(75, Users - 1);
        second.ExitCode.ShouldBe(0, second.Error);
        shop.Braze.Stats.Objects.ShouldBe(Users, "nobody is sent twice");
        await ShouldBeSettledAsync(shop);
    }

    [Fact]
    public async Task A_second_signal_stops_at_once_and_what_was_in_flight_is_sent_again()
    {
        await using var shop = await OpenAsync(slow: TimeSpan.FromMinutes(10));
        using var first = PenstockProcess.Start(shop, "run");
        await PenstockProcess.UntilAsync(() => shop.Braze.Stats.Requests >= 4);

        first.Signal("INT");
        await PenstockProcess.UntilAsync(() => first.Said.Contains("Stopping", StringComparison.Ordinal));
        using (var apart = new PeriodicTimer(TimeSpan.FromMilliseconds(400))) // signals close together count as one
            await apart.WaitForNextTickAsync();
        first.Signal("INT");
        var (exitCode, _, error) = await first.EndAsync();
        shop.Braze.ClearFaults();
        shop.Run("UPDATE users SET first_name = NULL");
        var second = await PenstockProcess.RunAsync(shop, "run");

        exitCode.ShouldBe(130, error);
        error.ShouldContain("at once");
        second.ExitCode.ShouldBe(0, second.Error);
        await ShouldBeSettledAsync(shop);
        shop.There(1)!.ContainsKey("first_name").ShouldBeFalse();
    }

    [Fact]
    public async Task After_a_kill_the_next_run_simply_goes_on()
    {
        await using var shop = await OpenAsync(slow: TimeSpan.FromMilliseconds(300));
        using var first = PenstockProcess.Start(shop, "run");
        await PenstockProcess.UntilAsync(() => shop.Braze.Stats.Requests >= 20);

        first.Signal("KILL");
        await first.EndAsync();
        shop.Braze.ClearFaults();
        // What was in flight may have arrived; a value that is gone meanwhile must not stay there.
        shop.Run("UPDATE users SET first_name = NULL WHERE id % 2 = 0");
        shop.Run("DELETE FROM users WHERE id % 10 = 0");
        var second = await PenstockProcess.RunAsync(shop, "run");
        var runs = await PenstockProcess.RunAsync(shop, "runs");

        second.ExitCode.ShouldBe(0, second.Output + second.Error);
        runs.Output.ShouldContain("interrupted");
        await ShouldBeSettledAsync(shop);
        foreach (var profile in shop.Braze.Profiles())
        {
            var id = long.Parse(profile["external_id"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);
            (id % 10).ShouldNotBe(0);
            profile.ContainsKey("first_name").ShouldBe(id % 2 != 0, $"user {id}");
        }
    }

    [Fact]
    public async Task A_second_process_says_who_holds_the_workspace_and_a_killed_holder_frees_it()
    {
        await using var shop = await OpenAsync(slow: TimeSpan.FromSeconds(20));
        using var first = PenstockProcess.Start(shop, "run");
        await PenstockProcess.UntilAsync(() => shop.Braze.Stats.Requests >= 1);

        var second = await PenstockProcess.RunAsync(shop, "plan");
        first.Signal("KILL");
        await first.EndAsync();
        shop.Braze.ClearFaults();
        var third = await PenstockProcess.RunAsync(shop, "run");

        second.ExitCode.ShouldBe(1);
        second.Error.ShouldContain($"{first.Id}");
        second.Error.ShouldContain("workspace.held");
        third.ExitCode.ShouldBe(0, third.Error);
        await ShouldBeSettledAsync(shop);
    }

    [Fact]
    public async Task A_refused_key_is_in_no_output_log_or_file()
    {
        await using var shop = await OpenAsync(slow: null);
        shop.KeyGiven = "wrong-key-93c7a1";

        var (exitCode, output, error) = await PenstockProcess.RunAsync(shop, "run");

        exitCode.ShouldBe(4);
        error.ShouldContain("API key");
        (output + error).ShouldNotContain(shop.KeyGiven);
        var key = System.Text.Encoding.UTF8.GetBytes(shop.KeyGiven);
        foreach (var file in Directory.EnumerateFiles(shop.Folder, "*", SearchOption.AllDirectories))
            (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(key).ShouldBe(-1, file);
    }

    [Fact]
    public async Task Json_is_all_there_is_on_standard_output_and_exit_codes_tell_what_happened()
    {
        await using var shop = await OpenAsync(slow: null);
        shop.User(1, "not an address");

        var partial = await PenstockProcess.RunAsync(shop, "run", "--json");
        var good = await PenstockProcess.RunAsync(shop, "run", "--json");
        shop.Run("DELETE FROM users");
        var guarded = await PenstockProcess.RunAsync(shop, "run", "--json");
        var unknown = await PenstockProcess.RunAsync(shop, "run", "nobody", "--json");

        (partial.ExitCode, good.ExitCode, guarded.ExitCode, unknown.ExitCode).ShouldBe((2, 0, 3, 1));
        foreach (var output in new[] { partial.Output, good.Output, guarded.Output, unknown.Output })
            System.Text.Json.JsonDocument.Parse(output).Dispose();
    }

    private static async Task<Shop> OpenAsync(TimeSpan? slow)
    {
        var shop = await Shop.OpenAsync();
        shop.Run($"""
            INSERT INTO users
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Users})
            SELECT i, 'user' || i || '@example.com', 'Name ' || i, 'English' FROM n
            """);
        if (slow is { } delay)
            shop.Braze.AddFault(new() { Match = "/users/track", Times = -1, Status = 201, Delay = delay });
        return shop;
    }

    // The model and Braze agree, and a further run makes no call.
    private static async Task ShouldBeSettledAsync(Shop shop)
    {
        var before = shop.Braze.Stats.Requests;
        var again = await PenstockProcess.RunAsync(shop, "run");
        again.ExitCode.ShouldBe(0, again.Error);
        shop.Braze.Stats.Requests.ShouldBe(before);
        shop.Braze.Profiles().Count.ShouldBe(shop.Count("users"));
        shop.Braze.Races.ShouldBeEmpty();
    }
}
