using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Tests.Configuration;

public sealed class BindingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("penstock-binding-");
    private readonly Dictionary<string,
        string> _environment = new() { ["SHOP_PASSWORD"] = "pass word", ["BRAZE_API_KEY"] = "braze-key", ["HOST"] = "db.example" };

    public void Dispose() => _folder.Delete(recursive: true);

    private SecretSources Secrets => new(_folder.FullName, _environment.GetValueOrDefault);

    private Project Project(string before = "project: Shop", string after = "project: Shop") =>
        ShopProject.With(before, after).Project.ShouldNotBeNull() with { Folder = _folder.FullName };

    private (BoundApp? App, List<Problem> Problems) Bind(Project project, string app)
    {
        var problems = new List<Problem>();
        return (AppBinder.Bind(project, project.App(app), FakeConnectors.Catalog, Secrets, problems), problems);
    }

    [Fact]
    public void References_are_resolved_whole_and_as_parts_of_a_text()
    {
        var project = Project("host: localhost", "host: \"${env:HOST}.$${x}.example$$\"");

        var (app, problems) = Bind(project, "shop");

        problems.ShouldBeEmpty();
        var options = app.ShouldNotBeNull().Options.ShouldBeOfType<PostgresOptions>();
        options.Host.ShouldBe("db.example.${x}.example$");
        options.Password.ShouldNotBeNull().Reveal().ShouldBe("pass word");
        app.Connector.ShouldBeOfType<FakePostgres>();
    }

    [Fact]
    public void A_secret_file_is_read_relative_to_the_project_without_its_last_line_break()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "key.txt"), "braze-key\r\n");
        var (app, problems) = Bind(Project("${env:BRAZE_API_KEY}", "${file:key.txt}"), "braze");

        problems.ShouldBeEmpty();
        app.ShouldNotBeNull().Options.ShouldBeOfType<BrazeOptions>().ApiKey.Reveal().ShouldBe("braze-key");
    }

    [Theory]
    [InlineData(
        "${env:MISSING}",
        "penstock.yaml:7: apps.braze.api_key: The environment variable MISSING is not set. Set it where penstock runs: export MISSING=…")]
    [InlineData(
        "${file:none.txt}",
        "penstock.yaml:7: apps.braze.api_key: The file `none.txt`, which holds a secret, does not exist. Its path is relative to the "
            + "project folder.")]
    [InlineData("${file:empty.txt}", "penstock.yaml:7: apps.braze.api_key: The file `empty.txt` is empty. Write the secret into it.")]
    [InlineData(
        "${file:large.txt}",
        "penstock.yaml:7: apps.braze.api_key: The file `large.txt` is larger than 64 KiB, which no secret is. Check the path.")]
    [InlineData(
        "${vault:x}",
        "penstock.yaml:7: apps.braze.api_key: `vault:` is no kind of reference to a secret. "
            + "Write `${env:NAME}`, `${file:PATH}` or `${secret:NAME}`.")]
    public void A_secret_that_cannot_be_had_is_a_problem_that_names_it(string reference, string text)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "empty.txt"), "\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "large.txt"), new string('x', 70_000));

        var (app, problems) = Bind(Project("${env:BRAZE_API_KEY}", reference), "braze");

        app.ShouldBeNull();
        problems.ShouldHaveSingleItem().ToString().ShouldBe(text);
    }

    [Fact]
    public void A_value_from_a_reference_is_never_shown()
    {
        var (app, problems) = Bind(Project("host: localhost", "host: localhost, port: \"${env:SHOP_PASSWORD}\""), "shop");

        app.ShouldBeNull();
        problems.ShouldHaveSingleItem().ToString().ShouldBe(
            "penstock.yaml:5: apps.shop.port: What `${env:SHOP_PASSWORD}` refers to is not good for the option `port`.");
    }

    [Fact]
    public void A_destination_is_bound_to_its_kind_and_options()
    {
        var project = Project("sync_mode: sync  ", "options: { object_cap: 50 }\nsync_mode: sync  ");

        var context = DestinationBinder.Bind(project, project.Destinations[0], FakeConnectors.Catalog, Secrets);

        context.Kind.Id.ShouldBe("users");
        context.Mode.ShouldBe(SyncModes.Sync);
        context.Options.ShouldBeOfType<BrazeUserOptions>().ObjectCap.ShouldBe(50);
    }
}
