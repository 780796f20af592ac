using System.Runtime.CompilerServices;

namespace Penstock.EndToEnd.Tests.Repository;

/// <summary>A file of the repository.</summary>
/// <param name="Path">Relative to the repository, with <c>/</c>.</param>
/// <param name="Text">Its content.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public IEnumerable<(int Number, string Text)> Lines => Text.Split('\n').Select((line, i) => (i + 1, line.TrimEnd('\r')));
}

/// <summary>The repository's files, for rules that are about their text.</summary>
internal static class SourceTree
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", ".git", "TestResults"];

    public static string Root { get; } = Find();

    /// <summary>The files below a folder, without what the build writes; none if there is no such folder.</summary>
    public static IReadOnlyList<SourceFile> Below(string folder, params string[] endings)
    {
        var start = Path.Combine(Root, folder);
        return !Directory.Exists(start) ? [] :
        [
            .. Directory.EnumerateFiles(start, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
                .Where(file => !file.Split('/').Intersect(NotOurs)
                    .Any() && endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal)
                .Select(file => new SourceFile(file, File.ReadAllText(Path.Combine(Root, file)))),
        ];
    }

    /// <summary>The places that break a rule, as <c>file:line: text</c>.</summary>
    public static IReadOnlyList<string> LinesThat(this IEnumerable<SourceFile> files, Func<string, bool> breakIt) =>
    [
        .. from file in files
           from line in file.Lines
           where breakIt(line.Text)
           select $"{file.Path}:{line.Number}: {line.Text.Trim()}",
    ];

    private static string Find([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Penstock.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests do not run from the repository.");
    }
}
