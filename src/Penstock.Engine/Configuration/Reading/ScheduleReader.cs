using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>Reads when a model runs by itself. Apps are read before; other models are checked when all are read.</summary>
internal sealed class ScheduleReader(Scope scope)
{
    private static readonly string[] Kinds = ["every", "cron", "after", "when_changed"];

    public Schedule? Read(MapReader model)
    {
        if (model.Map("schedule") is not { } node)
            return null;
        var map = new MapReader(node, ConfigurationKeys.Schedule, model.At("schedule"), scope.Findings);
        var given = Kinds.Where(map.Has).ToList();
        if (given.Count > 1)
        {
            scope.Findings.Add(
                ConfigurationProblems.Conflict, node, map.Path, $"The schedule has both `{given[0]}:` and `{given[1]}:`.",
                    "Keep one of them.");
            return null;
        }

        if (given.Count == 0)
        {
            if (!map.HasUnknown)
                scope.Findings.Add(
                    ConfigurationProblems.MissingKey, node, map.Path, "The schedule says nothing.",
                        $"Add one of: {Suggestion.List(Kinds)}.");
            return null;
        }

        Schedule? schedule = given[0] switch
        {
            "every" => Span(map) is { } span ? new IntervalSchedule(span) : null,
            "cron" => Cron(map),
            "after" => map.Text("after") is { } other ? new AfterSchedule(other) : null,
            _ => Change(map),
        };
        return schedule is null ? null : schedule with { Position = map.Position };
    }

    /// <summary>Checks what models run after, once all are read.</summary>
    public void CheckOrder()
    {
        var known = scope.Models.ConvertAll(model => model.Id);
        foreach (var model in scope.Models)
        {
            if (model.Schedule is AfterSchedule after && !known.Contains(after.ModelId))
                scope.Findings.Add(
                    ConfigurationProblems.UnknownReference, after.Position, $"The model `{after.ModelId}` does not exist.",
                    Suggestion.OrAll(after.ModelId, known, "There are"));
        }

        var order = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var model in scope.Models)
            order[model.Id] = model.Schedule is AfterSchedule after ? [after.ModelId] : [];
        foreach (var circle in Cycles.Find(order))
            scope.Findings.Add(
                ConfigurationProblems.Cycle, scope.Models.Find(model => model.Id == circle[0])?.Schedule?.Position,
                $"Models wait for each other in a circle: {Cycles.InWords(circle)}.", "Give one of them a time.");
    }

    private CronSchedule? Cron(MapReader map)
    {
        if (map.Text("cron") is not { } written)
            return null;
        var cron = string.Join(' ', written.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
        if (ScheduleTimes.Mistake(cron) is not { } mistake)
            return new(cron);
        scope.Findings.Add(
            ConfigurationProblems.InvalidValue, map.Find("cron")!, map.At("cron"), // its text was read just now
            $"`cron:` takes five fields such as `0 6 * * 1-5`, not `{written}`.", mistake);
        return null;
    }

    private ChangeSchedule? Change(MapReader schedule)
    {
        if (schedule.Map("when_changed") is not { } node)
            return null;
        var map = new MapReader(node, ConfigurationKeys.Change, schedule.At("when_changed"), scope.Findings);
        var readable = scope.Apps.Where(app => scope.Catalog.Find(app.Type) is ISource).Select(app => app.Id).ToList();
        var app = map.Required("app", "Name the app that is asked.");
        if (app is not null && !scope.Apps.Exists(candidate => candidate.Id == app))
            scope.Unknown("app", app, readable, map.Find("app")!, map.At("app")); // its text was read just now
        else if (app is not null && scope.ConnectorOf(app) is { } connector and not ISource)
            scope.Findings.Add(
                ConfigurationProblems.NotASource, map.Find("app")!, map.At("app"), // its text was read just now
                $"The app `{app}` ({connector.Declaration.Name}) can't be read from.",
                readable.Count == 0 ? "Add an app of a database." : $"Use one of: {Suggestion.List(readable)}.");
        var query = Query(map);
        if (map.Find("every") is null)
            scope.Findings.Add(
                ConfigurationProblems.MissingKey, node, map.Path, "`every:` is missing.",
                    "Write how often the query is asked: `5 minutes`.");
        return app is not null && query is not null && Span(map) is { } every ? new(app, query, every) : null;
    }

    private static string? Query(MapReader map)
    {
        if (map.Required("query", "Write a SELECT whose answer changes with the data, such as `SELECT max(updated_at) FROM users`.")
            is not { } written)
            return null;
        var query = SqlTokens.WithoutLastSemicolon(written);
        if (query.Length > 0 && !SqlTokens.HasSemicolon(query))
            return query;
        map.Invalid("query", map.Find("query")!, "one SELECT"); // its text was read just now
        return null;
    }

    private static RelativeSpan? Span(MapReader map)
    {
        if (map.Text("every") is not { } text)
            return null;
        if (Spans.Parse(text) is { Number: > 0, Unit: RelativeUnit.Minutes or RelativeUnit.Hours or RelativeUnit.Days } span)
            return span;
        map.Invalid("every", map.Find("every")!, "a length such as `15 minutes`, `2 hours` or `1 day`"); // its text was read just now
        return null;
    }
}
