using System.Text;
using System.Text.RegularExpressions;

namespace Penstock.Engine.Configuration;

/// <summary>The configuration files of a folder: found, bounded, decoded, composed.</summary>
internal sealed class ProjectFiles(Findings findings)
{
    /// <summary>The most bytes of one file.</summary>
    public const int MaxFileBytes = 1 << 20;

    private const int MaxTotalBytes = 16 << 20;
    private const int MaxFiles = 1000;
    private const int MaxEntries = 20_000;
    private const int MaxFolderDepth = 16;
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];
    private static readonly string[] FoldersLeftOut = ["node_modules", "bin", "obj"];
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private int _totalBytes;
    private int _entries;

    /// <summary>The texts of a folder's files by name, as they are; those that can't be read are left out, which is reported.</summary>
    public IReadOnlyDictionary<string, string> Texts(string folder)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Read(folder, texts);
        return texts;
    }

    /// <summary>The documents of a folder's files, in the order of their names.</summary>
    public IReadOnlyList<Node> Read(string folder) => Read(folder, new Dictionary<string, string>(StringComparer.Ordinal));

    private List<Node> Read(string folder, IDictionary<string, string> texts)
    {
        var names = new List<string>();
        try
        {
            Walk(new DirectoryInfo(folder), "", 0, names);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or System.Security.SecurityException)
        {
            findings.Add(
                ConfigurationProblems.FileUnreadable.Of(
                    $"The project folder can't be read: {unreadable.Message}", "Name it with `--project DIR`."));
            return [];
        }

        return Compose(names, name => ReadFile(folder, name) is { } text ? texts[name] = text : null);
    }

    /// <summary>The documents of given texts, by file name.</summary>
    public IReadOnlyList<Node> Read(IReadOnlyDictionary<string, string> files) => Compose(
        [.. files.Keys.Where(name => Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))],
        name => Encoding.UTF8.GetByteCount(files[name]) is var bytes && IsBounded(name, bytes) ? files[name] : null);

    private List<Node> Compose(List<string> names, Func<string, string?> read)
    {
        var documents = new List<Node>();
        var root = names.Find(
            name => Path.GetFileNameWithoutExtension(name) == "penstock" && !name.Contains('/', StringComparison.Ordinal));
        if (root is not null)
            documents.AddRange(Documents(root, read));
        var ignored = IgnoredBy(documents);
        var others = names.Where(name => name != root && !ignored.Exists(glob => glob.IsMatch(name))).Order(StringComparer.Ordinal)
            .ToList();
        if (others.Count >= MaxFiles)
        {
            findings.Add(ConfigurationProblems.TooManyFiles.Of(
                $"The folder holds more than {MaxFiles} YAML and JSON files.",
                "Check that it is the right folder; list what isn't configuration under `ignore:` in penstock.yaml."));
            return documents;
        }

        foreach (var name in others)
            documents.AddRange(Documents(name, read));
        return documents;
    }

    private IReadOnlyList<Node> Documents(string name, Func<string, string?> read)
    {
        if (read(name) is { } text)
            return YamlComposer.Compose(name, text, findings);
        findings.IsIncomplete = true;
        return [];
    }

    // Its form is checked where the project is read.
    private static List<Regex> IgnoredBy(List<Node> documents) =>
    [
        .. documents.OfType<MapNode>().Where(map => map.Has("project")).Select(map => map.Find("ignore")?.Value)
            .OfType<ListNode>().SelectMany(list => list.Items).OfType<ScalarNode>().Select(glob => Glob(glob.Text)),
    ];

    private static Regex Glob(string glob)
    {
        var pattern = Regex.Escape(glob.Trim().TrimStart('/')).Replace(@"\*\*/", "(?:.*/)?", StringComparison.Ordinal)
            .Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal).Replace(
                @"\?", "[^/]", StringComparison.Ordinal);
        return new($"^{pattern}(?:/.*)?$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }

    // By hand, because links to folders are not followed (they may lead in a circle) while links to files are.
    private void Walk(DirectoryInfo folder, string prefix, int depth, List<string> names)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            if (++_entries > MaxEntries)
                return;
            if (entry is DirectoryInfo inner)
            {
                var isLeftOut = inner.Name.StartsWith('.') || FoldersLeftOut.Contains(inner.Name) || inner.LinkTarget is not null;
                if (!isLeftOut && depth < MaxFolderDepth)
                    Walk(inner, $"{prefix}{inner.Name}/", depth + 1, names);
            }
            else if (Extensions.Contains(entry.Extension, StringComparer.OrdinalIgnoreCase) && !entry.Name.StartsWith('.'))
                names.Add(prefix + entry.Name);
        }

        if (_entries > MaxEntries && depth == 0)
            findings.Add(
                ConfigurationProblems.TooManyFiles.Of(
                    $"The folder holds more than {MaxEntries:N0} files.", "Give the configuration a folder of its own."));
    }

    private string? ReadFile(string folder, string name)
    {
        try
        {
            using var stream = File.OpenRead(Path.Combine(folder, name));
            var bytes = new byte[MaxFileBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (!IsBounded(name, length))
                return null;
            var content = bytes.AsSpan(0, length);
            return Strict.GetString(content.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content);
        }
        catch (DecoderFallbackException invalid)
        {
            findings.Add(
                ConfigurationProblems.NotUtf8.Of($"The file is not UTF-8 (byte {Math.Max(0, invalid.Index) + 1:N0}).",
                    "Save it as UTF-8.") with
                { File = name });
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            findings.Add(
                ConfigurationProblems.FileUnreadable.Of($"The file can't be read: {unreadable.Message}",
                    "Check who may read it.") with
                { File = name });
        }

        return null;
    }

    private bool IsBounded(string name, int bytes)
    {
        _totalBytes += bytes;
        if (bytes <= MaxFileBytes && _totalBytes <= MaxTotalBytes)
            return true;
        var message = bytes > MaxFileBytes ? "The file is larger than 1 MiB, which no configuration is."
            : "The files together are larger than 16 MiB, which no configuration is.";
        findings.Add(
            ConfigurationProblems.FileTooLarge.Of(message,
                "If it is not configuration, list it under `ignore:` in penstock.yaml.") with
            { File = name });
        return false;
    }
}
