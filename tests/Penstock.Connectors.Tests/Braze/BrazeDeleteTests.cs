using Penstock.Contract;
using Penstock.Testing.Http;

namespace Penstock.Connectors.Tests.Braze;

public sealed class BrazeDeleteTests
{
    [Fact]
    public async Task Users_are_deleted_by_external_id()
    {
        var http = FakeHttp.Always(201, """{"deleted":2,"message":"success"}""");
        A.Told(await RemoveAsync(2, http)).ShouldBe("Delivered Delivered");
        http.Last.ToString().ShouldStartWith("POST /users/delete");
        http.Last.Body.ShouldBe("""{"external_ids":["u0","u1"]}""");
    }

    [Fact]
    public async Task Users_that_are_not_there_count_as_delivered() =>
        A.Told(await RemoveAsync(2, FakeHttp.Always(201, """{"deleted":0,"message":"success"}"""))).ShouldBe("Delivered Delivered");

    [Fact]
    public async Task A_refused_request_is_halved() =>
        (await RemoveAsync(2, FakeHttp.Always(400, """{"message":"The max number of ids per request was exceeded"}""")))
            .WholeReason.ShouldNotBeNull().Code.ShouldBe("braze.too_many_ids");

    [Fact]
    public async Task An_unreadable_answer_deletes_nobody_in_our_memory() =>
        A.Told(await RemoveAsync(1, FakeHttp.Always(200, "<html></html>"))).ShouldBe("Failed");

    private static Task<Outcomes> RemoveAsync(int users, FakeHttp http) =>
        A.Connector.RemoveAsync(A.App, A.Users(users, Operation.Remove), http, TestContext.Current.CancellationToken);
}
