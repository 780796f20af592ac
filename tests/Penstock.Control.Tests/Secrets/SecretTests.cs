using Microsoft.EntityFrameworkCore;
using Penstock.Contract;
using Penstock.Control.Database;
using Penstock.Control.Revisions;
using Penstock.Control.Secrets;
using Penstock.Control.Tests.Revisions;
using Penstock.Engine.Configuration;
using Penstock.Engine.Tests.Configuration;

namespace Penstock.Control.Tests.Secrets;

public sealed class SecretTests
{
    private const string Value = "s3cr3t-Braze-key";
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task A_stored_secret_opens_by_its_reference_and_is_listed_without_its_value(string system)
    {
        using var server = await Server.StartAsync(system);
        await server.ApplyAsync(0, Files());
        await server.Services.Secrets.SetAsync(Server.Ben, "braze", new(Value), None);

        Resolve(server.Services).ShouldBe(Value);
        using var other = server.Open();
        Resolve(other).ShouldBe(Value);
        var listed = (await server.Services.Secrets.ListAsync(None)).ShouldHaveSingleItem();
        (listed.Name, listed.ChangedBy, listed.ChangedAt).ShouldBe(("braze", "Ben Okri", server.Time.GetUtcNow()));
        listed.UsedBy.ShouldBe(["app braze"]);
    }

