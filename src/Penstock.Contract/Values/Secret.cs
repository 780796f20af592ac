using System.Text;

namespace Penstock.Contract;

/// <summary>
/// A credential that cannot be printed, logged or serialised by accident: every way of turning it into text gives <c>***</c>.
/// Only what opens a connection calls <see cref="Reveal"/>.
/// </summary>
public sealed class Secret : IEquatable<Secret>
{
    private readonly string _value;

    /// <summary>Keeps <paramref name="value"/>.</summary>
    public Secret(string value) => _value = value;

    /// <summary>Whether it holds no characters.</summary>
    public bool IsEmpty => _value.Length == 0;

    /// <summary>The credential itself. To be passed to a driver or a request, never to a message.</summary>
    public string Reveal() => _value;

    /// <summary>Takes the credential out of foreign text, such as a vendor's error that repeats the key.</summary>
    public string Redact(string text) => _value.Length == 0 ? text : text.Replace(_value, "***", StringComparison.Ordinal);

    /// <summary>Takes the credential out of a foreign UTF-8 body. Gives the same memory when it is not in there.</summary>
    public ReadOnlyMemory<byte> Redact(ReadOnlyMemory<byte> body)
    {
        if (_value.Length == 0 || body.Span.IndexOf(Encoding.UTF8.GetBytes(_value)) < 0)
            return body;
        return Encoding.UTF8.GetBytes(Redact(Encoding.UTF8.GetString(body.Span)));
    }

    /// <inheritdoc/>
    public bool Equals(Secret? other) => other is not null && other._value == _value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode(StringComparison.Ordinal);

    /// <summary>Always <c>***</c>.</summary>
    public override string ToString() => "***";
}
