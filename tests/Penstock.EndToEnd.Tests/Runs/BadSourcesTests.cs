using Penstock.Contract;
using Penstock.Engine.Runs;
using Penstock.Testing.Servers;

namespace Penstock.EndToEnd.Tests.Runs;

/// <summary>Sources that are empty, changed, gone or wrong: nothing is removed for it, and the next good run converges.</summary>
public sealed class BadSourcesTests
{
    [Fact]
    public async Task An_empty_table_at_the_first_run_is_a_run_without_records()
    {
        await using var shop = await Shop.OpenAsync();

        var empty = await shop.RunAsync();
        shop.User(1);
        var result = await shop.RunAsync();

        (empty.Status, empty.Records, empty.Destinations[0].Calls).ShouldBe((RunStatus.Succeeded, 0, 0));
        result.Destinations[0].Created.ShouldBe(1);
    }

    [Fact]
    public async Task A_renamed_column_fails_by_its_name_and_removes_nothing()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        await shop.RunAsync();
        var before = shop.Braze.Stats.Requests;
        shop.Run("ALTER TABLE users RENAME COLUMN first_name TO given_name");
        shop.User(2);

        var renamed = await shop.RunAsync();
        var sent = shop.Braze.Stats.Requests - before;
        shop.Run("ALTER TABLE users RENAME COLUMN given_name TO first_name");
        var back = await shop.RunAsync();

