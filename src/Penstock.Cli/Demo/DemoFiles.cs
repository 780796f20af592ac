using System.Reflection;
using Penstock.Contract;

namespace Penstock.Cli.Demo;

/// <summary>The demo's files, which travel inside the program: <c>samples/demo</c>.</summary>
internal static class DemoFiles
{
    private const string Prefix = "demo/";

    // What samples/demo says; the simulator of a demo takes any free port.
    private const string WrittenAddress = "http://127.0.0.1:4010";

    /// <summary>Copies the project into an empty folder, with the simulator's address in it.</summary>
    /// <exception cref="PenstockException">The folder holds something already, or can't be written.</exception>
    public static async Task CopyAsync(string folder, Uri braze, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new PenstockException(CommandProblems.FilesExist.Of($"The folder {folder} is not empty.", "Name another with --dir."));
        try
        {
            foreach (var name in Names())
            {
                var file = Path.Combine(folder, name);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!); // below the folder
                var text = (await ReadAsync(name, cancellationToken)).Replace(WrittenAddress, braze.AbsoluteUri.TrimEnd('/'),
                    StringComparison.Ordinal);
                await File.WriteAllTextAsync(file, text, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PenstockException(CommandProblems.NotWritable.Of($"The folder {folder} cannot be written: {exception.Message}"),
                exception);
        }
    }

    /// <summary>The rows of a CSV file of the demo, by column. Its files hold no quotes.</summary>
    public static async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> RowsAsync(string name, CancellationToken cancellationToken)
    {
        var lines = (await ReadAsync(name, cancellationToken)).Split('\n',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var columns = lines[0].Split(',');
        return
        [
            .. lines.Skip(1).Select(line => columns.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second,
                StringComparer.Ordinal)),
        ];
    }

    private static IEnumerable<string> Names() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]);

    private static async Task<string> ReadAsync(string name, CancellationToken cancellationToken)
    {
        await using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name)
            ?? throw new InvalidOperationException($"The demo's file {name} is not in the program.");
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
