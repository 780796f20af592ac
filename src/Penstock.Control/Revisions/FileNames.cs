using Penstock.Contract;

namespace Penstock.Control.Revisions;

/// <summary>Which names a project's files can have: what was published may be written into a folder by others.</summary>
public static class FileNames
{
    private const int MaxLength = 250;
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <summary>Refuses names that lead elsewhere.</summary>
    /// <exception cref="PenstockException">One does.</exception>
    public static void Check(IEnumerable<string> names)
    {
        foreach (var name in names.Where(name => !IsGood(name)))
        {
            throw new PenstockException(RevisionProblems.FileName.Of(
                $"`{(name.Length > 80 ? name[..80] + "…" : name)}` can't be the name of a project's file.",
                "Names are relative to the project folder, with `/` between folders, and end in .yaml, .yml or .json."));
        }
    }

    private static bool IsGood(string name) =>
        name.Length is > 0 and <= MaxLength && !name.Any(character => char.IsControl(character) || character is '\\' or ':')
        && Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)
        && name.Split('/').All(part => part.Length > 0 && part[0] != '.');
}
