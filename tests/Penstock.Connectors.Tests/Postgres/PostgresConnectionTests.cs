using System.Net;
using System.Net.Sockets;
using Penstock.Connectors.Postgres;
using Penstock.Contract;
using Penstock.Testing;
using Penstock.Testing.Servers;

namespace Penstock.Connectors.Tests.Postgres;

public sealed class PostgresConnectionTests
{
    [Fact]
    public async Task A_good_app_says_what_was_reached()
    {
        var database = await Databases.EmptyAsync();

        (await TestAsync(database.App())).ShouldMatch($"^PostgreSQL [0-9.]+, database {database.Name}$");
        (await TestAsync(database.App() with { Host = database.Server.SocketFolder, Password = null })).ShouldContain(database.Name);
    }

    [Fact]
    public async Task Each_reason_is_told_apart_and_never_shows_the_password()
    {
        var database = await Databases.EmptyAsync();
        var app = database.App();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var closed = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        await ShouldFailAsync(app with { Host = "no-such-host.invalid" }, ConnectionFault.HostUnknown, "no-such-host.invalid");
        await ShouldFailAsync(app with { Port = closed }, ConnectionFault.Refused, $"127.0.0.1:{closed}");
        await ShouldFailAsync(app with { Host = "/no/such/folder" }, ConnectionFault.Refused, "/no/such/folder");
        await ShouldFailAsync(app with { Password = new Secret("wrong-secret") }, ConnectionFault.NotAuthorised, app.User);
        await ShouldFailAsync(app with { User = "nobody" }, ConnectionFault.NotAuthorised, "nobody");
        await ShouldFailAsync(app with { Password = null }, ConnectionFault.NotAuthorised, "password");
        await ShouldFailAsync(app with { Database = "shpo" }, ConnectionFault.NotFound, "shpo");
        await ShouldFailAsync(app with { Ssl = PostgresSsl.Require }, ConnectionFault.Other, "ssl");
    }

    [Fact]
    public async Task A_server_that_never_answers_times_out()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var error = PostgresErrors.Connecting(
            new Npgsql.NpgsqlException("Exception while reading from stream", new TimeoutException()),
            (await Databases.EmptyAsync()).App());

        error.ShouldBeOfType<ConnectionException>().Fault.ShouldBe(ConnectionFault.TimedOut);
    }

    [Fact]
    public async Task A_table_without_permission_is_named_with_the_grant_it_needs()
    {
        var database = await PostgresServer.DatabaseAsync();
        await database.ExecuteAsync(
            $"""
            CREATE TABLE secret (id int); CREATE TABLE open (id int);
            CREATE ROLE "reader_{database.Name}" LOGIN PASSWORD 'r3ader'; GRANT SELECT ON open TO "reader_{database.Name}"
            """);
        var app = database.App() with { User = $"reader_{database.Name}", Password = new Secret("r3ader") };
        var connector = PostgresApps.Connector;

        var described =
            await Should.ThrowAsync<ConnectionException>(
                connector.DescribeAsync(app, new Identifier("secret"), NoHttp.Instance, CancellationToken.None));
        var read = await Should.ThrowAsync<ConnectionException>(connector.ReadAsync(
            app, new SourceQuery(Sql.Trusted("SELECT * FROM secret")), new RowCollector(), NoHttp.Instance, CancellationToken.None));
        var listed = await connector.ListTablesAsync(app, NoHttp.Instance, CancellationToken.None).ToListAsync();

        described.Fault.ShouldBe(ConnectionFault.NoPermission);
        described.Problem.Help!.ShouldContain("GRANT SELECT ON secret");
        read.Fault.ShouldBe(ConnectionFault.NoPermission);
        read.Problem.Message.ShouldContain("secret");
        listed.Select(table => table.Written).ShouldBe(["open"]);
    }

    private static Task<string> TestAsync(PostgresApp app) =>
        PostgresApps.Connector.TestAsync(app, NoHttp.Instance, CancellationToken.None);

    private static async Task ShouldFailAsync(PostgresApp app, ConnectionFault fault, string named)
    {
        var error = await Should.ThrowAsync<ConnectionException>(() => TestAsync(app));

        error.Fault.ShouldBe(fault, error.Message);
        error.Problem.Message.ShouldContain(named, Case.Insensitive);
        error.Problem.Help.ShouldNotBeNullOrEmpty();
        for (Exception? part = error; part is not null; part = part.InnerException)
        {
            if (app.Password is { } password)
                part.ToString().ShouldNotContain(password.Reveal());
        }
    }
}
