using System.Collections.Frozen;
using Penstock.Contract;

namespace Penstock.Control.Users;

/// <summary>Which passwords are taken: length counts, not signs (NIST SP 800-63B, 3.1.1.2), and nothing that is guessed first.</summary>
public static class PasswordRules
{
    /// <summary>The fewest characters.</summary>
    public const int MinLength = 12;

    /// <summary>The most characters; more would only be work for the server.</summary>
    public const int MaxLength = 256;

    private const int MinDistinct = 5;

    // Those of at least 12 characters in the published lists of leaked passwords, and what people make of this program's name.
    private static readonly FrozenSet<string> Common = new[]
    {
        "123456789012", "1234567890123", "12345678901234", "123456789123", "123123123123", "012345678901", "0123456789ab", "1q2w3e4r5t6y",
        "1q2w3e4r5t6y7u", "1qaz2wsx3edc", "1qaz2wsx3edc4rfv", "1234qwerasdf", "abcdefghijkl", "abcdefghijklm", "administrator",
        "administrator1", "adminadminadmin", "administration", "changemechangeme", "changeme1234", "changeme12345",
        "correcthorsebatterystaple",
        "iloveyou1234", "letmeinletmein", "letmein12345", "passw0rd1234", "password1234", "password12345", "password123456", "password2024",
        "password2025", "password2026", "passwordpassword", "passwort1234", "penstock1234", "penstock12345", "penstockpenstock",
        "penstockadmin", "q1w2e3r4t5y6", "qazwsxedcrfv", "qwerty123456", "qwertyqwerty", "qwertyuiop12", "qwertyuiop123", "qwertyuiopas",
        "qwertyuiopasdf", "qwertzuiopas", "secretsecret", "superadministrator", "trustno1trustno1", "unbelievable", "welcome12345",
        "welcomewelcome", "zaq12wsxcde3", "zxcvbnm12345", "asdfghjkl123", "asdfasdfasdf", "qwerqwerqwer", "abc123abc123", "aaaabbbbcccc",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with it; null when it is good.</summary>
    public static Problem? Check(string password, string email)
    {
        if (password.Length < MinLength)
            return Weak($"The password has {password.Length} characters; it needs at least {MinLength}.");
        if (password.Length > MaxLength)
            return Weak($"The password has {password.Length} characters; at most {MaxLength} are taken.");
        if (Common.Contains(password.Trim()))
            return Weak("The password is on the lists that are tried first.");
        if (password.Distinct().Count() < MinDistinct)
            return Weak("The password repeats the same few characters.");
        var local = email.Split('@')[0];
        if (password.Equals(email, StringComparison.OrdinalIgnoreCase) || password.Equals(local, StringComparison.OrdinalIgnoreCase))
            return Weak("The password is the e-mail address.");
        return null;
    }

    private static Problem Weak(string message) => AccessProblems.WeakPassword.Of(message, "Take four unrelated words, for example.");
}
