using Penstock.Connectors.Braze;
using Penstock.Contract;
using Penstock.Testing.Http;

namespace Penstock.Connectors.Tests.Braze;

/// <summary>Asking which users exist, for Enrich.</summary>
public sealed class BrazeLookupTests
{
    [Theory]
    [InlineData(SyncModes.Enrich, true, true)]
    [InlineData(SyncModes.Enrich, false, false)]
    [InlineData(SyncModes.Sync, true, false)]
    [InlineData(SyncModes.Additive, true, false)]
    public void Only_enrich_asks_and_only_when_told_to(SyncModes mode, bool option, bool asks) =>
        A.Connector.LooksUp(A.App, A.Destination() with { Mode = mode, Options = new BrazeUsersOptions { CheckExisting = option } })
            .ShouldBe(asks);

    [Fact]
    public async Task Users_that_braze_does_not_know_are_missing()
    {
        var http = FakeHttp.Always(201, """{"users":[{"external_id":"u0"}],"invalid_user_ids":["u1"],"message":"success"}""");
        var outcomes = await FindAsync(2, http);
        A.Told(outcomes).ShouldBe("Delivered Skipped");
        outcomes[1].Reason.ShouldBe(Outcomes.MissingThere);
        http.Last.Body.ShouldBe("""{"external_ids":["u0","u1"],"fields_to_export":["external_id"]}""");
    }

    [Fact]
    public async Task A_user_renamed_in_braze_is_not_missing() =>
        A.Told(await FindAsync(1, FakeHttp.Always(201, """{"users":[{"external_id":"new"}],"invalid_user_ids":[],"message":"success"}""")))
            .ShouldBe("Delivered");

    [Fact]
    public async Task Without_a_list_of_the_missing_only_those_told_are_there() =>
        A.Told(await FindAsync(2, FakeHttp.Always(201, """{"users":[{"external_id":"u1"}],"message":"success"}""")))
            .ShouldBe("Skipped Delivered");

    [Fact]
    public async Task An_unreadable_answer_says_of_nobody_that_it_is_missing() =>
        A.Told(await FindAsync(1, FakeHttp.Always(200, "<html></html>"))).ShouldBe("Failed");

    private static Task<Outcomes> FindAsync(int users, FakeHttp http) =>
        A.Connector.FindAsync(A.App, A.Users(users, Operation.Find), http, TestContext.Current.CancellationToken);
}
