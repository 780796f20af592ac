using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Penstock.Engine.Refreshing;

/// <summary>true and false, by any of their usual names.</summary>
internal readonly struct ToBoolean : ICoercion<bool>
{
    public static string? From(bool value, out bool result)
    {
        result = value;
        return null;
    }

    public static string? From(long value, out bool result)
    {
        result = value == 1;
        return value is 0 or 1 ? null : Reasons.NotBoolean;
    }

    public static string? From(decimal value, out bool result)
    {
        result = value == 1;
        return value is 0 or 1 ? null : Reasons.NotBoolean;
    }

    public static string? From(double value, out bool result)
    {
        result = value == 1;
        return value is 0 or 1 ? null : Reasons.NotBoolean;
    }

    public static string? From(DateOnly value, CoercionRules rules, out bool result)
    {
        result = false;
        return Reasons.NotBoolean;
    }

    public static string? From(DateTime value, bool isLocal, CoercionRules rules, out bool result)
    {
        result = false;
        return Reasons.NotBoolean;
    }

    public static string? From(ReadOnlySpan<byte> text, CoercionRules rules, out bool result)
    {
        result = Is(text, "true"u8) || Is(text, "t"u8) || Is(text, "yes"u8) || Is(text, "y"u8) || Is(text, "on"u8) || Is(text, "1"u8);
        return result || Is(text, "false"u8) || Is(text, "f"u8) || Is(text, "no"u8) || Is(text, "n"u8) || Is(text, "off"u8)
            || Is(text, "0"u8)
            ? null
            : Reasons.NotBoolean;
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(text, word);
}

/// <summary>Whole numbers of 64 bits: exact, never cut.</summary>
internal readonly struct ToInteger : ICoercion<long>
{
    public static string? From(bool value, out long result)
    {
        result = value ? 1 : 0;
        return null;
    }

    public static string? From(long value, out long result)
    {
        result = value;
        return null;
    }

    public static string? From(decimal value, out long result)
    {
        result = 0;
        if (decimal.Truncate(value) != value)
            return Reasons.NotWhole;
        if (value is < long.MinValue or > long.MaxValue)
            return Reasons.TooLarge;
        result = (long)value;
        return null;
    }

    public static string? From(double value, out long result)
    {
        result = 0;
        if (!double.IsInteger(value))
            return double.IsInfinity(value) ? Reasons.TooLarge : Reasons.NotWhole;

        // The largest long is no double: the next one up, 2⁶³, is the first that does not fit.
        if (value is < long.MinValue or >= 9223372036854775808d)
            return Reasons.TooLarge;
        result = (long)value;
        return null;
    }

    public static string? From(DateOnly value, CoercionRules rules, out long result)
    {
        result = 0;
        return Reasons.NotWhole;
    }

    public static string? From(DateTime value, bool isLocal, CoercionRules rules, out long result)
    {
        result = 0;
        return Reasons.NotWhole;
    }

    public static string? From(ReadOnlySpan<byte> text, CoercionRules rules, out long result)
    {
        if (Utf8Parser.TryParse(text, out result, out var consumed) && consumed == text.Length)
            return null;
        if (ExactNumber.Parse(text, out var scaled, out var isExact) is { } reason)
            return reason == Reasons.TooLarge ? reason : Reasons.NotWhole;
        var (whole, rest) = Int128.DivRem(scaled, ExactNumber.One);
        if (rest != 0 || !isExact)
            return Reasons.NotWhole;
        if (whole < long.MinValue || whole > long.MaxValue)
            return Reasons.TooLarge;
        result = (long)whole;
        return null;
    }
}

/// <summary>Exact numbers; see <see cref="ExactNumber"/>.</summary>
internal readonly struct ToDecimal : ICoercion<Int128>
{
    public static string? From(bool value, out Int128 result)
    {
        result = value ? ExactNumber.One : 0;
        return null;
    }

    public static string? From(long value, out Int128 result)
    {
        result = (Int128)value * ExactNumber.One;
        return null;
    }

    public static string? From(decimal value, out Int128 result)
    {
        result = ExactNumber.Of(value);
        return null;
    }

    public static string? From(double value, out Int128 result)
    {
        result = 0;
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? Reasons.NotNumber : Reasons.TooLarge;

        // The shortest text that means this double: 0.1 is 0.1, not 0.1000000000000000055….
        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out var written, "R", CultureInfo.InvariantCulture);
        return Read(text[..written], out result);
    }

    public static string? From(DateOnly value, CoercionRules rules, out Int128 result)
    {
        result = 0;
        return Reasons.NotNumber;
    }

    public static string? From(DateTime value, bool isLocal, CoercionRules rules, out Int128 result)
    {
        result = 0;
        return Reasons.NotNumber;
    }

    public static string? From(ReadOnlySpan<byte> text, CoercionRules rules, out Int128 result) => Read(text, out result);

    private static string? Read(ReadOnlySpan<byte> text, out Int128 result) =>
        ExactNumber.Parse(text, out result, out _) ?? (ExactNumber.FitsDecimal(result) ? null : Reasons.TooManyDigits);
}

/// <summary>Doubles: the nearest one, never NaN or infinite.</summary>
internal readonly struct ToFloat : ICoercion<double>
{
    public static string? From(bool value, out double result)
    {
        result = value ? 1 : 0;
        return null;
    }

    public static string? From(long value, out double result)
    {
        result = value;
        return null;
    }

    public static string? From(decimal value, out double result)
    {
        result = (double)value;
        return null;
    }

    public static string? From(double value, out double result)
    {
        result = value;
        return double.IsFinite(value) ? null : double.IsNaN(value) ? Reasons.NotNumber : Reasons.TooLarge;
    }

    public static string? From(DateOnly value, CoercionRules rules, out double result)
    {
        result = 0;
        return Reasons.NotNumber;
    }

    public static string? From(DateTime value, bool isLocal, CoercionRules rules, out double result)
    {
        result = 0;
        return Reasons.NotNumber;
    }

    public static string? From(ReadOnlySpan<byte> text, CoercionRules rules, out double result)
    {
        result = 0;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (text.ContainsAny("iInN"u8)) // .NET reads "Infinity" and "NaN"; no number has these letters
            return Ascii.EqualsIgnoreCase(text.TrimStart("+-"u8), "infinity"u8) ? Reasons.TooLarge : Reasons.NotNumber;
        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out result) ? From(result, out result) : Reasons.NotNumber;
    }
}
