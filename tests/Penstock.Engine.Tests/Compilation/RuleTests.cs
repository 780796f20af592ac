using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;
using Penstock.Engine.Tests.Building;
using Penstock.Testing;
using static Penstock.Engine.Tests.Building.AModel;

namespace Penstock.Engine.Tests.Compilation;

public sealed class RuleTests
{
    private static readonly Dictionary<string, DataType> Columns = new()
    {
        ["s"] = DataKind.String,
        ["n"] = DataKind.Integer,
        ["day"] = DataKind.Date,
        ["at"] = DataKind.Timestamp,
        ["tags"] = new(DataKind.String, IsArray: true),
    };

    [Theory]
    // The clocks of São Paulo went from 0:00 to 1:00 on 2018-11-04: the day began at 3:00 UTC.
    [InlineData("America/Sao_Paulo", "2018-11-05T03:00:00Z", 1, RelativeUnit.Days, "2018-11-04T03:00:00Z")]
    [InlineData("America/Sao_Paulo", "2018-11-05T02:00:00Z", 1, RelativeUnit.Days, "2018-11-04T03:00:00Z")]
    [InlineData("America/Sao_Paulo", "2018-11-05T12:00:00Z", 2, RelativeUnit.Days, "2018-11-03T13:00:00Z")]
    // Berlin's 2026-03-29 has no 2:30, and its 2026-10-25 has it twice.
    [InlineData("Europe/Berlin", "2026-03-30T00:30:00Z", 1, RelativeUnit.Days, "2026-03-29T01:00:00Z")]
    [InlineData("Europe/Berlin", "2026-10-26T01:30:00Z", 1, RelativeUnit.Days, "2026-10-25T00:30:00Z")]
    [InlineData("Europe/Berlin", "2026-03-30T00:30:00Z", 24, RelativeUnit.Hours, "2026-03-29T00:30:00Z")]
    // A shorter month's last day stands for those that it lacks; half past midnight in Kathmandu is 18:45 in UTC.
    [InlineData("UTC", "2026-03-31T10:00:00Z", 1, RelativeUnit.Months, "2026-02-28T10:00:00Z")]
    [InlineData("UTC", "2024-02-29T10:00:00Z", 1, RelativeUnit.Years, "2023-02-28T10:00:00Z")]
    [InlineData("Asia/Kathmandu", "2026-05-31T18:45:00Z", 1, RelativeUnit.Quarters, "2026-02-28T18:45:00Z")]
    [InlineData("UTC", "2026-03-31T10:00:00Z", int.MaxValue, RelativeUnit.Years, "0001-01-01T00:00:00Z")]
    [InlineData("Asia/Kathmandu", "2026-03-31T10:00:00Z", int.MaxValue, RelativeUnit.Minutes, "0001-01-01T00:00:00Z")]
    public void Days_and_longer_are_counted_on_the_calendar_of_the_zone(
        string zone, string now, int number, RelativeUnit unit, string expected)
    {
        var calendar = new LocalCalendar(TimeZoneInfo.FindSystemTimeZoneById(zone), DateTimeOffset.Parse(now));

        var away = calendar.Away(new RelativeSpan(number, unit), -1);

        if (number == int.MaxValue)
            away.ShouldBeLessThan(new DateTime(1, 1, 2));
        else
            Value.Of(away).ToString().ShouldBe(expected);
    }

    [Fact]
    public async Task A_bare_day_means_that_day_to_equals_and_its_midnight_in_the_zone_to_the_others()
    {
        var moments = new[] { "2026-01-31 02:59:59", "2026-01-31 03:00:00", "2026-02-01 02:59:59.999999", "2026-02-01 03:00:00" };
        var day = Value.Of("2026-01-31");

        (await MembersAsync("at", moments, Rule("at", RuleOperator.Equals, day))).ShouldBe([1, 2]);
        (await MembersAsync("at", moments, Rule("at", RuleOperator.NotEquals, day))).ShouldBe([0, 3]);
        (await MembersAsync("at", moments, Rule("at", RuleOperator.In, day, Value.Of("2026-02-01")))).ShouldBe([1, 2, 3]);
        (await MembersAsync("at", moments, Rule("at", RuleOperator.GreaterThan, day))).ShouldBe([2, 3]);
        (await MembersAsync("at", moments, Rule("at", RuleOperator.AtMost, day))).ShouldBe([0, 1]);
        (await MembersAsync("at", moments, Rule("at", RuleOperator.Between, Value.Of("2026-01-01"), day))).ShouldBe([0, 1, 2]);
        (await MembersAsync("at", moments, Rule("at", RuleOperator.Equals, Value.Of("2026-01-31T00:00")))).ShouldBe([1]);
        (await MembersAsync("at", moments, Rule("at", RuleOperator.AtLeast, Value.Of("2026-02-01T00:00:00-03:00")))).ShouldBe([3]);
    }

