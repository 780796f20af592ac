using System.Text.Json;

namespace Penstock.EndToEnd.Tests.Commands;

public sealed class ValidateTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_json_has_exactly_the_members_that_scripts_depend_on()
    {
        _cli.Write("penstock.yaml", "project: P\ntime_zoon: UTC\n");

        var ran = await _cli.RunAsync("validate", "--json");

        ran.Code.ShouldBe(1);
        ran.Error.ShouldBeEmpty();
        Ran.Members(ran.Json()).ShouldBe(["problems"]);
        var problem = ran.Json().GetProperty("problems")[0];
        Ran.Members(problem).ShouldBe(["severity", "code", "file", "line", "path", "message", "help"]);
        problem.GetProperty("severity").GetString().ShouldBe("error");
        problem.GetProperty("file").GetString().ShouldBe("penstock.yaml");
        problem.GetProperty("line").GetInt32().ShouldBe(2);
        problem.GetProperty("help").GetString().ShouldNotBeNull().ShouldContain("time_zone");
    }

    [Fact]
    public async Task A_valid_project_has_no_problems()
    {
        _cli.Write("penstock.yaml", "project: P");

        var ran = await _cli.RunAsync("validate", "--json");

        ran.Code.ShouldBe(0);
        ran.Json().GetProperty("problems").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("run", "nobody")]
    [InlineData("plan", "nobody")]
    [InlineData("preview", "nobody")]
    [InlineData("test", "nobody")]
    [InlineData("describe", "nobody")]
    [InlineData("failures", "nobody")]
    [InlineData("retry", "nobody")]
    [InlineData("explain", "nobody", "1")]
    [InlineData("connectors", "nobody")]
    [InlineData("simulate", "nobody")]
    public async Task An_unknown_name_is_exit_code_1(params string[] args)
    {
        _cli.Write("penstock.yaml", "project: P");

        var ran = await _cli.RunAsync(args);

        ran.Code.ShouldBe(1);
        ran.Error.ShouldMatch("nobody|no model");
    }

    [Fact]
    public async Task Every_problem_is_shown_by_a_command_that_needs_the_project()
    {
        _cli.Write("penstock.yaml", "project: P\ntime_zoon: UTC\nignor: []\n");

        var ran = await _cli.RunAsync("run");

        ran.Code.ShouldBe(1);
        ran.Output.ShouldBeEmpty();
        ran.Error.ShouldContain("time_zoon");
        ran.Error.ShouldContain("penstock.yaml:3");
    }
}
