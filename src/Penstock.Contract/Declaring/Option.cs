namespace Penstock.Contract;

/// <summary>
/// Marks a property of a record as an option that people set: in files, forms and on the command line alike. Its name there is the
/// property's in snake_case; it is required when the property is; its default is the property's initial value.
/// Property types: string, int, bool, Uri, TimeSpan, <see cref="Secret"/>, <see cref="FilePath"/>, any enum, and lists of string.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string label) : Attribute
{
    /// <summary>What a form calls it.</summary>
    public string Label { get; } = label;

    /// <summary>One or two sentences: what to enter, and where to find it.</summary>
    public string? Help { get; init; }

    /// <summary>
    /// A class with a public parameterless constructor that implements <see cref="IChoices"/>: values that can be given by name.
    /// </summary>
    public Type? Choices { get; init; }

    /// <summary>Whether other values than the <see cref="Choices"/> are good too. Default true: the choices are short names.</summary>
    public bool TakesOthers { get; init; } = true;

    /// <summary>A value to show as an example.</summary>
    public string? Example { get; init; }
}

/// <summary>Values that an option can take by name, such as a vendor's instances.</summary>
public interface IChoices
{
    /// <summary>All of them, in the order to show.</summary>
    IReadOnlyList<Choice> All { get; }
}

/// <summary>One value that can be given by name.</summary>
/// <param name="Name">What people write: <c>US-01</c>.</param>
/// <param name="Value">What it stands for: <c>https://rest.iad-01.braze.com</c>.</param>
/// <param name="Label">What a list shows; null for the name.</param>
public sealed record Choice(string Name, string Value, string? Label = null);

/// <summary>What kind of input an option takes.</summary>
public enum OptionType
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A credential, given as a reference such as <c>${env:NAME}</c>.</summary>
    Secret,

    /// <summary>An absolute address.</summary>
    Url,

    /// <summary>A file or folder, relative to the project folder.</summary>
    File,

    /// <summary>A length of time, such as <c>30s</c>, <c>5m</c> or <c>2h</c>.</summary>
    Duration,

    /// <summary>One of a fixed set of words.</summary>
    Word,

    /// <summary>A list of texts.</summary>
    TextList,
}

/// <summary>One option of an app or destination, as declared.</summary>
/// <param name="Name">Its name in files, in snake_case.</param>
/// <param name="Label">What a form calls it.</param>
/// <param name="Type">What it takes.</param>
public sealed record Option(string Name, string Label, OptionType Type)
{
    /// <summary>What to enter, and where to find it.</summary>
    public string? Help { get; init; }

    /// <summary>Whether it must be given.</summary>
    public bool Required { get; init; }

    /// <summary>The value when it isn't given, as people would write it; null for none.</summary>
    public string? Default { get; init; }

    /// <summary>Values that can be given by name; for <see cref="OptionType.Word"/>, all there are.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>Whether other values than the <see cref="Choices"/> are good too.</summary>
    public bool TakesOthers { get; init; } = true;

    /// <summary>A value to show as an example.</summary>
    public string? Example { get; init; }
}
