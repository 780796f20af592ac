using System.Globalization;
using System.Text.Json;
using CsCheck;
using Penstock.Contract;
using Penstock.Engine.Building;
using Penstock.Engine.Compilation;
using Penstock.Engine.Tests.Building;
using Penstock.Testing;

namespace Penstock.Engine.Tests.Compilation;

public sealed class NaiveModelTests
{
    [Fact]
    public async Task Compiled_SQL_comes_to_what_the_naive_model_comes_to()
    {
        var iterations = int.Parse(Environment.GetEnvironmentVariable("PENSTOCK_ITER") ?? "60", CultureInfo.InvariantCulture);
        await Gen.UInt.SampleAsync(CompareAsync, iter: iterations, threads: 2);
    }

    // Numbers of cases that once failed.
    [Theory]
    [InlineData(1u)] // the key of several columns
    [InlineData(8u)] // DuckDB lifted a cast that two expressions share out of TRY
    [InlineData(1436246u)] // a mean of large numbers
    public async Task It_still_does_where_it_once_did_not(uint seed) => await CompareAsync(seed);

    private static async Task CompareAsync(uint seed)
    {
        var random = new RandomCase(seed);
        var compiled = ModelCompiler.Compile(random.Resolved, random.Zone, random.AsOf);
        await using var workspace = TestWorkspace.Open();
        await random.CreateTablesAsync(workspace);
        var naive = new NaiveModel(random.Resolved, compiled.Types, random.Expressions, random.Zone, random.AsOf).Build(random.Tables);

        var built = await workspace.BuildAsync(compiled);

        var context = $"case {seed}, {random.Zone.Id} at {random.AsOf:O}\n";
        var records = await workspace.RecordsAsync(compiled);
        records.Select(record => record.Key).ShouldBe(naive.Records.Keys.Order<object?>(NaiveOrder.Instance).Cast<string>(), context);
        built.Records.ShouldBe(naive.Records.Count, context);
        foreach (var record in records)
        {
            var expected = naive.Records[record.Key];
            foreach (var (property, value) in record.Values)
                Text(value).ShouldBe(Text(expected.Values[property]), $"{context}{record.Key}.{property} {Explain(random, property)}");
            foreach (var group in random.Resolved.Model.Groups)
                record.Groups.Contains(group.Id).ShouldBe(
                    expected.Groups.Contains(group.Id),
                    $"{context}{record.Key} in {group.Id}: {group.Rule}\n{ShopTests.Readable(compiled.Build())}");
        }

        foreach (var group in random.Resolved.Model.Groups)
            built.Groups[group.Id].ShouldBe(naive.Records.Values.LongCount(record => record.Groups.Contains(group.Id)), context);
        built.Problems.GroupBy(problem => problem.Reason).ToDictionary(same => same.Key, same => same.Sum(problem => problem.Count))
            .ShouldBe(naive.Problems, ignoreOrder: true, context);
        await ExplainAllAsync(workspace, compiled, records);
    }

    private static async Task ExplainAllAsync(TestWorkspace workspace, CompiledModel compiled, IReadOnlyList<PreviewedRecord> records)
    {
        if (records.Count == 0)
            return;
        foreach (var group in compiled.Model.Groups.Take(2))
        {
            var why = await RuleExplainer.ExplainAsync(workspace.Connection, compiled, group.Id, records[0].Key, CancellationToken.None);
            why.ShouldNotBeNull().Holds.ShouldBe(records[0].Groups.Contains(group.Id));
        }
    }

    private static string Explain(RandomCase random, string property) =>
        random.Resolved.Model.Find(property) is { } found ? $"{found.Column} {found.Expression}" : "";

    private static string Text(Value value) => value.Kind == ValueKind.Float ? Rounded(value.Float) : value.Kind == ValueKind.Json
        ? string.Join('|', JsonDocument.Parse(value.Json).RootElement.EnumerateArray().Select(item =>
            item.ValueKind == JsonValueKind.Null ? "null" : item.ToString()))
        : Normal(value.IsNull ? "null" : value.ToString());

    private static string Text(object? value) => value switch
    {
        null => "null",
        List<object?> list => string.Join('|', list.Select(Text)),
        DateTime moment => Value.Of(moment).ToString(),
        DateOnly day => Value.Of(day).ToString(),
        bool boolean => Value.Of(boolean).ToString(),
        double number => Rounded(number),
        IFormattable number => Normal(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => (string)value,
    };

    // The mean of large numbers may differ in its last digit.
    private static string Rounded(double number) => number.ToString("G13", CultureInfo.InvariantCulture);

    private static string Normal(string number) =>
        number.Contains('.', StringComparison.Ordinal) && decimal.TryParse(number, CultureInfo.InvariantCulture, out _)
            ? number.TrimEnd('0').TrimEnd('.')
            : number;
}
