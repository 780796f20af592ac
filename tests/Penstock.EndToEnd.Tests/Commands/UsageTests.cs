namespace Penstock.EndToEnd.Tests.Commands;

public sealed class UsageTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("rum", "Did you mean 'run'?")]
    [InlineData("validat", "Did you mean 'validate'?")]
    public async Task A_mistyped_command_is_told_with_the_one_meant(string command, string help)
    {
        var ran = await _cli.RunAsync(command);

        ran.Code.ShouldBe(1);
        ran.Output.ShouldBeEmpty();
        ran.Error.ShouldContain(help);
    }

    [Theory]
    [InlineData("run", "--aprove-removals")]
    [InlineData("plan", "-x")]
    [InlineData("explain", "braze_users")]
    [InlineData("preview")]
    [InlineData("preview", "users", "--limit", "-1")]
    [InlineData("preview", "users", "--limit", "many")]
    [InlineData("completion", "tcsh")]
    [InlineData("simulate", "braze", "--port", "x")]
    public async Task A_wrong_command_line_is_exit_code_1_and_no_stack_trace(params string[] args)
    {
        var ran = await _cli.RunAsync(args);

        ran.Code.ShouldBe(1);
        ran.Output.ShouldBeEmpty();
        ran.Error.ShouldContain("error");
        ran.Error.ShouldContain($"penstock {args[0]} --help");
        ran.Error.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("run", "--json", "--aprove-removals")]
    [InlineData("run", "--json", "-p", "nowhere")]
    [InlineData("runs", "17", "--json")]
    [InlineData("nonsense", "--json")]
    public async Task With_json_an_error_is_json_on_standard_output(params string[] args)
    {
        var ran = await _cli.RunAsync(args);

        ran.Code.ShouldBe(1);
        ran.Error.ShouldBeEmpty();
        Ran.Members(ran.Json()).ShouldBe(["error"]);
        Ran.Members(ran.Json().GetProperty("error")).ShouldBe(["code", "message", "help"]);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told()
    {
        var ran = await _cli.RunAsync("validate", "-p", "nowhere");

        ran.Code.ShouldBe(1);
        ran.Error.ShouldContain(Path.Combine(_cli.Folder, "nowhere"));
    }

    [Fact]
    public async Task Looking_at_runs_leaves_nothing_behind()
    {
        var ran = await _cli.RunAsync("runs");

        ran.Code.ShouldBe(0);
        ran.Error.ShouldContain("No run yet");
        Directory.EnumerateFileSystemEntries(_cli.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_in_the_place_of_the_workspace_is_told()
    {
        _cli.Write("penstock.yaml", "project: P").Write("taken", "");

        var ran = await _cli.RunAsync("runs", "--workspace", "taken/deeper");

        ran.Code.ShouldBe(0);
    }
}
