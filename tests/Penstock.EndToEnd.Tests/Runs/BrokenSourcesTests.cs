using Penstock.Contract;
using Penstock.Engine.Runs;

namespace Penstock.EndToEnd.Tests.Runs;

/// <summary>
/// Sources that are empty, gone, of another form, or break half way: a clear error, nobody removed, and the next run goes on.
/// </summary>
public sealed class BrokenSourcesTests
{
    [Fact]
    public async Task An_empty_table_is_a_good_first_run_and_later_stops_at_the_guard()
    {
        await using var shop = await Shop.OpenAsync();

        var empty = await shop.RunAsync();
        shop.User(1);
        var filled = await shop.RunAsync();
        shop.Run("DELETE FROM users");
        var emptied = await shop.RunAsync();
        shop.User(1);
        shop.User(2);
        var back = await shop.RunAsync();

        (empty.Status, empty.Records, empty.Destinations[0].Calls).ShouldBe((RunStatus.Succeeded, 0, 0));
        filled.Destinations[0].Created.ShouldBe(1);
        emptied.Status.ShouldBe(RunStatus.Waiting);
        Says(emptied.Problem, "all 1 delivered", "--approve-removals");
        (emptied.Destinations[0].Calls, emptied.Destinations[0].Removed).ShouldBe((0, 0));
        (back.Destinations[0].Created, back.Destinations[0].Unchanged).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_dropped_table_is_named_and_the_run_after_its_return_goes_on()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        shop.User(2);
        await shop.RunAsync();
        var before = shop.Braze.Stats.Requests;

        shop.Run("ALTER TABLE users RENAME TO users_old");
        var gone = await shop.RunAsync();
        shop.Run("ALTER TABLE users_old RENAME TO users");
        shop.User(3);
        var back = await shop.RunAsync();

        gone.Status.ShouldBe(RunStatus.Failed);
        Says(gone.Problem, "`local` has no table `users`", "users_old");
        (gone.Problem!.File, gone.Problem.Line).ShouldBe(("models/users.yaml", 3));
        gone.Destinations.ShouldBeEmpty();
        shop.Braze.Stats.Requests.ShouldBe(before + back.Destinations[0].Calls);
        (back.Destinations[0].Created, back.Destinations[0].Unchanged).ShouldBe((1, 2));
    }

    [Fact]
    public async Task A_dropped_table_of_a_secondary_source_clears_no_values()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        shop.Buys(1, 150, "Automotive", TimeSpan.FromDays(2));
        await shop.RunAsync();

        shop.Run("ALTER TABLE purchases RENAME TO orders");
        var gone = await shop.RunAsync();
        shop.Run("ALTER TABLE orders RENAME TO purchases");

