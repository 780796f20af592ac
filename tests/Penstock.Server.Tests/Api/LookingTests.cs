using Penstock.Control.Users;

namespace Penstock.Server.Tests.Api;

public sealed class LookingTests(ShopServer shop) : IClassFixture<ShopServer>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await shop.RunAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Connectors_say_what_they_take()
    {
        (await shop.GetAsync("connectors")).Good()["items"]!.AsArray().Select(item => item!["type"]!.GetValue<string>())
            .ShouldContain("braze");
        var braze = (await shop.GetAsync("connectors/braze")).Good();
        braze["kinds"]![0]!["fields"]!.AsArray().ShouldNotBeEmpty();
        (await shop.GetAsync("connectors/braz")).ShouldBe(404, "api.not_found").Text.ShouldContain("braze");
    }

    [Fact]
    public async Task Apps_show_references_and_no_credentials()
    {
        var apps = (await shop.GetAsync("apps")).Good();
        apps.ToJsonString().ShouldNotContain(ShopServer.BrazeKey);
        apps.ToJsonString().ShouldContain("${env:BRAZE_API_KEY}");
        (await shop.GetAsync("apps/local")).Good()["source"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task An_app_is_tried_saved_or_not()
    {
        (await shop.PostAsync("apps/braze/test", null, Role.Editor)).Good()["ok"]!.GetValue<bool>().ShouldBeTrue();
        var wrong = (await shop.PostAsync(
            "apps/test", $$"""{"type": "braze", "endpoint": "{{shop.Braze.Address}}", "api_key": "wrong"}""", Role.Editor)).Good();
        wrong["ok"]!.GetValue<bool>().ShouldBeFalse();
        wrong["error"]!["code"]!.GetValue<string>().ShouldBe("braze.key_not_accepted");
        (await shop.PostAsync("apps/test", """{"type": "braz"}""", Role.Editor)).Status.ShouldBe(422);
    }

    [Fact]
    public async Task Tables_are_listed_described_and_sampled()
    {
        var tables = (await shop.GetAsync("apps/local/tables?draft=false&limit=1", Role.Editor)).Good();
        tables["items"]!.AsArray().Count.ShouldBe(1);
        var next = tables["next"]!.GetValue<string>();
        (await shop.GetAsync($"apps/local/tables?draft=false&limit=1&cursor={next}", Role.Editor)).Good()["next"].ShouldBeNull();
        (await shop.GetAsync("apps/local/table?name=users", Role.Editor)).Good()["columns"]!.AsArray().Count.ShouldBe(3);
        (await shop.GetAsync("apps/local/table?name=user", Role.Editor)).ShouldBe(404, "source.unknown_table");
        var sample = (await shop.PostAsync("apps/local/sample", """{"table": "users", "rows": 2}""", Role.Editor)).Good();
        sample["rows"]!.AsArray().Count.ShouldBe(2);
        sample["is_cut"]!.GetValue<bool>().ShouldBeTrue();
        sample["rows"]![0]![1]!.GetValue<string>().ShouldBe("ana@example.com");
    }

    [Fact]
    public async Task A_query_that_writes_is_not_asked()
    {
        var sample = (await shop.PostAsync("apps/local/sample", """{"query": "DELETE FROM users"}""", Role.Editor)).Good();
        sample["problem"]!["code"]!.GetValue<string>().ShouldBe("source.not_one_select");
        (await shop.PostAsync("apps/local/sample", "{}", Role.Editor)).ShouldBe(400, "api.malformed");
    }

    [Fact]
    public async Task Keys_and_joins_are_checked_and_proposed()
    {
        (await shop.PostAsync("apps/local/key-check", """{"table": "purchases", "columns": ["user_id"]}""", Role.Editor)).Good()
            ["is_unique"]!.GetValue<bool>().ShouldBeFalse();
        (await shop.GetAsync("apps/local/key-proposals?table=users", Role.Editor)).Good()["items"]![0]!["columns"]![0]!.GetValue<string>()
            .ShouldBe("id");
        (await shop.GetAsync("apps/local/join-proposals?table=purchases&model=users", Role.Editor)).Good()["items"]![0]!["join"]![0]!
            ["column"]!.GetValue<string>().ShouldBe("user_id");
    }

    [Fact]
    public async Task Records_are_searched_page_by_page()
    {
        var page = (await shop.GetAsync("models/users/records?limit=2")).Good();
        page["total"]!.GetValue<long>().ShouldBe(3);
        var next = page["next"]!.GetValue<string>();
        (await shop.GetAsync($"models/users/records?limit=2&cursor={Uri.EscapeDataString(next)}")).Good()["items"]!.AsArray()
            .Count.ShouldBe(1);
        (await shop.GetAsync("models/users/records?search=bo@")).Good()["items"]![0]!["key"]!.GetValue<string>().ShouldBe("2");
        (await shop.GetAsync("models/users/records?group=big_spenders")).Good()["total"]!.GetValue<long>().ShouldBe(1);
        (await shop.PostAsync(
            "models/users/records/search", """{"all": [{"property": "ltv", "at_least": 50}]}""", Role.Viewer)).Good()
            ["total"]!.GetValue<long>().ShouldBe(2);
    }

    [Fact]
    public async Task A_record_tells_all_that_is_known_of_it()
    {
        var record = (await shop.GetAsync("models/users/record?key=1")).Good();
        record["display"]!.GetValue<string>().ShouldBe("ana@example.com");
        record["groups"]![0]!["verdict"]!["holds"]!.GetValue<bool>().ShouldBeTrue();
        record["destinations"]![0]!["delivered_at"].ShouldNotBeNull();
        (await shop.GetAsync("models/users/record?key=99")).ShouldBe(404, "records.unknown");
        (await shop.GetAsync("destinations/braze_users/history?key=1")).Good()["items"]!.AsArray().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Groups_are_counted_saved_or_not()
    {
        (await shop.GetAsync("models/users/groups/big_spenders/count")).Good()["count"]!.GetValue<long>().ShouldBe(1);
        (await shop.PostAsync("models/users/groups/count", """{"any": [{"property": "ltv", "less_than": 60}]}""", Role.Viewer)).Good()
            ["count"]!.GetValue<long>().ShouldBe(2);
        (await shop.PostAsync("models/users/groups/count", """{"any": [{"property": "ltv", "lesss_than": 60}]}""", Role.Viewer))
            .Status.ShouldBe(422);
        (await shop.GetAsync("models/users/groups/big_spenders/why?key=2")).Good()["holds"]!.GetValue<bool>().ShouldBeFalse();
        (await shop.PostAsync("models/users/groups/overlap", """{"all": [{"property": "email", "exists": true}]}""", Role.Viewer)).Good()
            ["items"]![0]!["both"]!.GetValue<long>().ShouldBe(1);
        (await shop.GetAsync("models/users/values?property=first_name")).Good()["values"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task One_record_is_previewed_and_sent()
    {
        var preview = (await shop.GetAsync("destinations/braze_users/preview?record=1&whole=true", Role.Editor)).Good();
        preview["requests"]!.AsArray().ShouldNotBeEmpty(preview.ToJsonString());
        preview["requests"]![0]!["body"]!.GetValue<string>().ShouldContain("ana@example.com");
        preview.ToJsonString().ShouldNotContain(ShopServer.BrazeKey);
        var sent = (await shop.PostAsync("destinations/braze_users/send-one", """{"record": "1", "again": true}""", Role.Publisher)).Good();
        sent["outcome"]!.GetValue<string>().ShouldBe("delivered", sent.ToJsonString());
        sent.ToJsonString().ShouldNotContain(ShopServer.BrazeKey);
        (await shop.GetAsync("audit?action=record.trial_sent", Role.Administrator)).Good()["items"]![0]!["subject"]!.GetValue<string>()
            .ShouldBe("destination:braze_users");
    }

    [Fact]
    public async Task The_last_plan_is_read_page_by_page() =>
        (await shop.GetAsync("destinations/braze_users/plan")).Good()["items"].ShouldNotBeNull();
}
