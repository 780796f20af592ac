using Penstock.Control.Users;

namespace Penstock.Server.Tests.Api;

public sealed class DraftTests(ShopServer shop) : IClassFixture<ShopServer>
{
    private static readonly HttpMethod Put = HttpMethod.Put;

    [Fact]
    public async Task A_thing_is_read_changed_and_published()
    {
        var group = """{"all": [{"property": "ltv", "greater_than": 10}]}""";
        var made = await shop.SendAsync(Put, "draft/models/users/groups/spenders", group, Role.Editor);
        made.Status.ShouldBe(201, made.Text);
        made.Etag.ShouldNotBeEmpty();
        var read = await shop.GetAsync("draft/models/users/groups/spenders");
        read.Etag.ShouldBe(made.Etag);
        read.Json["group"]!.GetValue<string>().ShouldBe("spenders");
        (await shop.SendAsync(HttpMethod.Get, "draft/models/users/groups/spenders", null, Role.Viewer, ("If-None-Match", read.Etag)))
            .Status.ShouldBe(304);

        // What was read goes back as it is.
        var again = await shop.SendAsync(Put, "draft/models/users/groups/spenders", read.Text, Role.Editor, ("If-Match", read.Etag));
        again.Status.ShouldBe(200, again.Text);
        again.Etag.ShouldBe(read.Etag);

        var changes = (await shop.GetAsync("draft/changes")).Good();
        changes["things"]!.AsArray().Select(thing => thing!["thing"]!.GetValue<string>()).ShouldContain("group:users/spenders");
        var version = (await shop.GetAsync("draft")).Good()["version"]!.GetValue<long>();
        var published = await shop.PostAsync("draft/publish", $$"""{"version": {{version}}, "comment": "Spenders"}""", Role.Publisher);
        published.Status.ShouldBe(201, published.Text);
        (await shop.GetAsync(published.Location)).Good()["files"]!["models/users.yaml"]!.GetValue<string>().ShouldContain("spenders");
    }

    [Fact]
    public async Task What_somebody_else_changed_is_not_overwritten()
    {
        var path = "draft/models/users/groups/contested";
        var first = await shop.SendAsync(Put, path, """{"all": [{"property": "ltv", "greater_than": 1}]}""", Role.Editor);
        (await shop.SendAsync(Put, path, """{"all": [{"property": "ltv", "greater_than": 2}]}""", Role.Editor, ("If-Match", first.Etag)))
            .Status.ShouldBe(200);
        var late = """{"all": [{"property": "ltv", "greater_than": 3}]}""";
        (await shop.SendAsync(Put, path, late, Role.Editor, ("If-Match", first.Etag))).ShouldBe(412, "draft.conflict");
        (await shop.SendAsync(Put, path, late, Role.Editor)).ShouldBe(428, "api.precondition_required");
        (await shop.SendAsync(HttpMethod.Delete, path, null, Role.Editor)).ShouldBe(428, "api.precondition_required");
        (await shop.SendAsync(HttpMethod.Delete, path, null, Role.Editor, ("If-Match", "*"))).Status.ShouldBe(204);
        (await shop.SendAsync(HttpMethod.Delete, path, null, Role.Editor, ("If-Match", "*"))).ShouldBe(404, "usage.unknown_group");
    }

    [Fact]
    public async Task A_thing_with_errors_is_refused_with_all_of_them()
    {
        var answer = await shop.SendAsync(
            Put, "draft/destinations/wrong", """{"app": "braze", "model": "users", "colour": 1, "mapping": {"external_id": "usr_id"}}""",
            Role.Editor);
        answer.ShouldBe(422, "configuration.invalid");
        answer.Json["errors"]!.AsArray().Count.ShouldBeGreaterThan(1);
        answer.Text.ShouldContain("colour");
        (await shop.SendAsync(Put, "draft/models/users/groups/vip", """{"group": "other", "all": []}""", Role.Editor)).Status.ShouldBe(422);
        (await shop.SendAsync(Put, "draft/models/users/groups/vip", "[]", Role.Editor)).ShouldBe(400, "api.malformed");
    }

