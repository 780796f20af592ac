using System.Text.Json;

namespace Penstock.Simulators.Braze;

/// <summary>Reads the list sent to <c>POST /_sim/faults</c>. An unknown member is refused: a misspelt fault would test nothing.</summary>
internal static class FaultScript
{
    public static Answer Add(Faults faults, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var items = root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToList() : [root];
            var read = items.Select(Read).ToList();
            read.ForEach(faults.Add);
            return Answer.Message(200, "success");
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            return Answer.Message(400, $"Send a list of {{match, times, status | fault, headers, body, delay_ms}}. {exception.Message}");
        }
    }

    private static BrazeFault Read(JsonElement json)
    {
        var fault = new BrazeFault();
        foreach (var member in json.EnumerateObject())
        {
            fault = member.Name switch
            {
                "match" => fault with { Match = Json.Text(member.Value) },
                "times" => fault with { Times = member.Value.GetInt32() },
                "status" => fault with { Status = Status(member.Value.GetInt32()) },
                "fault" => fault with { Kind = Kind(Json.Text(member.Value)) },
                "headers" => fault with { Headers = Headers(member.Value) },
                "body" => fault with { Body = Body(member.Value) },
                "delay_ms" => fault with { Delay = TimeSpan.FromMilliseconds(member.Value.GetInt32()) },
                _ => throw new FormatException($"The member '{member.Name}' is not known."),
            };
        }

        return fault;
    }

    private static Dictionary<string, string> Headers(JsonElement json) =>
        json.EnumerateObject().ToDictionary(header => header.Name, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    private static string Body(JsonElement json) => json.ValueKind == JsonValueKind.String ? Json.Text(json) : json.GetRawText();

    private static int Status(int status) =>
        status is >= 200 and <= 599 ? status : throw new FormatException($"The status {status} is none that can be answered.");

    private static BrazeFaultKind Kind(string name) => name switch
    {
        "reset" => BrazeFaultKind.Reset,
        "reset_after_apply" => BrazeFaultKind.ResetAfterApply,
        "hang" => BrazeFaultKind.Hang,
        "truncate" => BrazeFaultKind.Truncate,
        "garbage" => BrazeFaultKind.Garbage,
        _ => throw new FormatException($"The fault '{name}' is not known: reset, reset_after_apply, hang, truncate, garbage."),
    };
}
