using System.Net;
using Penstock.Control.Users;
using Penstock.Server.Security;

namespace Penstock.Server.Tests.Security;

public sealed class GuardTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/setup?token=x")]
    [InlineData("/accept?token=x")]
    [InlineData("/reset?token=x")]
    [InlineData("/account")]
    [InlineData("/")]
    [InlineData("/no/such/page")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/_content/Penstock.Server/app.js")]
    public async Task Every_answer_tells_the_browser_what_not_to_do(string path)
    {
        var browser = await server.AsAsync(Role.Administrator);

        var answer = await browser.GetAsync(path);

        var policy = answer.Header("Content-Security-Policy");
        policy.ShouldContain("default-src 'self'; script-src 'self';");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("script-src 'self' 'unsafe");
        answer.Header("X-Content-Type-Options").ShouldBe("nosniff");
        answer.Header("Referrer-Policy").ShouldBe("no-referrer");
        answer.Header("Permissions-Policy").ShouldContain("camera=()");
        answer.Header("Strict-Transport-Security").ShouldBeEmpty(); // this is plain HTTP
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/")]
    public async Task No_page_has_a_script_in_itself(string path)
    {
        var html = (await (await server.AsAsync(Role.Viewer)).GetAsync(path)).Text;

        html.ShouldNotContain("<script>");
        html.ShouldNotContain(" onclick=");
        html.ShouldNotContain("javascript:");
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var browser = server.NewBrowser();

        var answer = await browser.PostAsync("/sign-in", new()
        {
            ["_handler"] = "sign-in",
            ["Form.Email"] = "a@b.c",
            ["Form.Password"] = "x",
        });

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task What_another_site_makes_a_browser_send_is_refused(string header, string value)
    {
        var browser = await server.AsAsync(Role.Administrator);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out");
        request.Headers.Add(header, value);

        var answer = await browser.SendAsync(request);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Text.ShouldContain("not sent from a page of this server");
    }

    [Fact]
    public async Task Another_site_cannot_open_a_circuit()
    {
        var browser = await server.AsAsync(Role.Administrator);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_blazor?id=x");
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.Add("Connection", "Upgrade");
        request.Headers.Add("Upgrade", "websocket");

        (await browser.SendAsync(request)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Headers_of_a_proxy_are_believed_only_when_it_is_trusted()
    {
        await using var behind = new RunningServer { TrustedProxies = ["127.0.0.0/8"] };
        await behind.InitializeAsync();

        (await SecureCookieAsync(behind)).ShouldBeTrue();
        (await SecureCookieAsync(server)).ShouldBeFalse();
        behind.LastEntry().From.ShouldBe("203.0.113.7");
        server.LastEntry().From.ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task A_cookie_never_goes_in_the_clear_to_another_machine()
    {
        using var browser = server.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Host = "penstock.example.com";

        var answer = await browser.SendAsync(request);

        answer.SetCookies.ShouldNotBeEmpty();
        answer.SetCookies.ShouldAllBe(cookie => cookie.Contains("secure"));
        answer.Text.ShouldContain("HTTPS only");
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/runs?x=//y", "/runs?x=//y")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("//x", "/")]
    [InlineData("/\\x", "/")]
    [InlineData("http:/x", "/")]
    [InlineData("/a\r\nb", "/")]
    public void Only_paths_of_this_server_are_gone_to(string? url, string to) => LocalUrl.Of(url).ShouldBe(to);

    private static async Task<bool> SecureCookieAsync(RunningServer server)
    {
        using var browser = server.NewBrowser();
        using var page = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        foreach (var (name, value) in Proxied)
            page.Headers.Add(name, value);
        var form = (await browser.SendAsync(page)).Text;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = Browser.Content(form, new()
            {
                ["Email"] = server.FirstEmail,
                ["Password"] = RunningServer.Password,
            })
        };
        foreach (var (name, value) in Proxied)
            request.Headers.Add(name, value);
        request.Headers.Add("Cookie", Browser.CookiesOf(browser));
        var answer = await browser.SendAsync(request);
        answer.Status.ShouldBe(HttpStatusCode.Found);
        return answer.SetCookies.Single(set => set.StartsWith("Penstock=", StringComparison.Ordinal)).Contains("secure");
    }

    private static readonly Dictionary<string, string> Proxied = new()
    {
        ["X-Forwarded-For"] = "203.0.113.7",
        ["X-Forwarded-Proto"] = "https",
    };
}
