using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Refreshing;
using Penstock.Engine.Tests.Workspace;

namespace Penstock.Engine.Tests.Refreshing;

public sealed class CoercionTableTests
{
    [Fact]
    public async Task Every_line_of_the_documented_table_is_true_of_the_stage()
    {
        using var folder = new TemporaryFolder();
        await using var workspace = await Workspaces.OpenAsync(folder);
        var connection = workspace.Connection;
        var wrong = new List<string>();
        var number = 0;
        foreach (var example in CoercionTable.Examples)
        {
            number++;
            var source = FakeSource.OfRows(
                [new Column("k", DataKind.Integer, Transport.Integer, "int"), new Column("v", example.Type, example.Travels, "any")],
                row =>
                {
                    row.Write(number);
                    example.Write(row);
                });
            var result = await new SourceRefresher(TimeProvider.System).RefreshAsync(
                connection,
                source.Open(),
                Staged.Source("t", Staged.Key(), new("v", example.Type, "v")),
                CoercionTable.Rules,
                null,
                TestContext.Current.CancellationToken);

            var expected = Expected(example);
            var holds = await connection.ScalarAsync<bool>(
                Sql.Of($"SELECT v IS NOT DISTINCT FROM {expected} FROM stage_t"), TestContext.Current.CancellationToken);
            var reason = result.Problems.SingleOrDefault()?.Reason;
            if (!holds || reason != example.Reason)
            {
                var got =
                    await connection.ScalarAsync<string>(Sql.Of($"SELECT CAST(v AS VARCHAR) FROM stage_t"),
                        TestContext.Current.CancellationToken);
                wrong.Add($"{example.Type} from {example.Given}: {got} ({reason}), not {example.Becomes} ({example.Reason})");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_line_is_true_of_single_values_as_well()
    {
        var wrong = new List<string>();
        foreach (var example in CoercionTable.Examples.Where(example => example.Travels != Transport.LocalTimestamp))
        {
            var given = new OneValue(example.Travels);
            example.Write(given);
            if (given.Value is not { } value)
                continue; // bytes that are no text have no Value
            var coerced = Coercion.Convert(value, example.Type, CoercionTable.Rules);
            if ((coerced.Value.IsNull ? null : coerced.Value.ToString()) != example.Becomes || coerced.Reason != example.Reason)
                wrong.Add($"{example.Type} from {example.Given}: {coerced}, not {example.Becomes} ({example.Reason})");
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void The_page_shows_every_type_and_line()
    {
        var page = CoercionTable.Markdown();
        foreach (var word in DataType.Words.Keys)
            page.ShouldContain($"## {word}\n");
        page.ShouldContain("## arrays\n");
        page.ShouldContain("| double NaN | null, problem *not a number* |");
        page.Split('\n').Count(line => line.StartsWith("| ", StringComparison.Ordinal)).ShouldBeGreaterThan(CoercionTable.Examples.Count);
    }

    [Fact]
    public void An_empty_text_is_a_value_where_the_source_says_so()
    {
        var rules = CoercionTable.Rules with { EmptyIsNull = false };
        Coercion.Convert(Value.Of(""), DataKind.String, rules).ShouldBe(new Coerced(Value.Of(""), null));
        Coercion.Convert(Value.Of(""), DataKind.Integer, rules).Reason.ShouldBe("not a whole number");
        Coercion.Convert(Value.OfJson("[\"\"]"), new DataType(DataKind.String, true), rules).Value.ShouldBe(Value.OfJson("[\"\"]"));
    }

    [Fact]
    public void Without_a_default_country_a_phone_number_needs_its_code()
    {
        Coercion.Convert(Value.Of("212 736 5000"), DataKind.Phone, new CoercionRules())
            .Reason.ShouldBe("phone number without a country code");
        Coercion.Convert(Value.Of("+1 212 736 5000"), DataKind.Phone, new CoercionRules()).Value.ShouldBe(Value.Of("+12127365000"));
    }

    private static Sql Expected(CoercionExample example)
    {
        if (example.Becomes is not { } text)
            return Sql.Of($"NULL");
        var type = Layout.Type(example.Type);
        return example.Type.IsArray
            ? Sql.Of($"CAST(CAST({Value.Of(text)} AS JSON) AS {type})")
            : Sql.Of($"CAST({Value.Of(text)} AS {type})");
    }

    private sealed class OneValue(Transport travels) : IRowWriter
    {
        public Value? Value { get; private set; }

        public Task BeginAsync(IReadOnlyList<Column> columns, CancellationToken cancellationToken) => Task.CompletedTask;

        public void WriteNull() => Value = Contract.Value.Null;

        public void Write(bool value) => Value = Contract.Value.Of(value);

        public void Write(long value) => Value = Contract.Value.Of(value);

        public void Write(decimal value) => Value = Contract.Value.Of(value);

        public void Write(double value) => Value = Contract.Value.Of(value);

        public void Write(DateOnly value) => Value = Contract.Value.Of(value);

        public void Write(DateTime value) => Value = Contract.Value.Of(value);

        public void Write(string value) => Value = travels == Transport.Json ? Contract.Value.OfJson(value) : Contract.Value.Of(value);

        public void WriteUtf8(ReadOnlySpan<byte> value)
        {
        }

        public void WriteProblem(string reason, string sample)
        {
        }

        public ValueTask EndRowAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