    [Fact]
    public async Task A_negative_operator_on_an_array_holds_when_no_element_matches_and_so_for_none_at_all()
    {
        var tags = new[] { "[a,b]", "[b]", "[]", null };

        (await MembersAsync("tags", tags, Rule("tags", RuleOperator.Equals, Value.Of("a")))).ShouldBe([0]);
        (await MembersAsync("tags", tags, Rule("tags", RuleOperator.NotEquals, Value.Of("a")))).ShouldBe([1, 2, 3]);
        (await MembersAsync("tags", tags, Rule("tags", RuleOperator.NotLike, Value.Of("b%")))).ShouldBe([2, 3]);
        (await MembersAsync("tags", tags, Rule("tags", RuleOperator.IsEmpty))).ShouldBe([2, 3]);
        (await MembersAsync("tags", tags, Rule("tags", RuleOperator.Exists))).ShouldBe([0, 1]);
    }

    [Fact]
    public async Task Null_satisfies_nothing_but_not_exists_and_is_empty()
    {
        var texts = new[] { null, "", "a" };

        foreach (var comparison in Enum.GetValues<RuleOperator>().Where(comparison =>
                     comparison is not (RuleOperator.NotExists or RuleOperator.IsEmpty or RuleOperator.Between)
                     and not (RuleOperator.Within or RuleOperator.OlderThan or RuleOperator.WithinNext or RuleOperator.LaterThan)))
            (await MembersAsync("s", texts, Rule("s", comparison, Value.Of("a")))).ShouldNotContain(0, comparison.ToString());
        (await MembersAsync("s", texts, Rule("s", RuleOperator.NotExists))).ShouldBe([0]);
        (await MembersAsync("s", texts, Rule("s", RuleOperator.IsEmpty))).ShouldBe([0, 1]);
        (await MembersAsync("s", texts, Rule("s", RuleOperator.NotIn))).ShouldBe([1, 2]);
        (await MembersAsync("s", texts, None(Rule("s", RuleOperator.Equals, Value.Of("a"))))).ShouldBe([0, 1]);
    }

    [Fact]
    public async Task Data_in_rules_stays_data()
    {
        var texts = new[] { "'; DROP TABLE records; --", "x", "\\" };

        (await MembersAsync("s", texts, Rule("s", RuleOperator.Equals, Value.Of(texts[0])))).ShouldBe([0]);
        (await MembersAsync("s", texts, Rule("s", RuleOperator.Like, Value.Of("%'; DROP%")))).ShouldBe([0]);
        (await MembersAsync("s", texts, Rule("s", RuleOperator.Like, Value.Of("\\")))).ShouldBe([2]);
    }

    [Fact]
    public async Task A_whole_number_is_compared_with_a_fraction_exactly()
    {
        var numbers = new[] { "1", "2", "9223372036854775807" };

        (await MembersAsync("n", numbers, Rule("n", RuleOperator.GreaterThan, Value.Of(1.5m)))).ShouldBe([1, 2]);
        (await MembersAsync("n", numbers, Rule("n", RuleOperator.Equals, Value.Of(1.5m)))).ShouldBe([]);
        (await MembersAsync("n", numbers, Rule("n", RuleOperator.LessThan, Value.Of("9223372036854775808")))).ShouldBe([0, 1, 2]);
    }

