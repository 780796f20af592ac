using CsCheck;
using Penstock.Contract;

namespace Penstock.Engine.Tests.Planning;

/// <summary>After any edits, faults and crashes, runs without faults bring the far end to what the model says.</summary>
public sealed class ConvergenceTests
{
    // Each history is a few dozen statements over DuckDB: some in every test run, many when asked for.
    private static readonly long Iterations =
        long.TryParse(Environment.GetEnvironmentVariable("PENSTOCK_ITER"), out var many) ? Math.Min(many, 1_000) : 12;
    private static readonly string[] Modes = ["sync", "additive"];
    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Int[0, 3], Gen.Int[1, 6].Array[0, 4], Gen.Int[0, 999], Gen.Int[0, 99],
        (kind, ids, seed, fault) => new Step(kind, ids, seed, fault));

    [Fact]
    public Task The_far_end_becomes_what_the_model_says() =>
        Gen.Select(Steps.Array[1, 7], Gen.Bool, Gen.Int[0, 1].Select(mode => Modes[mode]))
        .SampleAsync(
            async pair =>
            {
                await using var far = new Far { Identity = pair.Item2 ? "uid" : null };
                far.Destination = far.Destination with
                {
                    SyncMode = pair.Item3 == "sync" ? SyncModes.Sync : SyncModes.Additive,
                    Groups = [.. far.Destination.Groups, new("rich", "called", "C1")],
                };
                foreach (var step in pair.Item1)
                {
                    Edit(far, step);
                    await far.DeliverAsync(Faults(step));
                }

                await far.DeliverAsync();
                await far.DeliverAsync();
                (await far.PlanAsync(approved: true)).IsEmpty.ShouldBeTrue();
                foreach (var (key, expected) in await ModelAsync(far))
                    string.Join(", ", far.There[key].Select(field => $"{field.Key}={field.Value}")).ShouldBe(expected, key);
                if (pair.Item3 == "sync")
                    far.There.Count.ShouldBe((await ModelAsync(far)).Count);
            },
            iter: Iterations);

    private static void Edit(Far far, Step step)
    {
        var random = new Random(step.Seed);
        foreach (var id in step.Ids)
        {
            if (step.Kind == 0)
                far.Run($"DELETE FROM records WHERE id = {id}");
            else if (step.Kind == 1)
                far.Run($"UPDATE records SET id = {id + 10}, _key = '{id + 10}' WHERE id = {id} AND NOT EXISTS (SELECT 1 "
                    + $"FROM records WHERE id = {id + 10})");
            else
                far.Record(id, random.Next(3) == 0 ? null : $"m{random.Next(3)}@x.y", random.Next(2) == 0 ? "Oslo" : "Rome", random.Next(3),
                    random.Next(2) == 0, random.Next(2) == 0, $"u{id}");
        }
    }

    // 0–39: no fault; then failures, refusals, and a process that dies after some requests.
    private static Func<Operation, string, OutcomeKind?>? Faults(Step step)
    {
        if (step.Fault < 40)
            return null;
        var random = new Random(step.Seed);
        return (_, _) => random.Next(100) switch
        {
            < 50 => OutcomeKind.Delivered,
            < 70 => OutcomeKind.Failed,
            < 90 => Far.FailedAfterApplying,
            _ => step.Fault < 70 ? OutcomeKind.Failed : null,
        };
    }

    private static async Task<Dictionary<string, string>> ModelAsync(Far far)
    {
        var model = new Dictionary<string, string>();
        var query =
            Sql.Of($"SELECT CAST(id AS VARCHAR), mail, city, CAST(CAST(score AS BIGINT) AS VARCHAR), {new Identifier("group:good")}, "
                + $"{new Identifier("group:rich")} FROM records");
        await foreach (var row in far.Connection.QueryAsync(query, default))
        {
            var fields = new SortedDictionary<string, string>();
            foreach (var (name, ordinal) in new[] { ("email", 1), ("city", 2), ("Score", 3) })
            {
                if (!row.IsDBNull(ordinal))
                    fields[name] = row.GetString(ordinal);
            }

            foreach (var (name, ordinal) in new[] { ("list:L1", 4), ("array:groups:good", 4), ("array:groups:rich", 5), ("called:C1", 5) })
            {
                if (row.GetBoolean(ordinal))
                    fields[name] = "in";
            }

            model[row.GetString(0)] = string.Join(", ", fields.Select(field => $"{field.Key}={field.Value}"));
        }

        return model;
    }

    private sealed record Step(int Kind, int[] Ids, int Seed, int Fault);
}
