using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using Penstock.Control.Users;
using Penstock.Server.Security;

namespace Penstock.Server.Tests.Security;

public sealed class ApiKeyTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_key_opens_what_its_role_may()
    {
        var key = await KeyAsync(new("airflow", Role.Viewer));

        (await CallAsync(key, "/")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_key_is_no_person()
    {
        var key = await KeyAsync(new("airflow", Role.Administrator));

        (await CallAsync(key, "/account")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await CallAsync(key, "/_blazor/negotiate")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("psk_aaaaaaaaaa_" + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("psk_")]
    [InlineData("")]
    [InlineData("something else")]
    public async Task A_key_that_is_none_is_told_by_code(string key)
    {
        var answer = await CallAsync(key, "/");

        answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Header("WWW-Authenticate").ShouldBe("Bearer");
        answer.Text.ShouldContain("\"code\":\"access.unauthenticated\"");
    }

    [Fact]
    public async Task A_key_with_a_changed_secret_is_refused()
    {
        var key = await KeyAsync(new("airflow", Role.Viewer));

        (await CallAsync(key[..^1] + (key[^1] == 'A' ? 'B' : 'A'), "/")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_revoked_key_stops_at_once()
    {
        var key = await KeyAsync(new("revoked", Role.Viewer));
        var entry = (await server.Services.People.Keys.ListAsync(server.Administrator, default)).Single(entry => entry.Name == "revoked");

        await server.Services.People.Keys.RevokeAsync(server.Administrator, entry.Id, default);

        (await CallAsync(key, "/")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public void A_key_made_for_some_models_may_use_no_other()
    {
        var user = Principals.Of(new ApiKeyEntry("1", "dbt", "psk_x", Role.Publisher, ["users"], "Ada", default), "192.0.2.7");

        user.MayUseModel("users").ShouldBeTrue();
        user.MayUseModel("accounts").ShouldBeFalse();
        user.ModelsOf().ShouldBe(["users"]);
        Principals.ActorOf(user).ShouldBe(new Actor(ActorKind.ApiKey, "1", "dbt", Role.Publisher, "192.0.2.7"));
    }

    [Fact]
    public void Nobody_has_no_actor() =>
        Should.Throw<InvalidOperationException>(() => Principals.ActorOf(new ClaimsPrincipal(new ClaimsIdentity())));

    private async Task<string> KeyAsync(ApiKeyRequest request) =>
        (await server.Services.People.Keys.CreateAsync(server.Administrator, request, default)).Key.Reveal();

    private async Task<Answer> CallAsync(string key, string path)
    {
        using var browser = server.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Length == 0 ? "x" : key);
        return await browser.SendAsync(request);
    }
}
