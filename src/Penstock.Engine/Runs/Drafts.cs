using Penstock.Contract;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Runs;

/// <summary>
/// The workspaces of drafts: copies of the live ones in a folder of their own, in which an unpublished configuration is loaded and
/// planned. The live ones are only read.
/// </summary>
internal static class Drafts
{
    private const int MostLetters = 100;

    /// <summary>The folder of a draft's workspaces.</summary>
    /// <exception cref="ArgumentException">The id can't be a folder's name.</exception>
    public static string Folder(string live, string draft)
    {
        var isName = draft.Length is > 0 and <= MostLetters
            && draft.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
        return isName
            ? Path.Combine(live, "drafts", draft)
            : throw new ArgumentException("A draft's id is letters and digits.", nameof(draft));
    }

    /// <summary>Whether the model was loaded in the draft.</summary>
    public static bool Has(RunnerSetup setup, string modelId) => File.Exists(FileOf(setup.Workspace, modelId));

    /// <summary>
    /// Copies the live workspace of a model, so that what was delivered is known in the draft. Waits until a run of the model has ended.
    /// </summary>
    /// <exception cref="PenstockException">The live workspace is held by another process, or the disk is full.</exception>
    public static async Task CopyAsync(RunnerSetup setup, string modelId, CancellationToken cancellationToken)
    {
        var live = setup.Live!; // only drafts are copied
        if (setup.Shared is { } shared)
            await shared.CloseAsync(setup.Workspace, modelId, cancellationToken);
        Directory.CreateDirectory(setup.Workspace);
        foreach (var old in Files(setup.Workspace, modelId))
            File.Delete(old);
        if (!File.Exists(FileOf(live, modelId)))
            return;
        await using var lease = await WorkspaceLease.OpenAsync(
            setup.Shared,
            new(live, modelId, setup.Command, setup.WorkspaceOptions) { IsRun = true, Waits = true },
            setup.Time,
            cancellationToken);
        await lease.Workspace.CheckpointAsync(cancellationToken);
        try
        {
            // The log first belongs to the file as it is: nobody writes while the lease is held.
            foreach (var file in Files(live, modelId))
                File.Copy(file, Path.Combine(setup.Workspace, Path.GetFileName(file)), overwrite: true);
        }
        catch (IOException error)
        {
            throw new PenstockException(
                WorkspaceFaults.Explain(error.Message, setup.Workspace) ?? WorkspaceProblems.Folder.Of(
                    $"The workspace of '{modelId}' can't be copied for the draft: {error.Message}", WorkspaceProblems.Folder.ToDo),
                error);
        }
    }

    /// <summary>Deletes a draft's workspaces.</summary>
    public static async Task DiscardAsync(RunnerSetup setup, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(setup.Workspace))
            return;
        foreach (var file in Directory.GetFiles(setup.Workspace, "*.duckdb"))
        {
            if (setup.Shared is { } shared)
                await shared.CloseAsync(setup.Workspace, Path.GetFileNameWithoutExtension(file), cancellationToken);
        }

        Directory.Delete(setup.Workspace, recursive: true);
    }

    private static string FileOf(string folder, string modelId) => Path.Combine(folder, modelId + ".duckdb");

    private static IEnumerable<string> Files(string folder, string modelId) =>
        new[] { FileOf(folder, modelId), FileOf(folder, modelId) + ".wal" }.Where(File.Exists);
}
