using System.Text;

namespace Penstock.Engine.Compilation;

/// <summary>
/// Patterns of <c>like</c>: <c>%</c> any text, <c>_</c> any character, and <c>\%</c>, <c>\_</c>, <c>\\</c> those characters themselves. A
/// backslash before anything else is just one.
/// </summary>
internal static class LikePattern
{
    /// <summary>The same pattern with every backslash that escapes nothing doubled, as SQL's <c>ESCAPE '\'</c> wants it.</summary>
    public static string Normalise(string pattern)
    {
        var result = new StringBuilder(pattern.Length);
        for (var index = 0; index < pattern.Length; index++)
        {
            result.Append(pattern[index]);
            if (pattern[index] != '\\')
                continue;
            if (index + 1 < pattern.Length && pattern[index + 1] is ('%' or '_' or '\\'))
                result.Append(pattern[++index]);
            else
                result.Append('\\');
        }

        return result.ToString();
    }
}