        Says(gone.Problem, "no table `purchases`", "orders");
        shop.There(1)!["custom_attributes"]!["ltv"]!.GetValue<decimal>().ShouldBe(150);
        (await shop.RunAsync()).Destinations[0].Calls.ShouldBe(0);
    }

    [Theory]
    [InlineData("email", "e_mail", "email")]
    [InlineData("id", "user_key", "id")]
    public async Task A_renamed_column_is_named_and_clears_nothing(string from, string to, string named)
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1, "ann@example.com");
        await shop.RunAsync();

        shop.Run($"ALTER TABLE users RENAME COLUMN {from} TO {to}");
        var renamed = await shop.RunAsync();
        shop.Run($"ALTER TABLE users RENAME COLUMN {to} TO {from}");
        var back = await shop.RunAsync();

        renamed.Status.ShouldBe(RunStatus.Failed);
        Says(renamed.Problem, $"`{named}`", "users", to);
        shop.There(1)!["email"]!.GetValue<string>().ShouldBe("ann@example.com");
        back.Destinations[0].Calls.ShouldBe(0);
    }

    [Fact]
    public async Task A_retyped_key_is_the_same_key_and_a_retyped_value_travels_as_its_new_type()
    {
        await using var shop = await PostgresShop.OpenAsync(
            "CREATE TABLE users (id integer PRIMARY KEY, email text, score integer); INSERT INTO users VALUES (1, 'a@example.com', 7)",
            "email: email\nscore: score",
            "score: score");
        await shop.RunAsync();

        await shop.Database.ExecuteAsync("ALTER TABLE users ALTER id TYPE text");
        var key = await shop.RunAsync();
        await shop.Database.ExecuteAsync("ALTER TABLE users ALTER score TYPE text");
        var value = await shop.RunAsync();

        key.Problem.ShouldBeNull();
        (key.Destinations[0].Unchanged, key.Destinations[0].Calls).ShouldBe((1, 0));
        value.Destinations[0].Updated.ShouldBe(1);
        shop.Inner.There(1)!["custom_attributes"]!["score"]!.GetValueKind().ShouldBe(System.Text.Json.JsonValueKind.String);
        shop.Inner.Braze.Profiles().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("score: { sum: score }", "text", "sum", "score")]
    [InlineData("score: { column: score, type: boolean }", "date", "score", "boolean")]
    public async Task A_column_retyped_to_what_can_not_be_used_so_is_named(string property, string type, params string[] words)
    {
        await using var shop = await PostgresShop.OpenAsync(
            "CREATE TABLE users (id integer PRIMARY KEY, email text); INSERT INTO users VALUES (1, 'a@example.com');"
                + "CREATE TABLE points (user_id integer, score integer); INSERT INTO points VALUES (1, 1)");
        shop.Inner.Files["models/users.yaml"] +=
            $"\n  - {{ table: points, app: shop, join: {{ user_id: user_id }}, properties: {{ {property} }} }}";
        shop.Inner.Files["destinations/braze.yaml"] =
            shop.Inner.Files["destinations/braze.yaml"].Replace("custom: {  }", "custom: { score: score }", StringComparison.Ordinal);
        var first = await shop.RunAsync();

        await shop.Database.ExecuteAsync($"ALTER TABLE points ALTER score TYPE {type} USING {(type == "date" ? "'2026-01-01'" : "score")}");
        var retyped = await shop.RunAsync();

        first.Problem.ShouldBeNull();
        retyped.Status.ShouldBe(RunStatus.Failed);
        Says(retyped.Problem, words);
        shop.Inner.There(1)!["custom_attributes"]!["score"].ShouldNotBeNull();
    }

    // The view gives half its rows and then ends its own connection, as a server going down does.
    [Theory]
    [InlineData("pg_terminate_backend(pg_backend_pid())", "source.connection_lost", "broke", "Run again")]
    [InlineData("1 / (id - 3000) = 0", "source.failed", "division by zero", "22012")]
    public async Task A_read_that_breaks_half_way_looks_like_no_deletions(string breaks, string code, params string[] words)
    {
        const string Half = "CREATE OR REPLACE VIEW users AS SELECT id, email FROM people WHERE id <> 3000 OR ";
        await using var shop = await PostgresShop.OpenAsync(
            "CREATE TABLE people (id integer PRIMARY KEY, email text);"
                + "INSERT INTO people SELECT n, 'u' || n || '@example.com' FROM generate_series(1, 6000) AS n;"
                + Half + "id = 3000");
        shop.Inner.Files["destinations/braze.yaml"] =
            """
            destination: changes
            app: out
            model: users
            sync_mode: sync
            mapping: { key: user_id }
            custom: { email: email }
            """;
        shop.Inner.Files["penstock.yaml"] += "\n  out: { type: file, folder: out }";
        var first = await shop.RunAsync();

        await shop.Database.ExecuteAsync(Half + breaks);
        var broken = await shop.RunAsync();
        await shop.Database.ExecuteAsync(Half + "id = 3000");
        await shop.Database.ExecuteAsync("INSERT INTO people VALUES (6001, 'new@example.com')");
        var back = await shop.RunAsync();

        first.Problem.ShouldBeNull();
        first.Records.ShouldBe(6_000);
        (broken.Status, broken.Problem!.Code).ShouldBe((RunStatus.Failed, code));
        Says(broken.Problem, words);
        broken.Destinations.ShouldBeEmpty();
        (back.Destinations[0].Created, back.Destinations[0].Removed, back.Destinations[0].Unchanged).ShouldBe((1, 0, 6_000));
    }

    [Fact]
    public async Task A_SQLite_file_that_is_damaged_in_the_middle_looks_like_no_deletions()
    {
        await using var shop = await Shop.OpenAsync();
        shop.Run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
            + "INSERT INTO users SELECT i, 'u' || i || '@example.com', 'Somebody with a name', 'English' FROM n");
        await shop.RunAsync();
        var file = Path.Combine(shop.Folder, "shop.db");
        var good = await File.ReadAllBytesAsync(file, default(CancellationToken));

        var bad = good.ToArray();
        Array.Fill(bad, (byte)0xAA, bad.Length / 2, 3 * 4096);
        Put(file, bad);
        var damaged = await shop.RunAsync();
        Put(file, good);
        var back = await shop.RunAsync();

        damaged.Status.ShouldBe(RunStatus.Failed);
        Says(damaged.Problem, "shop.db", "damaged", "Nothing of this read counts");
        (back.Destinations[0].Unchanged, back.Destinations[0].Calls).ShouldBe((2_000, 0));
    }

    // In place: the test's own connection keeps the file open.
    private static void Put(string file, byte[] bytes)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.Write(bytes);
    }

    private static void Says(Problem? problem, params string[] words)
    {
        problem.ShouldNotBeNull();
        problem.Help.ShouldNotBeNullOrWhiteSpace();
        foreach (var word in words)
            $"{problem.Message} {problem.Help}".ShouldContain(word);
    }
}
