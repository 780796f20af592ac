using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Penstock.Simulators.Braze;

/// <summary>
/// The profiles of one workspace and the ways to find them. One lock guards all: an object is applied in about a microsecond, a
/// subscription group reaches other profiles, and several locks would have to be taken in order.
/// </summary>
internal sealed class Profiles(TimeProvider time, TimeSpan writeDelay)
{
    private readonly Lock _lock = new();
    private readonly Queue<(DateTimeOffset Due, Action Write)> _pending = new();
    private readonly Dictionary<string, Profile> _byBrazeId = [];
    private readonly Dictionary<string, Profile> _byExternalId = [];
    private readonly Dictionary<UserAlias, Profile> _byAlias = [];
    private readonly Dictionary<string, List<Profile>> _byEmail = [];
    private readonly Dictionary<string, List<Profile>> _byPhone = [];
    private long _updates;

    /// <summary>Custom attributes ever written, with their type, as <c>GET /custom_attributes</c> lists them.</summary>
    public Dictionary<string, string> Attributes { get; } = [];

    /// <summary>The names of fields, each kept once.</summary>
    public Names Names { get; } = new();

    /// <summary>Raised, under the lock, after writes.</summary>
    public Action Changed { get; set; } = () => { };

    public int Count => Read(() => _byBrazeId.Count);

    /// <summary>In no order that means anything.</summary>
    public IEnumerable<Profile> All => _byBrazeId.Values;

    /// <summary>Whether writes are applied later than the answer.</summary>
    public bool Delayed => writeDelay > TimeSpan.Zero;

    /// <summary>Applies now, or after the write delay and in the order of arrival.</summary>
    // Braze docs, POST /users/track (2026): the answer says that the data was queued; it shows 10 to 100 ms later, or up to 5 minutes.
    public void Write(Action write)
    {
        lock (_lock)
        {
            ApplyDue();
            if (Delayed)
            {
                _pending.Enqueue((time.GetUtcNow() + writeDelay, write));
                return;
            }

            write();
            Changed();
        }
    }

