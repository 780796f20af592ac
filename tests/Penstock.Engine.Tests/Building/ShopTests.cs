using Penstock.Contract;
using Penstock.Engine.Building;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;
using Penstock.Testing;
using static Penstock.Engine.Tests.Building.AModel;

namespace Penstock.Engine.Tests.Building;

public sealed class ShopTests
{
    [Fact]
    public async Task The_shop_of_the_quick_start_builds_as_one_readable_statement()
    {
        var compiled = Shop().Compile("2026-11-24T10:00:00Z", "America/Sao_Paulo");
        Golden.Match(Readable(compiled.Build()), "shop-records.sql");
        await using var workspace = TestWorkspace.Open();
        await CreateShopAsync(workspace);

        var result = await workspace.BuildAsync(compiled);

        result.Records.ShouldBe(3);
        result.Groups.ShouldBe(new Dictionary<string, long> { ["high_value_automotive"] = 1, ["others"] = 2 });
        var ada = (await workspace.RecordsAsync(compiled))[0];
        ada.Key.ShouldBe("1");
        ada.Values["full_name"].ShouldBe(Value.Of("Ada Lovelace"));
        ada.Values["ltv"].ShouldBe(Value.Of(150.5m));
        ada.Values["purchase_count"].ShouldBe(Value.Of(2L));
        ada.Values["last_purchase_category"].ShouldBe(Value.Of("Automotive"));
        ada.Groups.ShouldBe(["high_value_automotive"]);
        var nobody = (await workspace.RecordsAsync(compiled))[2];
        nobody.Values["ltv"].ShouldBe(Value.Of(0m));
        nobody.Values["purchase_count"].ShouldBe(Value.Of(0L));
        nobody.Values["last_purchase_date"].ShouldBe(Value.Null);
        nobody.Values["full_name"].ShouldBe(Value.Null);
    }

    [Fact]
    public async Task Duplicate_and_null_keys_are_counted_and_shown_and_stop_nothing()
    {
        var compiled = Shop().Compile();
        await using var workspace = TestWorkspace.Open();
        await CreateShopAsync(workspace);
        await workspace.RunAsync("INSERT INTO users VALUES (NULL, 'x@x', 'X', 'X'), (1, 'a@a', 'Zoe', 'Z'), (1, 'a@a', 'Ada', 'Z')");

        var result = await workspace.BuildAsync(compiled);

        result.Records.ShouldBe(3);
        result.Problems.Select(problem => (problem.Source, problem.Reason, problem.Count)).ShouldBe(
            [("users", "null primary key", 1L), ("users", "duplicate primary key", 2L)]);
        result.Problems[1].Samples.ShouldHaveSingleItem().Key.ShouldBe("1");
        (await workspace.RecordsAsync(compiled))[0].Values["email"].ShouldBe(Value.Of("a@a"), "the first in the order of all columns");
    }

    [Fact]
    public async Task Why_a_record_is_in_a_group_is_answered_rule_by_rule()
    {
        var compiled = Shop().Compile();
        await using var workspace = TestWorkspace.Open();
        await CreateShopAsync(workspace);
        await workspace.BuildAsync(compiled);

        var why = await RuleExplainer.ExplainAsync(
            workspace.Connection, compiled, "others", "2", CancellationToken.None);

        why.ShouldNotBeNull().Holds.ShouldBeTrue();
        var group = why.Parts.ShouldHaveSingleItem();
        group.Text.ShouldBe("in group high_value_automotive");
        group.Parts[0].Parts.Select(part => (part.Text, part.Holds, part.Actual.ToString())).ShouldBe(
        [
            ("ltv greater than 100", true, "200"),
            ("last_purchase_date within 60 days", false, "2026-01-01T00:00:00Z"),
            ("last_purchase_category equals Automotive", true, "Automotive"),
        ]);
    }

    internal static string Readable(Sql statement)
    {
        var rendered = statement.Render(DuckDbDialect.Instance);
        var values = rendered.Parameters.Select((value, index) => $"-- ${index + 1} = {value}");
        return string.Join('\n', values.Prepend(rendered.Text));
    }

    internal static ResolvedModel Shop()
    {
        var users = new Source("users", "shop") { Table = "users", PrimaryKey = ["id"] };
        var purchases = new Source("purchases", "shop")
        {
            Table = "purchases",
            Join = [new JoinColumn("user_id", "user_id")],
            Where = [new SourceFilter("state", FilterOperator.Equal, [Value.Of("successful")])],
        };
        var model = new Model("users")
        {
            Sources = [users, purchases],
            Properties =
            [
                Column("user_id", "users", "id"),
                Column("email", "users", "email"),
                Column("first_name", "users", "first_name"),
                Column("last_name", "users", "last_name"),
                Aggregate("ltv", "purchases", AggregateKind.Sum, "price"),
                Aggregate("purchase_count", "purchases", AggregateKind.Count, "id"),
                Aggregate("last_purchase_date", "purchases", AggregateKind.Max, "created_at"),
                Aggregate("last_purchase_category", "purchases", AggregateKind.Latest, "category", "created_at"),
                Expression("full_name", "first_name || ' ' || last_name"),
            ],
            Groups =
            [
                new Group("high_value_automotive", All(
                    Rule("ltv", RuleOperator.GreaterThan, Value.Of(100L)),
                    Rule("last_purchase_date", RuleOperator.Within, new RelativeSpan(60, RelativeUnit.Days)),
                    Rule("last_purchase_category", RuleOperator.Equals, Value.Of("Automotive")))),
                new Group("others", None(new MembershipRule("high_value_automotive", IsMember: true))),
            ],
        };
        var types = new Dictionary<string, DataType>
        {
            ["user_id"] = DataKind.Integer,
            ["email"] = DataKind.Email,
            ["first_name"] = DataKind.String,
            ["last_name"] = DataKind.String,
            ["ltv"] = DataKind.Decimal,
            ["purchase_count"] = DataKind.Integer,
            ["last_purchase_date"] = DataKind.Timestamp,
            ["last_purchase_category"] = DataKind.String,
        };
        return new ResolvedModel(model, types, [DataKind.Integer],
            new Dictionary<string, IReadOnlyList<DataType>> { ["purchases"] = [DataKind.Integer] });
    }

    internal static async Task CreateShopAsync(TestWorkspace workspace)
    {
        await workspace.RunAsync("""
            CREATE TABLE users (id BIGINT, email VARCHAR, first_name VARCHAR, last_name VARCHAR);
            CREATE TABLE purchases (id BIGINT, user_id BIGINT, price DECIMAL(10, 2), category VARCHAR, state VARCHAR, created_at TIMESTAMP);
            """);
        await workspace.RunAsync("""
            INSERT INTO users VALUES (1, 'ada@example.com', 'Ada', 'Lovelace'), (2, 'b@example.com', 'Bob', '😀'), (3, NULL, NULL, 'Nobody')
            """);
        await workspace.RunAsync("""
            INSERT INTO purchases VALUES
              (1, 1, 100.00, 'Books', 'successful', '2026-10-01'), (2, 1, 50.50, 'Automotive', 'successful', '2026-11-01'),
              (3, 1, 900.00, 'Books', 'failed', '2026-11-02'), (4, 2, 200.00, 'Automotive', 'successful', '2026-01-01'),
              (5, 9, 1.00, 'Books', 'successful', '2026-01-01'), (6, NULL, 1.00, 'Books', 'successful', '2026-01-01')
            """);
    }
}
