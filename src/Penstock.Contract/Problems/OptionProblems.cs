namespace Penstock.Contract;

/// <summary>The codes of what can be wrong with an option's value.</summary>
public static class OptionProblems
{
    /// <summary>An option is missing.</summary>
    public static ProblemCode Missing { get; } = new(
        "option.missing",
        "An option that the connector needs is missing.",
        "Add it.");

    /// <summary>An option's value is not of the form expected.</summary>
    public static ProblemCode Invalid { get; } = new(
        "option.invalid",
        "An option's value is not of the form expected.",
        "Write it as the message says.");
}
