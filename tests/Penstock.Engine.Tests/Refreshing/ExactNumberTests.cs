using System.Globalization;
using System.Numerics;
using System.Text;
using CsCheck;
using Penstock.Engine.Refreshing;

namespace Penstock.Engine.Tests.Refreshing;

public sealed class ExactNumberTests
{
    [Fact]
    public void Text_is_read_as_the_number_it_means()
    {
        Gen.Select(Gen.Bool, Gen.String[Gen.Char['0', '9'], 0, 30], Gen.String[Gen.Char['0', '9'], 1, 30], Gen.Int[-30, 30])
            .Sample((negative, whole, fraction, exponent) =>
        {
            var text = $"{(negative ? "-" : "")}{whole}.{fraction}e{exponent}";
            var reason = ExactNumber.Parse(Encoding.UTF8.GetBytes(text), out var scaled, out var isExact);
            var (expected, exact) = Naive(whole + fraction, exponent - fraction.Length + ExactNumber.Scale);
            return expected >= BigInteger.Pow(10, 38)
                ? reason == "number too large"
                : reason is null && (BigInteger)scaled == (negative ? -expected : expected) && isExact == exact;
        });
    }

    [Fact]
    public void A_decimal_goes_there_and_back()
    {
        Gen.Decimal.Sample(value =>
        {
            var rounded = decimal.Round(value, 9, MidpointRounding.AwayFromZero);
            var scaled = ExactNumber.Of(value);
            return ExactNumber.FitsDecimal(scaled)
                && ExactNumber.ToDecimal(scaled) == rounded
                && ExactNumber.Parse(Encoding.UTF8.GetBytes(rounded.ToString(CultureInfo.InvariantCulture)), out var read, out _) is null
                && read == scaled;
        });
    }

    private static (BigInteger Number, bool IsExact) Naive(string digits, int power)
    {
        var number = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        if (power >= 0)
            return (number * BigInteger.Pow(10, power), true);
        var (whole, rest) = BigInteger.DivRem(number, BigInteger.Pow(10, -power));
        return (rest * 2 >= BigInteger.Pow(10, -power) ? whole + 1 : whole, rest.IsZero);
    }
}