        renamed.Status.ShouldBe(RunStatus.Failed);
        Said(renamed, "first_name", "users", "It has", "given_name");
        sent.ShouldBe(0);
        (back.Status, back.Destinations[0].Created, back.Destinations[0].Unchanged).ShouldBe((RunStatus.Succeeded, 1, 1));
        shop.There(1)!["first_name"]!.GetValue<string>().ShouldBe("Ann");
    }

    [Fact]
    public async Task A_retyped_column_is_counted_by_row_and_comes_back()
    {
        await using var shop = await Shop.OpenAsync();
        var database = await PostgresServer.DatabaseAsync();
        await database.ExecuteAsync(
            "CREATE TABLE users (id int PRIMARY KEY, email text, age int); INSERT INTO users VALUES (1, 'a@example.com', 7)");
        shop.ReadFrom(
            database, "table: users\nprimary_key: id\nproperties: { user_id: id, email: email, age: { column: age, type: integer } }",
            "external_id: user_id, email: email }\ncustom: { age: age");
        await shop.RunAsync();
        await database.ExecuteAsync(
            "ALTER TABLE users ALTER age TYPE text USING 'seven'; INSERT INTO users VALUES (2, 'b@example.com', '8')");

        var retyped = await shop.RunAsync();
        await database.ExecuteAsync("UPDATE users SET age = '7' WHERE id = 1; ALTER TABLE users ALTER age TYPE int USING age::int");
        var back = await shop.RunAsync();

        var problem = retyped.RowProblems.ShouldHaveSingleItem();
        (problem.Source, problem.Property, problem.Count, problem.Samples[0].Key, problem.Samples[0].Value)
            .ShouldBe(("users", "age", 1, "1", "seven"));
        (retyped.Destinations[0].Created, retyped.Destinations[0].Removed).ShouldBe((1, 0));
        (back.Status, back.RowProblems.Count).ShouldBe((RunStatus.Succeeded, 0));
        shop.There(1)!["custom_attributes"]!["age"]!.GetValue<long>().ShouldBe(7);
        shop.There(2)!["custom_attributes"]!["age"]!.GetValue<long>().ShouldBe(8);
    }

    [Fact]
    public async Task A_connection_that_breaks_while_rows_are_read_removes_nothing()
    {
        await using var shop = await Shop.OpenAsync();
        var database = await PostgresServer.DatabaseAsync();
        await database.ExecuteAsync(
            "CREATE TABLE users AS SELECT n AS id, n || '@example.com' AS email FROM generate_series(1, 3) n; "
            + "CREATE TABLE pause (seconds float8); INSERT INTO pause VALUES (0)");
        shop.ReadFrom(
            database,
            "name: users\nquery: select u.id, u.email from users u, pause p where pg_sleep(p.seconds)::text = ''\n"
            + "primary_key: id\nproperties: { user_id: id, email: email }");
        var first = await shop.RunAsync();
        await database.ExecuteAsync("UPDATE pause SET seconds = 60; INSERT INTO users VALUES (4, '4@example.com')");
        var before = shop.Braze.Stats.Requests;

        var running = shop.RunAsync();
        while (await database.ScalarAsync(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            + "WHERE wait_event = 'PgSleep' AND datname = current_database()") is 0L)
            running.IsCompleted.ShouldBeFalse("the read ended before it was broken");
        var broken = await running;
        var sent = shop.Braze.Stats.Requests - before;
        await database.ExecuteAsync("UPDATE pause SET seconds = 0");
        var next = await shop.RunAsync();

        first.Destinations[0].Created.ShouldBe(3);
        broken.Status.ShouldBe(RunStatus.Failed);
        Said(broken, "connection to PostgreSQL", "127.0.0.1", "Nothing of this read counts", "Run again");
        sent.ShouldBe(0);
        (next.Status, next.Destinations[0].Created, next.Destinations[0].Unchanged).ShouldBe((RunStatus.Succeeded, 1, 3));
    }

    [Fact]
    public async Task Rows_with_a_doubled_or_no_primary_key_are_counted_and_left_out()
    {
        await using var shop = await Shop.OpenAsync();
        shop.Run("DROP TABLE users");
        shop.Run("CREATE TABLE users (id INTEGER, email TEXT, first_name TEXT, language TEXT)");
        shop.Run("INSERT INTO users VALUES (1, 'a@example.com', 'Ann', 'en'), (2, 'b@example.com', 'Bob', 'en'), "
            + "(2, 'c@example.com', 'Cid', 'en'), (NULL, 'd@example.com', 'Dan', 'en')");

        var result = await shop.RunAsync();
        shop.Run("DELETE FROM users WHERE first_name IN ('Cid', 'Dan')");
        var next = await shop.RunAsync();

        result.RowProblems.ShouldContain(
            problem => problem.Source == "users" && problem.Count == 1 && problem.Reason.Contains("null primary key"));
        var doubled = result.RowProblems.Single(problem => problem.Reason.Contains("duplicate primary key"));
        doubled.Samples.ShouldContain(sample => sample.Key == "2");
        (result.Destinations[0].Created, result.Destinations[0].Removed).ShouldBe((2, 0));
        shop.There(1)!["email"]!.GetValue<string>().ShouldBe("a@example.com");
        (next.Status, next.RowProblems.Count, next.Destinations[0].Removed).ShouldBe((RunStatus.Succeeded, 0, 0));
        shop.There(2)!["first_name"]!.GetValue<string>().ShouldBe("Bob");
    }

    [Theory]
    [InlineData(
        "password", ConnectionFault.NotAuthorised, "does not accept the password of user 'penstock'", "Check the app's user and password")]
    [InlineData("host", ConnectionFault.HostUnknown, "nowhere.invalid", "Check the app's host")]
    [InlineData("port", ConnectionFault.Refused, "127.0.0.1:1", "Check the app's host and port")]
    [InlineData("database", ConnectionFault.NotFound, "no database 'nothing'", "Check the app's database")]
    public async Task A_PostgreSQL_that_can_not_be_reached_says_what_and_where(
        string wrong, ConnectionFault fault, string what, string help)
    {
        await using var shop = await Shop.OpenAsync();
        var database = await PostgresServer.DatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE users (id int PRIMARY KEY, email text); INSERT INTO users VALUES (1, 'a@example.com')");
        shop.ReadFrom(database, "table: users\nprimary_key: id\nproperties: { user_id: id, email: email }");
        await shop.RunAsync();
        var (good, before) = (shop.Files["penstock.yaml"], shop.Braze.Stats.Requests);
        if (wrong == "password")
            shop.Variables["PG_PASSWORD"] = "wrong-password-31d9";
        shop.Files["penstock.yaml"] = wrong switch
        {
            "host" => good.Replace(database.Host, "nowhere.invalid", StringComparison.Ordinal),
            "port" => good.Replace($"port: {database.Port}", "port: 1", StringComparison.Ordinal),
            "database" => good.Replace(database.Name, "nothing", StringComparison.Ordinal),
            _ => good,
        };

        var result = await shop.RunAsync();
        var sent = shop.Braze.Stats.Requests - before;
        (shop.Files["penstock.yaml"], shop.Variables["PG_PASSWORD"]) = (good, database.Password);
        var next = await shop.RunAsync();

        (result.Status, result.Fault).ShouldBe((RunStatus.Failed, fault));
        Said(result, what, help);
        result.Problem!.ToString().ShouldNotContain("wrong-password-31d9");
        sent.ShouldBe(0);
        (next.Status, next.Destinations[0].Unchanged).ShouldBe((RunStatus.Succeeded, 1));
    }

    internal static void Said(RunResult result, params string[] words)
    {
        var problem = result.Problem.ShouldNotBeNull();
        foreach (var word in words)
            $"{problem.Message} {problem.Help}".ShouldContain(word);
    }
}
