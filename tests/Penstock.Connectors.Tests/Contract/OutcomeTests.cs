using System.Text;
using CsCheck;
using Penstock.Contract;
using Penstock.Testing.Http;

namespace Penstock.Connectors.Tests.Contract;

/// <summary>
/// Whatever comes back, there is one outcome for each record: nothing passes for delivered that was not, and nothing breaks.
/// </summary>
public sealed class OutcomeTests
{
    private static readonly (string Name, int Status, string Body)[] Answers =
    [
        ("partly refused", 201, """{"message":"success","errors":[{"type":"bad","input_array":"attributes","index":1}]}"""),
        ("refused beyond the batch", 201, """{"message":"success","errors":[{"type":"bad","input_array":"attributes","index":99}]}"""),
        ("refused without place", 201, """{"message":"success","errors":["bad"]}"""),
        ("refused by place", 400, """{"message":"Not good","errors":[{"type":"bad","input_array":"attributes","index":0}]}"""),
        ("refused as a whole", 400, """{"message":"Not good"}"""),
        ("refused by a list", 400, """[{"message":"Not good"}]"""),
        ("too large", 413, "<html><body>413 Request Entity Too Large</body></html>"),
        ("not processable", 422, """{"message":"Not good"}"""),
        ("another error", 415, ""),
        ("queued", 202, """{"message":"queued"}"""),
        ("a page", 200, "<!DOCTYPE html><html><body>Sign in to the hotel's network</body></html>"),
        ("a page as error", 400, "<html></html>"),
        ("nothing", 200, ""),
        ("nothing at all as error", 400, ""),
        ("half a body", 201, """{"message":"success","errors":[{"type":"b"""),
        ("not an object", 200, "[]"),
        ("null", 200, "null"),
        ("a number", 201, "42"),
        ("members of other types", 201, """{"message":5,"errors":{"a":1},"results":7,"users":"none"}"""),
        ("bytes that are no text", 201, "{\"message\":\"\\ud800\",\"errors\":[{\"type\":\"\\udfff\",\"index\":1e99}]}"),
    ];

    public static TheoryData<string, string> Cases =>
        [.. from subject in Subject.All from answer in Answers select new TheoryDataRow<string, string>(subject.Id, answer.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Each_answer_gives_one_outcome_a_record(string id, string answer)
    {
        var (_, status, body) = Answers.Single(any => any.Name == answer);
        foreach (var operation in Subject.Of(id).Operations)
        {
            using var trial = new Trial(id);
            foreach (var count in new[] { 1, 3 })
            {
                var batch = trial.Batch(operation, count);
                var http = FakeHttp.Always(status, body);
                if (await AttemptAsync(trial, batch, http) is not { } outcomes)
                    continue;
                outcomes.EnsureComplete();
                outcomes.Count.ShouldBe(batch.Count);
                var all = Enumerable.Range(0, outcomes.Count).Select(i => outcomes[i]).ToList();
                all.ShouldAllBe(outcome => outcome.Kind == OutcomeKind.Delivered || outcome.Reason != null, $"{operation}");
                if (http.Calls.Count > 0 && status >= 400)
                    all.ShouldAllBe(outcome => outcome.Kind == OutcomeKind.Refused || outcome.Kind == OutcomeKind.Failed, $"{operation}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Subject.Destinations), MemberType = typeof(Subject))]
    public void Answers_damaged_at_random_break_nothing(string id)
    {
        using var trial = new Trial(id);
        var damage = Gen.Select(Gen.Int[0, Answers.Length - 1], Gen.Byte, Gen.Int[0, 200], Gen.Int[0, 200]);
        foreach (var operation in trial.Subject.Operations)
        {
            var batch = trial.Batch(operation);
            damage.Sample(
                (answer, value, at, end) =>
                {
                    var body = Encoding.UTF8.GetBytes(Answers[answer].Body);
                    if (at < body.Length)
                        body[at] = value;
                    var cut =
                        new HttpAnswer(Answers[answer].Status, body.AsMemory(0, Math.Min(end, body.Length)),
                            new Dictionary<string, string>());
                    var outcomes = AttemptAsync(trial, batch, new(_ => cut)).GetAwaiter().GetResult();
                    outcomes?.EnsureComplete();
                    (outcomes?.Count ?? batch.Count).ShouldBe(batch.Count);
                },
                iter: 100,
                threads: 1);
        }
    }

    [Theory]
    [MemberData(nameof(Subject.Destinations), MemberType = typeof(Subject))]
    public async Task Trying_an_app_gives_a_few_words_or_says_why_it_can_not_be_used(string id)
    {
        (int, string)[] more = [(401, "{}"), (403, "<html></html>"), (404, "{}")];
        foreach (var (status, body) in Answers.Select(answer => (answer.Status, answer.Body)).Concat(more))
        {
            using var trial = new Trial(id);
            try
            {
                (await trial.Connector.TestAsync(trial.App, FakeHttp.Always(status, body), TestContext.Current.CancellationToken))
                    .ShouldNotBeNullOrWhiteSpace();
            }
            catch (ConnectionException exception)
            {
                exception.Problem.Message.ShouldNotBeNullOrWhiteSpace();
            }
        }
    }

    // A bulk job may be impossible to begin, or go on: neither is an outcome.
    private static async Task<Outcomes?> AttemptAsync(Trial trial, Batch batch, FakeHttp http)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        if (trial.Connector is not IBulkJobs jobs || batch.Operation != Operation.Write)
            return await trial.DoAsync(batch, http, cancellationToken);
        try
        {
            await jobs.BeginAsync(trial.App, batch, http, cancellationToken);
        }
        catch (DestinationUnavailableException)
        {
        }

        return await jobs.PollAsync(trial.App, "1", batch, http, cancellationToken);
    }
}
