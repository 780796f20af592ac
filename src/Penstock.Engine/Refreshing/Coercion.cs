using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Penstock.Contract;

namespace Penstock.Engine.Refreshing;

/// <summary>
/// Turns what a source gives into a value of a property's type: exactly, or not at all with the reason; never silently something else. The
/// rules are those of <see cref="CoercionTable"/>.
/// </summary>
public static class Coercion
{
    private static readonly DateOnly Epoch = new(1970, 1, 1);

    /// <summary>Reads <paramref name="given"/> as <paramref name="type"/>.</summary>
    /// <param name="given">What came; a timestamp is in UTC.</param>
    /// <param name="type">The property's type.</param>
    /// <param name="rules">The source's rules.</param>
    public static Coerced Convert(Value given, DataType type, CoercionRules rules)
    {
        if (given.IsNull)
            return default;
        if (type.IsArray)
            return Array(given, type.Kind, rules);
        return type.Kind switch
        {
            DataKind.Any => new(given, null),
            DataKind.Boolean => Of<ToBoolean, bool>(given, rules, Value.Of),
            DataKind.Integer => Of<ToInteger, long>(given, rules, Value.Of),
            DataKind.Decimal => Of<ToDecimal, Int128>(given, rules, scaled => Value.Of(ExactNumber.ToDecimal(scaled))),
            DataKind.Float => Of<ToFloat, double>(given, rules, Value.Of),
            DataKind.Date => Of<ToDate, int>(given, rules, days => Value.Of(Epoch.AddDays(days))),
            DataKind.Timestamp =>
                Of<ToTimestamp, long>(given, rules, micros => Value.Of(DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond))),
            _ => Text(given, type.Kind, rules),
        };
    }

    private static Coerced Of<TKind, T>(Value given, CoercionRules rules, Func<T, Value> make)
        where TKind : ICoercion<T>
        where T : unmanaged
    {
        T result;
        string? reason;
        switch (given.Kind)
        {
            case ValueKind.Boolean: reason = TKind.From(given.Boolean, out result); break;
            case ValueKind.Integer: reason = TKind.From(given.Integer, out result); break;
            case ValueKind.Decimal: reason = TKind.From(given.Decimal, out result); break;
            case ValueKind.Float: reason = TKind.From(given.Float, out result); break;
            case ValueKind.Date: reason = TKind.From(given.Date, rules, out result); break;
            case ValueKind.Timestamp: reason = TKind.From(given.Timestamp, isLocal: false, rules, out result); break;
            default:
                if (Utf8Text(given, out var bytes) is { } bad)
                    return new(Value.Null, bad);
                ReadOnlySpan<byte> text = bytes;
                if (given.Kind == ValueKind.Json)
                {
                    var broken = JsonText.Unwrap(bytes, new ArrayBufferWriter<byte>(), out text, out var form);
                    if (broken is not null || form == JsonTokenType.Null)
                        return new(Value.Null, broken);
                }

                text = TextCoercions.Trim(text);
                if (text.IsEmpty && rules.EmptyIsNull)
                    return default;
                reason = TKind.From(text, rules, out result);
                break;
        }

        return reason is null ? new(make(result), null) : new(Value.Null, reason);
    }

    private static Coerced Text(Value given, DataKind kind, CoercionRules rules)
    {
        if (given.Kind == ValueKind.Float && !double.IsFinite(given.Float))
            return new(Value.Null, Reasons.NotNumber);
        if (Utf8Text(given, out var bytes) is { } bad)
            return new(Value.Null, bad);
        ReadOnlySpan<byte> text = bytes;
        if (kind == DataKind.Json && given.Kind is ValueKind.Date or ValueKind.Timestamp)
            text = JsonSerializer.SerializeToUtf8Bytes(given.ToString());
        var buffer = new ArrayBufferWriter<byte>();
        if (given.Kind == ValueKind.Json && kind != DataKind.Json)
        {
            var reason = JsonText.Unwrap(text, buffer, out text, out var form);
            if (reason is not null || form == JsonTokenType.Null)
                return new(Value.Null, reason);
            text = text.ToArray(); // the buffer is used again
        }

        if (IsEmpty(text, kind) && rules.EmptyIsNull)
            return default;
        if (TextCoercions.Read(kind, text, rules, buffer, out var result) is { } problem)
            return new(Value.Null, problem);
        if (kind == DataKind.Json)
            return result.SequenceEqual("null"u8) ? default : new(Value.OfJson(Encoding.UTF8.GetString(result)), null);
        return new(Value.Of(Encoding.UTF8.GetString(result)), null);
    }

    private static Coerced Array(Value given, DataKind kind, CoercionRules rules)
    {
        if (given.Kind is not (ValueKind.Json or ValueKind.Text))
            return new(Value.Null, Reasons.NotArray);
        if (Utf8Text(given, out var bytes) is { } bad)
            return new(Value.Null, bad);
        var text = TextCoercions.Trim(bytes);
        if (text.SequenceEqual("null"u8) || (text.IsEmpty && rules.EmptyIsNull))
            return default;
        var elements = new List<Value>();
        if (JsonText.Elements(text, kind, rules, elements) is { } reason)
            return new(Value.Null, reason);
        var buffer = new ArrayBufferWriter<byte>();
        using var writer =
            new Utf8JsonWriter(buffer,
                new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartArray();
        foreach (var element in elements)
            element.WriteTo(writer);
        writer.WriteEndArray();
        writer.Flush();
        return new(Value.OfJson(Encoding.UTF8.GetString(buffer.WrittenSpan)), null);
    }

    /// <summary>Whether text counts as empty: spaces count in a string only.</summary>
    internal static bool IsEmpty(ReadOnlySpan<byte> text, DataKind kind) =>
        text.IsEmpty || (kind != DataKind.String && TextCoercions.Trim(text).IsEmpty);

    private static string? Utf8Text(Value given, out byte[] bytes)
    {
        var text = given.ToString();
        bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var status = Utf8.FromUtf16(text, bytes, out _, out var written, replaceInvalidSequences: false);
        System.Array.Resize(ref bytes, written);
        return status == OperationStatus.Done ? null : Reasons.NotUnicode;
    }
}
