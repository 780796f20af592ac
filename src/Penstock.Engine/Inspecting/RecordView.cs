using System.Data.Common;
using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;

namespace Penstock.Engine.Inspecting;

/// <summary>Puts together all that is known of one record.</summary>
internal sealed class RecordView(Reader reader, Project project, Model model, string key)
{
    private const int Sends = 10;

    public async Task<RecordDetail> ReadAsync(CancellationToken cancellationToken)
    {
        var one = new OneRecord(reader.Connection, project, model, reader.Loaded, reader.Setup);
        var isThere = await one.NarrowAsync(key, cancellationToken);
        var values = await ValuesAsync(cancellationToken);
        var destinations = new List<RecordAtDestination>();
        foreach (var destination in project.DestinationsOf(model))
            destinations.Add(await AtAsync(one, destination, cancellationToken));
        return new(key, isThere)
        {
            Display = values.FirstOrDefault(value => value.Property == model.Display)?.Value,
            Values = values,
            Groups = await GroupsAsync(cancellationToken),
            Destinations = destinations,
            Problem = isThere || destinations.Exists(there => there.DeliveredAt is not null)
                ? null
                : InspectingProblems.UnknownRecord.Of($"There is no record '{key}'.", InspectingProblems.UnknownRecord.ToDo),
        };
    }

    /// <summary>What was sent of a record, newest first.</summary>
    public static async Task<HistoryPage> HistoryAsync(
        Reader reader, string destination, string there, int offset, int limit, CancellationToken cancellationToken)
    {
        if (!await reader.HasAsync(Layout.History(destination), cancellationToken))
            return new([], null);
        var sends = new List<ExplainedSend>();
        var query = Sql.Of(
            $"""
            SELECT noted_at, run, act, changes
            FROM {Layout.History(destination)}
            WHERE key = CAST({Value.Of(there)} AS VARCHAR)
            ORDER BY noted_at DESC, run DESC
            LIMIT {limit + 1} OFFSET {offset}
            """);
        await foreach (var row in reader.Connection.QueryAsync(query, cancellationToken))
        {
            sends.Add(new(
                Utc(row.GetDateTime(0)), row.GetString(1), row.GetString(2), RecordExplainer.Sent(row.GetString(2), row.GetString(3))));
        }

        return new([.. sends.Take(limit)], sends.Count > limit ? offset + limit : null);
    }

    private async Task<List<RecordValue>> ValuesAsync(CancellationToken cancellationToken)
    {
        var properties = model.Properties.DistinctBy(property => property.Id).ToList();
        var columns = properties.Select(property => reader.Loaded.Columns.ContainsKey(property.Id)
            ? Verdicts.Text(reader, property)
            : Sql.Of($"CAST(NULL AS VARCHAR)"));
        var query = Sql.Of($"SELECT {Sql.Join(", ", columns.Prepend(Sql.Of($"{Layout.Key}")))} FROM {Layout.Records}");
        await foreach (var row in reader.Connection.QueryAsync(query, cancellationToken))
        {
            return [.. properties.Select((property, index) => new RecordValue(
                property.Id, Text(row, index + 1), RecordExplainer.Origin(model, property), reader.Loaded.StateOf(model, property)))];
        }

        return [];
    }

    private async Task<IReadOnlyList<RecordGroup>> GroupsAsync(CancellationToken cancellationToken)
    {
        var rules = LoadedRules.Of(project, model, reader.Loaded, reader.Setup.Time);
        var verdicts = await Verdicts.OfAsync(
            reader, model, [.. model.Groups.Select(group => rules.Compile(group.Rule))], key, cancellationToken);
        return verdicts is null ? [] : [.. model.Groups.Zip(verdicts, (group, verdict) => new RecordGroup(group.Id, verdict))];
    }

    private async Task<RecordAtDestination> AtAsync(OneRecord one, Destination destination, CancellationToken cancellationToken)
    {
        try
        {
            var compiled = await one.CompileAsync(destination, key, cancellationToken);
            await one.PlanAsync(compiled, key, cancellationToken);
            return await PlannedRecords.OfAsync(reader, compiled, key, cancellationToken) is var at && at.Key is { } there
                ? at with
                {
                    Failure = await Failures.ReadAsync(reader.Connection, destination.Id, there, cancellationToken)
                        .FirstOrDefaultAsync(cancellationToken),
                    History = (await HistoryAsync(reader, destination.Id, there, 0, Sends, cancellationToken)).Sends,
                }
                : at;
        }
        catch (PenstockException error)
        {
            return new(destination.Id) { Problem = error.Problem };
        }
    }

    private static string? Text(DbDataReader row, int ordinal) => row.IsDBNull(ordinal) ? null : row.GetString(ordinal);

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
