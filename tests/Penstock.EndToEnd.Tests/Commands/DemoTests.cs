namespace Penstock.EndToEnd.Tests.Commands;

public sealed class DemoTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_demo_ends_with_Braze_equal_to_the_model()
    {
        var ran = await _cli.RunAsync("demo");

        ran.Output.ShouldContain("Braze equals the model");
        ran.Output.ShouldContain("user 1003");
        ran.Code.ShouldBe(0);
        Directory.EnumerateFileSystemEntries(_cli.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_kept_demo_can_be_looked_into()
    {
        (await _cli.RunAsync("demo", "--dir", "shop", "--json")).Json().GetProperty("matches").GetBoolean().ShouldBeTrue();
        _cli.With("BRAZE_API_KEY", "any");

        (await _cli.RunAsync("runs", "-p", "shop", "--json")).Json().GetProperty("runs").GetArrayLength().ShouldBe(2);
        var failures = (await _cli.RunAsync("failures", "-p", "shop", "--json")).Json().GetProperty("failures");
        failures.EnumerateArray().Select(failure => failure.GetProperty("key").GetString()).ShouldBe(["1003"]);
        (await _cli.RunAsync("explain", "braze_users", "231", "-p", "shop")).Output.ShouldContain("high_value_automotive");
        var count = await _cli.RunAsync("preview", "users", "--group", "high_value_automotive", "--count", "--json", "-p", "shop");
        Ran.Members(count.Json()).ShouldBe(["model", "group", "count"]);
        (await _cli.RunAsync("describe", "shop", "users", "-p", "shop")).Output.ShouldContain("first_name");
        (await _cli.RunAsync("describe", "braze", "-p", "shop")).Output.ShouldContain("external_id (required)");
        (await _cli.RunAsync("retry", "braze_users", "-p", "shop", "--json")).Json().GetProperty("records").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_in_use_is_left_alone()
    {
        _cli.Write("shop/mine.txt", "mine");

        var ran = await _cli.RunAsync("demo", "--dir", "shop");

        ran.Code.ShouldBe(1);
        Directory.EnumerateFileSystemEntries(Path.Combine(_cli.Folder, "shop")).Count().ShouldBe(1);
    }
}
