using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Penstock.Control.Users;

namespace Penstock.Server.Tests.Api;

public sealed partial class GuideTests(ShopServer shop) : IClassFixture<ShopServer>
{
    [Fact]
    public async Task The_commands_of_the_guide_work()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "curl is not installed: apt-get install curl.");
        var commands = Block().Matches(await File.ReadAllTextAsync(Guide())).Select(match => match.Groups[1].Value)
            .Where(block => !block.StartsWith("export", StringComparison.Ordinal)).ToList();
        commands.Count.ShouldBe(4);
        foreach (var command in commands)
        {
            var (code, output) = await ShellAsync(command);
            code.ShouldBe(0, command + "\n" + output);
        }
    }

    private async Task<(int Code, string Output)> ShellAsync(string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PENSTOCK_URL"] = shop.Address.ToString().TrimEnd('/'), ["PENSTOCK_KEY"] = shop.Key(Role.Publisher) },
        };
        using var process = Process.Start(start).ShouldNotBeNull();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private static string Guide([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here) ?? "", "../../../docs/guide/api.md");

    [GeneratedRegex("(?s)```sh\n(.*?)```")]
    private static partial Regex Block();
}
