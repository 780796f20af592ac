using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>Reads the destinations. Apps and models are read before.</summary>
internal sealed class DestinationReader(Scope scope)
{
    private static readonly Dictionary<string, SyncModes> Modes = new(StringComparer.Ordinal)
    {
        ["sync"] = SyncModes.Sync,
        ["additive"] = SyncModes.Additive,
        ["enrich"] = SyncModes.Enrich,
    };

    private readonly Dictionary<string, Node> _taken = Ids.None();

    public void Read(Thing thing)
    {
        var path = $"destinations.{thing.Id}";
        if (!Ids.Take("destination", thing.At, thing.Id, path, _taken, scope.Findings))
            return;
        var map = new MapReader(thing.Body, ConfigurationKeys.Destination, path, scope.Findings);
        var app = App(map);
        var model = Model(map);
        var kind = app is null ? null : Kind(map, app);
        var options = kind is null ? null : ReadOptions(map, kind);
        var group = map.Text("group");
        if (model is not null && group is not null)
            CheckGroup(map, model, group);
        var mode = SyncMode(map, kind);
        var mappings = new MappingReader(scope, map, kind, model);
        var destination = new Destination(thing.Id, app?.Id ?? "", model?.Id ?? "")
        {
            Name = map.Text("name") ?? thing.Id,
            IsEnabled = map.Boolean("enabled") ?? true,
            Kind = kind?.Id ?? "",
            GroupId = group,
            SyncMode = mode,
            Mapping = mappings.Read(),
            Groups = kind is null ? [] : new GroupMappingReader(scope, map, kind, model).Read(),
            Removal = kind is null ? "" : Removal(map, kind, mode),
            RemovalThreshold = Threshold(map),
            Texts = options?.Texts ?? new Dictionary<string, string>(),
            Lists = options?.Lists ?? new Dictionary<string, IReadOnlyList<string>>(),
            Position = new(thing.At.File, thing.At.Line, path),
        };
        if (kind is not null && model is not null)
            TypeCheck.Mappings(destination, kind, TypeCheck.KnownTypes(model), scope.Findings);
        scope.Destinations.Add(destination);
    }

    private App? App(MapReader map)
    {
        var known = scope.Apps.Where(app => scope.Catalog.Find(app.Type)?.Declaration.Destinations is [_, ..]).Select(app => app.Id)
            .ToList();
        if (
            map.Required("app", known.Count == 0 ? "There is no app that can be sent to yet."
                : $"There are: {Suggestion.List(known)}.") is not { } id)
            return null;
        var app = scope.Apps.Find(candidate => candidate.Id == id);
        if (app is null)
            scope.Unknown("app", id, known, map.Find("app")!, map.At("app")); // was read just now
        return app;
    }

    private Model? Model(MapReader map)
    {
        var known = scope.Models.Select(model => model.Id).ToList();
        if (map.Required("model", known.Count == 0 ? "There is no model yet." : $"There are: {Suggestion.List(known)}.") is not { } id)
            return null;
        var model = scope.Models.Find(candidate => candidate.Id == id);
        if (model is null)
            scope.Unknown("model", id, known, map.Find("model")!, map.At("model")); // was read just now
        return model;
    }

    private DestinationKind? Kind(MapReader map, App app)
    {
        if (scope.Catalog.Find(app.Type) is not { } connector)
            return null; // the app's own problem
        var kinds = connector.Declaration.Destinations;
        if (kinds.Count == 0)
        {
            scope.Findings.Add(
                // was read before
                ConfigurationProblems.NotADestination, map.Find("app")!, map.At("app"),
                $"The app `{app.Id}` ({connector.Declaration.Name}) can't be sent to.",
                "Use an app whose connector has destinations; `penstock connectors` shows which.");
            return null;
        }

        if (map.Text("kind") is not { } id)
            return kinds[0];
        var kind = kinds.FirstOrDefault(candidate => candidate.Id == id);
        if (kind is null)
            // was read just now
            scope.Unknown("kind of destination", id, [.. kinds.Select(candidate => candidate.Id)], map.Find("kind")!, map.At("kind"));
        return kind;
    }

