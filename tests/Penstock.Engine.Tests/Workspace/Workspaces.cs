using Microsoft.Extensions.Time.Testing;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Tests.Workspace;

/// <summary>Opens workspaces as a run does.</summary>
internal static class Workspaces
{
    public static Task<ModelWorkspace> OpenAsync(TemporaryFolder folder, FakeTimeProvider? time = null,
        string command = "penstock run users") =>
        ModelWorkspace.OpenAsync(
            folder.File("ws"),
            "users",
            command,
            time ?? new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 10, 15, 0, TimeSpan.Zero)),
            new WorkspaceOptions { Threads = 2 },
            TestContext.Current.CancellationToken);
}
