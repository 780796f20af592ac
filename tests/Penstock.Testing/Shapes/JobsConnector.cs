using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Penstock.Contract;

namespace Penstock.Testing.Shapes;

/// <summary>The shape of systems that take batches as jobs: begin, upload, poll, collect.</summary>
public sealed class JobsConnector : IShape, IConnector<MemoryApp>, IDestination<MemoryApp>, IBulkJobs
{
    /// <inheritdoc/>
    public Declaration Declaration { get; } = new("jobs", "Jobs")
    {
        Summary = "Rows in memory, written by jobs.",
        App = Options.Of<MemoryApp>(),
        Authorization = MemoryCalls.Authorize,
        Destinations =
        [
            new("rows", "Rows")
            {
                Key = MemoryKinds.Key("row"),
                Fields = [MemoryKinds.Email, MemoryKinds.Name],
                CustomFields = MemoryKinds.Custom,
                SyncModes = SyncModes.Additive,
                Limits = new() { Records = 1_000, Concurrency = 2 },
            },
        ],
    };

    /// <inheritdoc/>
    public MemorySystem NewFarEnd() => new JobsSystem();

    /// <inheritdoc/>
    public Task<string> TestAsync(MemoryApp app, IHttp http, CancellationToken cancellationToken) =>
        MemoryCalls.TestAsync(app, http, cancellationToken);

    /// <summary>Not called: everything goes by jobs.</summary>
    public Task<Outcomes> WriteAsync(MemoryApp app, Batch batch, IHttp http, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Rows are written by jobs.");

    /// <inheritdoc/>
    public async Task<string> BeginAsync(object app, Batch batch, IHttp http, CancellationToken cancellationToken)
    {
        var begun = await http.SendAsync(app, HttpMethod.Post, "/jobs", new JsonObject(), cancellationToken);
        var job = begun.IsSuccess && begun.Json().Text("job") is { } id ? id : throw NotBegun(begun);
        var rows = batch.Indexes()
            .Select(i => new JsonObject { ["key"] = batch[i].Key, ["fields"] = MemoryCalls.Fields(batch[i]) }.ToJsonString());
        var uploaded = await http.SendAsync(
            new(HttpMethod.Put, new(((MemoryApp)app).Endpoint, $"/jobs/{job}/rows"))
            {
                Content = Encoding.UTF8.GetBytes(string.Join('\n', rows)),
                ContentType = "application/x-ndjson",
            },
            cancellationToken);
        return uploaded.IsSuccess ? job : throw NotBegun(uploaded);
    }

    /// <inheritdoc/>
    public async Task<Outcomes?> PollAsync(object app, string job, Batch batch, IHttp http, CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(app, HttpMethod.Get, $"/jobs/{job}", null, cancellationToken);
        if (!answer.IsSuccess)
            return batch.NotTaken(answer);
        var json = answer.Json();
        if (json.Text("state") is not "done" and var state)
            return state is "running" ? null : batch.AllFailed(MemoryCalls.Unclear(answer));

        // An upload can get lost behind an answer that looks well: a job is about this batch only if it had as many rows.
        if (!json.TryGetProperty("rows", out var rows) || rows.GetInt32() != batch.Count)
            return batch.AllFailed(MemoryCalls.Unclear(answer));
        var collected = await http.SendAsync(app, HttpMethod.Get, $"/jobs/{job}/failures", null, cancellationToken);
        if (collected.Items("failures") is not { } failures)
            return batch.AllFailed(MemoryCalls.Unclear(collected));
        var outcomes = batch.AllDelivered();
        foreach (var failure in failures)
            outcomes.Refuse(failure.GetProperty("row").GetInt32(), MemoryCalls.Refusal(failure.Text("reason")));
        return outcomes;
    }

    private static DestinationUnavailableException NotBegun(HttpAnswer answer) =>
        new(new("memory.not_begun", $"The job could not be begun: status {answer.Status}."));

    private sealed class JobsSystem : MemorySystem
    {
        // A job is done at the third question: that others see it going on is the point of this shape.
        private const int QuestionsBefore = 2;

        private readonly SortedDictionary<string, JsonObject> _rows = new(StringComparer.Ordinal);
        private readonly Dictionary<string, (string Upload, int Questions, JsonArray Failures)> _jobs = [];

        protected override JsonNode State() =>
            new JsonObject(_rows.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.DeepClone())));

        protected override (int Status, JsonNode Body) Answer(string method, string[] path, string body) => (method, path) switch
        {
            (_, ["ping"]) => (200, new JsonObject()),
            ("POST", ["jobs"]) => Begin(),
            ("PUT", ["jobs", var job, "rows"]) when _jobs.ContainsKey(job) => Upload(job, body),
            ("GET", ["jobs", var job]) when _jobs.ContainsKey(job) =>
                (200, new JsonObject { ["state"] = StateOf(job), ["rows"] = Lines(_jobs[job].Upload).Length }),
            ("GET", ["jobs", var job, "failures"]) when _jobs.ContainsKey(job) =>
                (200, new JsonObject { ["failures"] = _jobs[job].Failures.DeepClone() }),
            _ => (404, new JsonObject()),
        };

        private (int Status, JsonNode Body) Begin()
        {
            var id = (_jobs.Count + 1).ToString(CultureInfo.InvariantCulture);
            _jobs[id] = ("", 0, []);
            return (201, new JsonObject { ["job"] = id });
        }

        private (int Status, JsonNode Body) Upload(string job, string body)
        {
            _jobs[job] = _jobs[job] with { Upload = body };
            return (202, new JsonObject());
        }

        private string StateOf(string job)
        {
            var (upload, questions, failures) = _jobs[job];
            _jobs[job] = (upload, questions + 1, failures);
            if (questions < QuestionsBefore)
                return "running";
            if (questions == QuestionsBefore)
                Apply(upload, failures);
            return "done";
        }

        private static string[] Lines(string upload) => upload.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        private void Apply(string upload, JsonArray failures)
        {
            foreach (var (place, line) in Lines(upload).Index())
            {
                var row = JsonNode.Parse(line)!;
                if (Wrong(row["fields"]) is { } reason)
                {
                    failures.Add(new JsonObject { ["row"] = place, ["reason"] = reason });
                    continue;
                }

                var key = row["key"]!.GetValue<string>();
                if (!_rows.TryGetValue(key, out var there))
                    _rows[key] = there = [];
                Merge(there, row["fields"]);
            }
        }
    }
}
