using System.Text.Json;

namespace Penstock.Simulators.Braze;

/// <summary>
/// Data points by user and field: every billable field in a request counts, changed or not. Braze docs, data points (legacy contracts,
/// signed before spring 2025). Lets a test say "only the changed field was sent".
/// </summary>
internal sealed class Ledger
{
    private static readonly HashSet<string> Free =
    [
        "email_subscribe", "push_subscribe", "subscription_groups", "push_tokens", "email_open_tracking_disabled",
        "email_click_tracking_disabled", "marked_email_as_spam_at",
    ];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<(string Field, long Points)>> _users = [];
    private long _total;

    public long Total
    {
        get
        {
            lock (_lock)
                return _total;
        }
    }

    /// <summary>A field of an attributes object.</summary>
    public void Add(string user, string field, JsonElement value)
    {
        if (!Free.Contains(field))
            Add(user, field, PointsOf(value));
    }

    /// <summary>An event or a purchase is one point.</summary>
    public void Add(string user, string field, long points = 1)
    {
        lock (_lock)
        {
            _total += points;
            if (!_users.TryGetValue(user, out var fields))
                _users[user] = fields = [];
            // A list, because a user has a dozen fields and there may be a million users.
            var place = IndexOf(fields, field);
            if (place < 0)
                fields.Add((field, points));
            else
                fields[place] = (field, fields[place].Points + points);
        }
    }

    public IReadOnlyDictionary<string, long> Of(string user)
    {
        lock (_lock)
            return (_users.GetValueOrDefault(user) ?? []).ToDictionary(entry => entry.Field, entry => entry.Points, StringComparer.Ordinal);
    }

    public void Clear()
    {
        lock (_lock)
        {
            _users.Clear();
            _total = 0;
        }
    }

    private static int IndexOf(List<(string Field, long Points)> fields, string field)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].Field == field)
                return i;
        }

        return -1;
    }

    // A simple array is one point a call, an object one per key, an array of objects one per key touched; null counts too.
    private static long PointsOf(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            if (value.TryGetProperty("inc", out _) || value.TryGetProperty("add", out _) || value.TryGetProperty("remove", out _))
                return 1;
            long sum = 0;
            foreach (var member in value.EnumerateObject())
            {
                // The condition of a $remove or $update is no key of the array.
                if (member.Name is not ("$identifier_key" or "$identifier_value"))
                    sum += PointsOf(member.Value);
            }

            return Math.Max(1, sum);
        }

        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(element => element.ValueKind == JsonValueKind.Object)
            ? value.EnumerateArray().Sum(PointsOf)
            : 1;
    }
}
