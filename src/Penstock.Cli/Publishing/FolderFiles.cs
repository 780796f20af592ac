using Penstock.Contract;
using Penstock.Control.Revisions;
using Penstock.Control.Services;
using Penstock.Engine.Configuration;

namespace Penstock.Cli.Publishing;

/// <summary>The configuration files of a folder, read and replaced as a whole.</summary>
internal static class FolderFiles
{
    /// <summary>The files by name.</summary>
    /// <exception cref="InvalidProjectException">One can't be read.</exception>
    public static IReadOnlyDictionary<string, string> Read(string folder)
    {
        var problems = new List<Problem>();
        var files = ProjectReader.Texts(folder, problems);
        return problems.Exists(problem => problem.Severity == Severity.Error) ? throw new InvalidProjectException(problems) : files;
    }

    /// <summary>The files by name, as far as they can be read; null when one can't, or there is no folder.</summary>
    public static IReadOnlyDictionary<string, string>? TryRead(string folder)
    {
        if (!Directory.Exists(folder))
            return new Dictionary<string, string>(StringComparer.Ordinal);
        var problems = new List<Problem>();
        var files = ProjectReader.Texts(folder, problems);
        return problems.Exists(problem => problem.Severity == Severity.Error) ? null : files;
    }

    /// <summary>The names whose text differs, or that only one side has.</summary>
    public static IReadOnlyList<string> Differing(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
    [
        .. one.Keys.Union(other.Keys, StringComparer.Ordinal)
            .Where(name => one.GetValueOrDefault(name) != other.GetValueOrDefault(name)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Makes the folder's configuration these files. What is no configuration stays.</summary>
    /// <exception cref="PenstockException">A name leads elsewhere, or something can't be written.</exception>
    public static async Task ReplaceAsync(
        string folder, IReadOnlyDictionary<string, string> present, IReadOnlyDictionary<string, string> files,
        CancellationToken cancellationToken)
    {
        FileNames.Check(files.Keys);
        try
        {
            foreach (var (name, text) in files.Where(file => present.GetValueOrDefault(file.Key) != file.Value))
            {
                var path = Path.Combine(folder, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path) ?? folder);
                await File.WriteAllTextAsync(path + ".new", text, cancellationToken);
                File.Move(path + ".new", path, overwrite: true);
            }

            // Where case does not count, a file under a name in another case is the one just written.
            foreach (var name in present.Keys.Where(name => !files.Keys.Contains(name, StringComparer.OrdinalIgnoreCase)))
                File.Delete(Path.Combine(folder, name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PenstockException(CommandProblems.NotWritable.Of($"The files cannot be written: {exception.Message}",
                "Check the folder's permissions and pull again."), exception);
        }
    }
}
