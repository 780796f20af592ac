using System.Data.Common;
using System.Text.Json.Nodes;
using Penstock.Contract;
using Penstock.Engine.Building;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;
using Penstock.Engine.Planning;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Runs;

/// <summary>Tells all that is known of one record at one destination.</summary>
internal sealed class RecordExplainer(ModelSession session, Destination destination)
{
    private const long Sends = 20;
    private static readonly Identifier Row = new("row_of_key");

    /// <summary>Explains the record that has <paramref name="key"/> at the far end, or else in the model.</summary>
    public async Task<Explanation> ExplainAsync(string key, CancellationToken cancellationToken)
    {
        var resolved = await session.ResolveAsync(cancellationToken);
        var compiled = ModelCompiler.Compile(resolved, session.Project.TimeZone, session.Setup.Time.GetUtcNow());
        var setup = DestinationSetup.Of(session.Project, destination, compiled, resolved, session.Apps, session.Setup);
        await new Planner(session.Connection)
            .PlanAsync(setup.Compiled, new() { Limits = setup.Limits, LooksUp = setup.LooksUp }, cancellationToken);

        var record = await RecordKeyAsync(setup.Compiled, key, cancellationToken);
        var found = record is null ? null : await RecordAsync(compiled, record, cancellationToken);
        var (act, masks) = await PlannedAsync(key, setup.Compiled, cancellationToken);
        var (isWanted, desired) =
            await ValuesAsync(Sql.Of($"(\n{setup.Compiled.Desired}\n)"), setup.Compiled, key, null, cancellationToken);
        var known = await new DestinationTables(session.Connection, destination.Id).KnownColumnsAsync(setup.Compiled, cancellationToken);
        var (_, delivered) =
            await ValuesAsync(Sql.Of($"{Layout.Delivered(destination.Id)}"), setup.Compiled, key, known, cancellationToken);
        return new Explanation
        {
            Destination = destination.Id,
            Key = key,
            InModel = found is not null,
            Wanted = isWanted,
            Values = found is null ? [] : [.. session.Model.Properties.Select(property =>
                new ExplainedValue(property.Id, TextOf(found.Values[property.Id]), Origin(session.Model, property)))],
            Groups = found is null ? [] : await GroupsAsync(compiled, found, cancellationToken),
            DeliveredAt = await DeliveredAtAsync(key, cancellationToken),
            Fields = [.. setup.Compiled.Columns.Select(column => new ExplainedField(
                column.ForPeople(), delivered[column.Place], desired[column.Place], masks(column)))],
            Act = act,
            Failure = await Failures.ReadAsync(session.Connection, destination.Id, key, cancellationToken)
                .FirstOrDefaultAsync(cancellationToken),
            History = await HistoryAsync(key, cancellationToken),
        };
    }

    private async Task<string?> RecordKeyAsync(CompiledDestination compiled, string key, CancellationToken cancellationToken) =>
        await session.Connection.ScalarAsync<string>(
            Sql.Of($"SELECT record FROM (\n{compiled.Desired}\n) AS desired WHERE key = {Value.Of(key)} ORDER BY record LIMIT 1"),
            cancellationToken)
        ?? await session.Connection.ScalarAsync<string>(
            Sql.Of($"SELECT {Layout.Key} FROM {Layout.Records} WHERE {Layout.Key} = {Value.Of(key)}"), cancellationToken);

    private async Task<PreviewedRecord?> RecordAsync(CompiledModel compiled, string record, CancellationToken cancellationToken)
    {
        await foreach (
            var found in RecordPreview.ReadAsync(session.Connection, compiled, new() { Key = record, Limit = 1 }, cancellationToken))
            return found;
        return null;
    }

    private async Task<(string Act, Func<PlanColumn, bool> Sends)> PlannedAsync(
        string key, CompiledDestination compiled, CancellationToken cancellationToken)
    {
        var masks = Enumerable.Range(0, PlanColumn.Masks(compiled.Columns.Count))
            .Select(number => Sql.Of($"coalesce({PlanColumn.MaskOf(number)}, 0)"));
        var query = Sql.Of(
            $"SELECT act, {Sql.Join(", ", masks)} FROM {Layout.Plan(destination.Id)} WHERE key = {Value.Of(key)} "
                + $"OR previous_key = {Value.Of(key)} LIMIT 1");
        await foreach (var row in session.Connection.QueryAsync(query, cancellationToken))
        {
            var bits = Enumerable.Range(1, row.FieldCount - 1).Select(row.GetInt64).ToArray();
            var act = row.GetString(0);
            return (act switch { "clear" or "forget" => "remove", "quiet" => "nothing", _ => act },
                column => act is not ("skip" or "refuse" or "remove" or "forget") && (bits[column.MaskNumber] & column.Bit) != 0);
        }

        return ("nothing", _ => false);
    }

