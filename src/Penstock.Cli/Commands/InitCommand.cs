using System.CommandLine;
using Penstock.Cli.Output;
using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock init</c>: writes a commented starter project.</summary>
internal sealed class InitCommand : PenstockCommand
{
    private readonly Argument<string> _folder = new("DIR") { Description = "The folder to make.", DefaultValueFactory = _ => "." };

    public InitCommand(CommandContext context)
        : base(context, "init", "Write a commented starter project that validates.", "penstock init shop && penstock validate -p shop")
    {
        AddName(_folder);
        Add(Common.Json);
    }

    protected override async Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(invocation.Value(_folder)!, invocation.Surroundings.Folder); // has a default
        var there = StarterProject.Files.Keys.Where(file => File.Exists(Path.Combine(folder, file))).ToList();
        if (there.Count > 0)
        {
            throw new PenstockException(CommandProblems.FilesExist.Of($"The folder {folder} already holds {string.Join(", ", there)}.",
                "Nothing was written. Name another folder."));
        }

        foreach (var (name, text) in StarterProject.Files)
            await WriteAsync(Path.Combine(folder, name), text, cancellationToken);
        Print(invocation, folder, [.. StarterProject.Files.Keys]);
        return ExitCodes.Well;
    }

    private static async Task WriteAsync(string file, string text, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!); // the path has a folder
            await File.WriteAllTextAsync(file, text, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PenstockException(CommandProblems.NotWritable.Of($"{file} cannot be written: {exception.Message}"), exception);
        }
    }

    private static void Print(Invocation invocation, string folder, IReadOnlyList<string> files)
    {
        if (invocation.Screen.IsJson)
        {
            invocation.Screen.Json(new { folder, files });
            return;
        }

        foreach (var file in files)
            invocation.Screen.Line($"{Ink.Added("+")} {Ink.Plain(Path.Combine(folder, file))}");
        invocation.Screen.Say(
            Ink.Plain("Next: read penstock.yaml, put your database in, then 'penstock validate --connect' and 'penstock plan'."));
    }
}
