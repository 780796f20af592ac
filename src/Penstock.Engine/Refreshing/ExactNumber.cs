namespace Penstock.Engine.Refreshing;

/// <summary>Exact numbers as DuckDB's <c>DECIMAL(38, 9)</c> holds them: the number times 10⁹ in 128 bits.</summary>
internal static class ExactNumber
{
    /// <summary>Digits after the point.</summary>
    public const int Scale = 9;

    private const int MaxDigits = 38;

    /// <summary>10⁹.</summary>
    public const long One = 1_000_000_000;

    private static readonly Int128 Limit = Power(MaxDigits);
    private static readonly Int128 TenthOfLimit = Power(MaxDigits - 1);
    private static readonly Int128 DecimalLimit = Int128.One << 96;

    /// <summary>Reads <c>-12.50</c>, <c>.5</c>, <c>1e3</c>. Digits after the ninth are rounded half away from zero.</summary>
    /// <param name="text">The text.</param>
    /// <param name="scaled">The number times 10⁹.</param>
    /// <param name="isExact">Whether nothing was rounded away.</param>
    /// <returns>Null, or the reason.</returns>
    public static string? Parse(ReadOnlySpan<byte> text, out Int128 scaled, out bool isExact)
    {
        (scaled, isExact) = (0, true);
        var negative = text is [(byte)'-', ..];
        if (text is [(byte)'-' or (byte)'+', ..])
            text = text[1..];
        if (!Split(text, out var digits, out var point, out var exponent))
            return Reasons.NotNumber;

        // The digits that count are those up to the ninth after the point; the next one rounds.
        var keep = point + exponent + Scale;
        var seen = 0L;
        foreach (var character in digits)
        {
            if (character == (byte)'.')
                continue;
            var digit = character - '0';
            if (seen < keep && scaled >= TenthOfLimit) // before it is multiplied: 128 bits overflow soon after the limit
                return Reasons.TooLarge;
            if (seen < keep)
                scaled = (scaled * 10) + digit;
            else
                isExact &= digit == 0;
            if (seen == keep && digit >= 5)
                scaled += 1;
            seen++;
        }

        for (; seen < keep && scaled != 0; seen++)
        {
            if (scaled >= TenthOfLimit)
                return Reasons.TooLarge;
            scaled *= 10;
        }

        if (scaled >= Limit)
            return Reasons.TooLarge;

        if (negative)
            scaled = -scaled;
        return null;
    }

    /// <summary>An exact number of .NET, rounded half away from zero to nine digits.</summary>
    public static Int128 Of(decimal value)
    {
        if (value.Scale > Scale)
            value = decimal.Round(value, Scale, MidpointRounding.AwayFromZero);
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var whole = new Int128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        whole *= Power(Scale - value.Scale);
        return decimal.IsNegative(value) ? -whole : whole;
    }

    /// <summary>Whether a decimal of .NET, which is how the value goes on from the workspace, holds it without rounding.</summary>
    public static bool FitsDecimal(Int128 scaled) => scaled < DecimalLimit && scaled > -DecimalLimit
        || Shortened(scaled, out _) < DecimalLimit;

    /// <summary>Back to a decimal of .NET.</summary>
    public static decimal ToDecimal(Int128 scaled)
    {
        var whole = Shortened(scaled, out var scale);
        var low = (ulong)whole;
        return new decimal((int)low, (int)(low >> 32), (int)(ulong)(whole >> 64), scaled < 0, scale);
    }

    // Without the sign, and without zeros at the end of the fraction.
    private static Int128 Shortened(Int128 scaled, out byte scale)
    {
        scale = Scale;
        var whole = Int128.Abs(scaled);
        while (scale > 0 && whole % 10 == 0)
        {
            whole /= 10;
            scale--;
        }

        return whole;
    }

    private static bool Split(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> digits, out int point, out int exponent)
    {
        exponent = 0;
        var end = text.IndexOfAny((byte)'e', (byte)'E');
        digits = end < 0 ? text : text[..end];
        point = digits.IndexOf((byte)'.');
        var rest = point < 0 ? [] : digits[(point + 1)..];
        var before = point < 0 ? digits : digits[..point];
        point = before.Length;
        if (before.Length + rest.Length == 0 || !AreDigits(before) || !AreDigits(rest))
            return false;
        if (end < 0)
            return true;
        var power = text[(end + 1)..];
        var negative = power is [(byte)'-', ..];
        if (power is [(byte)'-' or (byte)'+', ..])
            power = power[1..];
        if (power.Length is 0 or > 9 || !AreDigits(power))
            return false;
        foreach (var digit in power)
            exponent = (exponent * 10) + (digit - '0');
        exponent = negative ? -exponent : exponent;
        return true;
    }

    private static bool AreDigits(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static Int128 Power(int exponent)
    {
        Int128 power = 1;
        for (var i = 0; i < exponent; i++)
            power *= 10;
        return power;
    }
}
