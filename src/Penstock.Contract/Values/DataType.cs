namespace Penstock.Contract;

/// <summary>The kinds of value that a property or a destination field holds.</summary>
public enum DataKind
{
    /// <summary>Any kind: only for destination fields that take whatever comes.</summary>
    Any,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>An exact number: 29 digits before and 9 after the point.</summary>
    Decimal,

    /// <summary>A number of double precision; never NaN or infinite.</summary>
    Float,

    /// <summary>A calendar day without time or zone.</summary>
    Date,

    /// <summary>An instant in UTC, to the microsecond.</summary>
    Timestamp,

    /// <summary>Unicode text without NUL.</summary>
    String,

    /// <summary>Text with the form of an e-mail address.</summary>
    Email,

    /// <summary>An absolute web address.</summary>
    Url,

    /// <summary>A phone number in E.164 form, such as <c>+5511987654321</c>.</summary>
    Phone,

    /// <summary>A JSON document.</summary>
    Json,
}

/// <summary>A property's or field's type: a kind, or an array of it.</summary>
/// <param name="Kind">The kind of the value, or of each element.</param>
/// <param name="IsArray">Whether it is an ordered array of <paramref name="Kind"/>.</param>
public readonly record struct DataType(DataKind Kind, bool IsArray = false)
{
    /// <summary>The kinds in the order of the documentation, by the words used in configuration files.</summary>
    public static IReadOnlyDictionary<string, DataKind> Words { get; } = Enum.GetValues<DataKind>()
        .Where(kind => kind != DataKind.Any)
        .ToDictionary(kind => kind.ToString().ToLowerInvariant(), kind => kind, StringComparer.Ordinal);

    /// <summary>Whether values are kept as text: string, email, url and phone.</summary>
    public bool IsText => !IsArray && Kind is (DataKind.String or DataKind.Email or DataKind.Url or DataKind.Phone);

    /// <summary>Whether values are numbers.</summary>
    public bool IsNumber => !IsArray && Kind is (DataKind.Integer or DataKind.Decimal or DataKind.Float);

    /// <summary>A single value of <paramref name="kind"/>.</summary>
    public static implicit operator DataType(DataKind kind) => new(kind);

    /// <summary>A single value of <paramref name="kind"/>.</summary>
    public static DataType Of(DataKind kind) => new(kind);

    /// <summary>Reads a word of the configuration: <c>integer</c>, or <c>integer[]</c> for an array.</summary>
    /// <returns>Null when <paramref name="word"/> is none.</returns>
    public static DataType? Parse(string word)
    {
        var isArray = word.EndsWith("[]", StringComparison.Ordinal);
        return Words.TryGetValue(isArray ? word[..^2] : word, out var kind) ? new DataType(kind, isArray) : null;
    }

    /// <summary>The word used in configuration files.</summary>
    public override string ToString() => Kind.ToString().ToLowerInvariant() + (IsArray ? "[]" : "");
}
