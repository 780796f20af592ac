using System.CommandLine;
using Penstock.Cli.Wiring;
using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Cli.Commands;

/// <summary>Ids of the project in the folder, for completing a command line.</summary>
internal static class ProjectIds
{
    /// <summary>The ids; none when the project can't be read, as nobody wants an error while typing.</summary>
    public static IEnumerable<string> Of(CommandContext context, ParseResult parsed, Func<Project, IEnumerable<string>> ids)
    {
        try
        {
            var folder = Path.GetFullPath(parsed.GetValue(context.Options.Project) ?? ".", context.Surroundings.Folder);
            if (!Directory.Exists(folder))
                return [];
            using var composition = new Composition(context.Surroundings, folder, null);
            return composition.Services.Projects.Read().Project is { } project ? ids(project).ToList() : [];
        }
        catch (Exception exception) when (
            exception is PenstockException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return [];
        }
    }
}
