using System.Globalization;
using System.Text.Json;
using Penstock.Contract;

namespace Penstock.Engine.Workspace;

/// <summary>
/// Keeps a workspace to one process at a time. The hold itself is the operating system's lock on an open file, so it ends with the process
/// however that ends; the file beside it only says who holds it, and is believed only while the lock is held.
/// </summary>
internal sealed class WorkspaceLock : IDisposable
{
    private readonly FileStream _held;
    private readonly string _holderFile;

    private WorkspaceLock(FileStream held, string holderFile) => (_held, _holderFile) = (held, holderFile);

    /// <summary>Takes the lock.</summary>
    /// <param name="path">The lock file; never deleted, as another process could be opening it.</param>
    /// <param name="model">The model's id, for the message.</param>
    /// <param name="command">What holds it, in words for whoever is refused: <c>penstock run users</c>.</param>
    /// <param name="time">Says since when.</param>
    /// <exception cref="PenstockException"><c>workspace.held</c>: another has it.</exception>
    public static WorkspaceLock Take(string path, string model, string command, TimeProvider time)
    {
        var holderFile = path + ".json";
        FileStream held;
        try
        {
            held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(path))
        {
            throw new PenstockException(Held(model, Read(holderFile)), error);
        }

        var holder = new Holder(Environment.ProcessId, Environment.MachineName, command, time.GetUtcNow());
        File.WriteAllText(holderFile, JsonSerializer.Serialize(holder));
        return new WorkspaceLock(held, holderFile);
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose()
    {
        // First the name, then the lock: the other way round, the next holder's name could be deleted.
        try
        {
            File.Delete(_holderFile);
        }
        catch (IOException)
        {
            // A name left behind is believed only while someone holds the lock, who then writes their own.
        }

        _held.Dispose();
    }

    private static Problem Held(string model, Holder? holder)
    {
        var by = holder is null
            ? "another process"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"process {holder.Pid} on {holder.Host} since {holder.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC ({holder.Command})");
        return WorkspaceProblems.Held.Of(
            $"The workspace of '{model}' is held by {by}.",
            "Wait until it ends, or stop it; only one process at a time may work on a model.");
    }

    private static Holder? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Holder>(File.ReadAllText(file));
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            return null; // the holder has just come or is just going
        }
    }

    private sealed record Holder(int Pid, string Host, string Command, DateTimeOffset Since);
}
