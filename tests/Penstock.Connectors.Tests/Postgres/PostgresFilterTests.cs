using Penstock.Contract;
using Penstock.Testing;
using Penstock.Testing.Servers;

namespace Penstock.Connectors.Tests.Postgres;

public sealed class PostgresFilterTests
{
    [Theory]
    [InlineData("'2024-01-31'::date", "2024-01-31")]
    [InlineData("'2024-01-31 10:00+00'::timestamptz", "2024-01-31T10:00:00Z")]
    [InlineData("'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid", "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11")]
    [InlineData("12.50::numeric", "12.5")]
    [InlineData("7::int2", "7")]
    [InlineData("true", "yes")]
    [InlineData("'10.0.0.1'::inet", "10.0.0.1")]
    [InlineData("'it''s \\ \"'::text", "it's \\ \"")]
    public async Task A_value_given_as_text_is_compared_in_the_columns_type(string column, string text)
    {
        var database = await Databases.EmptyAsync();

        (await CountAsync(database, column, FilterOperator.Equal, Value.Of(text))).ShouldBe(1);
        (await CountAsync(database, column, FilterOperator.In, Value.Of(text))).ShouldBe(1);
        (await CountAsync(database, column, FilterOperator.NotEqual, Value.Of(text))).ShouldBe(0);
    }

    [Fact]
    public async Task An_integer_is_compared_with_text_and_numbers_alike()
    {
        var database = await Databases.EmptyAsync();

        (await CountAsync(database, "'94110'::text", FilterOperator.Equal, Value.Of(94110))).ShouldBe(1);
        (await CountAsync(database, "94110.0::float8", FilterOperator.Equal, Value.Of(94110))).ShouldBe(1);
        (await CountAsync(database, "5::int4", FilterOperator.LessThan, Value.Of(long.MaxValue))).ShouldBe(1);
        (await CountAsync(database, "5::int4", FilterOperator.GreaterThan, Value.Of(long.MinValue))).ShouldBe(1);
    }

    [Fact]
    public async Task A_time_is_compared_with_a_date_without_losing_the_time_of_day()
    {
        var database = await Databases.EmptyAsync();
        var noon = Value.Of(new DateTime(2024, 1, 31, 12, 0, 0, DateTimeKind.Utc));

        (await CountAsync(database, "'2024-01-31'::date", FilterOperator.AtLeast, noon)).ShouldBe(0);
        (await CountAsync(database, "'2024-01-31 12:00'::timestamp", FilterOperator.AtLeast, noon)).ShouldBe(1);
    }

    [Theory]
    [InlineData("'100%'::text", "0%", 1)]
    [InlineData("'1000'::text", "0%", 0)]
    [InlineData("'Ab'::varchar", "ab", 0)]
    [InlineData("'a😀b'::text", "😀", 1)]
    [InlineData("1234", "23", 1)]
    public async Task Contains_looks_for_exactly_that_text(string column, string text, int rows)
    {
        var database = await Databases.EmptyAsync();

        (await CountAsync(database, column, FilterOperator.Contains, Value.Of(text))).ShouldBe(rows);
        (await CountAsync(database, column, FilterOperator.NotContains, Value.Of(text))).ShouldBe(1 - rows);
    }

    // Not a theory: an attribute can't hold half a character.
    [Fact]
    public void What_no_literal_can_hold_is_refused()
    {
        foreach (var (text, named) in new[] { ("a\0b", "NUL"), ("a\ud83d", "surrogate"), ("\ude00\ud83d", "surrogate") })
        {
            var error = Should.Throw<SourceException>(() => Sql.Of($"SELECT {Value.Of(text)}").Render(PostgresApps.Connector.Dialect));

            error.Problem.Message.ShouldContain(named);
            Should.Throw<SourceException>(() => Sql.Of($"SELECT {new Identifier(text)}").Render(PostgresApps.Connector.Dialect));
        }
    }

    [Fact]
    public async Task A_value_the_columns_type_can_not_read_says_so()
    {
        var database = await Databases.EmptyAsync();

        var error =
            await Should.ThrowAsync<SourceException>(CountAsync(database, "'2024-01-31'::date", FilterOperator.Equal, Value.Of("soon")));

        error.Problem.Message.ShouldContain("soon");
    }

    private static async Task<int> CountAsync(PostgresDatabase database, string column, FilterOperator comparison, Value value)
    {
        var selection = new SourceSelection
        {
            Query = $"SELECT 1 AS id, {column} AS v",
            Keys = [new SelectedColumn { Name = "id", Column = "id" }],
            Columns = [],
            Filters = [new SourceFilter("v", comparison, [value])],
        };
        var rows = new RowCollector();
        await PostgresApps.Connector.ReadAsync(
            database.App(), new SourceQuery(PostgresApps.Connector.Dialect.Select(selection)) { Selection = selection }, rows,
            NoHttp.Instance, CancellationToken.None);
        return rows.Rows.Count;
    }
}
