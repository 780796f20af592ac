using System.Text.Json;
using System.Text.Json.Nodes;

namespace Penstock.Simulators.Braze;

/// <summary><c>GET /custom_attributes</c>: 50 a page, the next in the <c>Link</c> header. Braze docs, export custom attributes.</summary>
internal sealed class CustomAttributes : Endpoint
{
    private const int PageSize = 50;

    public override string Method => "GET";

    public override string Path => "/custom_attributes";

    public override string Permission => "custom_attributes.get";

    public override Pool PoolOf(Limits limits, JsonElement body) => limits.Attributes;

    public override Answer Handle(Call call)
    {
        var cursor = call.Query["cursor"].ToString();
        var offset = 0;
        if (cursor.Length > 0 && !(int.TryParse(cursor, out offset) && offset >= 0))
            return Answer.Message(400, Unproven.BadRequest);
        var (page, more) = call.Profiles.Read(() =>
        {
            var attributes = call.Profiles.Attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal)
                .Skip(offset)
                .Take(PageSize)
                .Select(attribute => Show(attribute.Key, attribute.Value, call.Options));
            return (new JsonArray([.. attributes]), call.Profiles.Attributes.Count > offset + PageSize);
        });
        return Answer.Of(200, new JsonObject { ["attributes"] = page, ["message"] = "success" }) with
        {
            Headers = more ? Next(offset + PageSize) : null,
        };
    }

    private static Dictionary<string, string> Next(int offset) =>
        new(StringComparer.Ordinal) { ["link"] = $"</custom_attributes?cursor={offset}>; rel=\"next\"" };

    private static JsonObject Show(string name, string type, BrazeSimulatorOptions options) => new()
    {
        ["name"] = name,
        ["description"] = null,
        ["data_type"] = type + " (Automatically Detected)",
        ["array_length"] = type == "Array" ? 500 : null,
        ["status"] = options.BlockedAttributes?.Contains(name) == true ? "Blocklisted" : "Active",
        ["tag_names"] = new JsonArray(),
    };
}
