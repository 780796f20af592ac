using System.Globalization;
using System.Text.Json.Nodes;
using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;

namespace Penstock.Cli.Demo;

/// <summary>Compares what the far end holds with the model, user by user and field by field.</summary>
internal sealed class DemoVerdict(Destination destination, PreviewResult model, IReadOnlySet<string> refused)
{
    /// <summary>How many users were compared.</summary>
    public int Users { get; private set; }

    /// <summary>How many values were compared.</summary>
    public int Values { get; private set; }

    /// <summary>Every difference, in words; empty when the far end equals the model.</summary>
    public IReadOnlyList<string> Compare(IReadOnlyList<JsonObject> profiles)
    {
        var differences = new List<string>();
        var there = profiles.ToDictionary(profile => (string?)profile["external_id"] ?? "", DemoProfile.Fields, StringComparer.Ordinal);
        foreach (var row in model.Rows)
        {
            var record = model.Columns.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
            var key = record[destination.Key.Property ?? ""].ToString();
            if (refused.Contains(key))
            {
                if (there.Remove(key))
                    differences.Add($"{key}: was refused, and yet is in Braze");
            }
            else if (there.Remove(key, out var fields))
            {
                differences.AddRange(Compare(key, record, fields));
            }
            else
            {
                differences.Add($"{key}: is not in Braze");
            }
        }

        differences.AddRange(there.Keys.Select(key => $"{key}: is in Braze, but not in the model"));
        return differences;
    }

    private IEnumerable<string> Compare(string key, Dictionary<string, Value> record, SortedDictionary<string, string> fields)
    {
        Users++;
        foreach (var mapping in destination.Mapping)
        {
            Values++;
            var wanted = record[mapping.Property ?? ""];
            var held = fields.GetValueOrDefault((mapping.IsCustom ? "custom." : "") + mapping.Field);
            if (!AreEqual(wanted, held))
                yield return $"{key}: {mapping.Field} is {held ?? "(none)"}, the model says "
                    + $"{(wanted.IsNull ? "(none)" : wanted.ToString())}";
        }

        foreach (var group in destination.Groups)
        {
            Values++;
            var wanted = record["group:" + group.GroupId].Boolean;
            if (wanted != IsMember(group, fields))
                yield return $"{key}: {(wanted ? "is not" : "is still")} in {group.GroupId} ({group.Form})";
        }
    }

    private static bool IsMember(GroupMapping group, SortedDictionary<string, string> fields) => group.Form switch
    {
        "subscription_group" => fields.GetValueOrDefault("subscription." + group.Target) == "subscribed",
        _ => fields.GetValueOrDefault("custom." + group.Target)?.Split(", ").Contains(group.GroupId) == true,
    };

    private static bool AreEqual(Value wanted, string? held)
    {
        if (wanted.IsNull || held is null)
            return wanted.IsNull && held is null;
        return decimal.TryParse(wanted.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? decimal.TryParse(held, NumberStyles.Float, CultureInfo.InvariantCulture, out var other) && number == other
            : wanted.ToString() == held;
    }
}
