namespace Penstock.Contract;

/// <summary>How much a <see cref="Problem"/> matters.</summary>
public enum Severity
{
    /// <summary>Nothing can run until this is put right.</summary>
    Error,

    /// <summary>Works, but not as somebody would want.</summary>
    Warning,
}

/// <summary>Something wrong, as a value: what happened, where, and what to do. Never holds a secret.</summary>
/// <param name="Code">Stable and dotted, such as <c>mapping.unknown_field</c>; scripts and the error pages depend on it.</param>
/// <param name="Message">What happened, in one sentence with the names in question.</param>
/// <param name="Help">What to do about it; null where the message says it all.</param>
public sealed record Problem(string Code, string Message, string? Help = null)
{
    /// <summary>Whether it stops the work. Default: <see cref="Severity.Error"/>.</summary>
    public Severity Severity { get; init; } = Severity.Error;

    /// <summary>The configuration file, relative to the project folder; null when it is about no file.</summary>
    public string? File { get; init; }

    /// <summary>The line in <see cref="File"/>, counted from 1; null when unknown.</summary>
    public int? Line { get; init; }

    /// <summary>The place inside the configuration, such as <c>models.users.properties.email</c>; null when it is about no place.</summary>
    public string? Path { get; init; }

    /// <summary>The problem on one line: <c>file:line: path: message help</c>, without what is unknown.</summary>
    public override string ToString()
    {
        var place = File is null ? "" : Line is null ? $"{File}: " : $"{File}:{Line}: ";
        return place + (Path is null ? "" : $"{Path}: ") + Message + (Help is null ? "" : " " + Help);
    }
}
