using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>Reads how a destination shows groups at the far end.</summary>
internal sealed class GroupMappingReader(Scope scope, MapReader destination, DestinationKind kind, Model? model)
{
    private readonly List<GroupMapping> _mappings = [];

    public IReadOnlyList<GroupMapping> Read()
    {
        var items = destination.List("groups");
        if (items.Count > 0 && kind.Groups.Count == 0)
        {
            scope.Findings.Add(
                ConfigurationProblems.GroupForm, items[0], destination.At("groups"), $"{kind.Name} can't show groups.",
                "Take `groups:` out, or send one group's members with `group:`.");
            return [];
        }

        for (var i = 0; i < items.Count; i++)
        {
            var path = $"{destination.At("groups")}[{i}]";
            if (items[i] is MapNode map)
                Read(
                    new MapReader(
                        map, ConfigurationKeys.GroupMapping, path, scope.Findings,
                        key => ConfigurationKeys.GroupMapping.Find(key) is null));
            else
                destination.Invalid("groups", items[i], $"a list of maps such as `{{ group: vip, {kind.Groups[0].Name}: … }}`");
        }

        return _mappings;
    }

    private void Read(MapReader map)
    {
        var group = map.Required(
            "group", model is null ? null : $"There are: {Suggestion.List([.. model.Groups.Select(candidate => candidate.Id)])}.");
        if (group is not null && model is not null && model.Groups.All(candidate => candidate.Id != group))
            // was read just now
            scope.Unknown("group", group, [.. model.Groups.Select(candidate => candidate.Id)], map.Find("group")!, map.At("group"));
        var names = kind.Groups.Select(form => form.Name).ToList();
        var others = map.Node.Entries.Where(entry => ConfigurationKeys.GroupMapping.Find(entry.Name) is null).ToList();
        foreach (var unknown in others.Where(entry => !names.Contains(entry.Name)))
            scope.Findings.Add(
                ConfigurationProblems.GroupForm, unknown.Key, map.At(unknown.Name), $"{kind.Name} can't show a group as `{unknown.Name}`.",
                Suggestion.OrAll(unknown.Name, names, "There are"));
        var given = others.Where(entry => names.Contains(entry.Name)).ToList();
        if (others.Count == 0)
            scope.Findings.Add(
                ConfigurationProblems.GroupForm, map.Node, map.Path, $"The group `{group}` does not say how it is shown.",
                $"Add one of: {Suggestion.List(names)}.");
        if (given.Count > 1)
            scope.Findings.Add(
                ConfigurationProblems.Conflict, given[1].Key, map.Path,
                $"The group `{group}` is shown in two ways at once, `{given[0].Name}` and `{given[1].Name}`.", "Write a line for each.");
        if (group is not null && given is [var only])
            Add(map, group, kind.Groups.First(form => form.Name == only.Name), only);
    }

    private void Add(MapReader map, string group, GroupForm form, Entry entry)
    {
        var path = map.At(entry.Name);
        if (map.Text(entry.Name) is not { } target)
        {
            if (map.Find(entry.Name) is null)
                map.Invalid(entry.Name, entry.Key, form.TargetInWords);
            return;
        }

        if (form.TargetPattern is { } pattern && !Patterns.IsWhole(target, pattern))
            scope.Findings.Add(
                ConfigurationProblems.GroupTarget, entry.Value, path, $"`{target}` is no target of `{form.Name}`.",
                $"It takes {form.TargetInWords}.");
        if (form.TargetIsField)
            CheckField(form, target, entry, path);
        CheckShared(group, form, target, entry, path);
        _mappings.Add(new(group, form.Name, target, Leaving(map, form))
        {
            Name = map.Text("name") ?? "",
            Position = new(entry.Key.File, entry.Key.Line, path),
        });
    }

    private void CheckField(GroupForm form, string target, Entry entry, string path)
    {
        if (destination.Map("custom")?.Has(target) == true)
            scope.Findings.Add(
                ConfigurationProblems.DuplicateField, entry.Value, path, $"`{target}` is mapped under `custom:` too.",
                $"Choose another name for the {form.Name}.");
        else if (kind.CustomFields is { } custom && CustomFieldNames.Check(target, kind, custom) is { } problem)
            scope.Findings.Add(
                problem with { File = entry.Value.File, Line = entry.Value.Line, Path = path, Help = "Choose another name." });
    }

    private void CheckShared(string group, GroupForm form, string target, Entry entry, string path)
    {
        foreach (var other in _mappings.Where(other => other.Target == target))
        {
            var otherForm = kind.Groups.First(candidate => candidate.Name == other.Form);
            if (other.GroupId == group && other.Form == form.Name)
                scope.Findings.Add(
                    ConfigurationProblems.SharedTarget, entry.Key, path, $"The group `{group}` is shown as `{form.Name}: {target}` twice.",
                    "Keep one of them.");
            else if (other.Form == form.Name && !form.SharesTarget)
                scope.Findings.Add(
                    ConfigurationProblems.SharedTarget, entry.Key, path,
                    $"The groups `{other.GroupId}` and `{group}` share the {form.Name} `{target}`, which takes only one.",
                    "Give each a target of its own.");
            else if (other.Form != form.Name && form.TargetIsField && otherForm.TargetIsField)
                scope.Findings.Add(
                    ConfigurationProblems.DuplicateField, entry.Key, path, $"`{target}` is written as `{other.Form}` and as `{form.Name}`.",
                    "Give each a name of its own.");
        }
    }

    private string Leaving(MapReader map, GroupForm form)
    {
        var words = form.Leaving.Select(choice => choice.Name).ToList();
        if (map.Text("leaving") is not { } word)
            return words.FirstOrDefault() ?? "";
        if (words.Contains(word))
            return word;
        var help = words.Count == 0 ? "Leaving is just the opposite of entering there; take `leaving:` out."
            : Suggestion.OrAll(word, words, "There are");
        // was read just now
        scope.Findings.Add(
            ConfigurationProblems.Leaving, map.Find("leaving")!, map.At("leaving"), $"Leaving a {form.Name} can't mean `{word}`.", help);
        return "";
    }
}
