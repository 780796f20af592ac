using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>
/// Reads the options of an app or destination and checks them against their declaration, as far as that goes without secrets.
/// </summary>
internal sealed class OptionReader(Scope scope, OptionSet options, string owner)
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _lists = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Texts => _texts;

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lists => _lists;

    /// <param name="map">The map that holds them.</param>
    /// <param name="path">Its place.</param>
    /// <param name="isOther">Tells the keys that are no options.</param>
    public void Read(MapNode map, string path, Predicate<string> isOther)
    {
        foreach (var entry in map.Entries.Where(entry => !isOther(entry.Name)))
        {
            if (options.Find(entry.Name) is { } option)
                Take(option, entry, $"{path}.{entry.Name}");
            else
                Unknown(entry, $"{path}.{entry.Name}");
        }

        foreach (var option in options.All.Where(option => option.Required && !map.Has(option.Name)))
            Missing(option, map, path);
        CheckForms(map, path);
    }

    private void Unknown(Entry entry, string path)
    {
        var help = Suggestion.OrAll(entry.Name, [.. options.All.Select(option => option.Name)], "It takes");
        scope.Findings.Add(ConfigurationProblems.UnknownOption, entry.Key, path, $"{owner} has no option `{entry.Name}`.", help);
    }

    private void Missing(Option option, Node at, string path) =>
        scope.Findings.Add(
            OptionProblems.Missing, at, path, $"The option `{option.Name}` ({option.Label}) is missing.", option.Help);

    private void Take(Option option, Entry entry, string path)
    {
        switch (entry.Value)
        {
            case ScalarNode { IsNull: true } when option.Required:
                Missing(option, entry.Key, path);
                break;
            case ScalarNode { IsNull: true }:
                break;
            case ScalarNode scalar:
                _texts[option.Name] = scalar.Text;
                CheckSecrets(option, scalar, path);
                break;
            case ListNode list when option.Type == OptionType.TextList && list.Items.All(item => item is ScalarNode { IsNull: false }):
                _lists[option.Name] = [.. list.Items.Cast<ScalarNode>().Select(item => item.Text)];
                foreach (var item in list.Items.Cast<ScalarNode>())
                    CheckSecrets(option, item, path);
                break;
            case var other:
                var expected = option.Type == OptionType.TextList ? "a list of texts" : "a single value";
                scope.Findings.Add(
                    OptionProblems.Invalid, other, path, $"The option `{option.Name}` takes {expected}, not {other.InWords}.");
                break;
        }
    }

    private void CheckSecrets(Option option, ScalarNode scalar, string path)
    {
        if (SecretText.Malformed(scalar.Text) is { } piece)
        {
            // A credential that holds "${" must not be shown, so only what it should look like is.
            var problem = SecretText.MalformedProblem(option.Type == OptionType.Secret ? "${…}" : piece);
            scope.Findings.Add(problem with { File = scalar.File, Line = scalar.Line, Path = path });
        }
        else if (option.Type == OptionType.Secret && scalar.Text.Length > 0 && !SecretText.HasReference(scalar.Text))
        {
            var variable = Ids.Propose(path.Split('.') is [_, var id, ..] ? $"{id}_{option.Name}" : option.Name).ToUpperInvariant();
            scope.Findings.Add(
                ConfigurationProblems.LiteralSecret, scalar, path, $"The credential `{option.Name}` is written out in the file.",
                $"Write \"${{env:{variable}}}\" here, and set {variable} where penstock runs.");
        }
    }

    // What refers to secrets is checked when it is resolved, by the same declaration.
    private void CheckForms(MapNode map, string path)
    {
        var plain = _texts.Where(pair => !SecretText.HasReference(pair.Value) && SecretText.Malformed(pair.Value) is null)
            .ToDictionary(pair => pair.Key, pair => pair.Value.Replace("$$", "$", StringComparison.Ordinal), StringComparer.Ordinal);
        var problems = new List<Problem>();
        options.Bind(plain, _lists, scope.Folder, problems);
        foreach (var problem in problems.Where(problem => problem.Code == OptionProblems.Invalid.Code))
        {
            var at = map.Find(problem.Path!)!.Value; // an option with a form is one that was given
            scope.Findings.Add(problem with { File = at.File, Line = at.Line, Path = $"{path}.{problem.Path}" });
        }
    }
}
