using System.Text.RegularExpressions;
using Penstock.EndToEnd.Tests.Repository;

namespace Penstock.EndToEnd.Tests.Commands;

/// <summary>The commands of docs/guide/configuration-in-git.md, run as they are written there.</summary>
public sealed partial class GitGuideTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_commands_of_the_guide_work_as_written()
    {
        (await _cli.RunAsync("init", ".")).Code.ShouldBe(0);
        var page = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "docs/guide/configuration-in-git.md"));
        var lines = Block().Matches(page).Where(block => block.Groups["kind"].Length == 0)
            .SelectMany(block => block.Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .ToList();

        lines.Count.ShouldBe(6);
        foreach (var line in lines)
        {
            var command = line.Split(" < ");
            var args = Word().Matches(command[0]).Select(word => word.Value.Trim('"')).Skip(1).ToArray();
            var ran = await _cli.RunAsync(
                surroundings => command.Length == 1 ? surroundings : surroundings with { Input = new StringReader("the key\n") }, args);
            ran.Code.ShouldBe(0, $"{line}\n{ran.Output}{ran.Error}");
        }
    }

    [GeneratedRegex("^```(?<kind>\\w*)\n(?<lines>.*?)^```",
        RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Word();
}
