using System.Text.Json;

namespace Penstock.Simulators.Braze;

/// <summary><c>POST /users/external_ids/rename</c>: the old id stays and resolves. Braze docs, external id migration.</summary>
internal sealed class ExternalIdRename : Endpoint
{
    private const int MaxItems = 50;

    public override string Path => "/users/external_ids/rename";

    public override string Permission => "users.external_ids.rename";

    public override Pool PoolOf(Limits limits, JsonElement body) => limits.Rename;

    public override Answer Handle(Call call)
    {
        if (call.Body.ArrayOf("external_id_renames") is not { Count: > 0 } items)
            return Answer.Message(400, Unproven.NoItems);
        if (items.Count > MaxItems)
            return Answer.Message(400, Unproven.TooManyIds);
        foreach (var item in items)
        {
            foreach (var name in new[] { "current_external_id", "new_external_id" })
            {
                if (item.StringOf(name) is { } id)
                    call.Touch(id);
            }
        }

        // Checked and done one after the other, so that a chain in one request ends as it reads. Not delayed: the answer has the results.
        var renamed = new List<(string Current, string New)>();
        var errors = new List<(string Text, int Index)>();
        call.Profiles.Read(() =>
        {
            for (var index = 0; index < items.Count; index++)
            {
                if (Rename(call.Profiles, items[index], renamed) is { } reason)
                    errors.Add((reason, index));
            }

            call.Profiles.Changed();
            return 0;
        });
        call.Count(renamed.Count);
        // Recorded (jonallured/braze_ruby): objects in external_ids, where the docs say strings.
        return Answer.Write(201, json =>
        {
            json.WriteStartArray("external_ids");
            foreach (var (current, next) in renamed)
            {
                json.WriteStartObject();
                json.WriteString("current_external_id", current);
                json.WriteString("new_external_id", next);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteErrors(json, "rename_errors", errors);
            json.WriteString("message", "success");
        });
    }

    /// <summary>An array of arrays that name the index of the input. Braze docs, external id migration.</summary>
    public static void WriteErrors(Utf8JsonWriter json, string name, List<(string Text, int Index)> errors)
    {
        json.WriteStartArray(name);
        foreach (var (text, index) in errors)
        {
            json.WriteStartArray();
            json.WriteStringValue(text);
            json.WriteNumberValue(index);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static string? Rename(Profiles profiles, JsonElement item, List<(string Current, string New)> renamed)
    {
        if (item.StringOf("current_external_id") is not { Length: > 0 } current
            || item.StringOf("new_external_id") is not { Length: > 0 } next)
        {
            return Unproven.BadRename;
        }

        if (current == next)
            return Unproven.SameId;
        if (profiles.ByExternalId(current) is not { } profile || profile.ExternalId != current)
            return Unproven.NotPrimary;
        if (profiles.ByExternalId(next) is not null)
            return Unproven.AlreadyUsed;
        profiles.Rename(profile, next);
        renamed.Add((current, next));
        return null;
    }
}

/// <summary><c>POST /users/external_ids/remove</c>: only deprecated ids can go. Braze docs, external id migration.</summary>
internal sealed class ExternalIdRemove : Endpoint
{
    private const int MaxItems = 50;

    public override string Path => "/users/external_ids/remove";

    public override string Permission => "users.external_ids.remove";

    public override Pool PoolOf(Limits limits, JsonElement body) => limits.Remove;

    public override Answer Handle(Call call)
    {
        if (call.Body.ArrayOf("external_ids") is not { Count: > 0 } items)
            return Answer.Message(400, Unproven.NoIds);
        if (items.Count > MaxItems)
            return Answer.Message(400, Unproven.TooManyIds);
        var removed = new List<string>();
        var errors = new List<(string Text, int Index)>();
        call.Profiles.Read(() =>
        {
            for (var index = 0; index < items.Count; index++)
            {
                var id = items[index].ValueKind == JsonValueKind.String ? Json.Text(items[index]) : "";
                if (call.Profiles.ByExternalId(id) is { } profile && profile.ExternalId != id)
                {
                    call.Profiles.RemoveDeprecated(profile, id);
                    removed.Add(id);
                }
                else
                {
                    errors.Add((Unproven.NotDeprecated, index));
                }
            }

            call.Profiles.Changed();
            return 0;
        });
        call.Count(removed.Count);
        // Recorded (jonallured/braze_ruby).
        return Answer.Write(201, json =>
        {
            json.WriteStartArray("removed_ids");
            foreach (var id in removed)
                json.WriteStringValue(id);
            json.WriteEndArray();
            ExternalIdRename.WriteErrors(json, "removal_errors", errors);
            json.WriteString("message", "success");
        });
    }
}
