using System.Text.RegularExpressions;
using Penstock.Contract;
using Penstock.Testing.Shapes;

namespace Penstock.Connectors.Tests.Contract;

/// <summary>Options, fields, values and targets made from a declaration.</summary>
internal static class Sample
{
    private static readonly string[] Targets = ["groups_attribute", "3b5c1f00-0000-4000-8000-000000000001", "12345"];

    /// <summary>An app with every option given; secrets hold <see cref="SecretFor"/>.</summary>
    public static object App(IConnector connector, string folder) => Bind(connector.Declaration.App, folder);

    /// <summary>Options with every one given as declared by default.</summary>
    public static object Bind(OptionSet options, string folder)
    {
        var texts = options.All
            .Where(option => option.Type != OptionType.TextList)
            .ToDictionary(option => option.Name, option => Text(option));
        var problems = new List<Problem>();
        var bound = options.Bind(texts, new Dictionary<string, IReadOnlyList<string>>(), folder, problems);
        problems.ShouldBeEmpty();
        return bound.ShouldNotBeNull();
    }

    /// <summary>The credential that a secret option is given. The systems in memory know only one.</summary>
    public static string SecretFor(string option) => option == "token" ? MemorySystem.Token : $"s3cret-{option}-9f2c";

    /// <summary>Everything mapped: every known field, a custom one of every kind, every form of group with every way of leaving.</summary>
    public static DestinationContext Everything(Subject subject, SyncModes mode, string folder) =>
        Destination(subject, mode, folder) with
        {
            Fields = [.. Known(subject.Kind.Fields), .. Custom(subject.Kind)],
            Groups = [.. Groups(subject.Kind)],
        };

    /// <summary>Only the required fields mapped.</summary>
    public static DestinationContext Required(Subject subject, SyncModes mode, string folder) =>
        Destination(subject, mode, folder) with { Fields = [.. Known(subject.Kind.Fields.Where(field => field.Required))] };

    /// <summary>A value that keeps the field's rules.</summary>
    public static Value Of(MappedField field)
    {
        if (field.Known is { Allowed.Count: > 0 } known)
            return Value.Of(known.Allowed[0]);
        if (field.Type.IsArray)
            return Value.OfJson(Array(field.Type.Kind));
        return field.Type.Kind switch
        {
            DataKind.Boolean => Value.Of(true),
            DataKind.Integer => Value.Of(42L),
            DataKind.Decimal => Value.Of(129.90m),
            DataKind.Float => Value.Of(0.25),
            DataKind.Date => Value.Of(new DateOnly(2026, 3, 1)),
            DataKind.Timestamp => Value.Of(new DateTime(2026, 3, 1, 12, 30, 15, DateTimeKind.Utc)),
            DataKind.Email => Value.Of("ann@example.com"),
            DataKind.Url => Value.Of("https://example.com/ann"),
            DataKind.Phone => Value.Of("+5511987654321"),
            DataKind.Json => Value.OfJson("""{"longitude":-46.6,"latitude":-23.5}"""),
            _ => Value.Of($"A {field.Name}"),
        };
    }

    private static DestinationContext Destination(Subject subject, SyncModes mode, string folder) =>
        new("sample", subject.Kind, mode, subject.Kind.Options is { } options ? Bind(options, folder) : null);

    private static IEnumerable<MappedField> Known(IEnumerable<Field> fields) =>
        fields.Select(field => new MappedField(field.Name, field.Type.Kind == DataKind.Any ? DataKind.String : field.Type, IsCustom: false)
        {
            Known = field,
        });

    private static IEnumerable<MappedField> Custom(DestinationKind kind)
    {
        if (kind.CustomFields is not { } custom)
            yield break;
        foreach (var type in custom.Types)
            yield return new($"custom {type.ToString().ToLowerInvariant()}", type, IsCustom: true);
        if (custom.Arrays)
        {
            foreach (var type in custom.Types.Where(type => type != DataKind.Json))
                yield return new($"custom {type.ToString().ToLowerInvariant()} list", new DataType(type, IsArray: true), IsCustom: true);
        }
    }

    private static IEnumerable<GroupTarget> Groups(DestinationKind kind) =>
        from form in kind.Groups
        let target = Targets.First(target => form.TargetPattern is null || Regex.IsMatch(target, $"^(?:{form.TargetPattern})$"))
        from number in Enumerable.Range(1, form.SharesTarget ? 2 : 1)
        from leaving in form.Leaving.Select(choice => choice.Name).DefaultIfEmpty("")
        select new GroupTarget($"group_{form.Name}_{number}", form, form.TargetIsField ? $"{target}_{form.Name}" : target, leaving);

    private static string Array(DataKind kind) => kind switch
    {
        DataKind.Boolean => "[true,false]",
        DataKind.Integer => "[1,2]",
        DataKind.Decimal or DataKind.Float => "[0.5,1.25]",
        DataKind.Date => """["2026-03-01","2026-03-02"]""",
        DataKind.Timestamp => """["2026-03-01T12:30:15Z"]""",
        _ => """["one","two"]""",
    };

    private static string Text(Option option) => option switch
    {
        { Type: OptionType.Secret } => SecretFor(option.Name),
        { Type: OptionType.File } => ".",
        { Default: { } value } => value,
        { Choices: [var first, ..] } => first.Name,
        { Type: OptionType.Integer } => "1",
        { Type: OptionType.Boolean } => "true",
        { Type: OptionType.Url } => "https://far-end.invalid",
        { Type: OptionType.Duration } => "30s",
        _ => option.Example ?? "text",
    };
}
