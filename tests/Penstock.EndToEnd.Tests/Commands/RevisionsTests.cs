using Penstock.Testing.Servers;

namespace Penstock.EndToEnd.Tests.Commands;

public sealed class RevisionsTests : IDisposable
{
    private const string Project = """
        # the example's shop
        project: Shop
        apps:
          shop: { type: sqlite, file: shop.db }
        """;

    private const string Model = """
        model: users # those who buy
        sources: [ { table: users, primary_key: id, properties: { user_id: id } } ]
        """;

    private readonly Cli _cli = new Cli().With("USER", "ana");

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task Apply_publishes_the_files_and_pull_gives_the_same_bytes_back(string system)
    {
        if (system == "PostgreSQL")
            _cli.With("PENSTOCK_CONTROL", Url(await PostgresServer.DatabaseAsync()));
        _cli.Write("shop/penstock.yaml", Project).Write("shop/models/users.yaml", Model);

        var dry = await _cli.RunAsync("apply", "-p", "shop", "--dry-run");
        var applied = await _cli.RunAsync("apply", "-p", "shop", "--comment", "first");
        var again = await _cli.RunAsync("apply", "-p", "shop");
        Directory.Delete(Path.Combine(_cli.Folder, "shop/models"), recursive: true);
        var refused = await _cli.RunAsync("pull", "-p", "shop");
        var pulled = await _cli.RunAsync("pull", "-p", "shop", "--force");

        dry.Output.ShouldContain("This would be revision 1. Nothing was published.");
        (applied.Code, applied.Error).ShouldBe((0, ""));
        applied.Output.ShouldContain("+ Model *users*");
        applied.Output.ShouldContain("Revision 1 is published.");
        again.Output.ShouldBe("Nothing changed: revision 1 has these files.\n");
        refused.Code.ShouldBe(1);
        refused.Error.ShouldContain("pull.local_changes");
        pulled.Output.ShouldBe("~ models/users.yaml\nThe files are now those of revision 1.\n");
        File.ReadAllText(Path.Combine(_cli.Folder, "shop/models/users.yaml")).ShouldBe(Model);
        File.ReadAllText(Path.Combine(_cli.Folder, "shop/penstock.yaml")).ShouldBe(Project);
    }

    [Fact]
    public async Task Another_folder_is_pulled_into_and_a_conflict_is_shown_never_overwritten()
    {
        var url = Url(await PostgresServer.DatabaseAsync());
        _cli.Write("a/penstock.yaml", Project).Write("a/models/users.yaml", Model);
        await _cli.RunAsync("apply", "-p", "a", "--control", url);
        (await _cli.RunAsync("pull", "-p", "b", "--control", url)).Code.ShouldBe(0);
        File.ReadAllText(Path.Combine(_cli.Folder, "b/models/users.yaml")).ShouldBe(Model);

        _cli.Write("b/models/users.yaml", Model + "\nname: People\n");
        (await _cli.RunAsync("apply", "-p", "b", "--control", url, "-m", "Renamed")).Output.ShouldContain("name: *users* → *People*");
        _cli.Write("a/penstock.yaml", Project + "\ntime_zone: Europe/Berlin\n");
        var conflict = await _cli.RunAsync("apply", "-p", "a", "--control", url);
        var forced = await _cli.RunAsync("apply", "-p", "a", "--control", url, "--force");
        var behind = await _cli.RunAsync("pull", "-p", "b", "--control", url);

        conflict.Code.ShouldBe(1);
        conflict.Error.ShouldContain("revision.conflict");
        conflict.Error.ShouldContain("revision 2 by ana on ");
        conflict.Error.ShouldContain("(“Renamed”). They change: Model *People*.");
        forced.Output.ShouldContain("Revision 3 is published.");
        (behind.Code, behind.Output).ShouldBe((0, "~ models/users.yaml\n~ penstock.yaml\nThe files are now those of revision 3.\n"));
        File.ReadAllText(Path.Combine(_cli.Folder, "b/models/users.yaml")).ShouldBe(Model);
    }

    [Fact]
    public async Task What_was_published_without_a_file_takes_it_away()
    {
        _cli.Write("penstock.yaml", Project).Write("models/users.yaml", Model).Write("notes.txt", "mine");
        await _cli.RunAsync("apply");
        File.Delete(Path.Combine(_cli.Folder, "models/users.yaml"));
        await _cli.RunAsync("apply");
        _cli.Write("models/users.yaml", Model);

        var pulled = await _cli.RunAsync("pull", "--force");

        pulled.Output.ShouldBe("- models/users.yaml\nThe files are now those of revision 2.\n");
        File.Exists(Path.Combine(_cli.Folder, "notes.txt")).ShouldBeTrue();
    }

    [Fact]
    public async Task Files_with_errors_are_not_applied_and_all_errors_are_shown()
    {
        _cli.Write("penstock.yaml", Project.Replace("sqlite", "sqlight", StringComparison.Ordinal)).Write("models/users.yaml", "model: [");

        var ran = await _cli.RunAsync("apply");

        ran.Code.ShouldBe(1);
        ran.Error.ShouldContain("file.syntax");
        (await _cli.RunAsync("pull")).Error.ShouldContain("revision.none");
    }

    [Fact]
    public async Task Results_are_given_as_JSON_too()
    {
        _cli.Write("penstock.yaml", Project).Write("models/users.yaml", Model);

        var applied = (await _cli.RunAsync("apply", "--json")).Json();
        var pulled = (await _cli.RunAsync("pull", "--json")).Json();

        Ran.Members(applied).ShouldBe(["number", "unchanged", "dry_run", "changes"]);
        applied.GetProperty("changes")[0].GetProperty("kind").GetString().ShouldBe("added");
        Ran.Members(pulled).ShouldBe(["number", "folder", "files"]);
        pulled.GetProperty("files").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task An_address_that_is_none_is_told()
    {
        _cli.Write("penstock.yaml", Project);

        (await _cli.RunAsync("apply", "--control", "mysql://x")).Error.ShouldContain("control.address");
        (await _cli.RunAsync("apply", "--server", "x")).Error.ShouldContain("usage.arguments");
        (await _cli.RunAsync("apply", "--server", "http://localhost:1")).Error.ShouldContain("server.no_key");
        var away = await _cli.With("PENSTOCK_API_KEY", "k").RunAsync("apply", "--server", "http://localhost:1");
        away.Code.ShouldBe(4);
        away.Error.ShouldContain("connection.refused");
    }

    private static string Url(PostgresDatabase database) =>
        $"postgres://{database.User}:{database.Password}@{database.Host}:{database.Port}/{database.Name}";
}
