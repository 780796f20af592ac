using System.Net;
using Penstock.Control.Users;

namespace Penstock.Server.Tests.Security;

public sealed class SigningInTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task The_first_administrator_comes_in_by_a_link_that_works_once()
    {
        await using var empty = new RunningServer { HasNobody = true };
        await empty.InitializeAsync();
        var link = (await empty.Services.People.Invitations.SetupAsync(default)).ShouldNotBeNull().Reveal("");
        using var browser = empty.NewBrowser();
        Dictionary<string, string> fields = new()
        {
            ["Email"] = "ada@example.com",
            ["Name"] = "Ada",
            ["Password"] = RunningServer.Password,
        };

        (await browser.FillInAsync(link, fields)).Location.ShouldBe("/");

        (await browser.GetAsync("/account")).Text.ShouldContain("ada@example.com · Administrator");
        using var second = empty.NewBrowser();
        (await second.GetAsync(link)).Text.ShouldContain("used already");
        (await empty.Services.People.Invitations.SetupAsync(default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_role_smuggled_into_the_form_of_an_invitation_is_ignored()
    {
        var link = await server.Services.People.Invitations.InviteAsync(server.Administrator, "mallory@example.com", Role.Viewer, default);
        using var browser = server.NewBrowser();

        await browser.FillInAsync(link.Reveal(""), new()
        {
            ["Name"] = "Mallory",
            ["Password"] = RunningServer.Password,
            ["Role"] = "Administrator",
            ["Email"] = "other@example.com",
            ["IsDisabled"] = "false",
            ["Id"] = server.Administrator.Id,
        });

        (await browser.GetAsync("/account")).Text.ShouldContain("mallory@example.com · Viewer");
    }

    [Fact]
    public async Task The_cookie_is_neither_for_scripts_nor_for_other_sites()
    {
        using var browser = server.NewBrowser();
        await server.PersonAsync("cookie@example.com", Role.Viewer);

        var cookie = (await browser.SignInAsync("cookie@example.com", RunningServer.Password)).SetCookies
            .Single(set => set.StartsWith("Penstock=", StringComparison.Ordinal));

        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldNotContain("expires"); // it ends with the browser, or after 12 idle hours
        cookie.ShouldNotContain("secure"); // plain HTTP on this machine, where a browser would drop it otherwise
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\tevil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("evil")]
    public async Task Nobody_is_sent_to_another_site_after_signing_in(string returnUrl)
    {
        await using var own = new RunningServer();
        await own.InitializeAsync();
        using var browser = own.NewBrowser();

        (await browser.SignInAsync(own.FirstEmail, RunningServer.Password, returnUrl)).Location.ShouldBe("/");
    }

    [Fact]
    public async Task One_comes_back_to_where_one_wanted_to_go()
    {
        await using var own = new RunningServer();
        await own.InitializeAsync();
        using var browser = own.NewBrowser();

        var asked = (await browser.GetAsync("/account?tab=2")).Location.ShouldNotBeNull();
        asked.ShouldBe("/sign-in?returnUrl=%2Faccount%3Ftab%3D2");

        (await browser.SignInAsync(own.FirstEmail, RunningServer.Password, "/account?tab=2")).Location.ShouldBe("/account?tab=2");
    }

    [Fact]
    public async Task A_wrong_password_an_unknown_address_and_a_locked_account_read_alike()
    {
        await using var own = new RunningServer();
        await own.InitializeAsync();
        using var browser = own.NewBrowser();

        var unknown = await browser.SignInAsync("nobody@example.com", "x");
        var answers = new List<string>();
        for (var i = 0; i < SessionService.MaxWrongPasswords; i++)
            answers.Add(Problem(await browser.SignInAsync(own.FirstEmail, "wrong password " + i)));
        var locked = await browser.SignInAsync(own.FirstEmail, RunningServer.Password);

        answers.Distinct().ShouldHaveSingleItem().ShouldBe(Problem(unknown));
        Problem(locked).ShouldBe(Problem(unknown));
        own.Time.Advance(SessionService.LockedFor + TimeSpan.FromSeconds(1));
        (await browser.SignInAsync(own.FirstEmail, RunningServer.Password)).Location.ShouldBe("/");
    }

    [Fact]
    public async Task More_than_ten_tries_a_minute_are_turned_away()
    {
        await using var own = new RunningServer();
        await own.InitializeAsync();
        using var browser = own.NewBrowser();
        for (var i = 0; i < 10; i++)
            (await browser.SignInAsync($"somebody{i}@example.com", "wrong")).Status.ShouldBe(HttpStatusCode.OK);

        var answer = await browser.SignInAsync("somebody@example.com", "wrong");

        answer.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Header("Retry-After").ShouldBe("60");
        answer.Text.ShouldContain("Wait a minute");
    }

    [Fact]
    public async Task The_session_of_somebody_disabled_ends()
    {
        var person = await server.PersonAsync("leaving@example.com", Role.Editor);
        using var browser = server.NewBrowser();
        await browser.SignInPastTheFormAsync(server, person.Email);
        (await browser.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);

        await server.Services.People.Users.DisableAsync(server.Administrator, person.Id, default);

        (await browser.GetAsync("/account")).Location.ShouldBe("/sign-in?returnUrl=%2Faccount");
    }

    [Fact]
    public async Task Another_password_ends_the_other_sessions_and_not_this_one()
    {
        var person = await server.PersonAsync("two@example.com", Role.Viewer);
        using var here = server.NewBrowser();
        using var there = server.NewBrowser();
        foreach (var browser in new[] { here, there })
            await browser.SignInPastTheFormAsync(server, person.Email);

        var answer = await here.FillInAsync(
            "/account", new() { ["Current"] = RunningServer.Password, ["Next"] = "another four unrelated words" }, form: "Present");

        answer.Text.ShouldContain("Your password is changed");
        (await here.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.OK);
        (await there.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task Signing_out_needs_the_form_and_ends_the_cookie()
    {
        var person = await server.PersonAsync("out@example.com", Role.Viewer);
        using var browser = server.NewBrowser();
        await browser.SignInPastTheFormAsync(server, person.Email);

        (await browser.PostAsync("/sign-out", [])).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.FillInAsync("/account", [], form: "sign-out")).Location.ShouldBe("/sign-in");

        (await browser.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task No_password_token_or_key_is_logged()
    {
        await using var own = new RunningServer();
        await own.InitializeAsync();
        using var browser = own.NewBrowser();
        var link = await own.Services.People.Invitations.InviteAsync(own.Administrator, "bob@example.com", Role.Viewer, default);
        var key = await own.Services.People.Keys.CreateAsync(own.Administrator, new("x", Role.Viewer), default);
        await browser.FillInAsync(link.Reveal(""), new() { ["Name"] = "Bob", ["Password"] = RunningServer.Password });
        using var other = own.NewBrowser();
        await other.SignInAsync(own.FirstEmail, "m4rk3r wrong password");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/people");
        request.Headers.Authorization = new("Bearer", key.Key.Reveal());
        await browser.SendAsync(request);

        own.Logged.ShouldNotBeEmpty();
        foreach (var secret in new[] { RunningServer.Password, "m4rk3r", link.Token.Reveal(), key.Key.Reveal()[15..] })
            own.Logged.Split('\n').Where(line => line.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string Problem(Answer answer)
    {
        var start = answer.Text.IndexOf("<div class=\"pa-problem\"", StringComparison.Ordinal);
        return start < 0 ? answer.Status.ToString() : answer.Text[start..answer.Text.IndexOf("</div>", start, StringComparison.Ordinal)];
    }
}
