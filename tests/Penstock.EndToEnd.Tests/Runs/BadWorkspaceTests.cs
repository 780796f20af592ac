using System.Diagnostics;
using DuckDB.NET.Data;
using Penstock.Contract;
using Penstock.Engine.Runs;
using Penstock.Engine.Workspace;

namespace Penstock.EndToEnd.Tests.Runs;

/// <summary>Workspaces that are damaged, newer, held or without room, and clocks that go back.</summary>
public sealed class BadWorkspaceTests
{
    [Fact]
    public async Task A_clock_set_back_between_runs_loses_nothing_and_repeats_nothing()
    {
        var clock = new Clock { Now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero) };
        await using var shop = await Shop.OpenAsync(clock);
        shop.User(1, "a@example.com");
        shop.User(2, "not an address");
        shop.User(3, "c@example.com");
        await shop.RunAsync();
        clock.Now -= TimeSpan.FromDays(400);
        shop.User(1, "new@example.com");
        shop.User(2, "b@example.com");
        shop.Run("DELETE FROM users WHERE id = 3");
        shop.User(4, "d@example.com");

        var back = await shop.RunAsync();
        var again = await shop.RunAsync();

        var destination = back.Destinations[0];
        back.Status.ShouldBe(RunStatus.Succeeded, back.Problem?.ToString());
        (destination.Created, destination.Updated, destination.Removed).ShouldBe((2, 1, 1));
        shop.There(1)!["email"]!.GetValue<string>().ShouldBe("new@example.com");
        shop.There(3).ShouldBeNull();
        (again.Destinations[0].Calls, again.Destinations[0].Unchanged).ShouldBe((0, 3));
    }

    [Fact]
    public async Task A_damaged_workspace_is_named_with_what_deleting_it_costs()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        await shop.RunAsync();
        await File.WriteAllTextAsync(shop.WorkspaceFile, string.Concat(Enumerable.Repeat("garbage ", 4096)));
        var before = shop.Braze.Stats.Requests;

        var damaged = await shop.RunAsync();
        var sent = shop.Braze.Stats.Requests - before;
        File.Delete(shop.WorkspaceFile);
        var anew = await shop.RunAsync();

        damaged.Status.ShouldBe(RunStatus.Failed);
        damaged.Problem!.Code.ShouldBe("workspace.damaged");
        BadSourcesTests.Said(damaged, shop.WorkspaceFile, "damaged", "every record is sent again", "stay at the destination");
        sent.ShouldBe(0);
        (anew.Status, anew.Destinations[0].Delivered).ShouldBe((RunStatus.Succeeded, 1));
    }

    [Fact]
    public async Task A_workspace_cut_short_is_named_as_damaged()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        await shop.RunAsync();
        await using (var file = File.OpenWrite(shop.WorkspaceFile))
            file.SetLength(16_384); // the headers, and the first page of the first block

        var damaged = await shop.RunAsync();

        damaged.Status.ShouldBe(RunStatus.Failed);
        damaged.Problem!.Code.ShouldBe("workspace.damaged", damaged.Problem.ToString());
        BadSourcesTests.Said(damaged, shop.WorkspaceFile, "every record is sent again");
        shop.There(1).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_workspace_of_a_newer_version_is_left_as_it_is()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        await shop.RunAsync();
        Execute(shop.WorkspaceFile, "UPDATE _meta SET schema_version = schema_version + 1000, written_by = 'Penstock 99.0.0'");

        var newer = await shop.RunAsync();
        Execute(shop.WorkspaceFile, "UPDATE _meta SET schema_version = schema_version - 1000");
        var next = await shop.RunAsync();

        newer.Status.ShouldBe(RunStatus.Failed);
        BadSourcesTests.Said(newer, shop.WorkspaceFile, "Penstock 99.0.0", "Use that version or a later one", "every record is sent again");
        (next.Status, next.Destinations[0].Unchanged, next.Destinations[0].Calls).ShouldBe((RunStatus.Succeeded, 1, 0));
    }

    [Fact]
    public async Task A_workspace_that_is_held_says_by_what()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        RunResult held;
        await using (await ModelWorkspace.OpenAsync(
            Path.GetDirectoryName(shop.WorkspaceFile)!, "users", "penstock run users", shop.Time, new(), default)) // in a folder
            held = await shop.RunAsync();

        var next = await shop.RunAsync();

        (held.Status, held.Problem!.Code).ShouldBe((RunStatus.Failed, "workspace.held"));
        BadSourcesTests.Said(held, "users", "penstock run users", $"{Environment.ProcessId}", "Wait");
        next.Destinations[0].Created.ShouldBe(1);
    }

    [Fact]
    public async Task A_full_disk_is_named_sends_nothing_and_the_next_run_with_room_delivers()
    {
        var folder = Directory.CreateTempSubdirectory("penstock-full-").FullName;
        Assert.SkipUnless(Mount("mount", "-t", "tmpfs", "-o", "size=6m", "penstock-test", folder), "Only root can mount a small disk.");
        try
        {
            await using var shop = await Shop.OpenAsync();
            shop.WorkspaceFolder = folder;
            shop.User(1);
            await shop.RunAsync();
            var before = shop.Braze.Stats.Requests;
            shop.Run(
                """
                INSERT INTO users
                WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
                SELECT i, i || '@example.com', hex(randomblob(100)), hex(randomblob(100)) FROM n
                """);

            var full = await shop.RunAsync();
            var sent = shop.Braze.Stats.Requests - before;
            shop.Run("DELETE FROM users WHERE id > 3");
            var room = await shop.RunAsync();

            (full.Status, full.Problem!.Code).ShouldBe((RunStatus.Failed, "workspace.disk_full"), full.Problem.ToString());
            BadSourcesTests.Said(full, folder, "full", "Make room");
            sent.ShouldBe(0);
            room.Status.ShouldBe(RunStatus.Succeeded, room.Problem?.ToString());
            (room.Destinations[0].Created, room.Destinations[0].Removed, room.Destinations[0].Unchanged).ShouldBe((2, 0, 1));
        }
        finally
        {
            Mount("umount", folder).ShouldBeTrue();
            Directory.Delete(folder);
        }
    }

    private static bool Mount(string program, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            return false;
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false });
        process?.WaitForExit();
        return process?.ExitCode == 0;
    }

    private static void Execute(string file, string statement)
    {
        using var connection = new DuckDBConnection($"Data Source={file}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
