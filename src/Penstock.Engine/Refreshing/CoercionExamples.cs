using System.Globalization;
using Penstock.Contract;

namespace Penstock.Engine.Refreshing;

/// <summary>The lines of <see cref="CoercionTable"/>.</summary>
internal static class CoercionExamples
{
    public static IEnumerable<CoercionExample> Scalars =>
    [
        .. For(DataKind.Boolean)
            .Good(Flag(true), "true").Good(Text("TRUE"), "true").Good(Text("t"), "true").Good(Text("Yes"), "true").Good(Text("y"), "true")
            .Good(Text("on"), "true").Good(Text("1"), "true").Good(Text(" false "), "false").Good(Text("F"), "false")
            .Good(Text("no"), "false")
            .Good(Text("N"), "false").Good(Text("off"), "false").Good(Text("0"), "false").Good(Whole(1), "true").Good(Exact(0.0m), "false")
            .Good(Float(1), "true").Good(Json("true"), "true").Null(Text("")).Null(Json("null"))
            .Bad(Text("maybe"), Reasons.NotBoolean).Bad(Whole(2), Reasons.NotBoolean).Bad(Float(0.5), Reasons.NotBoolean)
            .Bad(Day(2026, 1, 1), Reasons.NotBoolean).Bad(Utc(2026, 1, 1), Reasons.NotBoolean).Bad(Exact(0.1m), Reasons.NotBoolean)
            .Bad(Json("{}"), Reasons.NotBoolean),
        .. For(DataKind.Integer)
            .Good(Whole(long.MaxValue), "9223372036854775807").Good(Whole(long.MinValue), "-9223372036854775808").Good(Text(" 42 "), "42")
            .Good(Text("+7"), "7").Good(Text("007"), "7").Good(Text("1.0"), "1").Good(Text("1e3"), "1000").Good(Exact(12.00m), "12")
            .Good(Float(-3), "-3").Good(Flag(true), "1").Good(Json("\"5\""), "5").Null(Text("  "))
            .Bad(Text("1.5"), Reasons.NotWhole).Bad(Text("1.00000000000000000001"), Reasons.NotWhole).Bad(Text("12abc"), Reasons.NotWhole)
            .Bad(Text("1,000"), Reasons.NotWhole).Bad(Text("0x10"), Reasons.NotWhole).Bad(Text("9223372036854775808"), Reasons.TooLarge)
            .Bad(Text("1e40"), Reasons.TooLarge).Bad(Exact(1.9m), Reasons.NotWhole).Bad(Exact(9223372036854775808m), Reasons.TooLarge)
            .Bad(Float(1.5), Reasons.NotWhole).Bad(Float(9223372036854775808d), Reasons.TooLarge).Bad(Float(double.NaN), Reasons.NotWhole)
            .Bad(Float(double.PositiveInfinity), Reasons.TooLarge).Bad(Day(2026, 1, 1), Reasons.NotWhole)
            .Bad(Utc(2026, 1, 1), Reasons.NotWhole)
            .Bad(Json("[1]"), Reasons.NotWhole),
        .. For(DataKind.Decimal)
            .Good(Exact(12.50m), "12.5").Good(Text("-0.1"), "-0.1").Good(Text(".5"), "0.5").Good(Text("1e-3"), "0.001")
            .Good(Text("0.0000000005"), "0.000000001").Good(Text("-0.0000000005"), "-0.000000001").Good(Exact(0.00000000049m), "0")
            .Good(Whole(long.MaxValue), "9223372036854775807").Good(Float(0.1), "0.1").Good(Float(1e20), "100000000000000000000")
            .Good(Text("9999999999999999999.999999999"), "9999999999999999999.999999999").Good(Flag(true), "1").Good(Json("1.10"), "1.1")
            .Good(Text("79228162514264337593543950335"), "79228162514264337593543950335")
            .Good(Exact(decimal.MaxValue), "79228162514264337593543950335")
            .Bad(Text("79228162514264337593543950335.5"), Reasons.TooManyDigits).Bad(Text("1e30"), Reasons.TooLarge)
            .Bad(Text("733417125546563865734171255465.5"), Reasons.TooLarge).Bad(Float(1e300), Reasons.TooLarge)
            .Bad(Float(double.NaN), Reasons.NotNumber).Bad(Float(double.NegativeInfinity), Reasons.TooLarge)
            .Bad(Text("1,5"), Reasons.NotNumber)
            .Bad(Text("$5"), Reasons.NotNumber).Bad(Text("NaN"), Reasons.NotNumber).Bad(Text("."), Reasons.NotNumber)
            .Bad(Text("1e"), Reasons.NotNumber)
            .Bad(Day(2026, 1, 1), Reasons.NotNumber).Bad(Utc(2026, 1, 1), Reasons.NotNumber).Null(Text("")),
        .. For(DataKind.Float)
            .Good(Float(0.1), "0.1").Good(Whole(3), "3").Good(Exact(2.5m), "2.5").Good(Text("-1.5e3"), "-1500").Good(Flag(false), "0")
            .Bad(Float(double.NaN), Reasons.NotNumber).Bad(Float(double.PositiveInfinity), Reasons.TooLarge)
            .Bad(Text("NaN"), Reasons.NotNumber)
            .Bad(Text("-Infinity"), Reasons.TooLarge).Bad(Text("1e400"), Reasons.TooLarge).Bad(Text("1,5"), Reasons.NotNumber)
            .Bad(Text("five"), Reasons.NotNumber).Bad(Day(2026, 1, 1), Reasons.NotNumber).Bad(Utc(2026, 1, 1), Reasons.NotNumber)
            .Null(Text("")),
    ];

