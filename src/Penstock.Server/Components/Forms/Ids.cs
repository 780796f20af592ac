using System.Globalization;
using System.Text;

namespace Penstock.Server.Components.Forms;

/// <summary>Makes ids from what people type.</summary>
public static class Ids
{
    /// <summary>The text as an id: lower case, letters, digits and underscores; empty when nothing is left of it.</summary>
    public static string Of(string text)
    {
        var id = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark)
                continue;
            if (char.IsAsciiLetterOrDigit(letter))
                id.Append(char.ToLowerInvariant(letter));
            else if (id.Length > 0 && id[^1] != '_')
                id.Append('_');
        }

        var made = id.ToString().Trim('_');
        return made.Length > 0 && char.IsAsciiDigit(made[0]) ? "n" + made : made;
    }

    /// <summary>The id, or with the first number after it that makes it a new one.</summary>
    public static string New(string id, IEnumerable<string> taken)
    {
        var known = taken.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var made = id;
        for (var number = 2; known.Contains(made); number++)
            made = string.Create(CultureInfo.InvariantCulture, $"{id}_{number}");
        return made;
    }
}
