namespace Penstock.EndToEnd.Tests.Commands;

public sealed class InitTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_starter_project_validates()
    {
        (await _cli.RunAsync("init", "shop")).Code.ShouldBe(0);

        var ran = await _cli.RunAsync("validate", "-p", "shop");

        ran.Output.ShouldContain("The configuration is valid.");
        ran.Output.ShouldNotContain("warning");
        ran.Code.ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_is_overwritten()
    {
        _cli.Write("shop/penstock.yaml", "project: Mine");

        var ran = await _cli.RunAsync("init", "shop");

        ran.Code.ShouldBe(1);
        ran.Error.ShouldContain("penstock.yaml");
        File.ReadAllText(Path.Combine(_cli.Folder, "shop", "penstock.yaml")).ShouldBe("project: Mine");
        Directory.EnumerateFileSystemEntries(Path.Combine(_cli.Folder, "shop")).Count().ShouldBe(1);
    }
}