    public static IEnumerable<CoercionExample> Times =>
    [
        .. For(DataKind.Date)
            .Good(Day(2024, 2, 29), "2024-02-29").Good(Text("2024-02-29"), "2024-02-29").Good(Text("2024-02-29 23:30"), "2024-02-29")
            .Good(Text("2024-03-01T03:30:00Z"), "2024-02-29").Good(Utc(2024, 3, 1, 3), "2024-02-29")
            .Good(Local(2024, 2, 29, 23), "2024-02-29")
            .Good(Text("0001-01-01"), "0001-01-01").Good(Day(9999, 12, 31), "9999-12-31").Good(Json("\"2024-02-29\""), "2024-02-29")
            .Null(Text(""))
            .Bad(Text("2023-02-29"), Reasons.NotDate).Bad(Text("29/02/2024"), Reasons.NotDate).Bad(Text("20240229"), Reasons.NotDate)
            .Bad(Text("2024-2-9"), Reasons.NotDate).Bad(Text("today"), Reasons.NotDate).Bad(Text("0000-01-01"), Reasons.YearRange)
            .Bad(Text("0044-03-15 BC"), Reasons.YearRange).Bad(Text("-0044-03-15"), Reasons.YearRange)
            .Bad(Text("10000-01-01"), Reasons.YearRange)
            .Bad(Whole(20240229), Reasons.NotDate).Bad(Exact(1), Reasons.NotDate).Bad(Float(45000.5), Reasons.NotDate)
            .Bad(Flag(true), Reasons.NotDate),
        .. For(DataKind.Timestamp)
            .Good(Utc(2024, 3, 1, 3), "2024-03-01T03:00:00Z").Good(Text("2024-03-01T03:00:00Z"), "2024-03-01T03:00:00Z")
            .Good(Text("2024-03-01 03:00+02"), "2024-03-01T01:00:00Z").Good(Text("2024-03-01 03:00:00.5 -0330"), "2024-03-01T06:30:00.5Z")
            .Good(Text("2024-03-01t03:00:00.123456789+00:00"), "2024-03-01T03:00:00.123456Z")
            .Good(Text("2024-03-01 03:00"), "2024-03-01T08:00:00Z")
            .Good(Local(2024, 7, 1, 3), "2024-07-01T07:00:00Z").Good(Day(2024, 3, 1), "2024-03-01T05:00:00Z")
            .Good(Text("2024-03-01"), "2024-03-01T05:00:00Z")
            .Good(Local(2024, 11, 3, 1, 30), "2024-11-03T05:30:00Z").Good(Local(2024, 3, 10, 2, 30), "2024-03-10T07:30:00Z")
            .Good(Text("1969-12-31T23:59:59.9999999Z"), "1969-12-31T23:59:59.999999Z")
            .Good(Text("0001-01-01T00:00:00Z"), "0001-01-01T00:00:00Z")
            .Good(Json("\"2024-03-01T03:00:00Z\""), "2024-03-01T03:00:00Z").Null(Text(" "))
            .Bad(Text("9999-12-31T23:00:00-05:00"), Reasons.YearRange).Bad(Local(9999, 12, 31, 23), Reasons.YearRange)
            .Bad(Text("12024-01-01T00:00:00Z"), Reasons.YearRange).Bad(Text("2024-03-01T24:00:00Z"), Reasons.NotTimestamp)
            .Bad(Text("2024-03-01T03:00:60Z"), Reasons.NotTimestamp).Bad(Text("2024-03-01T03"), Reasons.NotTimestamp)
            .Bad(Text("2024-03-01 3:00 PM"), Reasons.NotTimestamp).Bad(Text("2024-03-01T03:00:00 EST"), Reasons.NotTimestamp)
            .Bad(Text("now"), Reasons.NotTimestamp).Bad(Whole(1709258400), Reasons.NotTimestamp).Bad(Exact(1.5m), Reasons.NotTimestamp)
            .Bad(Float(1.5), Reasons.NotTimestamp).Bad(Flag(true), Reasons.NotTimestamp),
    ];

