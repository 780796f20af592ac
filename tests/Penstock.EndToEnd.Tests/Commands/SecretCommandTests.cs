using Microsoft.Data.Sqlite;

namespace Penstock.EndToEnd.Tests.Commands;

public sealed class SecretCommandTests : IDisposable
{
    private const string Value = "s3cr3t";
    private readonly Cli _cli = new Cli().With("USER", "ana").Write("penstock.yaml", """
        project: Shop
        apps:
          shop: { type: sqlite, file: "${secret:file}" }
        """).Write("models/users.yaml", """
        model: users
        sources: [ { table: users, primary_key: id, properties: { user_id: id } } ]
        """);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_secret_is_read_from_standard_input_and_listed_and_removed()
    {
        var set = await RunAsync(Value + "\n", "secret", "set", "file");
        var list = await _cli.RunAsync("secret", "list");
        var json = (await _cli.RunAsync("secret", "list", "--json")).Json();
        var refused = await _cli.RunAsync("secret", "remove", "file");
        var removed = await _cli.RunAsync("secret", "remove", "file", "--force");

        (set.Code, set.Output).ShouldBe((0, "The secret file is stored. Refer to it by ${secret:file}.\n"));
        list.Output.ShouldMatch(@"^file  changed \d{4}-\d\d-\d\d \d\d:\d\d UTC by ana  used by app shop\n$");
        Ran.Members(json.GetProperty("secrets")[0]).ShouldBe(["name", "created_at", "changed_at", "changed_by", "used_by"]);
        (refused.Code, refused.Error).ShouldSatisfyAllConditions(
            ran => ran.Code.ShouldBe(1), ran => ran.Error.ShouldContain("secret.in_use"));
        removed.Code.ShouldBe(0);
        (await _cli.RunAsync("secret", "list")).Error.ShouldContain("No secret is stored.");
        $"{set}{list}{refused}{removed}{json}".ShouldNotContain(Value);
    }

    [Fact]
    public async Task Commands_open_stored_secrets_and_tell_when_one_is_gone()
    {
        using (var shop = new SqliteConnection($"Data Source={Path.Combine(_cli.Folder, "real.db")};Pooling=false"))
        {
            shop.Open();
            using var command = shop.CreateCommand();
            command.CommandText = "CREATE TABLE users (id INTEGER PRIMARY KEY)";
            command.ExecuteNonQuery();
        }

        var gone = await _cli.RunAsync("test", "shop");
        await RunAsync("real.db", "secret", "set", "file");
        var works = await _cli.RunAsync("test", "shop");
        File.Delete(Path.Combine(_cli.Folder, ".penstock/control.key"));
        var lost = await _cli.RunAsync("test", "shop");

        (gone.Output + gone.Error).ShouldContain("The secret `file` is gone: nothing of that name is stored.");
        works.Code.ShouldBe(0, works.Output + works.Error);
        (lost.Output + lost.Error).ShouldContain("secret.key_missing");
    }

    [Fact]
    public async Task On_a_terminal_the_value_is_asked_for_without_showing_it()
    {
        var asked = "";
        var ran = await _cli.RunAsync(
            surroundings => surroundings with
            {
                ReadHidden = prompt =>
                {
                    asked = prompt;
                    return Value;
                },
            },
            "secret", "set", "file");

        ran.Code.ShouldBe(0);
        asked.ShouldBe("Value of file: ");
    }

    [Fact]
    public async Task A_missing_name_or_value_is_told()
    {
        (await _cli.RunAsync("secret", "set")).Error.ShouldContain("The secret's name is missing.");
        (await _cli.RunAsync("secret", "set", "x")).Error.ShouldContain("secret.empty");
        (await RunAsync(new string('x', 70_000), "secret", "set", "x")).Error.ShouldContain("64 KiB");
        (await _cli.RunAsync("secret", "remove", "x")).Error.ShouldContain("There is no secret `x`.");
    }

    private Task<Ran> RunAsync(string input, params string[] args) =>
        _cli.RunAsync(surroundings => surroundings with { Input = new StringReader(input) }, args);
}
