using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Testing.Servers;

namespace Penstock.EndToEnd.Tests.Runs;

/// <summary>Sources looked into before anything is loaded: PostgreSQL and SQLite side by side.</summary>
public sealed class SourceInspectingTests
{
    private const string Tables =
        """
        CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, name TEXT);
        CREATE TABLE purchases (id INTEGER PRIMARY KEY, buyer INTEGER REFERENCES users (id), price NUMERIC, made_at TEXT);
        CREATE TABLE visits (user_id INTEGER, page TEXT);
        INSERT INTO users VALUES (1, 'a@example.com', 'Ann'), (2, 'a@example.com', 'Bob'), (3, NULL, 'Cy');
        INSERT INTO purchases VALUES (1, 1, 10.5, '2026-01-01'), (2, 1, 20, '2026-02-01'), (3, 2, 5, '2026-03-01');
        INSERT INTO visits VALUES (1, 'home');
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("postgres")]
    [InlineData("sqlite")]
    public async Task Rows_keys_and_joins_are_told_before_anything_is_loaded(string type)
    {
        await using var shop = await OpenAsync(type);
        var project = shop.Project();
        var (model, app) = (project.Models[0], project.App("local"));
        var inspector = new SourceInspector(shop.Runner());
        var options = new SampleOptions { Rows = 2 };

        var sample = await inspector.SampleAsync(project, app, SourceOf.OfTable("users"), options, Token);
        var query = await inspector.SampleAsync(
            project, app, SourceOf.OfQuery("SELECT name, id * 2 AS twice FROM users -- all\n;"), options with { Rows = 10 }, Token);
        var good = await inspector.CheckKeyAsync(project, app, SourceOf.OfTable("users"), ["id"], options, Token);
        var bad = await inspector.CheckKeyAsync(project, app, SourceOf.OfTable("users"), ["email"], options, Token);
        var keys = await inspector.ProposeKeyAsync(project, app, "visits", options, Token);
        var joins = await inspector.ProposeJoinsAsync(project, model, app, "purchases", options, Token);
        var named = await inspector.ProposeJoinsAsync(project, model, app, "visits", options, Token);

        sample.Problem.ShouldBeNull();
        (sample.Rows.Count, sample.IsCut, sample.Columns[1].Name).ShouldBe((2, true, "email"));
        query.Problem.ShouldBeNull();
        query.Rows.Count.ShouldBe(3);
        query.Rows[0][1].ToString().ShouldBe("2");
        (good.Rows, good.Distinct, good.IsUnique).ShouldBe((3, 3, true));
        (bad.Rows, bad.Distinct, bad.Nulls, bad.Repeated, bad.IsUnique).ShouldBe((3, 1, 1, 1, false));
        var repeated = bad.Samples.ShouldHaveSingleItem();
        (repeated.Key[0], repeated.Rows).ShouldBe(("a@example.com", 2));
        keys[0].Columns.ShouldBe(["user_id"]);
        joins[0].Join.ShouldBe([new JoinColumn("buyer", "user_id")]);
        joins[0].Reason.ShouldContain("foreign key");
        named[0].Join.ShouldBe([new JoinColumn("user_id", "user_id")]);
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("sqlite")]
    public async Task A_source_shows_what_it_would_give_for_some_keys(string type)
    {
        await using var shop = await OpenAsync(type);
        var project = shop.Project();

        var preview = await new SourceInspector(shop.Runner()).SourcePreviewAsync(
            project, project.Models[0], "purchases", new(), Token);

        preview.Problem.ShouldBeNull();
        preview.Columns.Select(column => column.Name).ShouldBe(["buyer", "spent"]);
        preview.Rows.Select(row => (row[0].ToString(), decimal.Parse(row[1].ToString(), System.Globalization.CultureInfo.InvariantCulture)))
            .ShouldBe([("1", 30.5m), ("2", 5m)], ignoreOrder: true);
    }

    [Theory]
    [InlineData("DELETE FROM users")]
    [InlineData("SELECT 1; DROP TABLE users")]
    [InlineData("SELECT 1) AS x; DROP TABLE users; SELECT (1")]
    [InlineData("WITH gone AS (DELETE FROM users RETURNING id) SELECT * FROM gone")]
    [InlineData("SELECT 'half")]
    [InlineData("")]
    [InlineData("SELECT * FROM nowhere")]
    public async Task A_query_that_is_not_one_good_select_is_refused_and_changes_nothing(string query)
    {
        foreach (var type in new[] { "postgres", "sqlite" })
        {
            await using var shop = await OpenAsync(type);
            var project = shop.Project();
            var inspector = new SourceInspector(shop.Runner());

            var sample = await inspector.SampleAsync(project, project.App("local"), SourceOf.OfQuery(query), new(), Token);

            sample.Problem.ShouldNotBeNull($"{type}: {query}").Message.ShouldNotBeEmpty();
            var users = await inspector.SampleAsync(project, project.App("local"), SourceOf.OfTable("users"), new(), Token);
            users.Rows.Count.ShouldBe(3);
        }
    }

    [Fact]
    public async Task A_query_that_takes_too_long_is_ended()
    {
        await using var shop = await OpenAsync("postgres");
        var project = shop.Project();

        var sample = await new SourceInspector(shop.Runner()).SampleAsync(
            project, project.App("local"), SourceOf.OfQuery("SELECT pg_sleep(60)"), new() { TimeOut = TimeSpan.FromSeconds(1) }, Token);

        sample.Problem.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_expression_is_tried_on_loaded_records_and_says_what_is_wrong()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1, "ann@example.com", "Ann");
        var project = shop.Project();
        var model = project.Models[0];
        await shop.Runner().LoadAsync(project, model, null, Token);
        var inspector = new Inspector(shop.Runner());
        Task<ExpressionSample> TryAsync(string expression) => inspector.ExpressionSampleAsync(
            model, new Property("loud") { Expression = expression }, 10, Token);

        var good = await TryAsync("upper(greeting) || '!'");

        good.Problem.ShouldBeNull();
        good.Rows.ShouldHaveSingleItem().Result.ShouldBe("HELLO ANN!");
        (await TryAsync("upper(nme)")).Problem.ShouldNotBeNull().Message.ShouldContain("nme");
        (await TryAsync("upper(")).Problem.ShouldNotBeNull();
        (await TryAsync("CAST(first_name AS INTEGER)")).Rows.ShouldHaveSingleItem().Result.ShouldBeNull();
    }

    private static async Task<Shop> OpenAsync(string type)
    {
        var shop = await Shop.OpenAsync();
        const string Source =
            """
            table: users
            primary_key: id
            properties: { user_id: id, email: email }
            """;
        if (type == "postgres")
        {
            var database = await PostgresServer.DatabaseAsync();
            await database.ExecuteAsync(Tables);
            shop.ReadFrom(database, Source);
        }
        else
        {
            shop.Run("DROP TABLE users");
            shop.Run("DROP TABLE purchases");
            shop.Run(Tables);
            shop.ReadOnly(Source);
        }

        shop.Files["models/users.yaml"] += "  - { name: purchases, app: local, table: purchases, join: { buyer: user_id }, "
            + "properties: { spent: { sum: price } } }\n";
        return shop;
    }
}
