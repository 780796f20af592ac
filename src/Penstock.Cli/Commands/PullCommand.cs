using System.CommandLine;
using Penstock.Cli.Output;
using Penstock.Cli.Publishing;
using Penstock.Contract;
using Penstock.Control.Revisions;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock pull</c>: makes the folder's files those of the newest revision.</summary>
internal sealed class PullCommand : PublishingCommand
{
    private const int Shown = 10;
    private readonly Option<bool> _force = new("--force") { Description = "Overwrite files that were changed and not applied." };

    public PullCommand(CommandContext context)
        : base(context, "pull", "Write the newest revision of the configuration into the project folder.",
            "penstock pull", "penstock pull -p shop --server https://penstock.example.com")
    {
        Add(_force);
        AddTargetOptions();
    }

    protected override Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(invocation.Folder, invocation.Surroundings.Folder);
        if (IsElsewhere(invocation) && !Directory.Exists(folder))
            Make(folder);
        return WithTargetAsync(invocation, (target, marker) => ActAsync(invocation, target, marker, cancellationToken));
    }

    private async Task<int> ActAsync(
        Invocation invocation, IRevisionTarget target, BaseMarker marker, CancellationToken cancellationToken)
    {
        var folder = invocation.Composition.Folder;
        var pulled = await target.PullAsync(cancellationToken) ?? throw new PenstockException(RevisionProblems.None.Of(
            $"Nothing has been published yet in {target.Name}.", "Publish there, or run 'penstock apply' first."));
        var present = FolderFiles.TryRead(folder);
        var differing = FolderFiles.Differing(present ?? new Dictionary<string, string>(), pulled.Files);
        if (differing.Count > 0 || present is null)
        {
            var isSafe = present is not null
                && (present.Count == 0 || marker.Find(target.Name)?.Hash == BaseMarker.Hash(present));
            if (!isSafe && !invocation.Value(_force))
                throw new PenstockException(LocalChanges(folder, differing));
            await FolderFiles.ReplaceAsync(folder, present ?? new Dictionary<string, string>(), pulled.Files, cancellationToken);
        }

        marker.Set(target.Name, pulled.Number, pulled.Files);
        if (invocation.Screen.IsJson)
            invocation.Screen.Json(new { pulled.Number, Folder = folder, Files = differing });
        else
        {
            foreach (var name in differing)
                invocation.Screen.Line($"{(pulled.Files.ContainsKey(name) ? Ink.Changed("~") : Ink.Gone("-"))} {Ink.Plain(name)}");
            invocation.Screen.Line(Ink.Plain(differing.Count == 0 ? $"The files are those of revision {pulled.Number} already."
                : $"The files are now those of revision {pulled.Number}."));
        }

        return ExitCodes.Well;
    }

    private static Problem LocalChanges(string folder, IReadOnlyList<string> names)
    {
        var more = names.Count > Shown ? $" and {names.Count - Shown} more" : "";
        return CommandProblems.LocalChanges.Of(
            $"The files in {folder} are not those that were last pulled or applied, and differ from what is published: "
            + $"{string.Join(", ", names.Take(Shown))}{more}.",
            "Nothing was written. Apply them, put them aside, or overwrite them with --force.");
    }

    private static void Make(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PenstockException(CommandProblems.NotWritable.Of($"{folder} cannot be made: {exception.Message}"), exception);
        }
    }
}