    private OptionReader? ReadOptions(MapReader map, DestinationKind kind)
    {
        var given = map.Map("options");
        if (kind.Options is null)
        {
            if (given is { Entries: [var first, ..] })
                scope.Findings.Add(
                    ConfigurationProblems.UnknownOption, first.Key, map.At("options"), $"{kind.Name} has no options.",
                    "Take `options:` out.");
            return null;
        }

        var options = new OptionReader(scope, kind.Options, kind.Name);
        options.Read(given ?? new MapNode(map.Node.File, map.Node.Line, []), map.At("options"), _ => false);
        return options;
    }

    private void CheckGroup(MapReader map, Model model, string group)
    {
        if (model.Groups.Any(candidate => candidate.Id == group))
            return;
        var at = map.Find("group")!; // its text was read before
        if (scope.Models.Find(other => other.Groups.Any(candidate => candidate.Id == group)) is { } owner)
            scope.Findings.Add(
                ConfigurationProblems.UnknownReference, at, map.At("group"),
                $"The group `{group}` belongs to the model `{owner.Id}`, not to `{model.Id}`.",
                "A destination sends groups of its own model.");
        else
            scope.Unknown("group", group, [.. model.Groups.Select(candidate => candidate.Id)], at, map.At("group"));
    }

    private SyncModes SyncMode(MapReader map, DestinationKind? kind)
    {
        var offered = Modes.Where(pair => kind is null || kind.SyncModes.HasFlag(pair.Value)).Select(pair => pair.Key).ToList();
        if (map.Required("sync_mode", $"Write one of: {Suggestion.List(offered)}.") is not { } word)
            return SyncModes.None;
        if (offered.Contains(word))
            return Modes[word];
        // without a kind all are offered
        var message = Modes.ContainsKey(word) ? $"{kind!.Name} does not offer the sync mode `{word}`." : $"There is no sync mode `{word}`.";
        // was read just now
        scope.Findings.Add(
            ConfigurationProblems.SyncMode, map.Find("sync_mode")!, map.At("sync_mode"), message,
            Suggestion.OrAll(word, offered, "It offers"));
        return SyncModes.None;
    }

    private string Removal(MapReader map, DestinationKind kind, SyncModes mode)
    {
        var names = kind.Removals.Select(removal => removal.Name).ToList();
        if (map.Text("removal") is not { } word)
            return mode == SyncModes.Sync ? names.FirstOrDefault() ?? "" : "";
        var at = map.Find("removal")!; // its text was read just now
        if (!names.Contains(word))
        {
            var help = names.Count == 0 ? "Nothing can be removed there; take `removal:` out." : Suggestion.OrAll(word, names, "It offers");
            scope.Findings.Add(
                ConfigurationProblems.Removal, at, map.At("removal"), $"{kind.Name} does not offer the removal `{word}`.", help);
        }
        else if (mode is SyncModes.Additive or SyncModes.Enrich)
            scope.Findings.Add(
                ConfigurationProblems.RemovalUnused, at, map.At("removal"), "`removal:` has no effect: only the sync mode `sync` removes.",
                "Write `sync_mode: sync`, or take `removal:` out.");
        return word;
    }

    private double Threshold(MapReader map)
    {
        const double Default = 0.1;
        if (map.Map("guards") is not { } node)
            return Default;
        var guards = new MapReader(node, ConfigurationKeys.Guards, map.At("guards"), scope.Findings);
        if (guards.Find("removals") is not { } written)
            return Default;
        if (written is ScalarNode scalar && Share(scalar.Text.Trim()) is { } share)
            return share;
        guards.Invalid("removals", written, "a share such as `10%` or `0.1`");
        return Default;
    }

    private static double? Share(string text)
    {
        var isPercent = text.EndsWith('%');
        if (
            !decimal.TryParse(
                isPercent ? text[..^1].TrimEnd() : text, System.Globalization.NumberStyles.AllowDecimalPoint, null, out var number))
            return null;
        var share = isPercent ? number / 100 : number;
        return share is >= 0 and <= 1 ? (double)share : null;
    }
}
