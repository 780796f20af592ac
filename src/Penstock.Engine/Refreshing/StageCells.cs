using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Penstock.Contract;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Refreshing;

/// <summary>
/// One column of a stage: reads whatever comes as the column's type and writes it into the chunk. Which one is chosen once per column; each
/// value then takes one call. Every method gives null when a value was written (or is null), otherwise the reason.
/// </summary>
internal abstract class StageCell(ChunkColumn column, CoercionRules rules)
{
    protected ChunkColumn Column { get; } = column;

    protected CoercionRules Rules { get; } = rules;

    /// <summary>Whether text that comes is a JSON document.</summary>
    public bool TakesJson { get; set; }

    /// <summary>Whether times that come name no zone.</summary>
    public bool TakesLocal { get; set; }

    /// <summary>The cell for a type.</summary>
    public static StageCell For(DataType type, ChunkColumn column, CoercionRules rules) => type.IsArray
        ? new ArrayCell(type.Kind, column, rules)
        : type.Kind switch
        {
            DataKind.Boolean => new FixedCell<ToBoolean, bool>(column, rules, value => value ? "true" : "false"),
            DataKind.Integer => new FixedCell<ToInteger, long>(column, rules, value => value.ToString(CultureInfo.InvariantCulture)),
            DataKind.Decimal =>
                new FixedCell<ToDecimal, Int128>(column, rules,
                    value => ExactNumber.ToDecimal(value).ToString(CultureInfo.InvariantCulture)),
            DataKind.Float => new FixedCell<ToFloat, double>(column, rules, value => value.ToString("R", CultureInfo.InvariantCulture)),
            DataKind.Date => new FixedCell<ToDate, int>(column, rules, days => Value.Of(new DateOnly(1970, 1, 1).AddDays(days)).ToString()),
            DataKind.Timestamp =>
                new FixedCell<ToTimestamp, long>(column, rules, micros => Value.Of(DateTime.UnixEpoch.AddTicks(micros * 10)).ToString()),
            _ => new TextCell(type.Kind, column, rules),
        };

    public abstract string? Write(int row, bool value);

    public abstract string? Write(int row, long value);

    public abstract string? Write(int row, decimal value);

    public abstract string? Write(int row, double value);

    public abstract string? Write(int row, DateOnly value);

    public abstract string? Write(int row, DateTime value);

    public abstract string? Write(int row, ReadOnlySpan<byte> utf8);

    public void WriteNull(int row) => Column.SetNull(row);

    /// <summary>What was written, as text for a sample.</summary>
    public string Text(int row) => Column.IsNull(row) ? "" : Written(row);

    protected abstract string Written(int row);
}

/// <summary>Kinds that DuckDB holds in a fixed number of bytes.</summary>
internal sealed class FixedCell<TKind, T>(ChunkColumn column, CoercionRules rules, Func<T, string> show) : StageCell(column, rules)
    where TKind : ICoercion<T>
    where T : unmanaged
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public override string? Write(int row, bool value) => Set(row, TKind.From(value, out var result), result);

    public override string? Write(int row, long value) => Set(row, TKind.From(value, out var result), result);

    public override string? Write(int row, decimal value) => Set(row, TKind.From(value, out var result), result);

    public override string? Write(int row, double value) => Set(row, TKind.From(value, out var result), result);

    public override string? Write(int row, DateOnly value) => Set(row, TKind.From(value, Rules, out var result), result);

    public override string? Write(int row, DateTime value) => Set(row, TKind.From(value, TakesLocal, Rules, out var result), result);

    public override string? Write(int row, ReadOnlySpan<byte> utf8)
    {
        if (TakesJson)
        {
            if (JsonText.Unwrap(utf8, _buffer, out utf8, out var form) is { } broken)
                return broken;
            if (form == JsonTokenType.Null)
                utf8 = [];
        }

        utf8 = TextCoercions.Trim(utf8);
        if (!utf8.IsEmpty || !Rules.EmptyIsNull)
            return Set(row, TKind.From(utf8, Rules, out var result), result);
        Column.SetNull(row);
        return null;
    }

    protected override string Written(int row) => show(Column.Get<T>(row));

    private string? Set(int row, string? reason, T result)
    {
        if (reason is null)
            Column.Set(row, result);
        return reason;
    }
}

