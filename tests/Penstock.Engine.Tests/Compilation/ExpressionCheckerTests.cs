using Penstock.Contract;
using Penstock.Engine.Compilation;

namespace Penstock.Engine.Tests.Compilation;

public sealed class ExpressionCheckerTests
{
    private static readonly string[] Properties = ["first_name", "last_name", "ltv", "tags", "seen"];

    [Theory]
    [InlineData("first_name || ' ' || last_name")]
    [InlineData("First_Name")]
    [InlineData("UPPER(first_name)")]
    [InlineData("CASE WHEN ltv > 100 AND seen IS NOT NULL THEN 'a -- no comment' ELSE upper(last_name) END")]
    [InlineData("coalesce(nullif(trim(first_name), ''), 'friend')")]
    [InlineData("list_sum(list_transform(tags, lambda x: length(x) + ltv))")]
    [InlineData("[x || '!' for x in tags if x <> '']")]
    [InlineData("list_filter(tags, lambda x, i: i > 1)[1]")]
    [InlineData("lpad(CAST(ltv AS VARCHAR), 10, '0')")]
    [InlineData("repeat('*', least(ltv, 5))")]
    [InlineData("date_diff('day', seen, TIMESTAMP '2026-01-01')")]
    [InlineData("extract(year FROM seen)")]
    [InlineData("ltv BETWEEN 1 AND 2 OR first_name ILIKE 'a%' OR ltv IN (1, 2)")]
    [InlineData("TRY_CAST(first_name AS INTEGER) + INTERVAL 3 DAYS")]
    [InlineData("regexp_replace(first_name, '[0-9]+', '-', 'g') COLLATE NOCASE")]
    [InlineData("(ltv) + (1)")]
    [InlineData("first_name::JSON -> '$.a' ->> 'b'")]
    [InlineData("CAST(tags AS VARCHAR[])[1]::DECIMAL(10, 2)")]
    [InlineData("{'a': ltv, 'b': [1, 2]}")]
    public void A_scalar_expression_over_properties_is_taken(string expression) =>
        ExpressionChecker.Check(expression, Properties).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("1) FROM users; DROP TABLE records; --")]
    [InlineData("1); COPY records TO '/tmp/x'; SELECT (1")]
    [InlineData("ltv -- a comment")]
    [InlineData("ltv) --")]
    [InlineData("ltv /* open")]
    [InlineData("ltv), (1")]
    [InlineData("ltv), NULL) FROM users; --")]
    [InlineData("ltv) WHERE (true")]
    [InlineData("ltv) ORDER BY (1")]
    [InlineData("ltv) LIMIT (1")]
    [InlineData("ltv) UNION SELECT (1")]
    [InlineData("ltv) GROUP BY (1")]
    [InlineData("ltv, 1")]
    [InlineData("'open")]
    [InlineData("\"open")]
    [InlineData("$$open")]
    [InlineData("((1)")]
    [InlineData("(SELECT 1)")]
    [InlineData("EXISTS (FROM users)")]
    [InlineData("ltv IN (SELECT 1)")]
    [InlineData("ARRAY(SELECT 1)")]
    [InlineData("(FROM read_csv('/etc/passwd'))")]
    [InlineData("read_text('/etc/passwd')")]
    [InlineData("glob('/etc/*')")]
    [InlineData("sum(ltv)")]
    [InlineData("max(ltv) FILTER (WHERE true)")]
    [InlineData("row_number() OVER ()")]
    [InlineData("unnest(tags)")]
    [InlineData("getenv('HOME')")]
    [InlineData("GetEnv('HOME')")]
    [InlineData("\"getenv\"('HOME')")]
    [InlineData("SUM(ltv)")]
    [InlineData("NOW()")]
    [InlineData("current_setting('threads')")]
    [InlineData("getvariable('x')")]
    [InlineData("query('SELECT 1')")]
    [InlineData("query_table('users')")]
    [InlineData("nextval('s')")]
    [InlineData("random()")]
    [InlineData("uuid()")]
    [InlineData("now()")]
    [InlineData("today()")]
    [InlineData("age(seen)")]
    [InlineData("current_date")]
    [InlineData("current_user")]
    [InlineData("current_database()")]
    [InlineData("version()")]
    [InlineData("error('stop')")]
    [InlineData("sleep_ms(100000)")]
    [InlineData("write_log('x')")]
    [InlineData("json_serialize_plan('SELECT * FROM read_csv(''/etc/passwd'')')")]
    [InlineData("json_execute_serialized_sql('{}')")]
    [InlineData("pg_sleep(100)")]
    [InlineData("system.main.getenv('HOME')")]
    [InlineData("records.ltv")]
    [InlineData("_key")]
    [InlineData("\"group:vip\"")]
    [InlineData("nickname")]
    [InlineData("*")]
    [InlineData("COLUMNS(*)")]
    [InlineData("#1")]
    [InlineData("$1")]
    [InlineData("?")]
    [InlineData("ltv := 1")]
    [InlineData("SET threads = 1")]
    [InlineData("ATTACH 'x.db'")]
    [InlineData("INSTALL httpfs")]
    [InlineData("COPY records TO 'x'")]
    [InlineData("PRAGMA database_list")]
    [InlineData("CALL pragma_version()")]
    [InlineData("repeat('x', 1e12)")]
    [InlineData("repeat('x', 1000000000000)")]
    [InlineData("repeat(repeat(repeat('x', 10000), 10000), 10000)")]
    [InlineData("repeat('x', ltv)")]
    [InlineData("lpad('x', 100000000, 'x')")]
    [InlineData("range(1000000000)")]
    [InlineData("list_transform(range(10000), lambda x: range(10000))")]
    [InlineData("format('{:>1000000000}', 'x')")]
    [InlineData("printf('%1000000000s', 'x')")]
    [InlineData("x -> x")]
    public void Whatever_is_more_is_refused_before_anything_runs(string expression)
    {
        var problem = ExpressionChecker.Check(expression, Properties);

        problem.ShouldNotBeNull().Code.ShouldStartWith("expression.");
        problem.Message.ShouldStartWith("The expression ");
    }

    [Fact]
    public void Deep_or_long_expressions_are_refused_and_crash_nothing()
    {
        ExpressionChecker.Check(new string('(', 5_000) + "1" + new string(')', 4_999), Properties).ShouldNotBeNull();
        var calls = string.Concat(Enumerable.Repeat("abs(", 1_000)) + "1" + new string(')', 1_000);
        ExpressionChecker.Check(calls, Properties).ShouldNotBeNull();
        ExpressionChecker.Check(new string('x', 20_000), Properties).ShouldNotBeNull();
        ExpressionChecker.Check("'\0'", Properties).ShouldNotBeNull();
        ExpressionChecker.Check(string.Join(" + ", Enumerable.Repeat("ltv", 200)), Properties).ShouldBeNull();
    }

    [Fact]
    public void A_misspelt_property_is_named()
    {
        var problem = ExpressionChecker.Check("frist_name || last_name", Properties);

        problem.ShouldBe(new Problem(
            "expression.unknown_property",
            "The expression refers to frist_name, which is not a property of the model.",
            "Text stands in single quotes. The properties are first_name, last_name, ltv, tags, seen."));
    }

    [Fact]
    public void References_are_those_of_the_record_not_of_lambdas() =>
        ExpressionChecker.References("list_filter(tags, lambda x: x = first_name)").ShouldBe(["tags", "first_name"], ignoreOrder: true);

    [Theory]
    [InlineData("a.c|^x")]
    [InlineData("(?i)é")]
    public void A_regular_expression_of_RE2_is_taken(string pattern) => ExpressionChecker.CheckPattern(pattern).ShouldBeNull();

    [Theory]
    [InlineData("(")]
    [InlineData("(?=x)")]
    public void Another_is_refused(string pattern) =>
        ExpressionChecker.CheckPattern(pattern).ShouldNotBeNull().Code.ShouldBe("rule.invalid_pattern");
}
