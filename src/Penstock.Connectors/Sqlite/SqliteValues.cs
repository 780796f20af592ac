using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Penstock.Contract;
using SQLitePCL;

namespace Penstock.Connectors.Sqlite;

/// <summary>Gives each value of a row as its column travels, whatever SQLite holds it as.</summary>
internal sealed class SqliteValues(TimeZoneInfo zone)
{
    private const double UnixEpoch = 2440587.5; // as a Julian day

    /// <summary>Writes the value in column <paramref name="index"/> of the row at hand.</summary>
    public void Write(sqlite3_stmt statement, int index, Transport travels, IRowWriter rows)
    {
        switch (raw.sqlite3_column_type(statement, index))
        {
            case raw.SQLITE_NULL: rows.WriteNull(); break;
            case raw.SQLITE_INTEGER: WriteInteger(raw.sqlite3_column_int64(statement, index), travels, rows); break;
            case raw.SQLITE_FLOAT: WriteFloat(raw.sqlite3_column_double(statement, index), travels, rows); break;
            case raw.SQLITE_TEXT: WriteText(Text(statement, index), travels, rows); break;
            default: WriteBytes(raw.sqlite3_column_blob(statement, index), travels, rows); break;
        }
    }

    // The bytes SQLite keeps, to their full length: as a C string a text would end at its first NUL. Asking for text first turns
    // the values of a UTF-16 database into UTF-8.
    private static ReadOnlySpan<byte> Text(sqlite3_stmt statement, int index)
    {
        _ = raw.sqlite3_column_text(statement, index);
        return raw.sqlite3_column_blob(statement, index);
    }

    private static void WriteInteger(long value, Transport travels, IRowWriter rows)
    {
        switch (travels)
        {
            case Transport.Integer: rows.Write(value); break;
            case Transport.Decimal: rows.Write((decimal)value); break;
            case Transport.Float: rows.Write((double)value); break;
            case Transport.Boolean when value is 0 or 1: rows.Write(value == 1); break;
            case Transport.Date or Transport.Timestamp: WriteUnix(value, travels, rows); break;
            case Transport.Text or Transport.Json: rows.Write(value.ToString(CultureInfo.InvariantCulture)); break;
            default: rows.WriteProblem("neither true nor false", value.ToString(CultureInfo.InvariantCulture)); break;
        }
    }

    private static void WriteFloat(double value, Transport travels, IRowWriter rows)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        switch (travels)
        {
            case Transport.Float: rows.Write(value); break;
            case Transport.Integer when value == Math.Floor(value) && Math.Abs(value) < long.MaxValue: rows.Write((long)value); break;
            case Transport.Integer: rows.WriteProblem("not a whole number", text); break;
            case Transport.Decimal when Math.Abs(value) < 7.9e27: rows.Write((decimal)value); break;
            case Transport.Decimal: rows.WriteProblem("number too large", text); break;
            case Transport.Date or Transport.Timestamp when Math.Abs(value) < 5_373_485: // a Julian day before year 10,000
                WriteTime(Unix((value - UnixEpoch) * 86_400_000), travels, text, rows);
                break;
            case Transport.Date or Transport.Timestamp: WriteTime(Unix(value * 1000), travels, text, rows); break;
            case Transport.Boolean: rows.WriteProblem("neither true nor false", text); break;
            default: rows.Write(text); break;
        }
    }

    private void WriteText(ReadOnlySpan<byte> value, Transport travels, IRowWriter rows)
    {
        if (travels is Transport.Text or Transport.Json)
        {
            rows.WriteUtf8(value);
            return;
        }

        var text = Encoding.UTF8.GetString(value).Trim();
        if (text.Length == 0)
            rows.WriteNull();
        else if (!TryWrite(text, travels, rows))
            rows.WriteProblem(Reason(travels), Sample(text));
    }

    private bool TryWrite(string text, Transport travels, IRowWriter rows)
    {
        switch (travels)
        {
            case Transport.Integer when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                out var number):
                rows.Write(number); return true;
            case Transport.Decimal when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture,
                out var number):
                rows.Write(number); return true;
            case Transport.Float when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number):
                rows.Write(
                number); return true;
            case Transport.Boolean when bool.TryParse(text, out var flag): rows.Write(flag); return true;
            case Transport.Date when SqliteTimes.ParseDay(text) is { } day: rows.Write(day); return true;
            case Transport.Timestamp when SqliteTimes.Parse(text, zone) is { } time: rows.Write(time); return true;
            default: return false;
        }
    }

    private static void WriteBytes(ReadOnlySpan<byte> value, Transport travels, IRowWriter rows)
    {
        if (travels == Transport.Text && Utf8.IsValid(value))
            rows.WriteUtf8(value);
        else
            rows.WriteProblem("bytes, which are no text", $"{value.Length} bytes");
    }

    // Seconds as SQLite has them; what would lie after the year 5138 is taken as milliseconds, as JavaScript has them.
    private static void WriteUnix(long value, Transport travels, IRowWriter rows) =>
        WriteTime(Unix(Math.Abs(value) < 100_000_000_000 ? value * 1000.0 : value), travels, value.ToString(CultureInfo.InvariantCulture),
            rows);

    private static DateTime? Unix(double milliseconds) => milliseconds is > -62_135_596_800_000 and < 253_402_300_800_000
        ? DateTime.UnixEpoch.AddTicks((long)Math.Round(milliseconds) * TimeSpan.TicksPerMillisecond)
        : null;

    private static void WriteTime(DateTime? time, Transport travels, string text, IRowWriter rows)
    {
        if (time is null)
            rows.WriteProblem("year outside 1 to 9999", text);
        else if (travels == Transport.Date)
            rows.Write(DateOnly.FromDateTime(time.Value));
        else
            rows.Write(time.Value);
    }

    private static string Reason(Transport travels) => travels switch
    {
        Transport.Boolean => "neither true nor false",
        Transport.Date => "not a date",
        Transport.Timestamp => "not a time",
        Transport.Integer => "not a whole number",
        _ => "not a number",
    };

    private static string Sample(string text) => text.Length <= 100 ? text : string.Concat(text.AsSpan(0, 99), "…");
}
