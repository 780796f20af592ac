using System.Globalization;
using Penstock.Contract;

namespace Penstock.Server.Components.Mapping;

/// <summary>Reads what somebody types as a constant.</summary>
public static class Constants
{
    /// <summary>The value that a text means for a field of that type; null for an empty text.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="type">The field's type; of <see cref="DataKind.Any"/>, numbers and true or false are taken as such.</param>
    public static Value Read(string? text, DataType type)
    {
        if (string.IsNullOrEmpty(text))
            return Value.Null;
        if (type.IsText || type.Kind is DataKind.Date or DataKind.Timestamp || type.IsArray)
            return Value.Of(text);
        var trimmed = text.Trim();
        if (type.Kind is DataKind.Any or DataKind.Boolean && bool.TryParse(trimmed, out var isTrue))
            return Value.Of(isTrue);
        if (type.Kind is DataKind.Boolean or DataKind.Json)
            return Value.Of(text);
        if (long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return Value.Of(whole);
        const NumberStyles Signed = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return decimal.TryParse(trimmed, Signed, CultureInfo.InvariantCulture, out var number)
            ? Value.Of(number)
            : Value.Of(text);
    }

    /// <summary>What a value is, in a word: <c>text</c>, <c>number</c>, <c>true or false</c>.</summary>
    public static string Word(Value value) => value.Kind switch
    {
        ValueKind.Boolean => "true or false",
        ValueKind.Integer or ValueKind.Decimal or ValueKind.Float => "number",
        _ => "text",
    };
}
