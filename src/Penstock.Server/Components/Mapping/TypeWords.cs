using Penstock.Contract;

namespace Penstock.Server.Components.Mapping;

/// <summary>Types as people say them.</summary>
public static class TypeWords
{
    /// <summary>With an article: <c>a whole number</c>, <c>a list of texts</c>.</summary>
    public static string Of(DataType type) => type.IsArray ? $"a list of {Short(type with { IsArray = false })} values" : type.Kind switch
    {
        DataKind.Any => "any value",
        DataKind.Boolean => "true or false",
        DataKind.Integer => "a whole number",
        DataKind.Decimal or DataKind.Float => "a number",
        DataKind.Date => "a date",
        DataKind.Timestamp => "a date and time",
        DataKind.Email => "an e-mail address",
        DataKind.Url => "a web address",
        DataKind.Phone => "a phone number",
        DataKind.Json => "an object",
        _ => "text",
    };

    /// <summary>In a word, for a column: <c>number</c>, <c>list of text</c>.</summary>
    public static string Short(DataType type) => type.IsArray ? $"list of {Short(type with { IsArray = false })}" : type.Kind switch
    {
        DataKind.Any => "any",
        DataKind.Boolean => "true/false",
        DataKind.Integer => "whole number",
        DataKind.Decimal or DataKind.Float => "number",
        DataKind.Date => "date",
        DataKind.Timestamp => "date & time",
        DataKind.Email => "e-mail",
        DataKind.Url => "web address",
        DataKind.Phone => "phone",
        DataKind.Json => "object",
        _ => "text",
    };
}
