using Microsoft.Data.Sqlite;
using Penstock.Testing.Servers;

namespace Penstock.EndToEnd.Tests.Commands;

/// <summary>
/// What a person sees of bad input: the exit code, what happened, where, and what to do; never a secret, never a stack trace.
/// </summary>
public sealed class BadInputTests : IDisposable
{
    private const string Wrong = "wrong-password-1f9c";
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("test", "host: 127.0.0.1", "password", "does not accept the password of user 'penstock'")]
    [InlineData("run", "host: 127.0.0.1", "password", "does not accept the password of user 'penstock'")]
    [InlineData("test", "host: nowhere.invalid", "host", "nowhere.invalid", "not known")]
    [InlineData("run", "host: nowhere.invalid", "host", "nowhere.invalid", "not known")]
    [InlineData("test", "host: 127.0.0.1, port: 1", "port", "127.0.0.1:1", "Nothing answers")]
    [InlineData("run", "host: 127.0.0.1, port: 1", "port", "127.0.0.1:1", "Nothing answers")]
    public async Task A_server_that_can_not_be_used_is_exit_code_4(string command, string where, string help, params string[] words)
    {
        var server = await PostgresServer.GetAsync();
        var port = where.Contains("port:", StringComparison.Ordinal) ? "" : $", port: {server.Port}";
        Project($$"""{ type: postgres, {{where}}{{port}}, database: postgres, user: penstock, password: "${env:PG}" }""");
        _cli.With("PG", Wrong);

        var ran = await _cli.RunAsync(command);
        var json = await _cli.RunAsync(command, "--json");

        Shows(ran, 4, [.. words, help]);
        (json.Code, json.Output + json.Error).ShouldSatisfyAllConditions(
            seen => seen.Code.ShouldBe(4), seen => seen.Item2.ShouldContain(words[0]), seen => seen.Item2.ShouldNotContain(Wrong));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("plan")]
    public async Task A_secret_variable_that_is_not_set_is_named_with_what_to_do(string command)
    {
        Project("""{ type: postgres, host: 127.0.0.1, database: postgres, user: penstock, password: "${env:NOT_SET_HERE}" }""");

        Shows(await _cli.RunAsync(command), 1, "NOT_SET_HERE", "penstock.yaml");
    }

    [Fact]
    public async Task A_workspace_that_is_no_workspace_is_exit_code_1_and_left_as_it_is()
    {
        Shop();
        (await _cli.RunAsync("run")).Code.ShouldBe(0);
        var file = Directory.GetFiles(Path.Combine(_cli.Folder, ".penstock"), "users.duckdb").ShouldHaveSingleItem();
        var good = await File.ReadAllBytesAsync(file, default(CancellationToken));
        await File.WriteAllTextAsync(file, new string('x', 20_000), default(CancellationToken));

        Shows(await _cli.RunAsync("run"), 1, "users.duckdb", "damaged", "every record is sent again");
        new FileInfo(file).Length.ShouldBe(20_000);
        await File.WriteAllBytesAsync(file, good, default(CancellationToken));
        (await _cli.RunAsync("run")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_damaged_history_of_runs_is_named_and_deleting_it_is_enough()
    {
        Shop();
        (await _cli.RunAsync("run")).Code.ShouldBe(0);
        var histories = Directory.GetFiles(Path.Combine(_cli.Folder, ".penstock"), "control.db*");
        histories.ShouldNotBeEmpty();
        foreach (var file in histories)
            await File.WriteAllTextAsync(file, new string('x', 20_000), default(CancellationToken));

        Shows(await _cli.RunAsync("runs"), 1, "control.db");
        foreach (var file in histories)
            File.Delete(file);
        (await _cli.RunAsync("run")).Code.ShouldBe(0);
    }

    [Theory]
    [InlineData("(SELECT count(*) FROM read_csv('/etc/passwd'))")]
    [InlineData("ATTACH 'other.duckdb'")]
    [InlineData("COPY users TO 'out.csv'")]
    [InlineData("getenv('HOME')")]
    [InlineData("email); DROP TABLE records; --")]
    public async Task A_hostile_expression_is_exit_code_1_and_reads_and_writes_nothing(string expression)
    {
        Shop($"\nproperties: {{ evil: {{ expression: \"{expression}\" }} }}");

        Shows(await _cli.RunAsync("run"), 1, "evil", "models/users.yaml");
        File.Exists(Path.Combine(_cli.Folder, "other.duckdb")).ShouldBeFalse();
        File.Exists(Path.Combine(_cli.Folder, "out.csv")).ShouldBeFalse();
        Directory.Exists(Path.Combine(_cli.Folder, "out")).ShouldBeFalse("nothing is sent");
    }

    [Fact]
    public async Task A_column_that_is_gone_is_exit_code_1_with_its_place_and_the_next_run_goes_on()
    {
        Shop();
        (await _cli.RunAsync("run")).Code.ShouldBe(0);
        Sql("ALTER TABLE users RENAME COLUMN email TO e_mail");

        Shows(await _cli.RunAsync("run"), 1, "`email`", "e_mail", "models/users.yaml:");
        Sql("ALTER TABLE users RENAME COLUMN e_mail TO email");
        Sql("INSERT INTO users VALUES (2, 'b@example.com')");
        var back = (await _cli.RunAsync("run", "--json")).Json().GetProperty("runs")[0].GetProperty("destinations")[0];

        (back.GetProperty("created").GetInt64(), back.GetProperty("removed").GetInt64()).ShouldBe((1, 0));
    }

    private void Shop(string more = "")
    {
        Project("{ type: sqlite, file: shop.db }", more);
        Sql("CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT); INSERT INTO users VALUES (1, 'a@example.com')");
    }

    private void Project(string app, string more = "") => _cli
        .Write("penstock.yaml", $"project: P\napps:\n  shop: {app}\n  out: {{ type: file, folder: out }}\n")
        .Write("models/users.yaml",
            "model: users\nsources:\n  - { table: users, app: shop, primary_key: id, properties: { user_id: id, email: email } }" + more)
        .Write("destinations/out.yaml",
            "destination: changes\napp: out\nmodel: users\nsync_mode: sync\nmapping: { key: user_id }\ncustom: { email: email }\n");

    private void Sql(string statement)
    {
        using var database = new SqliteConnection($"Data Source={Path.Combine(_cli.Folder, "shop.db")};Pooling=false");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    private static void Shows(Ran ran, int code, params string[] words)
    {
        var seen = ran.Output + ran.Error;
        ran.Code.ShouldBe(code, seen);
        foreach (var word in words)
            seen.ShouldContain(word);
        seen.ShouldNotContain(Wrong);
        seen.ShouldNotContain("   at Penstock.");
    }
}
