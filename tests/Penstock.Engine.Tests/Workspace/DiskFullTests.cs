using System.Diagnostics;
using Penstock.Contract;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Tests.Workspace;

public sealed class DiskFullTests
{
    [Fact]
    public async Task A_full_disk_ends_the_step_with_a_clear_problem_and_keeps_what_was_there()
    {
        using var folder = new TemporaryFolder();
        var disk = Directory.CreateDirectory(folder.File("disk")).FullName;
        Assert.SkipUnless(await TryAsync("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk),
            "a small disk can be mounted by root only");
        try
        {
            await using var workspace = await ModelWorkspace.OpenAsync(
                disk, "users", "a test", TimeProvider.System, new WorkspaceOptions { Threads = 1 }, TestContext.Current.CancellationToken);
            await workspace.Connection.ExecuteAsync(Sql.Of($"CREATE TABLE t AS SELECT 7::BIGINT AS n"),
                TestContext.Current.CancellationToken);

            var error = await Should.ThrowAsync<PenstockException>(() => workspace.Connection.InTransactionAsync(
                token => workspace.Connection.ExecuteAsync(
                    Sql.Of($"CREATE OR REPLACE TABLE t AS SELECT i AS n, md5(i::VARCHAR) AS a, md5((i + 1)::VARCHAR) AS b "
                        + $"FROM range(400000) r(i)"),
                    token),
                TestContext.Current.CancellationToken));

            error.Problem.Code.ShouldBe("workspace.disk_full");
            error.Problem.Message.ShouldContain(workspace.File);
        }
        finally
        {
            await KeptAsync(disk);
            await TryAsync("umount", disk);
        }
    }

    private static async Task KeptAsync(string disk)
    {
        await using var again = await ModelWorkspace.OpenAsync(
            disk, "users", "a test", TimeProvider.System, new WorkspaceOptions { Threads = 1 }, TestContext.Current.CancellationToken);
        (await again.Connection.ScalarAsync<long>(Sql.Of($"SELECT n FROM t"), TestContext.Current.CancellationToken)).ShouldBe(7);
    }

    private static async Task<bool> TryAsync(string command, params string[] arguments)
    {
        try
        {
            // started by name
            using var process =
                Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
