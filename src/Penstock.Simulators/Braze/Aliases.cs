using System.Text.Json;

namespace Penstock.Simulators.Braze;

/// <summary><c>POST /users/alias/new</c>. Braze docs, POST /users/alias/new.</summary>
internal sealed class AliasNew : Endpoint
{
    private const int MaxItems = 50;

    public override string Path => "/users/alias/new";

    public override string Permission => "users.alias.new";

    public override Pool PoolOf(Limits limits, JsonElement body) => limits.Users;

    public override Answer Handle(Call call)
    {
        if (call.Body.ArrayOf("user_aliases") is not { Count: > 0 } items)
            return Answer.Message(400, Unproven.NoItems);
        if (items.Count > MaxItems)
            return Answer.Message(400, Unproven.TooManyIds);
        var aliases = new List<(string? ExternalId, UserAlias Alias)>();
        foreach (var item in items)
        {
            if (Target.ReadAlias(item, out var target) is { } reason)
                return Answer.Message(400, reason);
            aliases.Add((item.StringOf("external_id"), target.Identifier.Alias));
            call.Touch(item.StringOf("external_id") ?? target.Identifier.Key);
        }

        call.Count(aliases.Count);
        call.Profiles.Write(() =>
        {
            foreach (var (id, alias) in aliases)
            {
                // An unknown external id adds nothing; none at all makes an alias-only profile.
                var profile = id is null ? call.Profiles.ByAlias(alias) ?? call.Profiles.Create() : call.Profiles.ByExternalId(id);
                if (profile is not null)
                    call.Profiles.AddAlias(profile, alias);
            }
        });
        return AliasUpdate.Processed(items.Count);
    }
}

/// <summary><c>POST /users/alias/update</c>. Braze docs, POST /users/alias/update.</summary>
internal sealed class AliasUpdate : Endpoint
{
    private const int MaxItems = 50;

    public override string Path => "/users/alias/update";

    public override string Permission => "users.alias.update";

    public override Pool PoolOf(Limits limits, JsonElement body) => limits.Users;

    public override Answer Handle(Call call)
    {
        if (call.Body.ArrayOf("alias_updates") is not { Count: > 0 } items)
            return Answer.Message(400, Unproven.NoItems);
        if (items.Count > MaxItems)
            return Answer.Message(400, Unproven.TooManyIds);
        var updates = new List<(UserAlias Old, UserAlias New)>();
        foreach (var item in items)
        {
            if (item.StringOf("alias_label") is not { Length: > 0 } label
                || item.StringOf("old_alias_name") is not { Length: > 0 } old
                || item.StringOf("new_alias_name") is not { Length: > 0 } renamed)
            {
                return Answer.Message(400, Unproven.BadAlias);
            }

            updates.Add((new UserAlias(old, label), new UserAlias(renamed, label)));
            call.Touch($"alias:{label}:{old}");
        }

        call.Count(updates.Count);
        call.Profiles.Write(() =>
        {
            foreach (var (old, renamed) in updates)
            {
                if (call.Profiles.ByAlias(old) is not { } profile || call.Profiles.ByAlias(renamed) is not null)
                    continue;
                call.Profiles.RemoveAlias(profile, old);
                call.Profiles.AddAlias(profile, renamed);
            }
        });
        return Processed(items.Count);
    }

    // Recorded (jonallured/braze_ruby, users/alias/new).
    public static Answer Processed(int count) => Answer.Write(201, json =>
    {
        json.WriteNumber("aliases_processed", count);
        json.WriteString("message", "success");
    });
}
