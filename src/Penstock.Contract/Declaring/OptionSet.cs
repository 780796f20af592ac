using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Penstock.Contract;

/// <summary>Makes <see cref="OptionSet"/>s from records.</summary>
public static class Options
{
    /// <summary>The options that <typeparamref name="T"/> declares with <see cref="OptionAttribute"/>.</summary>
    /// <exception cref="NotSupportedException">A marked property has a type that no option can have.</exception>
    public static OptionSet Of<T>()
        where T : class => new(typeof(T));
}

/// <summary>
/// The options of an app or destination: declared once by a record, used by files, forms, schema, docs and command line alike.
/// </summary>
public sealed class OptionSet
{
    private readonly FrozenDictionary<string, PropertyInfo> _properties;

    internal OptionSet(Type type)
    {
        Type = type;
        var marked = type.GetProperties()
            .Select(property => (Property: property, Attribute: property.GetCustomAttribute<OptionAttribute>()))
            .Where(pair => pair.Attribute is not null)
            .ToList();
        var defaults = Activator.CreateInstance(type);
        All = [.. marked.Select(pair => Describe(pair.Property, pair.Attribute!, defaults))]; // filtered to those that have one
        _properties = marked.ToFrozenDictionary(pair => SnakeCase(pair.Property.Name), pair => pair.Property);
    }

    /// <summary>The record that holds the values.</summary>
    public Type Type { get; }

    /// <summary>The options in the order of declaration.</summary>
    public IReadOnlyList<Option> All { get; }

    /// <summary>The option called <paramref name="name"/>; null when there is none.</summary>
    public Option? Find(string name) => All.FirstOrDefault(option => option.Name == name);

    /// <summary>
    /// Makes the record from values as people write them: text (numbers, booleans and durations too), and lists of text for
    /// <see cref="OptionType.TextList"/>. References to secrets are resolved before.
    /// </summary>
    /// <param name="texts">One-value options by name; what is missing keeps its default.</param>
    /// <param name="lists">List options by name.</param>
    /// <param name="folder">The project folder, which files are relative to.</param>
    /// <param name="problems">Takes what is wrong: unknown names, missing options, values of the wrong form. Never shows a secret's
    /// value.</param>
    /// <returns>The record, or null when there are problems.</returns>
    public object? Bind(
        IReadOnlyDictionary<string, string> texts,
        IReadOnlyDictionary<string, IReadOnlyList<string>> lists,
        string folder,
        ICollection<Problem> problems)
    {
        var before = problems.Count;
        var record = Activator.CreateInstance(Type)!; // option records have a parameterless constructor
        foreach (var option in All)
        {
            var property = _properties[option.Name];
            if (lists.TryGetValue(option.Name, out var list) && option.Type == OptionType.TextList)
                property.SetValue(record, list.ToArray());
            else if (texts.TryGetValue(option.Name, out var text))
                Set(record, property, option, text, folder, problems);
            else if (option.Required)
                problems.Add(
                    OptionProblems.Missing.Of($"The option '{option.Name}' ({option.Label}) is missing.",
                        option.Help) with
                    { Path = option.Name });
        }

        return problems.Count == before ? record : null;
    }

    private static void Set(object record, PropertyInfo property, Option option, string text, string folder, ICollection<Problem> problems)
    {
        var value = Parse(property.PropertyType, option, text, folder);
        if (value is not null)
        {
            property.SetValue(record, value);
            return;
        }

        var shown = option.Type == OptionType.Secret ? "The value" : $"'{text}'";
        var help = option.Choices.Count > 0 ? $"Use one of: {string.Join(", ", option.Choices.Select(choice => choice.Name))}."
            : option.Help;
        problems.Add(
            OptionProblems.Invalid.Of($"{shown} is not good for the option '{option.Name}': expected {Expected(option)}.",
                help) with
            { Path = option.Name });
    }

    private static object? Parse(Type type, Option option, string text, string folder)
    {
        var choice = option.Choices.FirstOrDefault(choice => string.Equals(choice.Name, text, StringComparison.OrdinalIgnoreCase));
        if (choice is null && option.Choices.Count > 0 && !option.TakesOthers)
            return null;
        text = choice?.Value ?? text;
        return option.Type switch
        {
            OptionType.Text => text,
            OptionType.Secret => text.Length == 0 ? null : new Secret(text),
            OptionType.File => text.Length == 0 ? null : new FilePath(text, Path.GetFullPath(text, folder)),
            OptionType.Integer => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
                : null,
            OptionType.Boolean => bool.TryParse(text, out var flag) ? flag : null,
            OptionType.Duration => Duration.Parse(text),
            OptionType.TextList => new[] { text },
            OptionType.Url => Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
                : null,
            _ => Enum.TryParse(Nullable.GetUnderlyingType(type) ?? type, text, ignoreCase: true, out var word) ? word : null,
        };
    }

    private static string Expected(Option option) => option.Type switch
    {
        OptionType.Integer => "a whole number",
        OptionType.Boolean => "true or false",
        OptionType.Duration => "a length of time such as 30s, 5m or 2h",
        OptionType.Url => "an absolute address such as https://example.com",
        OptionType.File => "a file or folder",
        OptionType.Secret => "a credential that is not empty",
        _ => option.Choices.Count > 0 ? "one of its names" : "text",
    };

    private static Option Describe(PropertyInfo property, OptionAttribute attribute, object? defaults)
    {
        var type = TypeOf(property.PropertyType);
        var words = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        // declared to have a constructor
        var choices = attribute.Choices is not null ? ((IChoices)Activator.CreateInstance(attribute.Choices)!).All
            : type == OptionType.Word ? [.. Enum.GetNames(words).Select(name => new Choice(SnakeCase(name), name))]
            : Array.Empty<Choice>();
        return new Option(SnakeCase(property.Name), attribute.Label, type)
        {
            Help = attribute.Help,
            Required = property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)),
            Default = Written(property.GetValue(defaults)),
            Choices = choices,
            TakesOthers = type != OptionType.Word && attribute.TakesOthers,
            Example = attribute.Example,
        };
    }

    private static OptionType TypeOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) => OptionType.Text,
        var t when t == typeof(int) => OptionType.Integer,
        var t when t == typeof(bool) => OptionType.Boolean,
        var t when t == typeof(Uri) => OptionType.Url,
        var t when t == typeof(Secret) => OptionType.Secret,
        var t when t == typeof(FilePath) => OptionType.File,
        var t when t == typeof(TimeSpan) => OptionType.Duration,
        { IsEnum: true } => OptionType.Word,
        var t when t.IsAssignableFrom(typeof(string[])) => OptionType.TextList,
        _ => throw new NotSupportedException($"No option can be of type {type}."),
    };

    private static string? Written(object? value) => value switch
    {
        null or Secret => null,
        bool flag => flag ? "true" : "false",
        Enum word => SnakeCase(word.ToString()),
        TimeSpan time => Duration.Write(time),
        IEnumerable<string> list => list.Any() ? string.Join(", ", list) : null,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
