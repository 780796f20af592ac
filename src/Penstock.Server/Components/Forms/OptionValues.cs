using Penstock.Contract;

namespace Penstock.Server.Components.Forms;

/// <summary>What a person fills into a form made from declared options. Credentials that are stored are never in it.</summary>
public sealed class OptionValues
{
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);

    /// <summary>A form filled with what is configured.</summary>
    public OptionValues(
        OptionSet options, IReadOnlyDictionary<string, string> texts, IReadOnlyDictionary<string, IReadOnlyList<string>> lists)
    {
        Options = options;
        foreach (var (name, text) in texts)
        {
            Texts[name] = text;
            if (options.Find(name)?.Type == OptionType.Secret)
                _kept.Add(name);
        }

        foreach (var (name, list) in lists)
            Lists[name] = list;
    }

    /// <summary>The options.</summary>
    public OptionSet Options { get; }

    /// <summary>The options with one value, as written; of credentials, only references.</summary>
    public IDictionary<string, string> Texts { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The options with a list of values.</summary>
    public IDictionary<string, IReadOnlyList<string>> Lists { get; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>Credentials typed in.</summary>
    public IDictionary<string, Secret> Secrets { get; } = new Dictionary<string, Secret>(StringComparer.Ordinal);

    /// <summary>Whether a credential is configured already, and how it is written there.</summary>
    public bool IsKept(string option) => _kept.Contains(option);

    /// <summary>An option as written; null for none.</summary>
    public string? Text(string option) => Texts.TryGetValue(option, out var text) ? text : null;

    /// <summary>A list's values; empty for none.</summary>
    public IReadOnlyList<string> List(string option) => Lists.TryGetValue(option, out var list) ? list : [];

    /// <summary>Sets an option; empty takes it out, so that its default counts.</summary>
    public void Set(string option, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            Texts.Remove(option);
        else
            Texts[option] = text.Trim();
    }

    /// <summary>Sets a credential; empty keeps what there is.</summary>
    public void SetSecret(string option, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            Secrets.Remove(option);
        else
            Secrets[option] = new Secret(text.Trim());
    }

    /// <summary>Sets a list from its lines.</summary>
    public void SetList(string option, string? lines)
    {
        var values = (lines ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (values.Length == 0)
            Lists.Remove(option);
        else
            Lists[option] = values;
    }

    /// <summary>What is wrong with what is filled in, each with the option's name as its path; nothing is asked of the system.</summary>
    /// <param name="folder">The project folder.</param>
    public IReadOnlyList<Problem> Check(string folder)
    {
        var texts = Texts.ToDictionary(StringComparer.Ordinal);
        foreach (var option in Options.All.Where(option => option.Type == OptionType.Secret))
        {
            // Whether a stored one is good is seen when the app is tried; here it counts that there is one.
            if (Secrets.ContainsKey(option.Name) || texts.ContainsKey(option.Name))
                texts[option.Name] = "given";
        }

        foreach (var name in texts.Where(pair => pair.Value.Contains("${", StringComparison.Ordinal)).Select(pair => pair.Key).ToList())
        {
            if (Options.Find(name) is { Type: not OptionType.Text })
                texts.Remove(name); // a reference is opened only when the app is used
        }

        var problems = new List<Problem>();
        Options.Bind(texts, Lists.ToDictionary(StringComparer.Ordinal), folder, problems);
        return [.. problems.Where(problem => problem.Path is not { } path || !Texts.ContainsKey(path) || texts.ContainsKey(path))
            .Select(problem => problem.Code == OptionProblems.Missing.Code && Options.Find(problem.Path ?? "") is { } option
                ? problem with { Message = $"{option.Label} is missing." }
                : problem)];
    }
}
