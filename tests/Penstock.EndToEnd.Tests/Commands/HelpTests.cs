using System.CommandLine;
using Penstock.Cli.Commands;
using Penstock.Cli.Wiring;

namespace Penstock.EndToEnd.Tests.Commands;

public sealed class HelpTests : IDisposable
{
    private readonly Cli _cli = new();

    public static TheoryData<string> Commands =>
        new(Root().Subcommands.Select(command => command.Name));

    public void Dispose() => _cli.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task The_help_of_every_command_shows_an_example(string command)
    {
        var ran = await _cli.RunAsync(command, "--help");

        ran.Code.ShouldBe(0);
        ran.Error.ShouldBeEmpty();
        ran.Output.ShouldContain("Example");
        ran.Output.ShouldContain($"penstock {command}");
    }

    [Fact]
    public void The_commands_are_those_of_the_papers()
    {
        Root().Subcommands.Where(command => !command.Hidden).Select(command => command.Name).ShouldBe(
        [
            "init", "demo", "validate", "schema", "connectors", "test", "describe", "preview", "plan", "run", "runs", "failures", "retry",
            "explain", "apply", "pull", "secret", "serve", "simulate", "completion",
        ]);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Commands_about_a_project_take_the_same_options(string name)
    {
        var command = Root().Subcommands.Single(command => command.Name == name);
        if (name is "init" or "demo" or "simulate" or "completion" or "docs")
            return;

        var options = command.Options.SelectMany(option => option.Aliases.Append(option.Name)).ToList();
        options.ShouldContain("--project");
        options.ShouldContain("-p");
        options.ShouldContain("--workspace");
        options.ShouldContain("--json");
    }

    [Fact]
    public async Task Every_example_is_understood()
    {
        foreach (var command in Root().Subcommands.OfType<PenstockCommand>())
        {
            foreach (var line in command.Examples.Select(Line).Where(line => line.StartsWith("penstock ", StringComparison.Ordinal)))
                Root().Parse(line["penstock ".Length..]).Errors.ShouldBeEmpty(line);
        }

        await Task.CompletedTask;
    }

    [Fact]
    public async Task No_command_at_all_shows_the_help_as_talk()
    {
        var ran = await _cli.RunAsync();

        ran.Code.ShouldBe(1);
        ran.Output.ShouldBeEmpty();
        ran.Error.ShouldContain("Usage:");
    }

    // The first command of an example, without its remark.
    private static string Line(string example) =>
        example.Split(" #")[0].Split(" | ")[0].Split(" && ")[0].Split(" > ")[0].Split(" < ")[0].Trim();

    private static RootCommand Root() => Penstock.Cli.Commands.Root.Create(
        new Surroundings
        {
            Output = TextWriter.Null,
            Error = TextWriter.Null,
            Environment = new Dictionary<string, string>(),
            Folder = "/"
        });
}
