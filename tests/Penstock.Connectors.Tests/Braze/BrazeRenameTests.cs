using Penstock.Contract;
using Penstock.Testing.Http;

namespace Penstock.Connectors.Tests.Braze;

/// <summary>A renamed user keeps its history; a rename sent twice is no error.</summary>
public sealed class BrazeRenameTests
{
    private const string Taken = """{"external_ids":[],"rename_errors":[["new_external_id is already in use",0]],"message":"success"}""";

    [Fact]
    public async Task Users_are_renamed_from_the_old_id_to_the_new_one()
    {
        var http = FakeHttp.Always(
            201, """{"rename_errors":[],"external_ids":[{"current_external_id":"old0","new_external_id":"u0"}],"message":"success"}""");
        A.Told(await RenameAsync(1, http)).ShouldBe("Delivered");
        http.Last.ToString().ShouldStartWith("POST /users/external_ids/rename");
        http.Last.Body.ShouldBe("""{"external_id_renames":[{"current_external_id":"old0","new_external_id":"u0"}]}""");
        http.Calls.Count.ShouldBe(1, "nothing to ask");
    }

    [Theory]
    [InlineData("""["in use",0]""")]
    [InlineData("""[0,"in use"]""")]
    [InlineData("""{"index":0,"type":"in use"}""")]
    public async Task Renamed_before_is_found_out_by_the_old_id_and_counts_as_delivered(string error)
    {
        var http = FakeHttp.Each(
            (201, $$"""{"rename_errors":[{{error}}],"message":"success"}"""),
            (201, """{"users":[{"external_id":"u0"}],"message":"success"}"""));
        A.Told(await RenameAsync(2, http)).ShouldBe("Delivered Delivered");
        http.Last.Body.ShouldBe("""{"external_ids":["old0"],"fields_to_export":["external_id"]}""");
    }

    [Fact]
    public async Task Another_user_with_the_new_id_is_a_refusal()
    {
        var outcomes = await RenameAsync(
            2, FakeHttp.Each((201, Taken), (201, """{"users":[{"external_id":"old0"}],"invalid_user_ids":[]}""")));
        A.Told(outcomes).ShouldBe("Refused Delivered");
        outcomes[0].Reason!.Code.ShouldBe("braze.id_taken");
    }

    [Fact]
    public async Task Nobody_with_the_old_id_is_a_refusal()
    {
        var outcomes = await RenameAsync(1, FakeHttp.Each((201, Taken), (201, """{"users":[],"invalid_user_ids":["old0"]}""")));
        outcomes[0].Kind.ShouldBe(OutcomeKind.Refused);
        outcomes[0].Reason!.Code.ShouldBe("braze.nobody_to_rename");
    }

    [Theory]
    [InlineData(403, """{"message":"Access Denied"}""")]
    [InlineData(401, """{"message":"Invalid API key"}""")]
    [InlineData(400, """{"message":"No"}""")]
    [InlineData(200, "<html></html>")]
    public async Task What_can_not_be_asked_stays_for_the_next_run(int status, string body)
    {
        var outcomes = await RenameAsync(2, FakeHttp.Each((201, Taken), (status, body)));
        A.Told(outcomes).ShouldBe("Failed Delivered");
        outcomes[0].Reason!.Code.ShouldBe("braze.rename_unclear");
        outcomes[0].Reason!.Help.ShouldNotBeNull().ShouldContain("users.export.ids");
    }

    [Fact]
    public async Task Two_users_that_exchange_ids_prove_nothing_about_each_other()
    {
        var batch = new Batch(A.Destination(), Operation.Rename, 2);
        batch.Add(0, "b", isCreate: false, previousKey: "a");
        batch.Add(1, "a", isCreate: false, previousKey: "b");
        var http = FakeHttp.Each(
            (201, """{"rename_errors":[["already in use",0],["already in use",1]],"message":"success"}"""),
            (201, """{"users":[{"external_id":"a"},{"external_id":"b"}],"message":"success"}"""));
        A.Told(await A.Connector.RenameAsync(A.App, batch, http, TestContext.Current.CancellationToken)).ShouldBe("Refused Refused");
    }

    [Fact]
    public async Task An_error_without_a_place_is_found_by_halving()
    {
        var outcomes = await RenameAsync(2, FakeHttp.Each((201, """{"rename_errors":["already in use"],"message":"success"}""")));
        outcomes.WholeReason.ShouldNotBeNull().Code.ShouldBe("braze.id_taken");
    }

    private static Task<Outcomes> RenameAsync(int users, FakeHttp http) =>
        A.Connector.RenameAsync(A.App, A.Users(users, Operation.Rename), http, TestContext.Current.CancellationToken);
}
