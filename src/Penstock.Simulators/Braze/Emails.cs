using System.Text.RegularExpressions;

namespace Penstock.Simulators.Braze;

/// <summary>Braze's syntax check for addresses, with the expressions of Braze docs, email validation (2026).</summary>
internal static partial class Emails
{
    private const int MaxHostLength = 254;

    private const string LocalCharacters = @"a-zA-Z0-9_\-^+$'&#/!%*=?`|~\p{L}\p{N}";

    private const string Label = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";

    public static bool IsValid(string email)
    {
        var at = email.LastIndexOf('@');
        if (at is < 1 or > 64 || email.Length - at > MaxHostLength)
            return false;
        var local = email[..at];
        var host = email[(at + 1)..];
        if (!Host().IsMatch(host) || !Local().IsMatch(local))
            return false;
        var labels = host.ToLowerInvariant().Split('.');
        // The last label has to be a top-level domain; the list of them is not kept here, only that none is numeric or a single letter.
        if (labels[^1].Length < 2 || labels[^1].All(char.IsAsciiDigit))
            return false;
        if (host.Equals("gmail.com", StringComparison.OrdinalIgnoreCase) && local.Length < 2)
            return false;
        return !labels.Any(label => label is "msn" or "hotmail" or "outlook" or "live") || Microsoft().IsMatch(local.Split('+')[0]);
    }

    [GeneratedRegex(@"\A[" + LocalCharacters + @"](?:[." + LocalCharacters + @"]*[" + LocalCharacters + @"])?\z")]
    private static partial Regex Local();

    [GeneratedRegex(@"\A\w[\-\w]*(?:\.[\-\w]+)*\z")]
    private static partial Regex Microsoft();

    [GeneratedRegex(@"\A" + Label + @"(?:\." + Label + @")+\z")]
    private static partial Regex Host();
}
