using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Penstock.Contract;

namespace Penstock.Cli.Publishing;

/// <summary>
/// What the workspace remembers of where a folder's files come from: for each place of revisions the number, and the files' hash then. So
/// it is told when the server or the folder has changed since.
/// </summary>
internal sealed class BaseMarker(string workspace)
{
    private const string FileName = "base";
    private static readonly JsonSerializerOptions Json =
        new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private string File => Path.Combine(workspace, FileName);

    /// <summary>What is remembered of a place; null for nothing.</summary>
    public Known? Find(string target) => Read().GetValueOrDefault(target);

    /// <summary>Remembers that the folder's files are those of a revision.</summary>
    public void Set(string target, long number, IReadOnlyDictionary<string, string> files)
    {
        var all = Read();
        all[target] = new(number, Hash(files));
        try
        {
            Directory.CreateDirectory(workspace);
            System.IO.File.WriteAllText(File + ".new", JsonSerializer.Serialize(all, Json));
            System.IO.File.Move(File + ".new", File, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PenstockException(CommandProblems.NotWritable.Of($"{File} cannot be written: {exception.Message}"), exception);
        }
    }

    /// <summary>Equal files have equal ones, to the byte.</summary>
    public static string Hash(IReadOnlyDictionary<string, string> files)
    {
        var text = JsonSerializer.Serialize(files.OrderBy(file => file.Key, StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    // One that can't be read knows nothing; then the folder is taken as never pulled, which asks before it overwrites.
    private Dictionary<string, Known> Read()
    {
        try
        {
            return System.IO.File.Exists(File)
                ? JsonSerializer.Deserialize<Dictionary<string, Known>>(System.IO.File.ReadAllText(File), Json) ?? [] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }

    /// <summary>A revision that was pulled or applied.</summary>
    /// <param name="Number">Its number.</param>
    /// <param name="Hash">The files' hash.</param>
    internal sealed record Known(long Number, string Hash);
}
