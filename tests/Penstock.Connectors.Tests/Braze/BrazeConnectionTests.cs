using Penstock.Contract;
using Penstock.Testing.Http;

namespace Penstock.Connectors.Tests.Braze;

/// <summary>Trying a key, and what a person is told when it doesn't work.</summary>
public sealed class BrazeConnectionTests
{
    private const string NoData = """{"message":"Valid data must be provided in the 'attributes', 'events', or 'purchases' fields."}""";

    [Fact]
    public async Task A_good_key_is_told_that_there_was_no_data_and_nothing_is_written()
    {
        var http = FakeHttp.Always(400, NoData);
        (await A.Connector.TestAsync(A.App, http, TestContext.Current.CancellationToken))
            .ShouldBe("Braze at rest.iad-01.braze.com: the key is good and may write users");
        http.Calls.Single().ToString().ShouldBe("POST /users/track\n\n{}\n");
    }

    [Theory]
    [InlineData(401, ConnectionFault.NotAuthorised, "braze.key_not_accepted")]
    [InlineData(403, ConnectionFault.NoPermission, "braze.no_permission")]
    [InlineData(404, ConnectionFault.NotFound, "braze.not_braze")]
    [InlineData(400, ConnectionFault.Other, "braze.not_braze")]
    [InlineData(200, ConnectionFault.Other, "braze.not_braze")]
    public async Task Other_answers_say_what_to_do(int status, ConnectionFault fault, string code)
    {
        var http = FakeHttp.Always(status, $$"""{"message":"Invalid API key: {{A.Key}}"}""", A.App.ApiKey);
        var exception = await Should.ThrowAsync<ConnectionException>(
            () => A.Connector.TestAsync(A.App, http, TestContext.Current.CancellationToken));
        exception.Fault.ShouldBe(fault);
        exception.Problem.Code.ShouldBe(code);
        exception.Problem.Help.ShouldNotBeNullOrWhiteSpace();
        exception.ToString().ShouldNotContain(A.Key);
    }

    [Fact]
    public async Task An_unknown_host_points_to_the_instances()
    {
        var http = new FakeHttp(_ => throw new ConnectionException(ConnectionFault.HostUnknown, new("http.host_unknown", "Unknown.")));
        var exception = await Should.ThrowAsync<ConnectionException>(
            () => A.Connector.TestAsync(A.App, http, TestContext.Current.CancellationToken));
        exception.Fault.ShouldBe(ConnectionFault.HostUnknown);
        exception.Problem.ToString().ShouldContain("US-01");
    }

    [Fact]
    public async Task Other_faults_pass_as_they_are()
    {
        var fault = new ConnectionException(ConnectionFault.TimedOut, new("http.timed_out", "No answer in time."));
        var exception = await Should.ThrowAsync<ConnectionException>(
            () => A.Connector.TestAsync(A.App, new FakeHttp(_ => throw fault), TestContext.Current.CancellationToken));
        exception.ShouldBeSameAs(fault);
    }

    [Theory]
    [InlineData(Operation.Write, "users.track")]
    [InlineData(Operation.Remove, "users.delete")]
    [InlineData(Operation.Rename, "users.external_ids.rename")]
    [InlineData(Operation.Find, "users.export.ids")]
    public async Task A_missing_permission_is_named(Operation operation, string permission)
    {
        var batch = A.Users(1, operation);
        var http = FakeHttp.Always(403, """{"message":"Access Denied"}""");
        var exception = await Should.ThrowAsync<ConnectionException>(() => operation switch
        {
            Operation.Remove => A.Connector.RemoveAsync(A.App, batch, http, TestContext.Current.CancellationToken),
            Operation.Rename => A.Connector.RenameAsync(A.App, batch, http, TestContext.Current.CancellationToken),
            Operation.Find => A.Connector.FindAsync(A.App, batch, http, TestContext.Current.CancellationToken),
            _ => A.Connector.WriteAsync(A.App, batch, http, TestContext.Current.CancellationToken),
        });
        exception.Problem.Message.ShouldContain(permission);
    }
}
