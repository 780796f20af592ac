using Penstock.Contract;
using Penstock.Testing.Servers;

namespace Penstock.Connectors.Tests.Postgres;

public sealed class PostgresTypeTests
{
    [Theory]
    [InlineData("true", "boolean", "Boolean", "true")]
    [InlineData("(-32768)::int2", "integer", "Integer", "-32768")]
    [InlineData("(-2147483648)::int4", "integer", "Integer", "-2147483648")]
    [InlineData("(-9223372036854775808)::int8", "integer", "Integer", "-9223372036854775808")]
    [InlineData("4294967295::oid", "integer", "Integer", "4294967295")]
    [InlineData("0.1::float4", "float", "Float", "0.1")]
    [InlineData("1e300::float8", "float", "Float", "1E+300")]
    [InlineData("'NaN'::float8", "float", "Float", "NaN")]
    [InlineData("'-Infinity'::float4", "float", "Float", "-Infinity")]
    [InlineData("0::numeric", "decimal", "Decimal", "0")]
    [InlineData("12.50::numeric(10,2)", "decimal", "Decimal", "12.50")]
    [InlineData("(-0.000000001)::numeric", "decimal", "Decimal", "-0.000000001")]
    [InlineData("0.0000000005::numeric", "decimal", "Decimal", "0.000000001")]
    [InlineData("(-0.00000000049999)::numeric", "decimal", "Decimal", "0.000000000")]
    [InlineData("1.23456789049999::numeric", "decimal", "Decimal", "1.234567890")]
    [InlineData("100000000::numeric", "decimal", "Decimal", "100000000")]
    [InlineData("79228162514264337593543950335::numeric", "decimal", "Decimal", "79228162514264337593543950335")]
    [InlineData("9999999999999999999.123456789::numeric", "decimal", "Decimal", "9999999999999999999.123456789")]
    [InlineData("12345678901234567890123456.50::numeric", "decimal", "Decimal", "12345678901234567890123456.50")]
    [InlineData("'$1,234.56'::money", "decimal", "Decimal", "1234.56")]
    [InlineData("'0001-01-01'::date", "date", "Date", "0001-01-01")]
    [InlineData("'9999-12-31'::date", "date", "Date", "9999-12-31")]
    [InlineData("'1999-12-31 23:59:59.999999'::timestamp", "timestamp", "LocalTimestamp", "1999-12-31T23:59:59.999999Z")]
    [InlineData("'2024-02-29 12:00:00+03'::timestamptz", "timestamp", "Timestamp", "2024-02-29T09:00:00Z")]
    [InlineData("'café 😀'::text", "string", "Text", "café 😀")]
    [InlineData("'ab'::varchar(5)", "string", "Text", "ab")]
    [InlineData("'ab'::char(5)", "string", "Text", "ab")]
    [InlineData("'ab'::name", "string", "Text", "ab")]
    [InlineData("'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid", "string", "Text", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")]
    [InlineData("'{\"b\": 1, \"a\":[null]}'::json", "json", "Json", "{\"b\": 1, \"a\":[null]}")]
    [InlineData("'{\"b\": 1, \"a\":[null]}'::jsonb", "json", "Json", "{\"a\": [null], \"b\": 1}")]
    [InlineData("'\\xDEADBEEF'::bytea", "string", "Text", "\\xdeadbeef")]
    [InlineData("'10.0.0.1/8'::inet", "string", "Text", "10.0.0.1/8")]
    [InlineData("'1 day 02:00'::interval", "string", "Text", "1 day 02:00:00")]
    [InlineData("'12:34:56'::time", "string", "Text", "12:34:56")]
    [InlineData("int4range(1, 5)", "string", "Text", "[1,5)")]
    [InlineData("ARRAY[1, NULL, 3]", "integer[]", "Json", "[1,null,3]")]
    [InlineData("ARRAY['a\"b', 'ç']::text[]", "string[]", "Json", "[\"a\\\"b\",\"ç\"]")]
    [InlineData("ARRAY['2024-01-01'::date]", "date[]", "Json", "[\"2024-01-01\"]")]
    [InlineData("ARRAY['2024-01-01 00:00+00'::timestamptz]", "timestamp[]", "Json", "[\"2024-01-01T00:00:00+00:00\"]")]
    [InlineData("ARRAY[true]", "boolean[]", "Json", "[true]")]
    [InlineData("ARRAY[1.5]", "decimal[]", "Json", "[1.5]")]
    [InlineData("ARRAY['{}'::jsonb]", "json[]", "Json", "[{}]")]
    [InlineData("ARRAY[[1,2],[3,4]]", "integer[]", "Json", "[[1,2],[3,4]]")]
    [InlineData("ROW(1, 'a')", "json", "Json", "{\"f1\":1,\"f2\":\"a\"}")]
    [InlineData("'x'", "string", "Text", "x")]
    [InlineData("NULL::numeric", "decimal", "Decimal", "NULL")]
    public async Task Each_type_comes_as_what_it_is(string expression, string type, string transport, string value)
    {
        var database = await Databases.EmptyAsync();

        var rows = await database.ReadAsync($"SELECT {expression} AS v");

        rows.Problems.ShouldBeEmpty();
        rows.Columns[0].Type.ToString().ShouldBe(type);
        rows.Columns[0].Travels.ToString().ShouldBe(transport);
        rows.Texts(0).ShouldBe([value]);
    }

    [Theory]
    [InlineData("'NaN'::numeric", "not a number", "NaN")]
    [InlineData("79228162514264337593543950336::numeric", "number too large", "79228162514264337593543950336")]
    [InlineData("1e40::numeric", "number too large", "10000000000000000000000000000000000000000")]
    [InlineData("(-12345678901234567890123456.123456789)::numeric", "number too large", "-12345678901234567890123456")]
    [InlineData("'infinity'::date", "infinite date", "infinity")]
    [InlineData("'-infinity'::date", "infinite date", "-infinity")]
    [InlineData("'0044-03-15 BC'::date", "year outside 1 to 9999", "0044-03-15 BC")]
    [InlineData("'0001-12-31 BC'::date", "year outside 1 to 9999", "0001-12-31 BC")]
    [InlineData("'10000-01-01'::date", "year outside 1 to 9999", "10000-01-01")]
    [InlineData("'infinity'::timestamp", "infinite time", "infinity")]
    [InlineData("'-infinity'::timestamptz", "infinite time", "-infinity")]
    [InlineData("'0044-03-15 12:00 BC'::timestamp", "year outside 1 to 9999", "0044-03-15 BC")]
    [InlineData("'294276-12-31'::timestamp", "year outside 1 to 9999", "294276-12-31")]
    public async Task What_no_property_can_hold_is_a_problem_of_its_row(string expression, string reason, string sample)
    {
        var database = await Databases.EmptyAsync();

        var rows = await database.ReadAsync($"SELECT {expression} AS v, 1 AS after");

        rows.Problems.ShouldBe([("v", reason, sample)]);
        rows.Texts(0).ShouldBe(["!", "1"]);
    }

    [Fact]
    public async Task Infinite_numerics_of_newer_servers_are_a_problem_of_their_row()
    {
        var database = await Databases.EmptyAsync();

        var rows = await database.ReadAsync("SELECT 'Infinity'::numeric AS a, '-Infinity'::numeric AS b");

        rows.Problems.ShouldBe([("a", "an infinite number", "Infinity"), ("b", "an infinite number", "-Infinity")]);
    }

    [Fact]
    public async Task Enums_domains_composites_and_extension_types_come_as_text_or_json()
    {
        var database = await PostgresServer.DatabaseAsync();
        await database.ExecuteAsync(
            """
            CREATE SCHEMA odd; CREATE EXTENSION citext SCHEMA odd; CREATE EXTENSION hstore SCHEMA odd;
            CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE DOMAIN price AS numeric(10,2); CREATE TYPE point2 AS (x int, y int);
            CREATE TABLE t (m mood, ms mood[], p price, ps price[], c odd.citext, h odd.hstore, xy point2);
            INSERT INTO t VALUES ('ok', '{sad,ok}', 1.50, '{2.50}', 'Ab', 'k=>v', (1, 2));
            """);

        var rows = await database.ReadAsync("SELECT * FROM t");

        rows.Texts(0).ShouldBe(["ok", "[\"sad\",\"ok\"]", "1.50", "[2.50]", "Ab", "\"k\"=>\"v\"", "{\"x\":1,\"y\":2}"]);
        var table =
            await PostgresApps.Connector.DescribeAsync(database.App(), new Identifier("t"), Penstock.Testing.NoHttp.Instance,
                CancellationToken.None);
        table!.Columns.Select(column => (column.Type, column.Travels))
            .ShouldBe(rows.Columns.Select(column => (column.Type, column.Travels)), "a table is described as it is read");
    }

    [Fact]
    public async Task Columns_without_a_name_or_with_the_same_one_are_told_apart()
    {
        var database = await Databases.EmptyAsync();

        var rows = await database.ReadAsync("SELECT 1 AS a, ARRAY[2] AS a, '10.0.0.3'::inet, interval '4 s'");

        rows.Columns.Select(column => column.Name).ShouldBe(["a", "a", "inet", "interval"]);
        rows.Texts(0).ShouldBe(["1", "[2]", "10.0.0.3", "00:00:04"], "each its own value");
    }

    [Fact]
    public async Task A_text_of_five_megabytes_arrives_whole()
    {
        var database = await Databases.EmptyAsync();

        var rows = await database.ReadAsync("SELECT i, repeat('é', 2500000) || i, i FROM generate_series(1, 3) AS i");

        rows.Rows.Count.ShouldBe(3);
        rows.Rows[2][1]!.Value.Text.ShouldBe(new string('é', 2_500_000) + "3");
        rows.Rows[2][2]!.Value.Integer.ShouldBe(3);
    }
}