/// <summary>String, email, url, phone and JSON.</summary>
internal sealed class TextCell(DataKind kind, ChunkColumn column, CoercionRules rules) : StageCell(column, rules)
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly ArrayBufferWriter<byte> _unwrapped = new();

    public override string? Write(int row, bool value) => Take(row, value ? "true"u8 : "false"u8);

    public override string? Write(int row, long value) => Formatted(row, value, default);

    public override string? Write(int row, decimal value) => Formatted(row, value, default);

    public override string? Write(int row, double value) => double.IsFinite(value) ? Formatted(row, value, "R") : Reasons.NotNumber;

    public override string? Write(int row, DateOnly value) => Time(row, value, "yyyy-MM-dd");

    public override string? Write(int row, DateTime value) =>
        Time(row, value, TakesLocal ? "yyyy-MM-ddTHH:mm:ss.FFFFFF" : "yyyy-MM-ddTHH:mm:ss.FFFFFFZ");

    public override string? Write(int row, ReadOnlySpan<byte> utf8)
    {
        if (!TakesJson || kind == DataKind.Json)
            return Take(row, utf8);
        if (JsonText.Unwrap(utf8, _unwrapped, out utf8, out var form) is { } broken)
            return broken;
        if (form != JsonTokenType.Null)
            return Take(row, utf8);
        Column.SetNull(row);
        return null;
    }

    protected override string Written(int row) => Encoding.UTF8.GetString(Column.GetText(row));

    private string? Formatted<T>(int row, T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[64];
        value.TryFormat(text, out var written, format, CultureInfo.InvariantCulture);
        return Take(row, text[..written]);
    }

    private string? Time<T>(int row, T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[64];
        value.TryFormat(text[1..], out var written, format, CultureInfo.InvariantCulture);
        if (kind != DataKind.Json)
            return Take(row, text[1..(written + 1)]);
        text[0] = text[written + 1] = (byte)'"'; // JSON has no times: a string
        return Take(row, text[..(written + 2)]);
    }

    private string? Take(int row, ReadOnlySpan<byte> text)
    {
        if (Rules.EmptyIsNull && Coercion.IsEmpty(text, kind))
        {
            Column.SetNull(row);
            return null;
        }

        if (TextCoercions.Read(kind, text, Rules, _buffer, out var result) is { } reason)
            return reason;
        if (kind == DataKind.Json && result.SequenceEqual("null"u8))
            Column.SetNull(row);
        else
            Column.SetText(row, result);
        return null;
    }
}

/// <summary>Arrays, which come as JSON text.</summary>
internal sealed class ArrayCell(DataKind kind, ChunkColumn column, CoercionRules rules) : StageCell(column, rules)
{
    private readonly List<Value> _elements = [];

    public override string? Write(int row, bool value) => Reasons.NotArray;

    public override string? Write(int row, long value) => Reasons.NotArray;

    public override string? Write(int row, decimal value) => Reasons.NotArray;

    public override string? Write(int row, double value) => Reasons.NotArray;

    public override string? Write(int row, DateOnly value) => Reasons.NotArray;

    public override string? Write(int row, DateTime value) => Reasons.NotArray;

    public override string? Write(int row, ReadOnlySpan<byte> utf8)
    {
        utf8 = TextCoercions.Trim(utf8);
        if (utf8.SequenceEqual("null"u8) || (utf8.IsEmpty && Rules.EmptyIsNull))
        {
            Column.SetNull(row);
            return null;
        }

        if (JsonText.Elements(utf8, kind, Rules, _elements) is { } reason)
            return reason;
        var (elements, first) = Column.SetList(row, _elements.Count);
        for (var i = 0; i < _elements.Count; i++)
            Set(elements, first + i, _elements[i]);
        return null;
    }

    protected override string Written(int row) => "[…]";

    private static void Set(ChunkColumn column, int row, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Boolean: column.Set(row, value.Boolean); break;
            case ValueKind.Integer: column.Set(row, value.Integer); break;
            case ValueKind.Decimal: column.Set(row, ExactNumber.Of(value.Decimal)); break;
            case ValueKind.Float: column.Set(row, value.Float); break;
            case ValueKind.Date: column.Set(row, value.Date.DayNumber - new DateOnly(1970, 1, 1).DayNumber); break;
            case ValueKind.Timestamp: column.Set(row, (value.Timestamp - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond); break;
            default: column.SetText(row, Encoding.UTF8.GetBytes(value.ToString())); break;
        }
    }
}