    private async Task<(bool Exists, IReadOnlyList<string?> Texts)> ValuesAsync(
        Sql from, CompiledDestination compiled, string key, IReadOnlySet<Identifier>? present, CancellationToken cancellationToken)
    {
        var columns = compiled.Columns.Select(column =>
            present is null || present.Contains(column.Name) ? compiled.Text(Row, column) : Sql.Trusted("NULL"));
        var query =
            Sql.Of($"SELECT {Sql.Join(", ", columns.Prepend(Sql.Trusted("key")))} FROM {from} AS {Row} "
                + $"WHERE key = {Value.Of(key)} LIMIT 1");
        await foreach (var row in session.Connection.QueryAsync(query, cancellationToken))
            return (true, [.. Enumerable.Range(1, row.FieldCount - 1).Select(ordinal => Text(row, ordinal))]);
        return (false, [.. compiled.Columns.Select(_ => (string?)null)]);
    }

    private async Task<DateTimeOffset?> DeliveredAtAsync(string key, CancellationToken cancellationToken)
    {
        var query = Sql.Of($"SELECT delivered_at FROM {Layout.Delivered(destination.Id)} WHERE key = {Value.Of(key)}");
        await foreach (var row in session.Connection.QueryAsync(query, cancellationToken))
            return Utc(row.GetDateTime(0));
        return null;
    }

    private async Task<IReadOnlyList<ExplainedSend>> HistoryAsync(string key, CancellationToken cancellationToken)
    {
        var sends = new List<ExplainedSend>();
        var query = Sql.Of(
            $"""
            SELECT noted_at, run, act, changes
            FROM {Layout.History(destination.Id)}
            WHERE key = {Value.Of(key)}
            ORDER BY noted_at DESC, run DESC
            LIMIT {Sends}
            """);
        await foreach (var row in session.Connection.QueryAsync(query, cancellationToken))
            sends.Add(new(Utc(row.GetDateTime(0)), row.GetString(1), row.GetString(2), Sent(row.GetString(2), row.GetString(3))));
        return sends;
    }

    // History keeps a create's row as it is; what had no value was not sent.
    internal static string Sent(string act, string changes)
    {
        if (act != "create" || JsonNode.Parse(changes) is not JsonObject values)
            return changes;
        foreach (var name in values.Where(pair => pair.Value is null).Select(pair => pair.Key).ToList())
            values.Remove(name);
        return values.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    private async Task<IReadOnlyList<ExplainedGroup>> GroupsAsync(
        CompiledModel compiled, PreviewedRecord record, CancellationToken cancellationToken)
    {
        var groups = new List<ExplainedGroup>();
        foreach (var group in session.Model.Groups)
        {
            var rules = new List<ExplainedRule>();
            if (await RuleExplainer.ExplainAsync(session.Connection, compiled, group.Id, record.Key, cancellationToken) is { } explained)
                Flatten(explained, 0, rules);
            groups.Add(new(group.Id, record.Groups.Contains(group.Id), rules));
        }

        return groups;
    }

    private static void Flatten(RuleExplanation rule, int depth, List<ExplainedRule> into)
    {
        into.Add(new(depth, rule.Text, rule.Holds, rule.Property is null ? null : TextOf(rule.Actual)));
        foreach (var part in rule.Parts)
            Flatten(part, depth + 1, into);
    }

    internal static string Origin(Model model, Property property)
    {
        if (property.Expression is { } expression)
            return expression;
        var source = model.Sources.First(source => source.Name == property.Source);
        var column = property.Column!; // a property that is not calculated comes from a column
        var place = $"{source.Table ?? source.Name}.{column.Column}";
        var what = column.Aggregate == AggregateKind.Exact ? place
            : $"{System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(column.Aggregate.ToString()).Replace('_', ' ')} of {place}";
        return $"{source.AppId} · {what}" + (column.By is null ? "" : $" by {column.By}");
    }

    private static string? TextOf(Value value) => value.IsNull ? null : value.ToString();

    private static string? Text(DbDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetString(ordinal);

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
