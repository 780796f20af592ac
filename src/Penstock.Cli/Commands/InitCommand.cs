using System.CommandLine;
using System.Reflection;
using Penstock.Cli.Output;
using Penstock.Contract;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock init</c>: writes a commented starter project.</summary>
internal sealed class InitCommand : PenstockCommand
{
    private const string Prefix = "starter/";

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
        var files = Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var there = files.Select(name => name[Prefix.Length..]).Where(file => File.Exists(Path.Combine(folder, file))).ToList();
        if (there.Count > 0)
        {
            throw new PenstockException(new(
                "usage.files_exist", $"The folder {folder} already holds {string.Join(", ", there)}.", "Nothing was written. Name another folder."));
        }

        foreach (var name in files)
            await WriteAsync(name, Path.Combine(folder, name[Prefix.Length..]), cancellationToken);
        Print(invocation, folder, [.. files.Select(name => name[Prefix.Length..])]);
        return ExitCodes.Well;
    }

    private static async Task WriteAsync(string resource, string file, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!); // the path has a folder
            await using var from = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!; // its name was listed
            await using var to = new FileStream(file, FileMode.CreateNew);
            await from.CopyToAsync(to, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PenstockException(new("usage.not_writable", $"{file} cannot be written: {exception.Message}"), exception);
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
        invocation.Screen.Say(Ink.Plain("Next: put your database and key in penstock.yaml, then 'penstock validate --connect' and 'penstock plan'."));
    }
}
