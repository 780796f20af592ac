using System.Text;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;

namespace Penstock.EndToEnd.Tests.Runs;

/// <summary>Configurations that are empty, broken, huge or hostile: refused with words, before anything is read or sent.</summary>
public sealed class BadConfigurationTests : IDisposable
{
    private readonly Commands.Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("validate")]
    [InlineData("run")]
    public async Task A_folder_without_configuration_says_how_to_begin(string command) =>
        await RefusedAsync(command, "holds no configuration", "penstock init");

    [Theory]
    [InlineData("")]
    [InlineData("\n\n# nothing\n")]
    [InlineData("---\n")]
    public async Task An_empty_file_says_what_is_missing(string text)
    {
        _cli.Write("penstock.yaml", text);

        await RefusedAsync("validate", "penstock.yaml", "project: NAME");
    }

    [Fact]
    public async Task A_file_that_is_not_UTF8_is_named()
    {
        await File.WriteAllBytesAsync(Path.Combine(_cli.Folder, "penstock.yaml"), Encoding.Latin1.GetBytes("project: Caf\u00e9\n"));

        await RefusedAsync("validate", "penstock.yaml", "not UTF-8", "Save it as UTF-8");
    }

    [Fact]
    public async Task A_huge_file_is_named_and_not_read()
    {
        _cli.Write("penstock.yaml", "project: P\n").Write("models/big.yaml", "# " + new string('x', 2 << 20));

        await RefusedAsync("validate", "models/big.yaml", "larger than 1 MiB", "ignore:");
    }

    [Fact]
    public async Task A_YAML_bomb_is_refused_before_it_goes_off()
    {
        var bomb = new StringBuilder("project: P\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 30; level++)
            bomb.Append($"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 9))}]\n");
        _cli.Write("penstock.yaml", bomb.ToString());

        await RefusedAsync("validate", "penstock.yaml", "alias");
    }

    [Fact]
    public async Task Lists_in_lists_without_end_are_refused()
    {
        _cli.Write("penstock.yaml", "project: P\napps: " + new string('[', 100_000));

        await RefusedAsync("validate", "penstock.yaml");
    }

    [Fact]
    public async Task A_secret_variable_that_is_not_set_is_named()
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        shop.Files["penstock.yaml"] = shop.Files["penstock.yaml"].Replace("BRAZE_API_KEY", "NOT_SET_ANYWHERE", StringComparison.Ordinal);

        var result = await shop.RunAsync();
        shop.Variables["NOT_SET_ANYWHERE"] = Shop.Key;
        var next = await shop.RunAsync();

        result.Status.ShouldBe(RunStatus.Failed);
        BadSourcesTests.Said(result, "environment variable NOT_SET_ANYWHERE is not set", "Set it");
        result.Problem!.ToString().ShouldContain("braze");
        next.Destinations[0].Created.ShouldBe(1);
    }

    [Theory]
    [InlineData("(SELECT content FROM read_text('/etc/passwd'))")]
    [InlineData("(SELECT count(*) FROM read_csv('/etc/passwd'))")]
    [InlineData("read_csv('/etc/passwd')")]
    [InlineData("(SELECT count(*) FROM '/etc/passwd')")]
    [InlineData("ATTACH '/tmp/other.duckdb' AS other")]
    [InlineData("COPY (SELECT 1) TO '/tmp/penstock-was-here'")]
    [InlineData("getenv('HOME')")]
    [InlineData("first_name; DROP TABLE users")]
    [InlineData("first_name) FROM users; DELETE FROM users; SELECT (1")]
    [InlineData("first_name -- and the rest")]
    [InlineData("current_setting('temp_directory')")]
    [InlineData("(SELECT 1)")]
    [InlineData("random()")]
    [InlineData("now()")]
    public async Task A_hostile_expression_is_refused_before_anything_is_sent(string expression)
    {
        await using var shop = await Shop.OpenAsync();
        shop.User(1);
        shop.Files["models/users.yaml"] = shop.Files["models/users.yaml"].Replace(
            "\"'Hello ' || first_name\"", $"\"{expression}\"", StringComparison.Ordinal);

        var reading = ProjectReader.Read(shop.Files, shop.Folder, Shop.Catalog);
        var problem = reading.Problems.FirstOrDefault();
        if (problem is null)
        {
            var result = await shop.RunAsync();
            result.Status.ShouldBe(RunStatus.Failed);
            problem = result.Problem.ShouldNotBeNull();
        }

        $"{problem.Path} {problem.Message}".ShouldContain("greeting");
        shop.Braze.Stats.Requests.ShouldBe(0);
        shop.Users().ShouldBe(1);
        File.Exists("/tmp/penstock-was-here").ShouldBeFalse();
        File.Exists("/tmp/other.duckdb").ShouldBeFalse();
    }

    private async Task RefusedAsync(string command, params string[] words)
    {
        var ran = await _cli.RunAsync(command);

        ran.Code.ShouldBe(1, ran.Output + ran.Error);
        foreach (var word in words)
            (ran.Output + ran.Error).ReplaceLineEndings(" ").ShouldContain(word);
    }
}
