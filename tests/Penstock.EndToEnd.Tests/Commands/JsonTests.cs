using System.Text.Json;
using Penstock.Cli.Output;
using Penstock.Engine.Runs;
using Penstock.Testing;

namespace Penstock.EndToEnd.Tests.Commands;

public sealed class JsonTests
{
    private static readonly string[] OfRun = ["id", "model", "records", "groups", "row_problems", "seconds", "destinations"];

    private static readonly string[] OfDestination =
        ["destination", "created", "updated", "removed", "unchanged", "delivered", "skipped", "refused", "failed", "calls", "seconds"];

    [Fact]
    public void A_run_has_exactly_the_members_that_scripts_depend_on()
    {
        var json = Parse(JsonOutput.Write(RunJson.Runs([A.Run()])));

        Ran.Members(json).ShouldBe(["runs"]);
        var run = json.GetProperty("runs")[0];
        Ran.Members(run).ShouldBe(OfRun);
        Ran.Members(run.GetProperty("destinations")[0]).ShouldBe(OfDestination);
        run.GetProperty("id").GetString().ShouldBe("12");
        run.GetProperty("groups").GetProperty("high_value_automotive").GetInt64().ShouldBe(13);
        run.GetProperty("row_problems").GetInt64().ShouldBe(4);
        run.GetProperty("seconds").GetDouble().ShouldBe(2.346);
    }

    [Fact]
    public void A_plan_has_the_same_members_with_planned_numbers_and_what_makes_them_up()
    {
        var json = Parse(JsonOutput.Write(RunJson.Plans([A.Run() with { Id = null }])));

        var run = json.GetProperty("runs")[0];
        Ran.Members(run).ShouldBe(OfRun);
        run.GetProperty("id").ValueKind.ShouldBe(JsonValueKind.Null);
        var planned = run.GetProperty("destinations")[0];
        Ran.Members(planned).ShouldBe([.. OfDestination, "data_points", "seconds_at_limits", "fields", "samples", "guards", "skips"]);
        planned.GetProperty("created").GetInt64().ShouldBe(2);
        planned.GetProperty("updated").GetInt64().ShouldBe(1_023);
        planned.GetProperty("refused").GetInt64().ShouldBe(7);
        planned.GetProperty("data_points").GetInt64().ShouldBe(2_046);
    }

    [Fact]
    public void The_json_of_a_plan_is_as_documented() =>
        Golden.Match(JsonOutput.Write(RunJson.Plans([A.Run() with { Id = null }])), "plan.json");

    [Fact]
    public void A_run_that_did_not_go_through_has_the_error_beside_what_it_did()
    {
        var failed = A.Run() with { Status = RunStatus.Failed, Problem = new("source.unknown_table", "The table users is gone.", "Look.") };

        var json = Parse(JsonOutput.Write(RunJson.Runs([failed])));

        Ran.Members(json).ShouldBe(["runs", "error"]);
        json.GetProperty("error").GetProperty("code").GetString().ShouldBe("source.unknown_table");
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
