using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Penstock.Server.Security;

namespace Penstock.Server.Tests;

/// <summary>A browser without scripts: keeps cookies, fills in forms, follows nothing by itself.</summary>
public sealed partial class Browser : IDisposable
{
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false };
    private readonly HttpClient _client;

    public Browser(Uri address)
    {
        _handler.CookieContainer = Cookies;
        _client = new HttpClient(_handler) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        _client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    /// <summary>Its cookies.</summary>
    public CookieContainer Cookies { get; } = new();

    /// <summary>Gets a page.</summary>
    public async Task<Answer> GetAsync(string path) => await SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Sends any request.</summary>
    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var isText = response.Content.Headers.ContentType?.MediaType is "text/html" or "application/problem+json" or "application/json";
        return new(response, isText ? await response.Content.ReadAsStringAsync() : "");
    }

    /// <summary>Loads a page and sends its form.</summary>
    /// <param name="path">The page.</param>
    /// <param name="fields">What is filled in, beside what the page itself has hidden in it.</param>
    /// <param name="form">Which form, when there are several: what its button or action contains.</param>
    public async Task<Answer> FillInAsync(string path, Dictionary<string, string> fields, string form = "")
    {
        var page = await GetAsync(path);
        page.Status.ShouldBe(HttpStatusCode.OK, page.Text);
        var html = Form().Matches(page.Text).Select(match => match.Value).First(found => found.Contains(form, StringComparison.Ordinal));
        var all = Fields(html, fields);
        var action = Action().Match(html) is { Success: true } match ? match.Groups[1].Value : path;
        return await PostAsync(action, all);
    }

    /// <summary>Posts fields as they are.</summary>
    public Task<Answer> PostAsync(string path, Dictionary<string, string> fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) });

    /// <summary>Signs in by the form.</summary>
    public Task<Answer> SignInAsync(string email, string password, string returnUrl = "") => FillInAsync(
        "/sign-in" + (returnUrl.Length == 0 ? "" : "?returnUrl=" + Uri.EscapeDataString(returnUrl)),
        new() { ["Email"] = email, ["Password"] = password });

    /// <summary>Signs in without the form, whose limit of tries is for people.</summary>
    public async Task SignInPastTheFormAsync(RunningServer server, string email)
    {
        var session = await server.Services.People.Sessions.SignInAsync(email, RunningServer.Password, null, default);
        var services = server.Application.Services;
        var format = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Schemes.Cookie).TicketDataFormat;
        var ticket = new AuthenticationTicket(
            Principals.Of(session, null), new() { IssuedUtc = server.Time.GetUtcNow(), ExpiresUtc = server.Time.GetUtcNow().AddHours(1) },
            Schemes.Cookie);
        Cookies.Add(new Cookie(SessionCookie.Name, format.Protect(ticket), "/", server.Address.Host));
    }

    /// <summary>A form's content.</summary>
    public static HttpContent Content(string html, Dictionary<string, string> fields) => new FormUrlEncodedContent(Fields(html, fields));

    /// <summary>The cookies it keeps, also those for HTTPS only, as a header.</summary>
    public static string CookiesOf(Browser browser) =>
        string.Join("; ", browser.Cookies.GetAllCookies().Select(cookie => $"{cookie.Name}={cookie.Value}"));

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    private static Dictionary<string, string> Fields(string html, Dictionary<string, string> fields)
    {
        var all = Hidden().Matches(html).ToDictionary(
            match => WebUtility.HtmlDecode(match.Groups[1].Value), match => WebUtility.HtmlDecode(match.Groups[2].Value));
        foreach (var (name, value) in fields)
            all["Form." + name] = value;
        return all;
    }

    [GeneratedRegex("(?s)<form.*?</form>")]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\"[^>]*? value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("<form[^>]* action=\"([^\"]+)\"")]
    private static partial Regex Action();
}

/// <summary>What came back.</summary>
public sealed class Answer(HttpResponseMessage response, string text)
{
    public HttpStatusCode Status { get; } = response.StatusCode;

    public string Text { get; } = text;

    /// <summary>Where it sends the browser, on this server without the address.</summary>
    public string? Location { get; } = response.Headers.Location is { IsAbsoluteUri: true } there
        && there.Authority == response.RequestMessage?.RequestUri?.Authority ? there.PathAndQuery : response.Headers.Location?.ToString();

    public IReadOnlyList<string> SetCookies { get; } =
        [.. response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : []];

    public string Header(string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values)
        : response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : "";
}