    [Fact]
    public async Task Models_and_destinations_go_round()
    {
        foreach (var path in new[] { "draft/models/users", "draft/destinations/braze_users", "draft/apps/local" })
        {
            var read = await shop.GetAsync(path);
            read.Status.ShouldBe(200, read.Text);
            var put = await shop.SendAsync(Put, path, read.Text, Role.Editor, ("If-Match", read.Etag));
            put.Status.ShouldBe(200, put.Text);
            put.Etag.ShouldBe(read.Etag, path);
        }

        (await shop.SendAsync(HttpMethod.Delete, "draft/models/users", null, Role.Editor, ("If-Match", "*"))).ShouldBe(409, "draft.in_use");
    }

    [Fact]
    public async Task A_credential_goes_in_and_never_comes_out()
    {
        var body = $$"""{"type": "braze", "endpoint": "{{shop.Braze.Address}}", "api_key": "typed-in-key-77"}""";
        var made = await shop.SendAsync(Put, "draft/apps/second", body, Role.Editor);
        made.Status.ShouldBe(201, made.Text);
        made.Text.ShouldNotContain("typed-in-key-77");
        made.Json["api_key"]!.GetValue<string>().ShouldBe("${secret:second_api_key}");
        var secrets = await shop.GetAsync("secrets", Role.Administrator);
        secrets.Text.ShouldNotContain("typed-in-key-77");
        secrets.Good()["items"]!.AsArray().Select(secret => secret!["name"]!.GetValue<string>()).ShouldContain("second_api_key");
        // Left out, it stays.
        var without = $$"""{"type": "braze", "endpoint": "{{shop.Braze.Address}}"}""";
        (await shop.SendAsync(Put, "draft/apps/second", without, Role.Editor, ("If-Match", made.Etag))).Good()["api_key"]!
            .GetValue<string>().ShouldBe("${secret:second_api_key}");
        (await shop.GetAsync("audit", Role.Administrator)).Text.ShouldNotContain("typed-in-key-77");
    }

    [Fact]
    public async Task Secrets_are_put_and_removed()
    {
        (await shop.SendAsync(Put, "secrets/spare", """{"value": "x-1"}""")).Status.ShouldBe(204);
        (await shop.SendAsync(HttpMethod.Delete, "secrets/spare", null)).Status.ShouldBe(204);
        (await shop.SendAsync(HttpMethod.Delete, "secrets/spare", null)).ShouldBe(404, "secret.gone");
        (await shop.SendAsync(Put, "secrets/spare", """{"value": "x-1"}""", Role.Publisher)).Status.ShouldBe(403);
    }

    [Fact]
    public async Task People_keys_settings_and_channels_are_kept()
    {
        var link = await shop.PostAsync("invitations", """{"email": "bo@example.com", "role": "editor"}""");
        link.Status.ShouldBe(201, link.Text);
        link.Json["url"]!.GetValue<string>().ShouldContain("/accept?token=");
        (await shop.GetAsync("people", Role.Administrator)).Good()["items"]!.AsArray().Count.ShouldBe(1);
        var key = await shop.PostAsync("keys", """{"name": "airflow", "role": "publisher"}""");
        key.Json["key"]!.GetValue<string>().ShouldStartWith("psk_");
        var id = key.Json["entry"]!["id"]!.GetValue<string>();
        (await shop.SendAsync(HttpMethod.Delete, $"keys/{id}", null)).Status.ShouldBe(204);
        (await shop.GetAsync("settings", Role.Administrator)).Good()["models_at_once"]!.GetValue<int>().ShouldBe(2);
        (await shop.SendAsync(Put, "settings", """{"models_at_once": 0}""")).ShouldBe(422, "setting.invalid");
        (await shop.GetAsync("channels", Role.Administrator)).Good()["items"]!.AsArray().ShouldBeEmpty();
        (await shop.GetAsync("me", Role.Editor)).Good()["role"]!.GetValue<string>().ShouldBe("editor");
    }
}
