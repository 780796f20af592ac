using System.Diagnostics;

namespace Penstock.EndToEnd.Tests.Commands;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("va", "validate")]
    [InlineData("run --app", "--approve-removals")]
    [InlineData("completion b", "bash")]
    [InlineData("simulate br", "braze")]
    public async Task Bash_completes_a_command_line(string typed, string completed) =>
        (await CompleteAsync(typed)).ShouldContain(completed);

    [Fact]
    public async Task Ids_of_the_project_are_completed()
    {
        using var cli = new Cli();
        cli.Write("penstock.yaml", "project: P").Write(
            "models/users.yaml",
            """
            model: shoppers
            sources: [ { table: users, app: shop, primary_key: id, properties: { user_id: id } } ]
            """);
        cli.Write("apps.yaml", "apps: { shop: { type: sqlite, file: shop.db } }");

        (await CompleteAsync($"plan -p {cli.Folder} sh")).ShouldContain("shoppers");
    }

    // The script runs in a real bash, which calls the real program.
    private static async Task<string[]> CompleteAsync(string typed)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "penstock");
        var script = $$"""
            export PATH="{{AppContext.BaseDirectory}}:$PATH"
            source <("{{program}}" completion bash)
            COMP_LINE="penstock {{typed}}" COMP_POINT=${#COMP_LINE}
            COMP_WORDS=($COMP_LINE) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _penstock
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        var start =
            new ProcessStartInfo("bash")
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true
            };
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Environment.ProcessPath) is { } folder
            && File.Exists(Path.Combine(folder, "dotnet"))
            ? folder
            : Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "";
        if (start.Environment["DOTNET_ROOT"] is null or "")
            start.Environment.Remove("DOTNET_ROOT");
        using var bash = Process.Start(start).ShouldNotBeNull();
        await bash.StandardInput.WriteAsync(script);
        bash.StandardInput.Close();
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
