using System.Globalization;
using Penstock.Contract;

namespace Penstock.Engine.Compilation;

/// <summary>A value of a rule, read as its property's kind.</summary>
/// <param name="Value">The value; the first moment, where a day is meant.</param>
/// <param name="End">For timestamps: the moment after the last one, where a day is meant.</param>
internal readonly record struct RuleValue(Value Value, DateTime? End = null)
{
    private const NumberStyles Number = NumberStyles.Float;

    /// <summary>Reads what a person wrote; null when it is no value of that kind.</summary>
    public static RuleValue? Read(Value written, DataKind kind, LocalCalendar calendar)
    {
        var text = written.ToString();
        return kind switch
        {
            _ when written.IsNull => null,
            DataKind.Boolean => ReadBoolean(text) is { } boolean ? new RuleValue(Value.Of(boolean)) : null,
            DataKind.Integer or DataKind.Decimal => decimal.TryParse(text.Trim(), Number, CultureInfo.InvariantCulture, out var number)
                ? new RuleValue(Value.Of(number))
                : null,
            DataKind.Float => double.TryParse(text.Trim(), Number, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? new RuleValue(Value.Of(number))
                : null,
            DataKind.Date => ReadDay(text) is { } day
                ? new RuleValue(Value.Of(day))
                : ReadInstant(text, calendar) is { } instant ? new RuleValue(Value.Of(calendar.DayOf(instant))) : null,
            DataKind.Timestamp => ReadDay(text) is { } day
                ? new RuleValue(Value.Of(calendar.StartOf(day)), calendar.EndOf(day))
                : ReadInstant(text, calendar) is { } instant ? new RuleValue(Value.Of(instant)) : null,
            _ => new RuleValue(Value.Of(text)),
        };
    }

    /// <summary>How a person writes values of a kind, for messages.</summary>
    public static string Example(DataKind kind) => kind switch
    {
        DataKind.Boolean => "true or false",
        DataKind.Integer or DataKind.Decimal or DataKind.Float => "a number such as 100",
        DataKind.Date => "a day such as 2026-01-31",
        DataKind.Timestamp => "a day such as 2026-01-31, or a time such as 2026-01-31T10:00:00Z",
        _ => "a text",
    };

    private static bool? ReadBoolean(string text) => text.Trim().ToLowerInvariant() switch
    {
        "true" or "t" or "yes" or "y" or "on" or "1" => true,
        "false" or "f" or "no" or "n" or "off" or "0" => false,
        _ => null,
    };

    private static DateOnly? ReadDay(string text) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static readonly string[] LocalFormats =
        ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF"];

    private static readonly string[] ZonedFormats =
        ["yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    // A time that names no zone is a time of the project's zone.
    private static DateTime? ReadInstant(string text, LocalCalendar calendar)
    {
        text = text.Trim();
        if (text.Length > 10 && text[10] == ' ')
            text = string.Concat(text.AsSpan(0, 10), "T", text.AsSpan(11));
        if (DateTime.TryParseExact(text, LocalFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return calendar.Instant(local);
        return DateTimeOffset.TryParseExact(text, ZonedFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var zoned)
            ? zoned.UtcDateTime
            : null;
    }
}