    public static IEnumerable<CoercionExample> Texts =>
    [
        .. For(DataKind.String)
            .Good(Text("Zoë 🚀 مرحبا 'q\" ; --"), "Zoë 🚀 مرحبا 'q\" ; --").Good(Text("  "), "  ").Good(Whole(-5), "-5")
            .Good(Exact(5.00m), "5.00")
            .Good(Float(0.1), "0.1").Good(Flag(true), "true").Good(Day(2024, 2, 29), "2024-02-29")
            .Good(Utc(2024, 3, 1, 3), "2024-03-01T03:00:00Z")
            .Good(Local(2024, 3, 1, 3), "2024-03-01T03:00:00").Good(Json("\"caf\\u00e9\""), "café").Good(Json("{\"a\": 1}"), "{\"a\":1}")
            .Null(Text(""))
            .Null(Json("null")).Bad(Float(double.NaN), Reasons.NotNumber).Bad(Shown("text with a NUL character", "a\0b"), Reasons.Nul)
            .Bad(Shown("text with half a surrogate pair", "a\ud83d"), Reasons.NotUnicode)
            .Bad(Bytes("bytes that are no UTF-8", [0x61, 0xff]), Reasons.NotUnicode),
        .. For(DataKind.Email)
            .Good(Text(" Ann.Lee+x@Example.com "), "Ann.Lee+x@Example.com")
            .Good(Text("o'neil@mail.example.co.uk"), "o'neil@mail.example.co.uk")
            .Good(Text("ann@münchen.example"), "ann@münchen.example").Null(Text("  ")).Bad(Text("ann"), Reasons.NotEmail)
            .Bad(Text("ann@example"), Reasons.NotEmail).Bad(Text("ann@@example.com"), Reasons.NotEmail)
            .Bad(Text("a b@example.com"), Reasons.NotEmail)
            .Bad(Text("ann@example..com"), Reasons.NotEmail).Bad(Text(".ann@example.com"), Reasons.NotEmail)
            .Bad(Text("ann@-x.com"), Reasons.NotEmail)
            .Bad(Text("ann@example.com, bob@example.com"), Reasons.NotEmail).Bad(Text("Ann <ann@example.com>"), Reasons.NotEmail)
            .Bad(Text("ann@127.0.0.1"), Reasons.NotEmail).Bad(Text("ann@example.com."), Reasons.NotEmail).Bad(Whole(5), Reasons.NotEmail),
        .. For(DataKind.Url)
            .Good(Text(" HTTPS://Example.COM/Path?Q=A#F "), "https://example.com/Path?Q=A#F")
            .Good(Text("http://User:Pw@Host.example:8080"), "http://User:Pw@host.example:8080")
            .Good(Text("https://example.com"), "https://example.com").Null(Text("")).Bad(Text("example.com"), Reasons.NotUrl)
            .Bad(Text("/path"), Reasons.NotUrl).Bad(Text("ftp://example.com/x"), Reasons.NotUrl)
            .Bad(Text("javascript://alert(1)"), Reasons.NotUrl)
            .Bad(Text("https://"), Reasons.NotUrl).Bad(Text("https://exa mple.com"), Reasons.NotUrl).Bad(Whole(5), Reasons.NotUrl),
        .. For(DataKind.Phone)
            .Good(Text("(212) 736-5000"), "+12127365000").Good(Text("+55 11 98765-4321"), "+5511987654321")
            .Good(Whole(2127365000), "+12127365000")
            .Good(Text("+44 20 7946 0958"), "+442079460958").Null(Text(" ")).Bad(Text("12"), Reasons.NotPhone)
            .Bad(Text("call me"), Reasons.NotPhone)
            .Bad(Text("+999 123456789"), Reasons.NotPhone),
    ];

