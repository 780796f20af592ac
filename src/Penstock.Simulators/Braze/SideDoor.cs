using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Penstock.Simulators.Braze;

/// <summary>What the real Braze does not have: looking in, scripting faults, starting afresh. Needs no key and does not count.</summary>
internal sealed class SideDoor(Instance instance)
{
    private const int DefaultLimit = 100;

    public static bool Owns(PathString path) =>
        path.Value is null or "" or "/" || path.StartsWithSegments("/_sim", StringComparison.Ordinal);

    public Answer Open(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var path = request.Path.Value ?? "/";
        return (request.Method, path) switch
        {
            ("GET", "/" or "") => Page.Show(instance),
            ("GET", "/_sim/stats") => Stats(),
            ("GET", "/_sim/users") => Users(Number(request, "offset", 0), Number(request, "limit", DefaultLimit)),
            ("GET", "/_sim/requests") => Requests(Number(request, "last", DefaultLimit)),
            ("POST", "/_sim/faults") => FaultScript.Add(instance.Faults, body),
            ("DELETE", "/_sim/faults") => Done(instance.Faults.Clear),
            ("POST", "/_sim/reset") => Done(instance.Reset),
            ("GET", _) when path.StartsWith("/_sim/users/", StringComparison.Ordinal) => User(request),
            _ => Answer.Message(404, "The side door does not have this."),
        };
    }

    private static Answer Done(Action act)
    {
        act();
        return Answer.Message(200, "success");
    }

    private static int Number(HttpRequest request, string name, int otherwise) =>
        int.TryParse(request.Query[name], out var number) && number >= 0 ? number : otherwise;

    private Answer Stats()
    {
        var stats = instance.Stats();
        return Answer.Write(200, json =>
        {
            json.WriteNumber("users", stats.Users);
            json.WriteNumber("requests", stats.Requests);
            json.WriteNumber("objects", stats.Objects);
            json.WriteNumber("data_points", stats.DataPoints);
            json.WriteNumber("races", stats.Races);
            json.WriteNumber("over_limit", stats.OverLimit);
            json.WriteStartObject("by_path");
            foreach (var (path, count) in stats.ByPath)
                json.WriteNumber(path, count);
            json.WriteEndObject();
        });
    }

    // From the raw target, because an external id may hold an escaped slash.
    private Answer User(HttpRequest request)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        var id = Uri.UnescapeDataString(target["/_sim/users/".Length..]);
        var profile = instance.Profiles.Read(() => instance.Profiles.ByExternalId(id)?.ToJson());
        return profile is null ? Answer.Message(404, "There is no user with this external id.") : Answer.Of(200, profile);
    }

    private Answer Users(int offset, int limit) => instance.Profiles.Read(() => Answer.Of(200, new JsonObject
    {
        ["total"] = instance.Profiles.All.Count(),
        ["users"] = new JsonArray([.. instance.Profiles.All.Skip(offset).Take(limit).Select(profile => profile.ToJson())]),
    }));

    private Answer Requests(int last) => Answer.Of(200, new JsonArray(
    [
        .. instance.Log.Last(last).Select(request => new JsonObject
        {
            ["method"] = request.Method,
            ["path"] = request.Path,
            ["query"] = request.Query,
            ["headers"] = JsonSerializer.SerializeToNode(request.Headers),
            ["body"] = request.Body,
            ["status"] = request.Status,
        }),
    ]));
}
