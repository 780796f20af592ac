using System.Text;
using System.Text.Encodings.Web;

namespace Penstock.Simulators.Braze;

/// <summary>The page at <c>/</c>: counts, users, last requests. One file, nothing from outside, everything shown is escaped.</summary>
internal static class Page
{
    private const int Shown = 50;

    // Data that is shown could hold markup; escaping settles it, and this header makes sure.
    private static readonly Dictionary<string, string> Headers = new(StringComparer.Ordinal)
    {
        ["content-security-policy"] = "default-src 'none'; style-src 'unsafe-inline'",
    };

    private const string Style =
        "body{font:14px system-ui,sans-serif;margin:2rem;color:#222}table{border-collapse:collapse;width:100%;margin:0 0 2rem}"
        + "th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #ddd}"
        + "pre{margin:0;white-space:pre-wrap;word-break:break-word;max-height:9rem;overflow:auto}.bad{color:#b00}";

    public static Answer Show(Instance instance)
    {
        var stats = instance.Stats();
        var html = new StringBuilder(8_192);
        html.Append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Braze simulator</title>");
        html.Append("<style>").Append(Style).Append("</style>");
        html.Append("<h1>Braze simulator</h1><p>");
        Escape(html, $"{stats.Users:N0} users, {stats.Requests:N0} requests, {stats.Objects:N0} objects, ");
        Escape(html, $"{stats.DataPoints:N0} data points, {stats.OverLimit:N0} over the limit, {stats.Races:N0} races");
        html.Append("</p>");
        Users(html, instance);
        Requests(html, instance);
        return Answer.Html(200, html.ToString()) with { ContentType = "text/html; charset=utf-8", Headers = Headers };
    }

    private static void Users(StringBuilder html, Instance instance)
    {
        var users = instance.Profiles.Read(() => instance.Profiles.All.Take(Shown).Select(profile => profile.ToJson()).ToList());
        html.Append("<h2>Users</h2><table><tr><th>external_id<th>email<th>profile");
        foreach (var user in users)
        {
            Cell(html, (string?)user["external_id"] ?? "");
            Escape(html.Append("<td>"), (string?)user["email"] ?? "");
            Escape(html.Append("<td><pre>"), user.ToJsonString(Json.Plain));
            html.Append("</pre>");
        }

        html.Append("</table>");
    }

    private static void Requests(StringBuilder html, Instance instance)
    {
        html.Append("<h2>Last requests</h2><table><tr><th>request<th>status<th>body");
        foreach (var request in instance.Log.Last(Shown).Reverse())
        {
            Cell(html, $"{request.Method} {request.Path}{request.Query}");
            html.Append(request.Status is >= 200 and < 300 ? "<td>" : "<td class=\"bad\">").Append(request.Status);
            Escape(html.Append("<td><pre>"), request.Body.Length > 2_000 ? request.Body[..2_000] + "…" : request.Body);
            html.Append("</pre>");
        }

        html.Append("</table></html>");
    }

    private static void Cell(StringBuilder html, string text) => Escape(html.Append("<tr><td>"), text);

    private static void Escape(StringBuilder html, string text) => html.Append(HtmlEncoder.Default.Encode(text));
}
