using CsCheck;
using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;
using Penstock.Testing;
using static Penstock.Engine.Tests.Building.AModel;

namespace Penstock.Engine.Tests.Building;

public sealed class ExpressionTests
{
    private static readonly Dictionary<string, DataType> Columns = new()
    {
        ["s"] = DataKind.String,
        ["n"] = DataKind.Integer,
        ["d"] = DataKind.Decimal,
        ["seen"] = DataKind.Timestamp,
        ["tags"] = new(DataKind.String, IsArray: true),
        ["doc"] = DataKind.Json,
    };

    private const string Table =
        "CREATE TABLE things (id BIGINT, s VARCHAR, n BIGINT, d DECIMAL(38, 9), seen TIMESTAMP, tags VARCHAR[], doc JSON)";

    [Theory]
    [InlineData("n + 1", "integer")]
    [InlineData("n / 2", "float")]
    [InlineData("d * 2", "decimal")]
    [InlineData("n > 1 AND s IS NULL", "boolean")]
    [InlineData("s || '!'", "string")]
    [InlineData("upper(s)", "string")]
    [InlineData("CAST(seen AS DATE)", "date")]
    [InlineData("date_trunc('month', seen)", "timestamp")]
    [InlineData("to_timestamp(n)", "timestamp")]
    [InlineData("seen + INTERVAL 3 DAYS", "timestamp")]
    [InlineData("seen - seen", "string")]
    [InlineData("list_sort(tags)", "string[]")]
    [InlineData("[n, 1]", "integer[]")]
    [InlineData("doc ->> '$.city'", "string")]
    [InlineData("doc -> '$.city'", "json")]
    [InlineData("{'a': n}", "json")]
    [InlineData("[[1], [2]]", "json")]
    public void The_type_of_an_expression_is_inferred(string expression, string type) =>
        ExpressionTypes.Infer(expression, Columns).ShouldBe(
            new ExpressionType(DataType.Parse(type), null) { Native = ExpressionTypes.Infer(expression, Columns).Native });

    [Theory]
    [InlineData("s", "email", "expression.type")]
    [InlineData("s", "phone", "expression.type")]
    [InlineData("s", "url[]", "expression.type")]
    [InlineData("CAST(s AS BLOB)", null, "expression.type")]
    [InlineData("n + tags", null, "expression.invalid")]
    [InlineData("upper(n, n, n)", null, "expression.invalid")]
    [InlineData("regexp_matches(s, '(')", null, "expression.invalid")]
    [InlineData("strptime(s, '%Q')", null, "expression.invalid")]
    [InlineData("n", "date", "expression.type")]
    [InlineData("n", "integer[]", "expression.type")]
    [InlineData("tags", "integer", "expression.type")]
    public void A_type_that_an_expression_cannot_have_is_refused(string expression, string? declared, string code) =>
        ExpressionTypes.Infer(expression, Columns, declared is null ? null : DataType.Parse(declared))
            .Problem.ShouldNotBeNull().Code.ShouldBe(code);

    [Theory]
    [InlineData("CAST(s AS INTEGER)", null, "2;3;null;null", 1)]
    [InlineData("CAST(s AS INTEGER) + CAST(s AS INTEGER)", null, "4;6;null;null", 1)]
    [InlineData("n / (n - 1)", null, "null;2;null;1.5", 1)]
    [InlineData("n / 2", "integer", "null;1;null;null", 2)]
    [InlineData("s", "integer", "2;3;null;null", 1)]
    [InlineData("n", "decimal", "1;2;null;3", 0)]
    [InlineData("n * 9223372036854775807", null, "9223372036854775807;null;null;null", 2)]
    [InlineData("DATE '2026-01-01' + CAST(n AS INTEGER) * 4000000", null, "null;null;null;null", 3)]
    [InlineData("CASE WHEN n = 1 THEN 'nan' ELSE '1e3' END", "float", "null;1000;1000;1000", 1)]
    [InlineData("s || s", null, "22;33;null;xx", 0)]
    [InlineData("[n, n / 0]", null, "null;null;[null,null];null", 3)]
    [InlineData("CAST(CAST('{\"a\":\"' || s || '\"}' AS JSON) ->> '$.a' AS BIGINT)", null, "2;3;null;null", 1)]
    [InlineData("{'a': s}.a::BIGINT", null, "2;3;null;null", 1)]
    [InlineData("regexp_matches('a', s || '(')", null, "null;null;null;null", 3)]
    public async Task A_row_that_an_expression_can_not_take_becomes_null_and_is_counted(
        string expression, string? declared, string values, int bad)
    {
        var compiled = Things(Columns, [Expression("e", expression, declared is null ? null : DataType.Parse(declared))]).Compile();
        await using var workspace = TestWorkspace.Open();
        await workspace.RunAsync(Table);
        await workspace.RunAsync("INSERT INTO things (id, s, n) VALUES (1, '2', 1), (2, '3', 2), (3, NULL, NULL), (4, 'x', 3)");

        var result = await workspace.BuildAsync(compiled);

        var shown = (await workspace.RecordsAsync(compiled)).Select(record => record.Values["e"]);
        string.Join(';', shown.Select(value => value.IsNull ? "null" : value.ToString())).ShouldBe(values);
        result.Problems.Sum(problem => problem.Count).ShouldBe(bad);
        if (bad > 0)
        {
            var problem = result.Problems.ShouldHaveSingleItem();
            (problem.Source, problem.Property).ShouldBe(("things", "e"));
            problem.Samples.Count.ShouldBe(bad);
        }
    }

