using Penstock.Engine.Runs;
using Penstock.Testing.Servers;

namespace Penstock.EndToEnd.Tests.Runs;

/// <summary>Values and names that are huge, hostile or beyond what a type holds.</summary>
public sealed class BadValuesTests
{
    private const string Hostile = "we\"ird; DROP TABLE x --";

    [Fact]
    public async Task A_text_of_five_million_characters_is_refused_and_the_others_arrive()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        shop.User(2, "b@example.com", new string('x', 5_000_000));
        shop.User(3, new string('y', 5_000_000) + "@example.com");

        var result = await shop.RunAsync();
        shop.User(2, "b@example.com", "Bob");
        shop.User(3, "c@example.com");
        var next = await shop.RunAsync();

        result.Status.ShouldBe(RunStatus.Partial, result.Problem?.ToString());
        var destination = result.Destinations[0];
        (destination.Created, destination.Refused).ShouldBe((1, 2));
        destination.Reasons.ShouldContain(reason => reason.Keys.Contains("2") && reason.Message.Contains("first_name"));
        destination.Reasons.ShouldContain(reason => reason.Keys.Contains("3") && reason.Message.Contains("4,000,000 bytes"));
        destination.Reasons.ShouldAllBe(reason => reason.Message.Length < 500 && reason.Help != null);
        (next.Status, next.Destinations[0].Created).ShouldBe((RunStatus.Succeeded, 2));
    }

    [Theory]
    [InlineData("\U0001F469\u200D\U0001F680 \U0001F1E7\U0001F1F7 e\u0301")]
    [InlineData("\u05E9\u05DC\u05D5\u05DD \u202E\u0645\u0631\u062D\u0628\u0627")]
    [InlineData("O'Brien \"the; one\" \\ `x` $1 {{x}} %s")]
    [InlineData("'); DROP TABLE users; --")]
    [InlineData("' OR 1=1 /* */")]
    [InlineData("</script><b>&amp; \t tab")]
    [InlineData("NULL")]
    public async Task Text_that_looks_like_something_else_arrives_as_it_is(string text)
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1, "a@example.com", text);

        var result = await shop.RunAsync();
        var again = await shop.RunAsync();

        result.Status.ShouldBe(RunStatus.Succeeded, result.Problem?.ToString());
        shop.There(1)!["first_name"]!.GetValue<string>().ShouldBe(text);
        shop.There(1)!["custom_attributes"]!["greeting"]!.GetValue<string>().ShouldBe("Hello " + text);
        (shop.Users(), again.Destinations[0].Calls).ShouldBe((1, 0));
    }

    [Theory]
    [InlineData(Hostile)]
    [InlineData("two words")]
    [InlineData("MixedCase")]
    [InlineData("select")]
    [InlineData("it's 100% \U0001F469\u200D\U0001F680")]
    [InlineData("a\\b")]
    [InlineData("[x]`y`")]
    public async Task Names_of_tables_and_columns_may_be_anything_in_SQLite(string name)
    {
        await using var shop = await Shop.OpenAsync();
        shop.Run("CREATE TABLE x (id INTEGER)");
        shop.Run($"CREATE TABLE {Quoted(name)} (id INTEGER PRIMARY KEY, {Quoted(name + "2")} TEXT)");
        shop.Run($"INSERT INTO {Quoted(name)} VALUES (1, 'a@example.com'), (2, NULL)");
        shop.ReadOnly(Source(name, "id", name + "2"));

        await ReadsWhereAsync(shop);

        shop.Run("SELECT id FROM x");
    }

    [Theory]
    [InlineData(Hostile)]
    [InlineData("two words")]
    [InlineData("MixedCase")]
    [InlineData("select")]
    [InlineData("it's 100% \U0001F469\u200D\U0001F680")]
    [InlineData("a\\b")]
    public async Task Names_of_tables_and_columns_may_be_anything_in_PostgreSQL(string name)
    {
        await using var shop = await Shop.OpenAsync();
        var database = await PostgresServer.DatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE x (id int)");
        await database.ExecuteAsync(
            $"CREATE TABLE {Quoted(name)} (id int PRIMARY KEY, {Quoted(name + "2")} text); "
            + $"INSERT INTO {Quoted(name)} VALUES (1, 'a@example.com'), (2, NULL)");
        shop.ReadFrom(database, Source(name, "id", name + "2"));

        await ReadsWhereAsync(shop);

        (await database.ScalarAsync("SELECT count(*) FROM x")).ShouldBe(0L);
    }

    [Fact]
    public async Task Numbers_and_times_that_no_type_holds_are_counted_and_their_rows_go_on()
    {
        await using var shop = await Shop.OpenAsync();
        var database = await PostgresServer.DatabaseAsync();
        await database.ExecuteAsync(
            """
            CREATE TABLE users (id int PRIMARY KEY, email text, f float8, n numeric, t timestamptz, d date);
            INSERT INTO users VALUES
              (1, 'a@example.com', 1.5, 2.5, '2026-01-02 03:04:05Z', '2026-01-02'),
              (2, 'b@example.com', 'NaN', 'NaN', 'infinity', 'infinity'),
              (3, 'c@example.com', 'Infinity', 'Infinity', '-infinity', '-infinity'),
              (4, 'd@example.com', '-Infinity', 1e100, '20000-01-01Z', '20000-01-01'),
              (5, 'e@example.com', 1e308, -1e40, '0044-03-15 BC', '0044-03-15 BC');
            """);
        shop.ReadFrom(
            database, "table: users\nprimary_key: id\nproperties: { user_id: id, email: email, f: f, n: n, t: t, d: d }",
            "external_id: user_id, email: email }\ncustom: { f: f, n: n, t: t, d: d");

        var result = await shop.RunAsync();
        var largest = shop.There(5)!["custom_attributes"]!["f"]!.GetValue<double>();
        await database.ExecuteAsync("UPDATE users SET f = 1, n = 2, t = '2026-01-01Z', d = '2026-01-01' WHERE id > 1");
        var next = await shop.RunAsync();

        result.Problem.ShouldBeNull();
        result.Destinations[0].Created.ShouldBe(5);
        largest.ShouldBe(1e308);
        Counts(result).ShouldBe(
            [
                "d: infinite date: 2", "d: year outside 1 to 9999: 2",
                "f: number too large: 2", "f: not a number: 1",
                "n: an infinite number: 1", "n: not a number: 1", "n: number too large: 2",
                "t: infinite time: 2", "t: year outside 1 to 9999: 2",
            ],
            ignoreOrder: true);
        result.RowProblems.Single(problem => problem is { Property: "t", Reason: "year outside 1 to 9999" }).Samples
            .Select(sample => (sample.Key, sample.Value)).ShouldBe([("4", "20000-01-01"), ("5", "0044-03-15 BC")]);
        shop.There(2)!["email"]!.GetValue<string>().ShouldBe("b@example.com");
        (next.Status, next.RowProblems.Count, next.Destinations[0].Updated).ShouldBe((RunStatus.Succeeded, 0, 4));
        shop.There(5)!["custom_attributes"]!["n"]!.GetValue<decimal>().ShouldBe(2);
    }

    private static async Task ReadsWhereAsync(Shop shop)
    {
        var result = await shop.RunAsync();
        var again = await shop.RunAsync();

        result.Status.ShouldBe(RunStatus.Succeeded, result.Problem?.ToString());
        result.Destinations[0].Created.ShouldBe(1);
        shop.There(1)!["email"]!.GetValue<string>().ShouldBe("a@example.com");
        (again.Status, again.Destinations[0].Unchanged).ShouldBe((RunStatus.Succeeded, 1));
    }

    private static string Source(string table, string key, string column) =>
        $"""
        name: people
        table: {Yaml(table)}
        primary_key: {Yaml(key)}
        where: [ {"{"} column: {Yaml(column)}, equals: a@example.com {"}"} ]
        properties: {"{"} user_id: {Yaml(key)}, email: {"{"} column: {Yaml(column)} {"}"} {"}"}
        """;

    private static IEnumerable<string> Counts(RunResult result) =>
        result.RowProblems.Select(problem => $"{problem.Property}: {problem.Reason}: {problem.Count}");

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Yaml(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
