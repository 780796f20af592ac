using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Penstock.Contract;

namespace Penstock.Connectors.Postgres;

/// <summary>
/// Reads PostgreSQL's binary numeric: digits of base 10,000 with a weight (src/backend/utils/adt/numeric.c, numeric_send). More than
/// nine digits after the point are rounded half away from zero; what does not fit a decimal then is a problem of its row.
/// </summary>
internal static class PostgresNumeric
{
    private const int Places = 9;

    /// <summary>Writes the number in <paramref name="bytes"/>, or the problem with it.</summary>
    public static void Write(ReadOnlySpan<byte> bytes, IRowWriter rows)
    {
        var count = BinaryPrimitives.ReadInt16BigEndian(bytes);
        var weight = BinaryPrimitives.ReadInt16BigEndian(bytes[2..]);
        var sign = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        var scale = Math.Min((int)BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]), Places);
        var digits = bytes.Slice(8, 2 * count);
        if (sign is not (0 or 0x4000))
            rows.WriteProblem(sign == 0xC000 ? "not a number" : "an infinite number",
                sign switch { 0xC000 => "NaN", 0xD000 => "Infinity", _ => "-Infinity" });
        else if (!TryScaled(digits, weight, out var scaled) || !TryDecimal(scaled, sign != 0, scale, out var number))
            rows.WriteProblem("number too large", Text(digits, weight, sign != 0));
        else
            rows.Write(number);
    }

    // The number times 10^9, rounded. Groups beyond the third after the point can't change a rounding half away from zero.
    private static bool TryScaled(ReadOnlySpan<byte> digits, int weight, out UInt128 scaled)
    {
        scaled = 0;
        if (digits.Length > 0 && weight > 8)
            return false;
        for (var group = weight; group >= -3; group--)
        {
            var digit = (uint)Digit(digits, weight - group);
            if (group > -3)
            {
                if (scaled > (UInt128.MaxValue / 10_000) - 1)
                    return false;
                // Small numbers stay in 64 bits, which is several times faster.
                scaled = scaled <= ulong.MaxValue / 20_000 ? ((ulong)scaled * 10_000) + digit : (scaled * 10_000) + digit;
            }
            else
            {
                if (scaled > (UInt128.MaxValue / 10) - 1_000)
                    return false;
                scaled = (scaled * 10) + (digit / 1000) + (digit % 1000 >= 500 ? 1u : 0u);
            }
        }

        return true;
    }

    private static bool TryDecimal(UInt128 scaled, bool negative, int scale, out decimal number)
    {
        // The digits beyond the declared scale are zeros.
        for (var place = scale; place < Places; place++)
            scaled = scaled <= ulong.MaxValue ? (ulong)scaled / 10 : scaled / 10;
        while (scaled >> 96 != 0 && scale > 0 && scaled % 10 == 0)
        {
            scaled /= 10;
            scale--;
        }

        number = 0;
        if (scaled >> 96 != 0)
            return false;
        number = new decimal((int)(uint)scaled, (int)(uint)(scaled >> 32), (int)(uint)(scaled >> 64), negative && scaled != 0, (byte)scale);
        return true;
    }

    private static int Digit(ReadOnlySpan<byte> digits, int index) =>
        index >= 0 && 2 * index < digits.Length ? BinaryPrimitives.ReadInt16BigEndian(digits[(2 * index)..]) : 0;

    private static string Text(ReadOnlySpan<byte> digits, int weight, bool negative)
    {
        var text = new StringBuilder(negative ? "-" : "");
        for (var group = weight; group >= 0 && text.Length < 95; group--)
            text.Append(Digit(digits, weight - group).ToString(group == weight ? "0" : "0000", CultureInfo.InvariantCulture));
        return text.Length > 94 ? string.Concat(text.ToString().AsSpan(0, 94), "…") : text.ToString();
    }
}
