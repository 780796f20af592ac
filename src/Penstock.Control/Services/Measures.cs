using System.Diagnostics;
using System.Diagnostics.Metrics;
using Penstock.Engine.Runs;

namespace Penstock.Control.Services;

/// <summary>What can be measured from outside, by its names: the one place. Costs nothing while nobody listens.</summary>
public static class Measures
{
    /// <summary>The name of the meter and of the source of traces.</summary>
    public const string Name = "Penstock";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Runs = Meter.CreateCounter<long>("penstock.runs", "{run}", "Runs that ended.");
    private static readonly Histogram<double> RunDuration =
        Meter.CreateHistogram<double>("penstock.run.duration", "s", "How long runs took.");

    private static readonly Histogram<double> StepDuration =
        Meter.CreateHistogram<double>("penstock.step.duration", "s", "How long steps of runs took.");

    private static readonly Counter<long> Rows = Meter.CreateCounter<long>("penstock.rows", "{row}", "Rows that steps worked on.");
    private static readonly Counter<long> Records =
        Meter.CreateCounter<long>("penstock.records", "{record}", "Records at destinations, by outcome.");

    private static readonly Counter<long> Calls =
        Meter.CreateCounter<long>("penstock.calls", "{call}", "API calls to destinations; their latency is http.client.request.duration.");

    private static Func<QueueState> _queue = static () => new(0, 0, TimeSpan.Zero);

    static Measures()
    {
        Meter.CreateObservableGauge("penstock.runs.queued", static () => _queue().Queued, "{run}", "Runs that wait.");
        Meter.CreateObservableGauge("penstock.runs.running", static () => _queue().Running, "{run}", "Runs that go on.");
        Meter.CreateObservableGauge(
            "penstock.runs.lateness", static () => _queue().Lateness.TotalSeconds, "s", "How long the longest waiting run has waited.");
    }

    /// <summary>Says where the numbers of waiting runs come from; asked each time somebody reads the metrics.</summary>
    public static void Watch(Func<QueueState> queue) => _queue = queue;

    /// <summary>A run's part of a trace; null while nobody listens.</summary>
    internal static Activity? StartRun(string run, string model) => Source.StartActivity("penstock.run") is { } activity
        ? activity.SetTag("penstock.run", run).SetTag("penstock.model", model) : null;

    /// <summary>A step's part of a run's trace.</summary>
    internal static Activity? StartStep(RunProgress progress, ActivityContext run) =>
        Source.StartActivity("penstock." + progress.Step.ToString().ToLowerInvariant(), ActivityKind.Internal, run) is { } activity
            ? activity.SetTag("penstock.model", progress.Model).SetTag("penstock.subject", progress.Subject) : null;

    /// <summary>Counts what a run came to.</summary>
    internal static void Count(RunResult result)
    {
        var model = Tag("model", result.Model);
        Runs.Add(1, model, Tag("status", result.Status.ToString().ToLowerInvariant()));
        RunDuration.Record(result.Elapsed.TotalSeconds, model);
        foreach (var step in result.Steps)
        {
            var word = Tag("step", step.Step.ToString().ToLowerInvariant());
            StepDuration.Record(step.Elapsed.TotalSeconds, model, word);
            Rows.Add(step.Rows, model, word);
        }

        foreach (var served in result.Destinations)
        {
            var destination = Tag("destination", served.Destination);
            Calls.Add(served.Calls, destination);
            Records.Add(served.Delivered, destination, Tag("outcome", "delivered"));
            Records.Add(served.Refused, destination, Tag("outcome", "refused"));
            Records.Add(served.Failed, destination, Tag("outcome", "failed"));
            Records.Add(served.Skipped, destination, Tag("outcome", "skipped"));
        }
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}

/// <summary>The runs that go on or wait.</summary>
/// <param name="Queued">How many wait.</param>
/// <param name="Running">How many go on.</param>
/// <param name="Lateness">How long the longest waiting one has waited.</param>
public sealed record QueueState(long Queued, long Running, TimeSpan Lateness);

/// <summary>Makes the steps of a run parts of its trace.</summary>
internal sealed class TracedProgress(Activity run, IProgress<RunProgress>? inner) : IProgress<RunProgress>, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(RunStep Step, string? Subject), Activity?> _steps = [];

    /// <inheritdoc/>
    public void Report(RunProgress value)
    {
        lock (_gate)
        {
            if (!_steps.ContainsKey((value.Step, value.Subject)))
                Begin(value);
        }

        inner?.Report(value);
    }

    /// <summary>Ends the steps that still go on.</summary>
    public void Dispose()
    {
        lock (_gate)
            End(_ => true);
    }

    private void Begin(RunProgress value)
    {
        // Sources are read side by side; otherwise one step ends where the next begins.
        End(step => step != RunStep.Refresh || value.Step != RunStep.Refresh);
        var current = Activity.Current;
        _steps[(value.Step, value.Subject)] = Measures.StartStep(value, run.Context);
        Activity.Current = current; // whoever reports goes on under what it was under
    }

    private void End(Func<RunStep, bool> which)
    {
        foreach (var (key, activity) in _steps.Where(pair => pair.Value is not null && which(pair.Key.Step)).ToList())
        {
            activity?.Stop();
            _steps[key] = null;
        }
    }
}
