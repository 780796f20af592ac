using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Penstock.Contract;
using Penstock.Control.Running;
using Penstock.Control.Services;
using Penstock.Engine.Planning;
using Penstock.Engine.Runs;
using Penstock.Engine.Workspace;

namespace Penstock.Control.Database;

/// <summary>Between what the engine gives, what the database holds, and what the services show.</summary>
internal static class RunMapping
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The word that the database holds for a status.</summary>
    public static string Word(KeptStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());

    /// <summary>Fills <paramref name="run"/> in with what it came to.</summary>
    public static void Complete(Run run, RunResult result)
    {
        run.Status = Word(Kept(result.Status));
        run.Seconds = result.Elapsed.TotalSeconds;
        run.Records = result.Records;
        run.Groups = JsonSerializer.Serialize(result.Groups, Json);
        run.RowProblems = JsonSerializer.Serialize(result.RowProblems, Json);
        run.Problem = Write(result.Problem);
        run.Plan = JsonSerializer.Serialize(result.Destinations.Select(destination => destination.Plan), Json);
        run.Steps.AddRange(result.Steps.Select(step => new RunStepTime
        {
            Step = step.Step.ToString(),
            Subject = step.Subject,
            Rows = step.Rows,
            Seconds = step.Elapsed.TotalSeconds,
        }));
        run.Destinations.AddRange(result.Destinations.Select(Destination));
    }

    /// <summary>What the services show of a run.</summary>
    public static KeptRun Show(Run run) => new(run.Id.ToString(CultureInfo.InvariantCulture), run.Model, Status(run.Status), run.StartedAt)
    {
        QueuedAt = run.QueuedAt,
        Trigger = Trigger(run.Trigger),
        RequestedBy = run.RequestedBy,
        Revision = run.Revision,
        Ask = ReadAsk(run),
        CancelledBy = run.CancelledBy,
        Plans = Read<List<DestinationPlan>>(run.Plan) ?? [],
        Elapsed = TimeSpan.FromSeconds(run.Seconds),
        Records = run.Records,
        Groups = Read<Dictionary<string, long>>(run.Groups) ?? [],
        RowProblems = Read<List<RowProblem>>(run.RowProblems) ?? [],
        Problem = Read<Problem>(run.Problem),
        Steps =
        [
            .. run.Steps.OrderBy(step => step.Id).Select(step =>
                new StepTime(Enum.Parse<RunStep>(step.Step), step.Subject, step.Rows, TimeSpan.FromSeconds(step.Seconds))),
        ],
        Destinations = [.. run.Destinations.OrderBy(destination => destination.Id).Select(Show)],
    };

    /// <summary>The word that the database holds for what made a run.</summary>
    public static string Word(RunTrigger trigger) => JsonNamingPolicy.SnakeCaseLower.ConvertName(trigger.ToString());

    /// <summary>How a run is asked for, as JSON: equal asks have equal texts.</summary>
    public static string Write(RunAsk ask) => JsonSerializer.Serialize(ask, Json);

    /// <summary>How a run was asked for.</summary>
    public static RunAsk ReadAsk(Run run) => (Read<RunAsk>(run.Options) ?? new()) with { Trigger = Trigger(run.Trigger) };

    /// <summary>The status of a result.</summary>
    public static KeptStatus Kept(RunStatus status) => status switch
    {
        RunStatus.Succeeded => KeptStatus.Succeeded,
        RunStatus.Partial => KeptStatus.Partial,
        RunStatus.Waiting => KeptStatus.Waiting,
        RunStatus.Cancelled => KeptStatus.Cancelled,
        _ => KeptStatus.Failed,
    };

    /// <summary>A problem as JSON; null for none.</summary>
    public static string? Write(Problem? problem) => problem is null ? null : JsonSerializer.Serialize(problem, Json);

    private static KeptDestination Show(RunDestination kept) => new(kept.Destination, Status(kept.Status))
    {
        Created = kept.Created,
        Updated = kept.Updated,
        Removed = kept.Removed,
        Unchanged = kept.Unchanged,
        Delivered = kept.Delivered,
        Skipped = kept.Skipped,
        Refused = kept.Refused,
        Failed = kept.Failed,
        Calls = kept.Calls,
        Elapsed = TimeSpan.FromSeconds(kept.Seconds),
        Problem = Read<Problem>(kept.Problem),
        Reasons =
        [
            .. kept.Reasons.OrderBy(reason => reason.Id).Select(reason => new FailureReason(
                Enum.Parse<OutcomeKind>(reason.Kind), reason.Code, reason.Message, reason.Help, reason.Count,
                Read<List<string>>(reason.Keys) ?? [])),
        ],
    };

    private static RunDestination Destination(DestinationResult result)
    {
        var kept = new RunDestination
        {
            Destination = result.Destination,
            Status = Word(Kept(result.Status)),
            Created = result.Created,
            Updated = result.Updated,
            Removed = result.Removed,
            Unchanged = result.Unchanged,
            Delivered = result.Delivered,
            Skipped = result.Skipped,
            Refused = result.Refused,
            Failed = result.Failed,
            Calls = result.Calls,
            Seconds = result.Elapsed.TotalSeconds,
            Problem = Write(result.Problem),
        };
        kept.Reasons.AddRange(result.Reasons.Select(reason => new RunReason
        {
            Kind = reason.Kind.ToString(),
            Code = reason.Code,
            Message = reason.Message,
            Help = reason.Help,
            Count = reason.Count,
            Keys = JsonSerializer.Serialize(reason.Keys, Json),
        }));
        return kept;
    }

    private static RunTrigger Trigger(string word) =>
        Enum.GetValues<RunTrigger>().FirstOrDefault(trigger => Word(trigger) == word, RunTrigger.Command);

    private static KeptStatus Status(string word) =>
        Enum.GetValues<KeptStatus>().FirstOrDefault(status => Word(status) == word, KeptStatus.Interrupted);

    private static T? Read<T>(string? json) => json is null ? default : JsonSerializer.Deserialize<T>(json, Json);
}
