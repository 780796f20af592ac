using Penstock.Connectors.Braze;
using Penstock.Contract;

namespace Penstock.Connectors.Tests.Braze;

/// <summary>Small inputs for tests of the Braze connector.</summary>
internal static class A
{
    public const string Key = "braze-key-77aa";
    public const string Newsletter = "3b5c1f00-0000-4000-8000-000000000001";

    public static BrazeConnector Connector { get; } = new();

    public static BrazeApp App { get; } = new() { Endpoint = new("https://rest.iad-01.braze.com"), ApiKey = new(Key) };

    public static DestinationKind Kind => Connector.Declaration.Destinations[0];

    /// <summary>A destination that maps these fields; a name that is no standard field is a custom attribute.</summary>
    public static DestinationContext Destination(params string[] fields) => new(
        "braze_users", Kind, SyncModes.Sync, new BrazeUsersOptions())
    {
        Fields = [.. fields.Select(name => Kind.Fields.FirstOrDefault(field => field.Name == name) is { } known
            ? new MappedField(name, known.Type, IsCustom: false) { Known = known }
            : new MappedField(name, DataKind.String, IsCustom: true))],
    };

    public static GroupTarget Group(string group, string form, string target, string leaving = "") =>
        new(group, Kind.Groups.Single(any => any.Name == form), target, leaving);

    /// <summary>Users u0, u1, …, each with the given values of the mapped fields.</summary>
    public static Batch Users(DestinationContext destination, params Value[][] users)
    {
        var batch = new Batch(destination, Operation.Write, users.Length);
        foreach (var (number, values) in users.Index())
        {
            batch.Add(number, $"u{number}", isCreate: true);
            foreach (var (field, value) in values.Index())
                batch.Set(field, value);
        }

        return batch;
    }

    /// <summary>Users u0, u1, …, without values.</summary>
    public static Batch Users(int count, Operation operation = Operation.Write, DestinationContext? destination = null)
    {
        var batch = new Batch(destination ?? Destination(), operation, count);
        for (var i = 0; i < count; i++)
            batch.Add(i, $"u{i}", isCreate: true, previousKey: operation == Operation.Rename ? $"old{i}" : null);
        return batch;
    }

    /// <summary>The kinds of all outcomes, as words.</summary>
    public static string Told(Outcomes outcomes)
    {
        outcomes.EnsureComplete();
        return string.Join(' ', Enumerable.Range(0, outcomes.Count).Select(i => outcomes[i].Kind.ToString()));
    }
}