    /// <summary>Reads under the lock, after the writes that are due.</summary>
    public T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            ApplyDue();
            return read();
        }
    }

    /// <summary>Applies all pending writes, due or not: for stopping.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            while (_pending.TryDequeue(out var next))
                next.Write();
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _pending.Clear();
            _byBrazeId.Clear();
            _byExternalId.Clear();
            _byAlias.Clear();
            _byEmail.Clear();
            _byPhone.Clear();
            Attributes.Clear();
            Changed();
        }
    }

    public Profile? ByBrazeId(string id) => _byBrazeId.GetValueOrDefault(id);

    /// <summary>By primary or deprecated external id.</summary>
    public Profile? ByExternalId(string id) => _byExternalId.GetValueOrDefault(id);

    public Profile? ByAlias(UserAlias alias) => _byAlias.GetValueOrDefault(alias);

    public IReadOnlyList<Profile> ByEmail(string email) => _byEmail.GetValueOrDefault(EmailKey(email)) ?? [];

    public IReadOnlyList<Profile> ByPhone(string phone) => _byPhone.GetValueOrDefault(PhoneKey(phone)) ?? [];

    /// <summary>A new profile with the defaults that recorded exports show (jonallured/braze_ruby, users/export/ids).</summary>
    public Profile Create()
    {
        var profile = new Profile
        {
            BrazeId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)),
            CreatedAt = time.GetUtcNow(),
            RandomBucket = RandomNumberGenerator.GetInt32(10_000),
        };
        profile.Fields["email_subscribe"] = "subscribed";
        profile.Fields["push_subscribe"] = "subscribed";
        Add(profile);
        return profile;
    }

    /// <summary>Takes a profile that was read from a file, with all its identifiers.</summary>
    public void Add(Profile profile)
    {
        profile.Updated = ++_updates;
        _byBrazeId[profile.BrazeId] = profile;
        if (profile.ExternalId is { } id)
            _byExternalId[id] = profile;
        foreach (var deprecated in profile.DeprecatedIds)
            _byExternalId[deprecated] = profile;
        foreach (var alias in profile.Aliases)
            _byAlias[alias] = profile;
        Index(_byEmail, profile.Text("email"), EmailKey, profile);
        Index(_byPhone, profile.Text("phone"), PhoneKey, profile);
        foreach (var (name, value) in profile.Custom)
        {
            if (!Attributes.ContainsKey(name))
                Attributes.Add(name, CustomValues.TypeOf(value));
        }
    }

    public void Remove(Profile profile)
    {
        _byBrazeId.Remove(profile.BrazeId);
        if (profile.ExternalId is { } id)
            _byExternalId.Remove(id);
        foreach (var deprecated in profile.DeprecatedIds)
            _byExternalId.Remove(deprecated);
        foreach (var alias in profile.Aliases)
            _byAlias.Remove(alias);
        Unindex(_byEmail, profile.Text("email"), EmailKey, profile);
        Unindex(_byPhone, profile.Text("phone"), PhoneKey, profile);
    }

    public void Touch(Profile profile) => profile.Updated = ++_updates;

    public void SetExternalId(Profile profile, string id)
    {
        profile.ExternalId = id;
        _byExternalId[id] = profile;
    }

    /// <summary>The old primary id stays as a deprecated one that still resolves. Braze docs, external_ids/rename.</summary>
    public void Rename(Profile profile, string id)
    {
        if (profile.ExternalId is { } old)
            profile.DeprecatedIds.Add(old);
        SetExternalId(profile, id);
    }

    public void RemoveDeprecated(Profile profile, string id)
    {
        profile.DeprecatedIds.Remove(id);
        _byExternalId.Remove(id);
    }

    /// <summary>Sets the alias, in place of one with the same label. False when another profile holds it.</summary>
    public bool AddAlias(Profile profile, UserAlias alias)
    {
        if (_byAlias.TryGetValue(alias, out var holder))
            return holder == profile;
        // Braze docs, user alias object: a user has one name per label.
        if (profile.Aliases.Exists(existing => existing.Label == alias.Label))
            return false;
        profile.Aliases.Add(alias);
        _byAlias[alias] = profile;
        return true;
    }

    public void RemoveAlias(Profile profile, UserAlias alias)
    {
        profile.Aliases.Remove(alias);
        _byAlias.Remove(alias);
    }

    /// <summary>Sets a standard field, or removes it when null; keeps the look-ups by email and phone right.</summary>
    public void SetField(Profile profile, string name, JsonNode? value)
    {
        var index = name switch { "email" => _byEmail, "phone" => _byPhone, _ => null };
        Func<string, string> key = name == "email" ? EmailKey : PhoneKey;
        if (index is not null)
            Unindex(index, profile.Text(name), key, profile);
        if (value is null)
            profile.Fields.Remove(name);
        else
            profile.Fields[name] = value;
        if (index is not null)
            Index(index, profile.Text(name), key, profile);
    }

    private void ApplyDue()
    {
        if (_pending.Count == 0)
            return;
        var now = time.GetUtcNow();
        var applied = false;
        while (_pending.TryPeek(out var next) && next.Due <= now)
        {
            _pending.Dequeue();
            next.Write();
            applied = true;
        }

        if (applied)
            Changed();
    }

    private static string EmailKey(string email) => email.ToLowerInvariant();

    // Braze docs, user phone numbers: non-digits are dropped, and ten digits without a plus are read as a number in the United States.
    private static string PhoneKey(string phone)
    {
        var digits = string.Concat(phone.Where(char.IsAsciiDigit));
        return digits.Length == 10 && !phone.StartsWith('+') ? "1" + digits : digits;
    }

    private static void Index(Dictionary<string, List<Profile>> index, string? text, Func<string, string> key, Profile profile)
    {
        if (text is null)
            return;
        if (!index.TryGetValue(key(text), out var holders))
            index[key(text)] = holders = new List<Profile>(1);
        holders.Add(profile);
    }

    private static void Unindex(Dictionary<string, List<Profile>> index, string? text, Func<string, string> key, Profile profile)
    {
        if (text is null || !index.TryGetValue(key(text), out var holders))
            return;
        holders.Remove(profile);
        if (holders.Count == 0)
            index.Remove(key(text));
    }
}
