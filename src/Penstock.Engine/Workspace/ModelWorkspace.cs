using System.Globalization;
using DuckDB.NET.Data;
using Penstock.Contract;

namespace Penstock.Engine.Workspace;

/// <summary>
/// A model's DuckDB file, held by this process alone while it is open, and locked down: whatever statement it is given, DuckDB reads no
/// other file, opens no network, loads no extension and changes no setting. Nothing in it is ordered by the clock.
/// </summary>
public sealed class ModelWorkspace : IAsyncDisposable
{
    private readonly WorkspaceLock _lock;
    private readonly string _connectionString;
    private readonly WorkspaceConnection _connection;

    private ModelWorkspace(string file, WorkspaceLock @lock, string connectionString)
    {
        (File, _lock, _connectionString) = (file, @lock, connectionString);
        _connection = Open(connectionString, file);
    }

    /// <summary>The DuckDB file.</summary>
    public string File { get; }

    /// <summary>The connection that lives as long as the workspace; for one thread at a time.</summary>
    public WorkspaceConnection Connection => _connection;

    /// <summary>Opens a model's workspace, making it when there is none and bringing it to this version's form when it is older.</summary>
    /// <param name="folder">The folder of all workspaces; made when missing.</param>
    /// <param name="modelId">The model; its file is <c>MODEL.duckdb</c>.</param>
    /// <param name="command">What opens it, told to whoever comes second: <c>penstock run users</c>.</param>
    /// <param name="time">Says since when it is held.</param>
    /// <param name="options">How much of the machine it may use.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PenstockException">
    /// <c>workspace.held</c>, <c>workspace.newer</c>, <c>workspace.damaged</c>, <c>workspace.folder</c>, <c>workspace.disk_full</c>.
    /// </exception>
    public static async Task<ModelWorkspace> OpenAsync(
        string folder,
        string modelId,
        string command,
        TimeProvider time,
        WorkspaceOptions options,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var file = Path.Combine(Path.GetFullPath(folder), modelId + ".duckdb");
        var @lock = Prepare(folder, file, modelId, command, time);
        ModelWorkspace? workspace = null;
        try
        {
            workspace = new ModelWorkspace(file, @lock, ConnectionString(file, options));
            await Migrations.RunAsync(workspace._connection, file, cancellationToken);
            return workspace;
        }
        catch
        {
            if (workspace is not null)
                await workspace._connection.DisposeAsync();
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>Another connection to the file, for work beside <see cref="Connection"/>; to be disposed before the workspace.</summary>
    public WorkspaceConnection Connect() => Open(_connectionString, File);

    /// <summary>
    /// Writes what is in the log into the file, so that its free space is used again and the next opening is quick. Left for the next time
    /// where others are reading.
    /// </summary>
    public async Task CheckpointAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _connection.ExecuteAsync(Sql.Of($"CHECKPOINT"), cancellationToken);
        }
        catch (DuckDBException error) when (error.Message.Contains("Cannot CHECKPOINT", StringComparison.Ordinal))
        {
            // Somebody reads what the checkpoint would move. DuckDB does it when the file is closed, at the latest.
        }
    }

    /// <summary>Closes the file (DuckDB then folds its log into it) and lets others have it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _lock.Dispose();
    }

    private static WorkspaceLock Prepare(string folder, string file, string modelId, string command, TimeProvider time)
    {
        try
        {
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder);
                System.IO.File.WriteAllText(Path.Combine(folder, ".gitignore"), "*\n"); // people's data has no place in a repository
            }

            return WorkspaceLock.Take(Path.ChangeExtension(file, ".lock"), modelId, command, time);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PenstockException(
                WorkspaceFaults.Explain(error.Message, file) ?? WorkspaceProblems.Folder.Of(
                    $"The workspace folder {folder} can't be used: {error.Message}",
                    "Make it a folder that this user may write to, or choose another one with --workspace."),
                error);
        }
    }

    private static WorkspaceConnection Open(string connectionString, string file)
    {
        var connection = new DuckDBConnection(connectionString);
        try
        {
            connection.Open();
            return new WorkspaceConnection(connection);
        }
        catch (DuckDBException error)
        {
            connection.Dispose();
            throw new PenstockException(
                WorkspaceFaults.Explain(error.Message, file) ?? WorkspaceProblems.Unreadable.Of(
                    $"The workspace {file} can't be opened: {error.Message}",
                    "See that this user may read and write it."),
                error);
        }
    }

    // Without external access DuckDB still reads and writes its own file, its log and its temporary directory, and nothing else. The order
    // of rows is not kept: whoever needs one says ORDER BY, and large inserts need far less memory.
    private static string ConnectionString(string file, WorkspaceOptions options)
    {
        var builder = new DuckDBConnectionStringBuilder { DataSource = file };
        builder["memory_limit"] = Bytes(options.MemoryBytes);
        builder["threads"] = options.Threads;
        builder["temp_directory"] = Path.ChangeExtension(file, ".tmp");
        builder["max_temp_directory_size"] = Bytes(options.SpillBytes);
        builder["preserve_insertion_order"] = "false";
        builder["enable_external_access"] = "false";
        builder["autoinstall_known_extensions"] = "false";
        builder["autoload_known_extensions"] = "false";
        builder["allow_community_extensions"] = "false";
        builder["lock_configuration"] = "true";
        return builder.ConnectionString;
    }

    private static string Bytes(long bytes) => bytes.ToString(CultureInfo.InvariantCulture) + "B";
}
