using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Refreshing;

/// <summary>What a source and its project say about reading values.</summary>
public sealed record CoercionRules
{
    /// <summary>Whether an empty text is null. Default true.</summary>
    public bool EmptyIsNull { get; init; } = true;

    /// <summary>The zone of times that name none, and the one whose calendar days a timestamp's date is of. Default UTC.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The ISO 3166 country of phone numbers without a country code; null for none.</summary>
    public string? DefaultCountry { get; init; }

    /// <summary>The rules of a source in its project.</summary>
    public static CoercionRules Of(Project project, Source source) => new()
    {
        EmptyIsNull = source.EmptyIsNull,
        TimeZone = source.TimeZone,
        DefaultCountry = project.DefaultCountry,
    };
}

/// <summary>A value read as a type: the value, or null with the reason.</summary>
/// <param name="Value">The value; null kind when there is none.</param>
/// <param name="Reason">Why there is none, as a short phrase; null when the value is good (or is null itself).</param>
public readonly record struct Coerced(Value Value, string? Reason);

/// <summary>Why values can't be read, in the words that people see.</summary>
internal static class Reasons
{
    public const string NotBoolean = "not true or false";
    public const string NotWhole = "not a whole number";
    public const string NotNumber = "not a number";
    public const string TooLarge = "number too large";
    public const string TooManyDigits = "number with more than 28 digits";
    public const string NotDate = "not a date";
    public const string NotTimestamp = "not a point in time";
    public const string YearRange = "outside the years 1 to 9999";
    public const string Nul = "holds a NUL character";
    public const string NotUnicode = "not valid Unicode text";
    public const string NotEmail = "not an e-mail address";
    public const string NotUrl = "not a web address";
    public const string NotPhone = "not a phone number";
    public const string NoCountry = "phone number without a country code";
    public const string NotJson = "not JSON";
    public const string NotArray = "not a JSON array";
    public const string Element = "element ";
}
