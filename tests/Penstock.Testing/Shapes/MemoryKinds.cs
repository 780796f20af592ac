using Penstock.Contract;

namespace Penstock.Testing.Shapes;

/// <summary>What the declarations of the connectors to systems in memory share.</summary>
internal static class MemoryKinds
{
    public static Field Email { get; } = new("email", "E-mail address", DataKind.Email)
    {
        Pattern = @"[^@\s]+@[^@\s]+",
        RuleInWords = "must be an e-mail address",
    };

    public static Field Name { get; } = new("name", "Name", DataKind.String) { MaxLength = 50 };

    public static CustomFields Custom { get; } = new([.. DataType.Words.Values], Arrays: true) { Word = "extra field" };

    public static IReadOnlyList<Removal> Removals { get; } =
    [
        new("delete", RemovalAct.Delete, "Delete it there."),
        new("leave", RemovalAct.Leave, "Leave it there."),
    ];

    public static Field Key(string name) => new(name, "Key", DataKind.String) { Required = true, Clearable = false };
}
