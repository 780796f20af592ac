using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Components.Forms;

/// <summary>How a credential is given in a form.</summary>
public enum SecretWay
{
    /// <summary>Typed in; stored by Penstock.</summary>
    Typed,

    /// <summary>The one that is stored stays.</summary>
    Stored,

    /// <summary>By a reference to where Penstock runs, such as <c>${env:NAME}</c>.</summary>
    Reference,
}

/// <summary>
/// What somebody fills in for the options of an app or destination. Credentials typed in are held here until they are saved, and are never
/// given out as text.
/// </summary>
public sealed class OptionValues
{
    private readonly Dictionary<string, string> _texts;
    private readonly Dictionary<string, IReadOnlyList<string>> _lists;
    private readonly Dictionary<string, Secret> _secrets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SecretWay> _ways = new(StringComparer.Ordinal);
    private readonly HashSet<string> _stored = new(StringComparer.Ordinal);

    /// <summary>The form for what is saved; empty dictionaries for a new one.</summary>
    public OptionValues(
        OptionSet options, IReadOnlyDictionary<string, string> texts, IReadOnlyDictionary<string, IReadOnlyList<string>> lists)
    {
        Options = options;
        _texts = texts.ToDictionary(StringComparer.Ordinal);
        _lists = lists.ToDictionary(StringComparer.Ordinal);
        foreach (var option in options.All.Where(option => option.Type == OptionType.Secret))
        {
            var text = _texts.GetValueOrDefault(option.Name) ?? "";
            var isStored = SecretReferences.In(text, "secret").Count > 0 || (text.Length > 0 && !SecretReferences.IsReference(text));
            if (isStored)
                _stored.Add(option.Name);
            _ways[option.Name] = isStored ? SecretWay.Stored : text.Length > 0 ? SecretWay.Reference : SecretWay.Typed;
        }
    }

    /// <summary>The options as declared.</summary>
    public OptionSet Options { get; }

    /// <summary>What is entered for an option with one value; empty for nothing. Never a credential that was typed or stored.</summary>
    public string Text(string option) =>
        WayOf(option) is SecretWay.Typed or SecretWay.Stored ? "" : _texts.GetValueOrDefault(option) ?? "";

    /// <summary>What is entered for a list.</summary>
    public IReadOnlyList<string> List(string option) => _lists.GetValueOrDefault(option)
        ?? (_texts.GetValueOrDefault(option) is { Length: > 0 } one ? [one] : []);

    /// <summary>Enters a value; nothing takes it out.</summary>
    public void Set(string option, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            _texts.Remove(option);
        else
            _texts[option] = text.Trim();
    }

    /// <summary>Enters a list, one value a line.</summary>
    public void SetList(string option, string? lines)
    {
        _texts.Remove(option);
        var list = (lines ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (list.Length == 0)
            _lists.Remove(option);
        else
            _lists[option] = list;
    }

    /// <summary>Enters a credential.</summary>
    public void SetSecret(string option, string? text) => _secrets[option] = new(text ?? "");

    /// <summary>How the credential is given; null for an option that is none.</summary>
    public SecretWay? WayOf(string option) => _ways.TryGetValue(option, out var way) ? way : null;

    /// <summary>Whether one is stored already.</summary>
    public bool HasStored(string option) => _stored.Contains(option);

    /// <summary>Gives the credential in another way.</summary>
    public void Use(string option, SecretWay way) => _ways[option] = way;

    /// <summary>The texts to save: no credentials but references.</summary>
    public IReadOnlyDictionary<string, string> Texts => _texts
        .Where(pair => Options.Find(pair.Key) is not { } option || Keeps(option, pair.Value))
        .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>The lists to save.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lists => _lists;

    /// <summary>The credentials that were typed in, by the option's name.</summary>
    public IReadOnlyDictionary<string, Secret> NewSecrets => _secrets
        .Where(pair => WayOf(pair.Key) == SecretWay.Typed && !pair.Value.IsEmpty)
        .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>What is wrong, by the option's name, in words for whoever fills in the form.</summary>
    /// <param name="folder">The project folder.</param>
    public IReadOnlyDictionary<string, string> Check(string folder)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, text) in _texts.Where(pair => Options.Find(pair.Key) is { Type: not OptionType.Secret }))
        {
            texts[name] = text;
            if (SecretReferences.IsReference(text))
                unknown.Add(name);
        }

        foreach (var option in Options.All.Where(option => option.Type == OptionType.Secret && IsGiven(option.Name)))
            texts[option.Name] = "given";
        var problems = new List<Problem>();
        Options.Bind(texts, _lists, folder, problems);
        foreach (var problem in problems.Where(problem => problem.Path is { } path && !unknown.Contains(path)))
            errors.TryAdd(problem.Path!, InWords(problem)); // filtered just now
        foreach (var (name, way) in _ways.Where(pair => pair.Value == SecretWay.Reference))
        {
            if (_texts.GetValueOrDefault(name) is { Length: > 0 } reference && !SecretReferences.IsReference(reference))
                errors[name] = "Write a reference such as ${env:NAME}. A key itself is typed into the other field.";
        }

        return errors;
    }

    private bool IsGiven(string option) => WayOf(option) switch
    {
        SecretWay.Stored => true,
        SecretWay.Reference => _texts.GetValueOrDefault(option) is { Length: > 0 },
        _ => _secrets.TryGetValue(option, out var typed) && !typed.IsEmpty,
    };

    private bool Keeps(Option option, string text) => option.Type == OptionType.Secret
        ? WayOf(option.Name) is not SecretWay.Typed && SecretReferences.IsReference(text)
        : option.Required || text != option.Default;

    private static string InWords(Problem problem)
    {
        const string Expected = "expected ";
        if (problem.Code == OptionProblems.Missing.Code)
            return "Please fill this in.";
        var at = problem.Message.LastIndexOf(Expected, StringComparison.Ordinal);
        return at < 0 ? problem.Message : $"This must be {problem.Message[(at + Expected.Length)..]}";
    }
}
