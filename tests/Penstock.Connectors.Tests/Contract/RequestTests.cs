using Penstock.Contract;
using Penstock.Testing;
using Penstock.Testing.Http;

namespace Penstock.Connectors.Tests.Contract;

/// <summary>What goes over the wire, made from the declaration alone.</summary>
public sealed class RequestTests
{
    [Theory]
    [MemberData(nameof(Subject.Destinations), MemberType = typeof(Subject))]
    public async Task Everything_mapped_is_written_as_its_golden_file_says(string id)
    {
        foreach (var operation in Subject.Of(id).Operations)
        {
            using var trial = new Trial(id);
            Golden.Match(await SentAsync(trial, trial.Batch(operation)), $"{id}-{operation.ToString().ToLowerInvariant()}.txt");
        }
    }

    [Theory]
    [MemberData(nameof(Subject.Destinations), MemberType = typeof(Subject))]
    public async Task Only_what_is_required_is_enough_in_each_mode(string id)
    {
        foreach (var mode in Subject.Of(id).Modes)
        {
            using var trial = new Trial(id, mode, requiredOnly: true);
            Golden.Match(await SentAsync(trial, trial.One()), $"{id}-required-{mode.ToString().ToLowerInvariant()}.txt");
        }
    }

    [Theory]
    [MemberData(nameof(Subject.Destinations), MemberType = typeof(Subject))]
    public async Task The_same_batch_is_written_the_same_way_twice(string id)
    {
        foreach (var operation in Subject.Of(id).Operations)
        {
            using var first = new Trial(id);
            using var second = new Trial(id);
            (await SentAsync(first, first.Batch(operation))).ShouldBe(await SentAsync(second, second.Batch(operation)));
        }
    }

    private static async Task<string> SentAsync(Trial trial, Batch batch)
    {
        var http = trial.Http();
        var outcomes = await trial.DoAsync(batch, http, TestContext.Current.CancellationToken);
        outcomes.EnsureComplete();
        outcomes.Count.ShouldBe(batch.Count);
        return http.Calls.Count > 0 ? string.Join('\n', http.Calls) : trial.Written;
    }
}
