namespace Penstock.Engine.Configuration;

/// <summary>Finds what somebody may have meant.</summary>
internal static class Suggestion
{
    private const int MostCharacters = 64;
    private const int MostListed = 20;

    /// <summary>"Did you mean `email`?", or null when nothing is near.</summary>
    public static string? For(string written, IEnumerable<string> known) =>
        Nearest(written, known) is { } nearest ? $"Did you mean `{nearest}`?" : null;

    /// <summary>The same, or all there are when nothing is near.</summary>
    public static string? OrAll(string written, IReadOnlyCollection<string> known, string what) =>
        For(written, known) ?? (known.Count == 0 ? null : $"{what}: {List(known)}.");

    /// <summary>Names in a row, at most twenty of them.</summary>
    public static string List(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(MostListed).Select(name => $"`{name}`")) + (
            names.Count > MostListed ? $" and {names.Count - MostListed} more" : "");

    /// <summary>The known word that differs least, if it differs in no more than a third of its letters; null otherwise.</summary>
    public static string? Nearest(string written, IEnumerable<string> known)
    {
        if (written.Length is 0 or > MostCharacters)
            return null;
        var nearest = known
            .Where(word => Math.Abs(word.Length - written.Length) <= 3)
            .Select(word => (Word: word, Distance: Distance(written.ToLowerInvariant(), word.ToLowerInvariant())))
            .OrderBy(pair => pair.Distance)
            .FirstOrDefault();
        return nearest.Word is not null && nearest.Distance <= Math.Max(1, Math.Min(3, nearest.Word.Length / 3)) ? nearest.Word : null;
    }

    // Edits by inserting, deleting, replacing or swapping neighbours (optimal string alignment).
    private static int Distance(string from, string to)
    {
        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= to.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            for (var j = 1; j <= to.Length; j++)
            {
                var same = from[i - 1] == to[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + same);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[from.Length, to.Length];
    }
}
