using System.Runtime.CompilerServices;
using System.Text;

namespace Penstock.Testing;

/// <summary>
/// Texts that must be read to be believed: kept in <c>golden/</c> beside the test, reviewed as code. <c>PENSTOCK_ACCEPT=1</c> (or
/// <c>./test --accept</c>) takes new ones over.
/// </summary>
public static class Golden
{
    /// <summary>Compares <paramref name="text"/> with the golden file <paramref name="name"/> beside the calling test.</summary>
    /// <param name="text">What the code under test wrote.</param>
    /// <param name="name">The file's name with its ending, such as <c>latest.sql</c>.</param>
    /// <param name="testFile">Set by the compiler.</param>
    /// <exception cref="GoldenMismatchException">They differ; the message shows the first lines that do.</exception>
    public static void Match(string text, string name, [CallerFilePath] string testFile = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(testFile)!, "golden", name); // a source file has a folder
        var received =
            Path.Combine(Path.GetDirectoryName(path)!, $"{Path.GetFileNameWithoutExtension(path)}.received{Path.GetExtension(path)}");
        var actual = Normal(text);
        if (File.Exists(path) && Normal(File.ReadAllText(path)) == actual)
        {
            File.Delete(received);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (Environment.GetEnvironmentVariable("PENSTOCK_ACCEPT") == "1")
        {
            File.WriteAllText(path, actual);
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        throw new GoldenMismatchException(File.Exists(path)
            ? $"golden/{name} differs. Accept with PENSTOCK_ACCEPT=1 when it is "
                + $"right.\n{Difference(Normal(File.ReadAllText(path)), actual)}"
            : $"golden/{name} does not exist yet. Accept with PENSTOCK_ACCEPT=1 when it is right:\n{actual}");
    }

    private static string Normal(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";

    // A plain common-prefix, common-suffix difference: golden files are short, and this is readable.
    private static string Difference(string expected, string actual)
    {
        var before = expected.Split('\n');
        var after = actual.Split('\n');
        var start = 0;
        while (start < before.Length && start < after.Length && before[start] == after[start])
            start++;
        var end = 0;
        while (end < before.Length - start && end < after.Length - start && before[^(end + 1)] == after[^(end + 1)])
            end++;
        var text = new StringBuilder().Append("@@ line ").Append(start + 1).AppendLine(" @@");
        foreach (var line in before[Math.Max(0, start - 2)..start])
            text.Append("  ").AppendLine(line);
        foreach (var line in before[start..^end].Take(40))
            text.Append("- ").AppendLine(line);
        foreach (var line in after[start..^end].Take(40))
            text.Append("+ ").AppendLine(line);
        return text.ToString();
    }
}

/// <summary>A text differs from its golden file.</summary>
public sealed class GoldenMismatchException(string message) : Exception(message);
