using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Penstock.Contract;

namespace Penstock.Engine.Workspace;

/// <summary>
/// The workspaces that one process holds open, so that it can look into a model while a run of it goes on: each file is opened once, one
/// run at a time has it for writing, any number of readers see what was committed last. Closed when nobody has used it for a while, so
/// that an idle process holds no memory for them. For a server; a command opens what it needs and closes it again.
/// </summary>
public sealed class SharedWorkspaces : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly TimeSpan _idle;

    /// <summary>None is open yet.</summary>
    /// <param name="time">Tells when one has been idle for long enough.</param>
    /// <param name="idle">How long a workspace that nobody uses stays open.</param>
    public SharedWorkspaces(TimeProvider time, TimeSpan idle) => (_time, _idle) = (time, idle);

    /// <summary>How many files are open now.</summary>
    public int Open => _entries.Values.Count(entry => entry.IsOpen);

    /// <summary>Whether a run has the model's workspace now.</summary>
    /// <param name="folder">The folder of the workspaces.</param>
    /// <param name="modelId">The model.</param>
    public bool IsRunning(string folder, string modelId) => EntryOf(folder, modelId).IsRunning;

    /// <summary>Closes all; to be called when nobody uses them any more.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var entry in _entries.Values)
            await entry.CloseAsync(CancellationToken.None);
    }

    /// <summary>A share in a model's workspace, opened when it is the first.</summary>
    /// <exception cref="PenstockException"><c>workspace.held</c>: another run has it; or it can't be opened.</exception>
    internal Task<WorkspaceLease> LeaseAsync(WorkspaceRequest request, CancellationToken cancellationToken) =>
        EntryOf(request.Folder, request.ModelId).LeaseAsync(request, _time, _idle, cancellationToken);

    /// <summary>Waits until nobody uses a model's workspace, and closes it.</summary>
    internal Task CloseAsync(string folder, string modelId, CancellationToken cancellationToken) =>
        EntryOf(folder, modelId).CloseAsync(cancellationToken);

    private Entry EntryOf(string folder, string modelId) =>
        _entries.GetOrAdd(Path.Combine(Path.GetFullPath(folder), modelId), _ => new Entry());

    [SuppressMessage("Design", "CA1001", Justification = "A semaphore that is only awaited holds nothing to dispose of.")]
    private sealed class Entry
    {
        private readonly SemaphoreSlim _gate = new(1, 1);
        private readonly SemaphoreSlim _runs = new(1, 1);
        private ModelWorkspace? _workspace; // guarded by the gate, as all below
        private TaskCompletionSource _unused = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private ITimer? _closing;
        private int _users;

        public bool IsOpen => _workspace is not null;

        public bool IsRunning => _runs.CurrentCount == 0;

        public async Task<WorkspaceLease> LeaseAsync(
            WorkspaceRequest request, TimeProvider time, TimeSpan idle, CancellationToken cancellationToken)
        {
            if (request.IsRun && !await _runs.WaitAsync(request.Waits ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellationToken))
            {
                throw new PenstockException(WorkspaceProblems.Held.Of(
                    $"Another run works on '{request.ModelId}'.", "Wait until it ends, or stop it; one run at a time works on a model."));
            }

            try
            {
                await _gate.WaitAsync(cancellationToken);
                try
                {
                    _workspace = await UsableAsync(request, time, cancellationToken);
                    _users++;
                    Stop(ref _closing);
                    return new(_workspace, () => ReleaseAsync(request.IsRun, time, idle));
                }
                finally
                {
                    _gate.Release();
                }
            }
            catch when (request.IsRun)
            {
                _runs.Release();
                throw;
            }
        }

        public async Task CloseAsync(CancellationToken cancellationToken)
        {
            while (true)
            {
                Task unused;
                await _gate.WaitAsync(cancellationToken);
                try
                {
                    if (_users == 0)
                    {
                        await CloseNowAsync();
                        return;
                    }

                    unused = _unused.Task;
                }
                finally
                {
                    _gate.Release();
                }

                await unused.WaitAsync(cancellationToken);
            }
        }

        // DuckDB gives up on a file after some faults (a full disk while committing); whoever comes next opens it anew.
        private async Task<ModelWorkspace> UsableAsync(WorkspaceRequest request, TimeProvider time, CancellationToken cancellationToken)
        {
            if (_workspace is { } open && _users == 0)
            {
                try
                {
                    await open.Connection.ScalarAsync<int>(Sql.Of($"SELECT 1"), cancellationToken);
                }
                catch (Exception error) when (error is PenstockException or DuckDB.NET.Data.DuckDBException)
                {
                    await CloseNowAsync();
                }
            }

            return _workspace ?? await ModelWorkspace.OpenAsync(
                request.Folder, request.ModelId, request.Command, time, request.Options, cancellationToken);
        }

        private async ValueTask ReleaseAsync(bool wasRun, TimeProvider time, TimeSpan idle)
        {
            await _gate.WaitAsync(CancellationToken.None);
            try
            {
                if (--_users == 0)
                {
                    _unused.TrySetResult();
                    _unused = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    Stop(ref _closing);
                    _closing = time.CreateTimer(_ => _ = CloseIdleAsync(), null, idle, Timeout.InfiniteTimeSpan);
                }
            }
            finally
            {
                _gate.Release();
                if (wasRun)
                    _runs.Release();
            }
        }

        private async Task CloseIdleAsync()
        {
            await _gate.WaitAsync(CancellationToken.None);
            try
            {
                if (_users == 0)
                    await CloseNowAsync();
            }
            finally
            {
                _gate.Release();
            }
        }

        private async Task CloseNowAsync()
        {
            Stop(ref _closing);
            if (_workspace is { } workspace)
            {
                _workspace = null;
                await workspace.DisposeAsync();
            }
        }

        private static void Stop(ref ITimer? timer)
        {
            timer?.Dispose();
            timer = null;
        }
    }
}

/// <summary>What a workspace is wanted for.</summary>
/// <param name="Folder">The folder of all workspaces.</param>
/// <param name="ModelId">The model.</param>
/// <param name="Command">What opens it, told to whoever comes second.</param>
/// <param name="Options">How much of the machine it may use.</param>
internal sealed record WorkspaceRequest(string Folder, string ModelId, string Command, WorkspaceOptions Options)
{
    /// <summary>Whether it is written to: one at a time.</summary>
    public bool IsRun { get; init; }

    /// <summary>Whether to wait for the run that has it, instead of being refused.</summary>
    public bool Waits { get; init; }
}

/// <summary>A share in an open workspace, to be given back.</summary>
internal sealed class WorkspaceLease(ModelWorkspace workspace, Func<ValueTask> release) : IAsyncDisposable
{
    private bool _isOver;

    /// <summary>The workspace; connect to it, and dispose of the connections before the lease.</summary>
    public ModelWorkspace Workspace { get; } = workspace;

    /// <summary>Opens a workspace: a share in the process's, or for the caller alone where none are shared.</summary>
    /// <exception cref="PenstockException">It is held, damaged, of a newer version, or the disk is full.</exception>
    public static async Task<WorkspaceLease> OpenAsync(
        SharedWorkspaces? shared, WorkspaceRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        if (shared is not null)
            return await shared.LeaseAsync(request, cancellationToken);
        var workspace = await ModelWorkspace.OpenAsync(
            request.Folder, request.ModelId, request.Command, time, request.Options, cancellationToken);
        return new(workspace, workspace.DisposeAsync);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isOver)
            return;
        _isOver = true;
        await release();
    }
}