    [Fact]
    public async Task Expressions_over_expressions_and_joins_over_them_build_in_the_order_of_what_needs_what()
    {
        var things = new Source("things", "db") { Table = "things", PrimaryKey = ["id", "s"] };
        var regions = new Source("regions", "db") { Table = "regions", Join = [new JoinColumn("code", "code"), new JoinColumn("n", "n")] };
        var model = new Model("things")
        {
            Sources = [things, regions],
            Properties =
            [
                Column("s", "things", "s"),
                Column("n", "things", "n"),
                Column("tags", "things", "tags"),
                Column("region", "regions", "name"),
                Expression("greeting", "'Hello ' || region || coalesce(' ' || tags[1], '')"),
                Expression("code", "upper(left(s, 2))"),
                Expression("half", "n / 2", DataKind.Integer),
            ],
            Groups =
            [
                new Group("both", All(new MembershipRule("even", IsMember: true), new MembershipRule("known", IsMember: true))),
                new Group("even", All(Rule("half", RuleOperator.Exists))),
                new Group("known", Any(
                    None(Rule("region", RuleOperator.IsEmpty)),
                    All(Rule("tags", RuleOperator.In, Value.Of("x"), Value.Of("y")), new RuleSet(Match.All, [])))),
                new Group("nobody", new RuleSet(Match.None, [])),
            ],
        };
        var types = new Dictionary<string, DataType>
        {
            ["s"] = DataKind.String,
            ["n"] = DataKind.Integer,
            ["tags"] = new(DataKind.String, IsArray: true),
            ["region"] = DataKind.String,
            ["half"] = DataKind.Integer,
        };
        var compiled = new ResolvedModel(model, types, [DataKind.Integer, DataKind.String],
            new Dictionary<string, IReadOnlyList<DataType>> { ["regions"] = [DataKind.String, DataKind.Integer] }).Compile();
        Golden.Match(ShopTests.Readable(compiled.Build("things", "regions")), "what-needs-what-with-repeated-keys.sql");
        await using var workspace = TestWorkspace.Open();
        await workspace.RunAsync("""
            CREATE TABLE things (id BIGINT, s VARCHAR, n BIGINT, tags VARCHAR[]);
            CREATE TABLE regions (code VARCHAR, n BIGINT, name VARCHAR);
            INSERT INTO things VALUES (1, 'br', 2, ['x']), (1, 'br', 2, ['a']), (2, 'de', 3, NULL), (3, 'fr', 4, []), (4, NULL, 1, []);
            INSERT INTO regions VALUES ('BR', 2, 'Brasil 2'), ('BR', 2, 'Brasil'), ('DE', 3, 'Germany'), ('DE', NULL, 'Nowhere');
            """);

        var result = await workspace.BuildAsync(compiled);

        var records = await workspace.RecordsAsync(compiled);
        records.Select(record => (record.Key, record.Values["greeting"].ToString(), record.Values["half"].ToString())).ShouldBe(
            [("[1,\"br\"]", "Hello Brasil a", "1"), ("[2,\"de\"]", "Hello Germany", ""), ("[3,\"fr\"]", "", "2")]);
        result.Groups.ShouldBe(new Dictionary<string, long> { ["both"] = 1, ["even"] = 2, ["known"] = 2, ["nobody"] = 0 });
        result.Problems.Select(problem => (problem.Source, problem.Property, problem.Reason, problem.Count)).ShouldBe(
        [
            ("things", null, "null primary key", 1L),
            ("things", null, "duplicate primary key", 1L),
            ("regions", null, "several rows where one is expected", 1L),
            ("things", "half", "the expression gave an error or no integer", 1L),
        ]);
        result.Problems[1].Samples[0].Key.ShouldBe("[1,\"br\"]");
        result.Problems[3].Samples[0].ShouldBe(new Engine.Workspace.RowSample("[2,\"de\"]", "1.5"));
    }

