using System.Text;
using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Tests.Configuration;

public sealed class FileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("penstock-configuration-");

    public void Dispose() => _folder.Delete(recursive: true);

    private ProjectReading Read() => ProjectReader.Read(_folder.FullName, FakeConnectors.Catalog);

    private void Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    private void Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    [Fact]
    public void A_folder_of_several_files_is_one_project()
    {
        foreach (var (name, text) in ShopProject.Files)
            Write(name, text);

        var reading = Read();

        reading.Problems.ShouldBeEmpty();
        reading.Project.ShouldNotBeNull().Folder.ShouldBe(_folder.FullName);
        reading.Project.Destinations.ShouldHaveSingleItem();
    }

    [Fact]
    public void Dot_folders_and_build_folders_are_left_out()
    {
        Write("penstock.yaml", "project: Shop");
        foreach (var folder in (string[])[".penstock", ".git", "node_modules/x", "bin", "obj"])
            Write($"{folder}/other.json", "{]");

        Read().Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_is_not_ours_is_a_problem_until_it_is_ignored()
    {
        Write("penstock.yaml", "project: Shop");
        Write("data/users.json", "[1, 2]");
        Write("compose.yaml", "services: {}");
        var problems = Read().Problems;
        problems.Select(problem => (problem.File, problem.Code)).Distinct().ShouldBe(
            [("compose.yaml", "file.not_ours"), ("data/users.json", "file.not_ours")]);
        problems[0].Help.ShouldBe(
            "Begin it with `project:`, `model:` or `destination:`; if it is not configuration, list the file under `ignore:` in "
                + "penstock.yaml.");

        Write("penstock.yaml", "project: Shop\nignore: [ data/**, '*.yaml' ]");
        Read().Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Ignore_anywhere_but_in_penstock_yaml_is_a_problem()
    {
        Write("shop.yaml", "project: Shop\nignore: [ data/** ]");
        ShopProject.Only(Read()).ToString().ShouldBe(
            "shop.yaml:1: ignore: `ignore:` is read from penstock.yaml in the project folder only. Move it there.");
    }

    [Fact]
    public void An_empty_folder_says_what_to_write()
    {
        ShopProject.Only(Read()).ToString().ShouldBe(
            "The folder holds no configuration. Run `penstock init DIR` for a project to start from, "
            + "or write a penstock.yaml that begins with `project: NAME`.");
        Write("penstock.yaml", "# nothing\n---\n");
        ShopProject.Only(Read()).Code.ShouldBe("project.empty");
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_a_problem()
    {
        var reading = ProjectReader.Read(Path.Combine(_folder.FullName, "nowhere"), FakeConnectors.Catalog);
        ShopProject.Only(reading).Code.ShouldBe("file.unreadable");
    }

    [Fact]
    public void A_file_that_is_not_UTF_8_is_a_problem_with_its_name()
    {
        Write("penstock.yaml", "project: Shop");
        Write("users.yaml", Encoding.Latin1.GetBytes("model: usuários"));

        ShopProject.Only(Read()).ToString().ShouldBe("users.yaml: The file is not UTF-8 (byte 11). Save it as UTF-8.");
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm()
    {
        Write("penstock.yaml", [.. Encoding.UTF8.Preamble, .. "project: Shop"u8]);
        Read().Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_huge_file_is_a_problem_with_its_name()
    {
        Write("penstock.yaml", "project: Shop");
        Write("users.yaml", new byte[(1 << 20) + 1]);

        ShopProject.Only(Read()).ToString().ShouldBe(
            "users.yaml: The file is larger than 1 MiB, which no configuration is. "
            + "If it is not configuration, list it under `ignore:` in penstock.yaml.");
    }

    [Fact]
    public void Too_many_files_are_a_problem()
    {
        Write("penstock.yaml", "project: Shop");
        for (var i = 0; i < 1001; i++)
            Write($"many/{i}.json", "{}");
        ShopProject.Only(Read()).Code.ShouldBe("file.too_many");
    }

    [Fact]
    public void A_YAML_bomb_is_refused_at_its_first_anchor()
    {
        var bomb = new StringBuilder("project: Shop\na: &a [x, x, x, x, x, x, x, x, x]\n");
        for (var name = 'b'; name <= 'z'; name++)
            bomb.Append($"{name}: &{name} [{string.Join(", ", Enumerable.Repeat($"*{(char)(name - 1)}", 9))}]\n");
        Write("penstock.yaml", bomb.ToString());

        Read().Problems[0].ToString().ShouldBe(
            "penstock.yaml:2: The file uses a YAML anchor or alias (`&` or `*`). "
            + "Write the value out; put text that begins with `&` or `*` between quotes.");
    }

    [Theory]
    [InlineData("[", 100_000)]
    [InlineData("{a: ", 10_000)]
    [InlineData("- ", 10_000)]
    public void A_file_nested_too_deep_is_refused(string opening, int times)
    {
        Write("penstock.yaml", string.Concat(Enumerable.Repeat(opening, times)));
        ShopProject.Only(Read()).Code.ShouldBe("file.too_deep");
    }

    [Fact]
    public void The_same_project_may_be_written_as_JSON()
    {
        Write(
            "penstock.json",
            "{\n\t\"project\": \"Shop \\u00e9 \\ud83d\\ude00 \\/\",\n\t\"apps\": {\n\t\t\"local\": { \"type\": \"sqlite\", \"fill\": "
                + "\"shop.db\" }\n\t}\n}\n");

        Read().Problems.Select(problem => problem.ToString()).ShouldBe(
        [
            "penstock.json:4: apps.local: The option `file` (File) is missing. The database's file, relative to the project folder.",
            "penstock.json:4: apps.local.fill: SQLite has no option `fill`. Did you mean `file`?",
        ], ignoreOrder: true);
        Write(
            "penstock.json",
            "{\"project\":\"Shop \\u00e9 \\ud83d\\ude00 \\/\",\"apps\":{\"local\":{\"type\":\"sqlite\",\"file\":\"shop.db\"}}}");
        Read().Project.ShouldNotBeNull().Name.ShouldBe("Shop é 😀 /");
    }

    [Fact]
    public void One_file_may_hold_a_list_several_documents_or_sections()
    {
        const string App = "{ type: sqlite, file: shop.db }";
        const string Body = "sources: [ { table: users, primary_key: id, properties: { user_id: id } } ]";
        Write("penstock.yaml", $"project: Shop\napps: {{ local: {App} }}\n---\nmodel: users\n{Body}\n---\n- {{ model: more, {Body} }}\n");
        Write("others.yaml", $"models:\n  third:\n    {Body}\n  fourth: {{ {Body} }}\n");
        Write("list.yml", $"models: [ {{ model: fifth, {Body} }} ]\napps: [ {{ app: second, type: sqlite, file: b.db }} ]");
        Write("app.json", "{ \"app\": \"third\", \"type\": \"sqlite\", \"file\": \"c.db\" }");

        var problems = Read().Problems;

        // With three apps to choose from, each source has to say which; nothing else is wrong.
        problems.Select(problem => problem.Code).Distinct().ShouldBe(["key.missing"]);
        problems.Select(problem => problem.Path).Order().ShouldBe(
            ["models.fifth.sources.users", "models.fourth.sources.users", "models.more.sources.users", "models.third.sources.users",
            "models.users.sources.users"]);
    }

    [Fact]
    public void Two_projects_in_one_folder_are_a_problem()
    {
        Write("penstock.yaml", "project: Shop");
        Write("other.yaml", "project: Other");
        ShopProject.Only(Read()).ToString().ShouldBe(
            "other.yaml:1: The project is named here and in penstock.yaml, line 1. Keep one of them.");
    }

    [Fact]
    public void Files_without_a_project_say_where_to_name_it()
    {
        Write("apps.yaml", "apps: { local: { type: sqlite, file: shop.db } }");
        ShopProject.Only(Read()).ToString().ShouldBe("penstock.yaml: No file names the project. Add `project: NAME` to penstock.yaml.");
    }
}
