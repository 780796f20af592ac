using Penstock.Contract;
using Penstock.Testing.Http;

namespace Penstock.Connectors.Tests.Contract;

/// <summary>A person who presses Ctrl-C doesn't wait for a vendor.</summary>
public sealed class CancellingTests
{
    // Only a connector that ignores cancelling ever waits so long.
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(30);

    [Theory]
    [MemberData(nameof(Subject.Destinations), MemberType = typeof(Subject))]
    public async Task Nothing_is_sent_when_it_was_cancelled_before(string id)
    {
        foreach (var operation in Subject.Of(id).Operations)
        {
            using var trial = new Trial(id);
            var http = FakeHttp.Always(200, "{}");
            await Should.ThrowAsync<OperationCanceledException>(
                () => trial.DoAsync(Everywhere(trial, operation), http, new CancellationToken(canceled: true)).WaitAsync(TooLong));
            http.Calls.ShouldBeEmpty();
            trial.Written.ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Subject.Destinations), MemberType = typeof(Subject))]
    public async Task A_request_without_answer_ends_at_once(string id)
    {
        foreach (var operation in Subject.Of(id).Operations)
        {
            using var trial = new Trial(id);
            using var cancelling = new CancellationTokenSource();
            var http = new SilentHttp();
            var task = trial.DoAsync(Everywhere(trial, operation), http, cancelling.Token);
            if (!http.WasAsked)
            {
                await task; // speaks no HTTP
                continue;
            }

            await cancelling.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => task.WaitAsync(TooLong));
        }
    }

    // Two records, so that there is one with an id of the vendor's.
    private static Batch Everywhere(Trial trial, Operation operation) => trial.Batch(operation, 2);
}