    [Fact]
    public async Task Whatever_text_is_taken_builds_one_column_and_whatever_is_not_is_refused_without_a_crash()
    {
        string[] tokens =
        [
            "(", ")", ",", ";", "'", "\"", "--", "/*", "*/", "\n", "$$", "[", "]", "{", "}", "n", "s", "tags", "doc", "1", "'x'", "NULL",
            "+", "||", "::", "->", "->>", "=", ".", "*", "CASE", "WHEN", "THEN", "ELSE", "END", "CAST(", "AS", "INTEGER", "VARCHAR(3)",
            "IN", "NOT", "IS", "FROM", "SELECT", "WHERE", "UNION", "lambda x:", "upper(", "coalesce(", "sum(", "OVER", "list_filter(",
            "TRY(", "BETWEEN",
            "AND", "INTERVAL", "DAYS", "EXISTS", "ORDER BY", "LIMIT", "FILTER", "COLLATE", "nocase", "😀", "e",
        ];
        var iterations = int.Parse(Environment.GetEnvironmentVariable("PENSTOCK_ITER") ?? "60") * 10;
        await Gen.Int[0, tokens.Length - 1].Select(index => tokens[index]).Array[1, 7].SampleAsync(async soup =>
        {
            var expression = string.Join(' ', soup);
            if (ExpressionTypes.Infer(expression, Columns).Problem is not null)
                return;
            var compiled = Things(Columns, [Expression("e", expression), Expression("after", "n + 1")]).Compile();
            await using var workspace = TestWorkspace.Open();
            await workspace.RunAsync(Table);
            await workspace.RunAsync("INSERT INTO things (id, s, n) VALUES (1, 'a', 1), (2, NULL, NULL)");
            (await workspace.BuildAsync(compiled)).Records.ShouldBe(2, expression);
            (await workspace.RecordsAsync(compiled))[0].Values["after"].ShouldBe(Value.Of(2L), expression);
        }, iter: iterations, threads: 2, print: soup => string.Join(' ', soup));
    }

    [Fact]
    public void Expressions_or_groups_that_need_one_another_are_named()
    {
        Should.Throw<PenstockException>(() => Things(Columns,
                [Expression("a", "b + 1", DataKind.Integer), Expression("b", "a + 1", DataKind.Integer)]).Compile())
            .Problem.Message.ShouldBe("These properties and sources need one another or something that does not exist: a, b.");
        Should.Throw<PenstockException>(() => Things(Columns, [],
                new Group("x", All(new MembershipRule("y", true))), new Group("y", All(new MembershipRule("x", false)))).Compile())
            .Problem.Message.ShouldBe("These groups need one another or something that does not exist: x, y.");
    }

    [Fact]
    public async Task An_empty_table_gives_no_records_and_a_missing_stage_keeps_those_of_before()
    {
        var compiled = Things(Columns, [Expression("e", "n + 1")], new Group("g", All(Rule("n", RuleOperator.Exists)))).Compile();
        await using var workspace = TestWorkspace.Open();
        await workspace.RunAsync(Table);

        var result = await workspace.BuildAsync(compiled);
        result.Records.ShouldBe(0);
        result.Groups["g"].ShouldBe(0);

        await workspace.RunAsync("INSERT INTO things (id) VALUES (1)");
        await workspace.BuildAsync(compiled);
        await workspace.RunAsync("DROP TABLE stage_things");
        var failure = await Should.ThrowAsync<PenstockException>(
            Engine.Building.RecordBuilder.BuildAsync(workspace.Connection, compiled, CancellationToken.None));
        failure.Problem.Code.ShouldBe("build.failed");
        (await workspace.RecordsAsync(compiled)).Count.ShouldBe(1);
    }
}
