using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Tests.Destinations;

/// <summary>A small far end and a model, for what the mapping editor is asked in tests.</summary>
internal static class A
{
    public static DestinationKind Kind { get; } = new("people", "People")
    {
        Key = new("id", "Id", DataKind.String) { Required = true, Clearable = false },
        Fields =
        [
            new("email", "E-mail address", DataKind.Email),
            new("first_name", "First name", DataKind.String),
            new("dob", "Date of birth", DataKind.Date),
            new("language", "Language", DataKind.String) { Allowed = ["en", "es"] },
            new("consent", "Consent", DataKind.String) { Clearable = false },
        ],
        CustomFields = new([DataKind.String, DataKind.Integer, DataKind.Decimal], Arrays: false)
        {
            Word = "custom attribute",
            MaxNameLength = 20,
            Reserved = ["secret"],
        },
        SyncModes = SyncModes.Sync | SyncModes.Additive,
        Removals = [new("delete", RemovalAct.Delete, "Delete it.")],
        Limits = new(),
    };

    public static Declaration Connector { get; } = new("crm", "CRM")
    {
        Summary = "A far end.",
        App = Options.Of<NoOptions>(),
        Destinations = [Kind],
    };

    public static Model Model(params string[] properties) => new("users")
    {
        Sources = [new("users", "shop") { Table = "users", PrimaryKey = ["id"] }],
        Properties =
        [
            .. properties.Select(id => new Property(id)
            {
                Source = "users", Column = new() { Name = id, Column = id == "user_id" ? "id" : id },
            }),
        ],
    };

    public static Destination Destination(params FieldMapping[] mappings) => new("crm_people", "crm", "users")
    {
        Kind = "people",
        SyncMode = SyncModes.Sync,
        Mapping = [new("id", false) { Property = "user_id" }, .. mappings],
    };

    public static FieldMapping Known(string field, string property) => new(field, false) { Property = property };

    public static FieldMapping Custom(string field, string property) => new(field, true) { Property = property };

    public static IReadOnlyDictionary<string, DataType> Types(params (string Property, DataKind Kind)[] types) =>
        types.ToDictionary(pair => pair.Property, pair => DataType.Of(pair.Kind));

    internal sealed record NoOptions;
}
