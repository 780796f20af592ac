namespace Penstock.Server.Components.Forms;

/// <summary>Ids made of what people call things.</summary>
public static class FormIds
{
    private const int MostLetters = 60;

    /// <summary>An id made of a name: lower case letters, digits and underscores.</summary>
    /// <param name="name">The name, such as <c>Shop (live)</c>.</param>
    /// <param name="otherwise">What an id is made of where the name gives none, such as <c>app</c>.</param>
    public static string Of(string name, string otherwise)
    {
        var letters = name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_').ToArray();
        var id = string.Join('_', new string(letters).Split('_', StringSplitOptions.RemoveEmptyEntries));
        if (id.Length == 0 || !char.IsAsciiLetter(id[0]))
            id = $"{otherwise}_{id}".TrimEnd('_');
        return id.Length <= MostLetters ? id : id[..MostLetters].TrimEnd('_');
    }

    /// <summary>The same, and none of those taken, nor <c>new</c>: that page makes new ones.</summary>
    public static string Free(string name, string otherwise, IEnumerable<string> taken)
    {
        var others = taken.Append("new").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var id = Of(name, otherwise);
        var free = id;
        for (var number = 2; others.Contains(free); number++)
            free = $"{id}_{number}";
        return free;
    }

    /// <summary>Why a text can't be an id; null when it can.</summary>
    public static string? Check(string id) =>
        id.Length is > 0 and <= MostLetters && char.IsAsciiLetter(id[0])
            && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
            ? null
            : "Begin with a letter and use only letters (a–z), digits and underscores, 60 at most.";
}