    public static IEnumerable<CoercionExample> Documents =>
    [
        .. For(DataKind.Json)
            .Good(Json("{ \"b\": [1, 2.50], \"a\": null }"), "{\"b\":[1,2.50],\"a\":null}").Good(Text("[1, 2]"), "[1,2]")
            .Good(Json("\"caf\\u00e9 \\/\""), "\"café /\"").Good(Whole(5), "5").Good(Exact(1.50m), "1.50").Good(Flag(true), "true")
            .Good(Float(0.5), "0.5")
            .Good(Day(2024, 2, 29), "\"2024-02-29\"").Good(Utc(2024, 3, 1, 3), "\"2024-03-01T03:00:00Z\"").Null(Text("")).Null(Json("null"))
            .Bad(Text("hello"), Reasons.NotJson).Bad(Text("{a: 1}"), Reasons.NotJson).Bad(Text("[1"), Reasons.NotJson)
            .Bad(Float(double.NaN), Reasons.NotNumber)
            .Bad(Json("\"a\\u0000b\""), Reasons.Nul).Bad(Json("\"\\ud83d\""), Reasons.NotJson),
        .. For(new DataType(DataKind.String, IsArray: true))
            .Good(Json("[\"b\", \"a\", \"b\"]"), "[\"b\",\"a\",\"b\"]").Good(Json("[null, \"a\", \"\"]"), "[\"a\"]").Good(Json("[]"), "[]")
            .Good(Json("[1, true]"), "[\"1\",\"true\"]")
            .Null(Json("null")).Null(Text("")).Bad(Text("a,b"), Reasons.NotArray).Bad(Json("{\"a\": 1}"), Reasons.NotArray)
            .Bad(Whole(1), Reasons.NotArray)
            .Bad(Flag(true), Reasons.NotArray).Bad(Exact(1), Reasons.NotArray).Bad(Float(1), Reasons.NotArray)
            .Bad(Day(2024, 1, 1), Reasons.NotArray).Bad(Utc(2024, 1, 1), Reasons.NotArray),
        .. For(new DataType(DataKind.Integer, IsArray: true))
            .Good(Json("[3, \"4\", 5.0]"), "[3,4,5]").Bad(Json("[1, \"x\"]"), Reasons.Element + Reasons.NotWhole),
        .. For(new DataType(DataKind.Decimal, IsArray: true)).Good(Json("[1.10, 2]"), "[1.1,2]"),
        .. For(new DataType(DataKind.Float, IsArray: true)).Good(Json("[1.5, 1e3]"), "[1.5,1000]"),
        .. For(new DataType(DataKind.Boolean, IsArray: true)).Good(Json("[true, \"no\", 1]"), "[true,false,true]"),
        .. For(new DataType(DataKind.Date, IsArray: true)).Good(Json("[\"2024-02-29\"]"), "[\"2024-02-29\"]")
            .Bad(Json("[5]"), Reasons.Element + Reasons.NotDate),
        .. For(new DataType(DataKind.Timestamp, IsArray: true)).Good(Json("[\"2024-03-01 03:00\"]"), "[\"2024-03-01T08:00:00Z\"]"),
        .. For(new DataType(DataKind.Email, IsArray: true)).Good(Json("[\" a@example.com\"]"), "[\"a@example.com\"]")
            .Bad(Json("[\"a\"]"), Reasons.Element + Reasons.NotEmail),
        .. For(new DataType(DataKind.Json, IsArray: true)).Good(Json("[{\"a\": 1}, [2]]"), "[{\"a\":1},[2]]"),
    ];