    [Fact]
    public async Task Nothing_in_the_database_shows_a_secret_or_opens_one()
    {
        using var server = Server.Start();
        await server.Services.Secrets.SetAsync(Server.Ben, "braze", new(Value), None);

        var bytes = await File.ReadAllBytesAsync(Path.Combine(server.Folder, "control.db"), None);
        var key = (await File.ReadAllTextAsync(Path.Combine(server.Folder, "control.key"), None)).Trim();

        var text = System.Text.Encoding.UTF8.GetString(bytes);
        text.ShouldNotContain(Value);
        text.ShouldNotContain(key);
        text.ShouldContain("<sealed");
        text.ShouldNotContain("masterKey"); // what Data Protection writes for a key that nothing seals
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(server.Folder, "control.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_lost_key_file_is_told_and_nothing_is_made_in_its_place()
    {
        using var server = Server.Start();
        await server.Services.Secrets.SetAsync(Server.Ben, "braze", new(Value), None);
        var file = Path.Combine(server.Folder, "control.key");
        var key = await File.ReadAllTextAsync(file, None);
        File.Delete(file);

        using (var without = server.Open())
            ProblemOf(without).ShouldBe("secret.key_missing");
        File.Exists(file).ShouldBeFalse();
        using (var another = server.Open(new() { MasterKey = Convert.ToBase64String(new byte[32]) }))
            ProblemOf(another).ShouldBe("secret.undecryptable");
        using (var given = server.Open(new() { MasterKey = key }))
            Resolve(given).ShouldBe(Value);
        using (var none = server.Open(new() { MasterKey = "no key" }))
            ProblemOf(none).ShouldBe("secret.key_invalid");
        await File.WriteAllTextAsync(file + ".other", key, None);
        using var elsewhere = server.Open(new() { KeyFile = file + ".other" });
        Resolve(elsewhere).ShouldBe(Value);
    }

    [Fact]
    public async Task A_secret_that_is_gone_is_told_by_its_name()
    {
        using var server = Server.Start();
        ProblemOf(server.Services).ShouldBe("secret.gone"); // and no database is made to look
        File.Exists(Path.Combine(server.Folder, "control.db")).ShouldBeFalse();
        await server.Services.Secrets.SetAsync(Server.Ben, "other", new(Value), None);

        ProblemOf(server.Services).ShouldBe("secret.gone");
    }

    [Fact]
    public async Task A_ciphertext_opens_under_its_own_name_only()
    {
        using var server = Server.Start();
        await server.Services.Secrets.SetAsync(Server.Ben, "braze", new("a"), None);
        await server.Services.Secrets.SetAsync(Server.Ben, "other", new(Value), None);
        await new ControlDatabase(server.Folder, TimeSpan.FromSeconds(5), TimeProvider.System).UseAsync(
            async context =>
            {
                (await context.Secrets.SingleAsync(secret => secret.Name == "braze", None)).Ciphertext =
                    (await context.Secrets.SingleAsync(secret => secret.Name == "other", None)).Ciphertext;
                await context.SaveChangesAsync(None);
            },
            None);

        ProblemOf(server.Services).ShouldBe("secret.undecryptable");
    }

    [Fact]
    public async Task A_secret_in_use_is_removed_only_when_forced()
    {
        using var server = Server.Start();
        await server.ApplyAsync(0, Files());
        await server.Services.Secrets.SetAsync(Server.Ben, "braze", new(Value), None);

        var problem = (await Should.ThrowAsync<PenstockException>(
            () => server.Services.Secrets.RemoveAsync(Server.Ben, "braze", false, None))).Problem;
        await server.Services.Secrets.RemoveAsync(Server.Ben, "braze", true, None);

        problem.Code.ShouldBe("secret.in_use");
        problem.Message.ShouldBe("The secret `braze` is used by app braze.");
        (await server.Services.Secrets.ListAsync(None)).ShouldBeEmpty();
        ProblemOf(server.Services).ShouldBe("secret.gone");
    }

    [Theory]
    [InlineData("", "x", "secret.name_invalid")]
    [InlineData("1a", "x", "secret.name_invalid")]
    [InlineData("a b", "x", "secret.name_invalid")]
    [InlineData("a}", "x", "secret.name_invalid")]
    [InlineData("a", "", "secret.empty")]
    public async Task What_can_be_no_secret_is_refused(string name, string value, string code)
    {
        using var server = Server.Start();

        (await Should.ThrowAsync<PenstockException>(() => server.Services.Secrets.SetAsync(Server.Ben, name, new(value), None)))
            .Problem.Code.ShouldBe(code);
    }

    [Fact]
    public async Task A_typed_credential_becomes_a_secret_and_an_empty_field_keeps_it()
    {
        using var server = Server.Start();
        var texts = new Dictionary<string, string> { ["endpoint"] = "US-01", ["api_key"] = "pasted into the wrong field" };
        var typed = new Dictionary<string, Secret> { ["api_key"] = new(Value) };

        await server.Services.AppEditing.PutAsync(Server.Ana, new("braze", "braze") { Texts = texts }, typed, "", None);
        var first = await server.Drafts.GetAsync(None);
        typed["api_key"] = new("");
        texts.Remove("api_key");
        texts["endpoint"] = "EU-01";
        await server.Services.AppEditing.PutAsync(
            Server.Ana, new("braze", "braze") { Texts = texts }, typed, first.Etag("app:braze"), None);

        var app = (await server.Drafts.GetAsync(None)).Project.App("braze");
        app.Texts.ShouldBe(
            new Dictionary<string, string> { ["endpoint"] = "EU-01", ["api_key"] = "${secret:braze_api_key}" }, ignoreOrder: true);
        Open(server.Services, "braze_api_key", out _).ShouldBe(Value);
    }

    [Fact]
    public async Task An_app_is_tried_with_what_was_typed_and_nothing_is_stored()
    {
        using var server = Server.Start();
        var app = new App("braze", "braze") { Texts = new Dictionary<string, string> { ["endpoint"] = "US-01" } };

        var good = await server.Services.AppEditing.TestAsync(app, new Dictionary<string, Secret> { ["api_key"] = new(Value) }, None);
        var without = await server.Services.AppEditing.TestAsync(app, new Dictionary<string, Secret>(), None);

        good.Reached.ShouldBe("fine");
        without.Problem.ShouldNotBeNull().Code.ShouldBe("option.missing");
        (await server.Services.Secrets.ListAsync(None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_audit_log_tells_of_secrets_and_holds_none()
    {
        using var server = Server.Start();
        await server.ApplyAsync(0, Files());
        await server.Services.Secrets.SetAsync(Server.Ben, "braze", new(Value), None);
        await server.Drafts.PutAppAsync(
            Server.Ana,
            new("braze", "braze") { Texts = new Dictionary<string, string> { ["endpoint"] = "US-01", ["api_key"] = Value } }, null, None);
        await server.Services.Secrets.RemoveAsync(Server.Ben, "braze", true, None);

        var entries = await new ControlDatabase(server.Folder, TimeSpan.FromSeconds(5), TimeProvider.System).UseAsync(
            context => context.Audit.OrderBy(entry => entry.Id).ToListAsync(None), None);

        entries.Select(entry => $"{entry.Action} {entry.Subject}").ShouldBe(
            ["revision.applied revision:1", "secret.set secret:braze", "draft.edited app:braze", "secret.removed secret:braze"]);
        entries.ShouldAllBe(entry => !$"{entry.Before}{entry.After}".Contains(Value));
    }

    private static Dictionary<string, string> Files()
    {
        var files = ShopProject.Files;
        files["penstock.yaml"] = files["penstock.yaml"].Replace("${env:BRAZE_API_KEY}", "${secret:braze}", StringComparison.Ordinal);
        return files;
    }

    private static string? Resolve(ControlServices services) => Open(services, "braze", out _);

    private static string? ProblemOf(ControlServices services)
    {
        Open(services, "braze", out var problem).ShouldBeNull();
        return problem?.Code;
    }

    private static string? Open(ControlServices services, string name, out Problem? problem) =>
        services.SecretSource.Find("secret", name, out problem);
}
