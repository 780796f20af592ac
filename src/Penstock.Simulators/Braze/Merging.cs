namespace Penstock.Simulators.Braze;

/// <summary>Puts one profile into another: what the kept one lacks is copied. Braze docs, /users/merge and /users/identify.</summary>
internal static class Merging
{
    public static void Merge(Profiles profiles, Profile from, Profile into)
    {
        if (from == into)
            return;
        profiles.Remove(from);
        foreach (var (name, value) in from.Fields)
        {
            if (!into.Fields.ContainsKey(name))
                profiles.SetField(into, name, value.DeepClone());
        }

        foreach (var (name, value) in from.Custom)
            into.Custom.TryAdd(name, value);
        foreach (var (id, state) in from.Groups)
            into.Groups.TryAdd(id, state);
        into.Events.AddRange(from.Events);
        into.Purchases.AddRange(from.Purchases);
        foreach (var alias in from.Aliases)
            profiles.AddAlias(into, alias);
        profiles.Touch(into);
    }
}
