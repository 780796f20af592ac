using CsCheck;
using Penstock.Contract;
using Penstock.Engine.Building;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Engine.Tests.Building;
using Penstock.Engine.Tests.Compilation;
using Penstock.Testing;

namespace Penstock.Engine.Tests.Inspecting;

/// <summary>Rules counted over what is loaded, one by one.</summary>
public sealed class RuleCountTests
{
    [Fact]
    public async Task Each_rule_counts_the_records_that_it_holds_for_in_the_naive_model() =>
        await Gen.UInt.SampleAsync(CompareAsync, iter: 40, threads: 2);

    [Fact]
    public async Task A_half_written_rule_is_a_problem_of_its_own_and_the_others_are_counted()
    {
        await using var workspace = TestWorkspace.Open();
        var (model, loaded) = await ThingsAsync(workspace);
        var rule = AModel.All(
            AModel.Rule("n", RuleOperator.GreaterThan, Value.Of(1)),
            AModel.Rule("n", RuleOperator.Between, Value.Of(1)),
            AModel.Rule("", RuleOperator.Equals),
            AModel.Rule("text", RuleOperator.GreaterThan, Value.Of("a")),
            AModel.Rule("text", RuleOperator.Matches, Value.Of("(")),
            AModel.Rule("added", RuleOperator.Exists),
            new MembershipRule("nobody", IsMember: true),
            AModel.Any());

        var compiled = Rules(model, loaded).Compile(rule);

        compiled.Condition.ShouldBeNull();
        compiled.Problem.ShouldNotBeNull();
        compiled.Parts.Select(part => part.Problem?.Code).ShouldBe(
        [
            null, "rule.value", "rule.unknown_property", "rule.operator", "rule.invalid_pattern", "workspace.not_loaded",
            "rule.unknown_group", null,
        ]);
        compiled.All().Select(part => part.Path).ShouldBe(["", "0", "1", "2", "3", "4", "5", "6", "7"]);
    }

    [Fact]
    public async Task Another_groups_rule_is_taken_as_it_is_edited_and_circles_are_problems()
    {
        await using var workspace = TestWorkspace.Open();
        var (model, loaded) = await ThingsAsync(workspace);
        model = model with
        {
            Groups =
            [
                new Group("big", AModel.Rule("n", RuleOperator.GreaterThan, Value.Of(1))),
                new Group("round", new MembershipRule("again", IsMember: true)),
                new Group("again", new MembershipRule("round", IsMember: false)),
            ],
        };
        var rules = Rules(model, loaded);

        var not = rules.Compile(new MembershipRule("big", IsMember: false));
        var round = rules.OfGroup("round");

        (await CountAsync(workspace, not.Condition!)).ShouldBe(2);
        round.Problem.ShouldNotBeNull().Code.ShouldBe("rule.circle");
    }

    [Fact]
    public async Task A_property_of_another_definition_is_changed_and_of_another_type_missing()
    {
        await using var workspace = TestWorkspace.Open();
        var (model, loaded) = await ThingsAsync(workspace);

        LoadedState StateOf(Property property) => loaded.StateOf(
            model with { Properties = [.. model.Properties.Where(other => other.Id != property.Id), property] }, property);

        StateOf(AModel.Column("n", "things", "n")).ShouldBe(LoadedState.Current);
        StateOf(AModel.Column("n", "things", "other")).ShouldBe(LoadedState.Changed);
        StateOf(AModel.Expression("n", "1 + 1")).ShouldBe(LoadedState.Changed);
        StateOf(AModel.Column("text", "things", "text") with { Type = DataKind.Integer }).ShouldBe(LoadedState.Missing);
        StateOf(AModel.Column("more", "things", "more")).ShouldBe(LoadedState.Missing);
    }

    private static async Task CompareAsync(uint seed)
    {
        var random = new RandomCase(seed);
        var compiled = ModelCompiler.Compile(random.Resolved, random.Zone, random.AsOf);
        await using var workspace = TestWorkspace.Open();
        await random.CreateTablesAsync(workspace);
        var naive = new NaiveModel(random.Resolved, compiled.Types, random.Expressions, random.Zone, random.AsOf).Build(random.Tables);
        await workspace.BuildAsync(compiled);
        var model = random.Resolved.Model;
        var loaded = await LoadedRecords.ReadAsync(workspace.Connection, model, CancellationToken.None);
        var rules = new LoadedRules(model, loaded, new RuleCompiler(loaded.Types(model), new LocalCalendar(random.Zone, random.AsOf)));

        foreach (var group in model.Groups)
        {
            var rule = rules.Compile(group.Rule);
            if (rule.Whole().Any(part => part.Problem is not null))
            {
                // The compiler takes some operators that the configuration, and a rule on the screen, may not use.
                rule.Whole().Where(part => part.Problem is not null).ShouldAllBe(part => part.Problem!.Code == "rule.operator");
                continue;
            }

            var naiveRules = new NaiveRules(model, compiled.Types, new NaiveClock(random.Zone, random.AsOf));
            var all = rule.All().ToList();
            await foreach (var row in workspace.Connection.QueryAsync(LoadedRule.Count(all), CancellationToken.None))
            {
                row.GetInt64(0).ShouldBe(naive.Records.Count);
                foreach (var (index, part) in all.Index())
                {
                    row.GetInt64(index + 1).ShouldBe(
                        naive.Records.Values.LongCount(record => naiveRules.Holds(part.Rule, record.Values)),
                        $"case {seed}, rule {part.Path} of {group.Rule}");
                }
            }
        }
    }

    private static async Task<(Model Model, LoadedRecords Loaded)> ThingsAsync(TestWorkspace workspace)
    {
        await workspace.RunAsync("CREATE TABLE things AS SELECT i AS id, i AS n, 'text' || i AS text FROM range(4) AS r(i)");
        var resolved = AModel.Things(new Dictionary<string, DataType> { ["n"] = DataKind.Integer, ["text"] = DataKind.String });
        await workspace.BuildAsync(resolved.Compile());
        var loaded = await LoadedRecords.ReadAsync(workspace.Connection, resolved.Model, CancellationToken.None);
        var draft = resolved.Model with { Properties = [.. resolved.Model.Properties, AModel.Column("added", "things", "added")] };
        return (draft, loaded);
    }

    private static LoadedRules Rules(Model model, LoadedRecords loaded) =>
        new(model, loaded, new RuleCompiler(loaded.Types(model), new LocalCalendar(TimeZoneInfo.Utc, DateTimeOffset.UnixEpoch)));

    private static Task<long> CountAsync(TestWorkspace workspace, Sql condition) =>
        workspace.Connection.ScalarAsync<long>(Sql.Of($"SELECT count(*) FROM {Layout.Records} WHERE {condition}"), CancellationToken.None);
}
