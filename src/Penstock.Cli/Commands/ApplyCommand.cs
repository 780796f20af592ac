using System.CommandLine;
using Penstock.Cli.Output;
using Penstock.Cli.Publishing;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock apply</c>: publishes the folder's files as the next revision.</summary>
internal sealed class ApplyCommand : PublishingCommand
{
    private readonly Option<string> _comment = new("--comment", "-m")
    {
        Description = "What others read about this revision.",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only say what would change." };

    private readonly Option<bool> _force = new("--force")
    {
        Description = "Put the files over what was published since they were pulled.",
    };

    public ApplyCommand(CommandContext context)
        : base(context, "apply", "Publish the files as the next revision of the configuration.",
            "penstock apply --dry-run", "penstock apply --comment \"New field\"",
            "penstock apply -p shop --server https://penstock.example.com")
    {
        Add(_comment);
        Add(_dryRun);
        Add(_force);
        AddTargetOptions();
    }

    protected override Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken) =>
        WithTargetAsync(invocation, (target, marker) => ActAsync(invocation, target, marker, cancellationToken));

    private async Task<int> ActAsync(
        Invocation invocation, IRevisionTarget target, BaseMarker marker, CancellationToken cancellationToken)
    {
        var files = FolderFiles.Read(invocation.Composition.Folder);
        var isDryRun = invocation.Value(_dryRun);
        long? known = invocation.Value(_force) ? null : marker.Find(target.Name)?.Number ?? 0;
        var applied = await target.ApplyAsync(files, invocation.Value(_comment) ?? "", known, isDryRun, cancellationToken);
        if (!isDryRun || applied.IsUnchanged)
            marker.Set(target.Name, applied.Number, files);
        Print(invocation, applied, isDryRun);
        return ExitCodes.Well;
    }

    private static void Print(Invocation invocation, Applied applied, bool isDryRun)
    {
        if (invocation.Screen.IsJson)
        {
            invocation.Screen.Json(new
            {
                applied.Number,
                Unchanged = applied.IsUnchanged,
                DryRun = isDryRun,
                applied.Changes,
            });
            return;
        }

        Print(invocation.Screen.Results, applied.Changes);
        invocation.Screen.Line(applied.IsUnchanged ? Ink.Plain($"Nothing changed: revision {applied.Number} has these files.")
            : isDryRun ? Ink.Changed($"This would be revision {applied.Number}. Nothing was published.")
            : Ink.Added($"Revision {applied.Number} is published."));
    }
}
