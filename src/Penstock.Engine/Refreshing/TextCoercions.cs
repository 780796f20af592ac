using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Penstock.Contract;
using PhoneNumbers;

namespace Penstock.Engine.Refreshing;

/// <summary>Kinds of text. What they make of the given text is a part of it, or lies in a buffer that the caller keeps.</summary>
internal static class TextCoercions
{
    private const int MaxEmail = 254; // RFC 5321, section 4.5.3.1, as corrected by erratum 1690
    private const int MaxEmailUser = 64;
    private const int MaxLabel = 63;

    private static readonly SearchValues<byte> NotInEmail = SearchValues.Create("\"(),:;<>[\\]"u8);

    /// <summary>Reads text as a kind of text or JSON.</summary>
    /// <param name="kind">String, email, url, phone or JSON.</param>
    /// <param name="given">Not empty; perhaps not UTF-8.</param>
    /// <param name="rules">The source's rules.</param>
    /// <param name="buffer">Takes what had to be written anew; emptied first.</param>
    /// <param name="text">The result: UTF-8 without NUL.</param>
    /// <returns>Null, or the reason.</returns>
    public static string? Read(
        DataKind kind, ReadOnlySpan<byte> given, CoercionRules rules, ArrayBufferWriter<byte> buffer, out ReadOnlySpan<byte> text)
    {
        text = given;
        buffer.ResetWrittenCount();
        if (given.Contains((byte)0))
            return Reasons.Nul;
        if (!Utf8.IsValid(given))
            return Reasons.NotUnicode;
        return kind switch
        {
            DataKind.Email => Email(given, out text),
            DataKind.Url => Url(given, buffer, out text),
            DataKind.Phone => Phone(given, rules, buffer, out text),
            DataKind.Json => JsonText.Minify(given, buffer, out text),
            _ => null,
        };
    }

    // Not the whole grammar of RFC 5322, which allows what no mail provider does: one @, a name and a domain with a dot, no odd characters.
    private static string? Email(ReadOnlySpan<byte> given, out ReadOnlySpan<byte> email)
    {
        email = Trim(given);
        var at = email.IndexOf((byte)'@');
        if (email.Length > MaxEmail || at is < 1 or > MaxEmailUser || email.ContainsAny(NotInEmail) || HasSpace(email))
            return Reasons.NotEmail;
        var user = email[..at];
        var domain = email[(at + 1)..];
        if (user[0] == '.' || user[^1] == '.' || user.IndexOf(".."u8) >= 0 || !domain.Contains((byte)'.'))
            return Reasons.NotEmail;
        foreach (var range in domain.Split((byte)'.'))
        {
            if (!IsLabel(domain[range]))
                return Reasons.NotEmail;
        }

        return domain[^1] is >= (byte)'0' and <= (byte)'9' ? Reasons.NotEmail : null; // a number is an address, not a domain
    }

    private static bool IsLabel(ReadOnlySpan<byte> label)
    {
        if (label.Length is 0 or > MaxLabel || label[0] == '-' || label[^1] == '-')
            return false;
        foreach (var c in label)
        {
            if (c < 0x80 && !char.IsAsciiLetterOrDigit((char)c) && c != '-')
                return false;
        }

        return true;
    }

    // Lower case for the scheme and the host only: paths and queries know cases.
    private static string? Url(ReadOnlySpan<byte> given, ArrayBufferWriter<byte> buffer, out ReadOnlySpan<byte> url)
    {
        url = Trim(given);
        var colon = url.IndexOf("://"u8);
        if (colon < 0 || HasSpace(url))
            return Reasons.NotUrl;
        var text = Encoding.UTF8.GetString(url);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            return Reasons.NotUrl;
        var hostStart = colon + 3;
        var hostEnd = text.AsSpan(hostStart).IndexOfAny('/', '?', '#');
        hostEnd = hostEnd < 0 ? text.Length : hostStart + hostEnd;
        hostStart += text.AsSpan(hostStart, hostEnd - hostStart).LastIndexOf('@') + 1; // a name and password keep their case
        var lowered =
            string.Concat(uri.Scheme, text.AsSpan(colon, hostStart - colon), text[hostStart..hostEnd].ToLowerInvariant(),
                text.AsSpan(hostEnd));
        Encoding.UTF8.GetBytes(lowered, buffer);
        url = buffer.WrittenSpan;
        return null;
    }

    private static string? Phone(ReadOnlySpan<byte> given, CoercionRules rules, ArrayBufferWriter<byte> buffer,
        out ReadOnlySpan<byte> phone)
    {
        phone = Trim(given);
        var numbers = PhoneNumberUtil.GetInstance();
        try
        {
            var number = numbers.Parse(Encoding.UTF8.GetString(phone), rules.DefaultCountry?.ToUpperInvariant());
            if (!numbers.IsValidNumber(number))
                return Reasons.NotPhone;
            Encoding.UTF8.GetBytes(numbers.Format(number, PhoneNumberFormat.E164), buffer);
            phone = buffer.WrittenSpan;
            return null;
        }
        catch (NumberParseException error)
        {
            return error.ErrorType == ErrorType.INVALID_COUNTRY_CODE && rules.DefaultCountry is null ? Reasons.NoCountry : Reasons.NotPhone;
        }
    }

    /// <summary>Without white space around it.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        while (Rune.DecodeFromUtf8(text, out var first, out var length) == OperationStatus.Done && Rune.IsWhiteSpace(first))
            text = text[length..];
        while (Rune.DecodeLastFromUtf8(text, out var last, out var length) == OperationStatus.Done && Rune.IsWhiteSpace(last))
            text = text[..^length];
        return text;
    }

    private static bool HasSpace(ReadOnlySpan<byte> text)
    {
        while (Rune.DecodeFromUtf8(text, out var rune, out var length) == OperationStatus.Done)
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
                return true;
            text = text[length..];
        }

        return false;
    }
}
