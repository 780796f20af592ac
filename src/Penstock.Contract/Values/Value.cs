using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Penstock.Contract;

/// <summary>How a <see cref="Value"/> is held.</summary>
public enum ValueKind : byte
{
    /// <summary>No value.</summary>
    Null,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A 64-bit whole number.</summary>
    Integer,

    /// <summary>An exact number.</summary>
    Decimal,

    /// <summary>A double.</summary>
    Float,

    /// <summary>A day.</summary>
    Date,

    /// <summary>An instant in UTC.</summary>
    Timestamp,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A JSON document as text; arrays of any kind travel so too.</summary>
    Json,
}

/// <summary>One typed value on its way, without boxing of numbers, dates and booleans.</summary>
public readonly struct Value : IEquatable<Value>
{
    private readonly object? _reference;
    private readonly long _bits;

    private Value(ValueKind kind, long bits, object? reference = null) => (Kind, _bits, _reference) = (kind, bits, reference);

    /// <summary>How the value is held.</summary>
    public ValueKind Kind { get; }

    /// <summary>No value.</summary>
    public static Value Null => default;

    /// <summary>Whether there is no value.</summary>
    public bool IsNull => Kind == ValueKind.Null;

    /// <summary>The boolean; throws when it is none.</summary>
    public bool Boolean => Expect(ValueKind.Boolean)._bits != 0;

    /// <summary>The whole number; throws when it is none.</summary>
    public long Integer => Expect(ValueKind.Integer)._bits;

    /// <summary>The double; throws when it is none.</summary>
    public double Float => BitConverter.Int64BitsToDouble(Expect(ValueKind.Float)._bits);

    /// <summary>The exact number; throws when it is none.</summary>
    public decimal Decimal => (decimal)Expect(ValueKind.Decimal)._reference!; // never null for this kind

    /// <summary>The day; throws when it is none.</summary>
    public DateOnly Date => DateOnly.FromDayNumber((int)Expect(ValueKind.Date)._bits);

    /// <summary>The instant, of kind UTC; throws when it is none.</summary>
    public DateTime Timestamp => new(Expect(ValueKind.Timestamp)._bits, DateTimeKind.Utc);

    /// <summary>The text; throws when it is none.</summary>
    public string Text => (string)Expect(ValueKind.Text)._reference!; // never null for this kind

    /// <summary>The JSON document as text; throws when it is none.</summary>
    public string Json => (string)Expect(ValueKind.Json)._reference!; // never null for this kind

    /// <summary>A boolean.</summary>
    public static Value Of(bool value) => new(ValueKind.Boolean, value ? 1 : 0);

    /// <summary>A whole number.</summary>
    public static Value Of(long value) => new(ValueKind.Integer, value);

    /// <summary>A double.</summary>
    public static Value Of(double value) => new(ValueKind.Float, BitConverter.DoubleToInt64Bits(value));

    /// <summary>An exact number.</summary>
    public static Value Of(decimal value) => new(ValueKind.Decimal, 0, value);

    /// <summary>A day.</summary>
    public static Value Of(DateOnly value) => new(ValueKind.Date, value.DayNumber);

    /// <summary>An instant; a local or unspecified time is taken as UTC without conversion.</summary>
    public static Value Of(DateTime value) => new(ValueKind.Timestamp, value.Ticks);

    /// <summary>Text; null becomes <see cref="Null"/>.</summary>
    public static Value Of(string? value) => value is null ? Null : new(ValueKind.Text, 0, value);

    /// <summary>A JSON document as text.</summary>
    public static Value OfJson(string json) => new(ValueKind.Json, 0, json);

    /// <summary>
    /// Writes the value as JSON: dates as <c>yyyy-MM-dd</c>, instants as ISO 8601 with <c>Z</c>, exact numbers as numbers.
    /// </summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case ValueKind.Null: writer.WriteNullValue(); break;
            case ValueKind.Boolean: writer.WriteBooleanValue(_bits != 0); break;
            case ValueKind.Integer: writer.WriteNumberValue(_bits); break;
            case ValueKind.Decimal: writer.WriteNumberValue(Decimal); break;
            case ValueKind.Float: writer.WriteNumberValue(Float); break;
            case ValueKind.Json: writer.WriteRawValue(Json); break;
            case ValueKind.Date:
            case ValueKind.Timestamp: WriteTime(writer); break;
            default: writer.WriteStringValue(Text); break;
        }
    }

    /// <summary>The value as plain text, the same on every machine; empty for null.</summary>
    public override string ToString() => Kind switch
    {
        ValueKind.Null => "",
        ValueKind.Boolean => _bits != 0 ? "true" : "false",
        ValueKind.Integer => _bits.ToString(CultureInfo.InvariantCulture),
        ValueKind.Decimal => Decimal.ToString(CultureInfo.InvariantCulture),
        ValueKind.Float => Float.ToString("R", CultureInfo.InvariantCulture),
        ValueKind.Date => Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ValueKind.Timestamp => Timestamp.ToString(TimestampFormat, CultureInfo.InvariantCulture),
        _ => (string)_reference!, // text and JSON always hold one
    };

    /// <inheritdoc/>
    public bool Equals(Value other) => Kind == other.Kind && _bits == other._bits && Equals(_reference, other._reference);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, _bits, _reference);

    /// <summary>Same kind and content.</summary>
    public static bool operator ==(Value left, Value right) => left.Equals(right);

    /// <summary>Another kind or content.</summary>
    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    // Microseconds are all that a property holds; whole seconds stay short.
    private const string TimestampFormat = "yyyy-MM-ddTHH:mm:ss.FFFFFFZ";

    private void WriteTime(Utf8JsonWriter writer)
    {
        Span<char> text = stackalloc char[40];
        var written = 0;
        if (Kind == ValueKind.Date)
            Date.TryFormat(text, out written, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        else
            Timestamp.TryFormat(text, out written, TimestampFormat, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..written]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Value Expect(ValueKind kind) =>
        Kind == kind ? this : throw new InvalidOperationException($"A value of kind {Kind} was read as {kind}.");
}