    [Theory]
    [InlineData("n", RuleOperator.Equals, "many", "rule.value",
        "equals: many can't be compared with n, which is of type integer. Write a number such as 100.")]
    [InlineData("at", RuleOperator.LessThan, "soon", "rule.value",
        "less_than: soon can't be compared with at, which is of type timestamp. "
        + "Write a day such as 2026-01-31, or a time such as 2026-01-31T10:00:00Z.")]
    [InlineData("n", RuleOperator.Contains, "1", "rule.operator", "contains does not fit n, which is of type integer.")]
    [InlineData("s", RuleOperator.Matches, "(", "rule.invalid_pattern",
        "The regular expression ( can't be read: Invalid Input Error: missing ): (")]
    [InlineData("nothing", RuleOperator.Equals, "1", "rule.unknown_property",
        "The rule names nothing, which is not a property of the model.")]
    [InlineData("s", RuleOperator.Between, "1", "rule.value", "between takes two values, and has 1.")]
    public void What_does_not_fit_is_said_with_its_place(
        string property, RuleOperator comparison, string value, string code, string message)
    {
        var rule = Rule(property, comparison, Value.Of(value)) with { Position = new Position("models/x.yaml", 7, "models.x.groups.g") };

        var problem = Should.Throw<PenstockException>(() => Things(Columns, [], new Group("g", All(rule))).Compile()).Problem;

        problem.Code.ShouldBe(code);
        problem.Message.ShouldBe(message);
        problem.Line.ShouldBe(7);
    }

    [Fact]
    public async Task Every_operator_is_written_in_a_way_that_can_be_read_and_runs()
    {
        var groups = new List<Group>();
        foreach (var comparison in Enum.GetValues<RuleOperator>())
        {
            var isRelative = comparison
                is RuleOperator.Within or RuleOperator.OlderThan or RuleOperator.WithinNext or RuleOperator.LaterThan;
            var values = comparison switch
            {
                RuleOperator.Between => new[] { Value.Of("2026-01-01"), Value.Of("2026-01-31") },
                RuleOperator.In or RuleOperator.NotIn => [Value.Of("2026-01-01"), Value.Of("2026-01-31T12:00:00Z")],
                _ when isRelative || comparison.ToString().EndsWith("xists", StringComparison.Ordinal)
                    || comparison.ToString().EndsWith("mpty", StringComparison.Ordinal) => [],
                _ => [Value.Of("2026-01-31")],
            };
            foreach (var (property, type) in Columns)
            {
                var rule = Rule(property, comparison, values) with { Span = isRelative ? new RelativeSpan(60, RelativeUnit.Days) : null };
                if (property != "n" && (type.Kind == DataKind.String ? !isRelative : !IsTextual(comparison)))
                    groups.Add(new Group($"{property}_{comparison}", All(rule)));
            }
        }

        var compiled = Things(Columns, [], [.. groups]).Compile("2026-11-24T10:00:00Z", "America/Sao_Paulo");
        var statement = ShopTests.Readable(compiled.Build());
        Golden.Match(statement, "every-operator.sql");
        await using var workspace = TestWorkspace.Open();
        await CreateAsync(workspace, "s", ["a"]);
        (await workspace.BuildAsync(compiled)).Records.ShouldBe(1);
    }

    private static bool IsTextual(RuleOperator comparison) => comparison is RuleOperator.Contains or RuleOperator.NotContains
        or RuleOperator.StartsWith or RuleOperator.EndsWith or RuleOperator.Like or RuleOperator.NotLike or RuleOperator.Ilike
        or RuleOperator.NotIlike or RuleOperator.Matches or RuleOperator.NotMatches;

    private static async Task<IReadOnlyList<int>> MembersAsync(string column, IReadOnlyList<string?> values, Rule rule)
    {
        var compiled = Things(Columns, [], new Group("g", All(rule))).Compile("2026-11-24T10:00:00Z", "America/Sao_Paulo");
        await using var workspace = TestWorkspace.Open();
        await CreateAsync(workspace, column, values);
        await workspace.BuildAsync(compiled);
        var members = await workspace.RecordsAsync(compiled, new RecordFilter { Group = "g" });
        return [.. members.Select(record => int.Parse(record.Key))];
    }

    private static async Task CreateAsync(TestWorkspace workspace, string column, IReadOnlyList<string?> values)
    {
        await workspace.RunAsync("""CREATE TABLE things (id BIGINT, s VARCHAR, n BIGINT, day DATE, "at" TIMESTAMP, tags VARCHAR[])""");
        foreach (var (value, id) in values.Select((value, id) => (value, id)))
        {
            var name = new Identifier(column);
            await workspace.Connection.ExecuteAsync(
                Sql.Of($"INSERT INTO things (id, {name}) SELECT {(long)id}, CAST({Value.Of(value)} AS {Layout.Type(Columns[column])})"),
                CancellationToken.None);
        }
    }
}
