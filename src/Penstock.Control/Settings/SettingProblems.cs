using Penstock.Contract;

namespace Penstock.Control.Settings;

/// <summary>The codes of what can be wrong with the server's settings.</summary>
public static class SettingProblems
{
    /// <summary>A setting is out of its range.</summary>
    public static ProblemCode Invalid { get; } = new(
        "setting.invalid", "A setting is out of its range.", "Write a number in the range that the message names.");
}
