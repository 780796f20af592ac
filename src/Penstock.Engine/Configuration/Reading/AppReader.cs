namespace Penstock.Engine.Configuration;

/// <summary>Reads the apps.</summary>
internal sealed class AppReader(Scope scope)
{
    private readonly Dictionary<string, Node> _taken = Ids.None();

    public void Read(Thing thing)
    {
        var path = $"apps.{thing.Id}";
        if (!Ids.Take("app", thing.At, thing.Id, path, _taken, scope.Findings))
            return;
        var map = new MapReader(thing.Body, ConfigurationKeys.App, path, scope.Findings, others: _ => true);
        var types = scope.Catalog.All.Select(connector => connector.Declaration.Type).ToList();
        var type = map.Required("type", $"There are: {Suggestion.List(types)}.");
        var app = new App(thing.Id, type ?? "") { Position = new(thing.At.File, thing.At.Line, path) };
        if (type is not null && scope.Catalog.Find(type) is { } connector)
        {
            var options = new OptionReader(scope, connector.Declaration.App, connector.Declaration.Name);
            options.Read(thing.Body, path, key => ConfigurationKeys.App.Find(key) is not null);
            app = app with { Texts = options.Texts, Lists = options.Lists };
        }
        else if (type is not null)
        {
            scope.Findings.Add(
                // was read just now
                ConfigurationProblems.UnknownType, map.Find("type")!, map.At("type"), $"There is no connector of type `{type}`.",
                Suggestion.OrAll(type, types, "There are"));
        }

        scope.Apps.Add(app);
    }
}
