namespace Penstock.Server.Components.Mapping;

/// <summary>Ids for new destinations.</summary>
public static class DestinationIds
{
    // Its page's address is taken by the page that makes new ones.
    private const string Reserved = "new";

    /// <summary>An id made of a name, that no other destination has: <c>braze_users</c>, <c>braze_users_2</c>.</summary>
    public static string Propose(string name, IEnumerable<string> taken)
    {
        const int MostLetters = 50;
        var letters = name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_').ToArray();
        var id = string.Join('_', new string(letters).Split('_', StringSplitOptions.RemoveEmptyEntries));
        if (id.Length == 0 || !char.IsAsciiLetter(id[0]))
            id = ("destination_" + id).TrimEnd('_');
        if (id.Length > MostLetters)
            id = id[..MostLetters].TrimEnd('_');
        var others = taken.Append(Reserved).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var free = id;
        for (var number = 2; others.Contains(free); number++)
            free = $"{id}_{number}";
        return free;
    }
}