    private static Lines For(DataType type) => new(type);

    private static Given Text(string text) => new($"`{text}`", Transport.Text, rows => rows.Write(text));

    private static Given Shown(string shown, string text) => new(shown, Transport.Text, rows => rows.Write(text));

    private static Given Bytes(string shown, byte[] utf8) => new(shown, Transport.Text, rows => rows.WriteUtf8(utf8));

    private static Given Json(string text) => new($"JSON `{text}`", Transport.Json, rows => rows.Write(text));

    private static Given Flag(bool value) => new($"boolean {(value ? "true" : "false")}", Transport.Boolean, rows => rows.Write(value));

    private static Given Whole(long value) =>
        new($"integer {value.ToString(CultureInfo.InvariantCulture)}", Transport.Integer, rows => rows.Write(value));

    private static Given Exact(decimal value) =>
        new($"decimal {value.ToString(CultureInfo.InvariantCulture)}", Transport.Decimal, rows => rows.Write(value));

    private static Given Float(double value) =>
        new($"double {value.ToString("R", CultureInfo.InvariantCulture)}", Transport.Float, rows => rows.Write(value));

    private static Given Day(int year, int month, int day)
    {
        var value = new DateOnly(year, month, day);
        return new($"date {Value.Of(value)}", Transport.Date, rows => rows.Write(value));
    }

    private static Given Utc(int year, int month, int day, int hour = 0)
    {
        var value = new DateTime(year, month, day, hour, 0, 0, DateTimeKind.Utc);
        return new($"timestamp {Value.Of(value)}", Transport.Timestamp, rows => rows.Write(value));
    }

    private static Given Local(int year, int month, int day, int hour, int minute = 0)
    {
        var value = new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Unspecified);
        return new(
            $"timestamp without zone {value.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}", Transport.LocalTimestamp,
            rows => rows.Write(value));
    }

    private sealed record Given(string Shown, Transport Travels, Action<IRowWriter> Write);

    private sealed class Lines(DataType type) : List<CoercionExample>
    {
        public Lines Good(Given given, string becomes) => Line(given, becomes, reason: null);

        public Lines Null(Given given) => Line(given, becomes: null, reason: null);

        public Lines Bad(Given given, string reason) => Line(given, becomes: null, reason);

        private Lines Line(Given given, string? becomes, string? reason)
        {
            Add(new CoercionExample(type, given.Shown, given.Travels, given.Write, becomes, reason));
            return this;
        }
    }
}
