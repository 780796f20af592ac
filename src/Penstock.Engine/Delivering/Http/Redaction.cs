using System.Text;
using System.Text.Json;
using Penstock.Contract;

namespace Penstock.Engine.Delivering.Http;

/// <summary>Takes an app's credential out of whatever comes back, in each form in which a vendor might repeat it.</summary>
internal sealed class Redaction
{
    private readonly Secret[] _forms;

    public Redaction(Authorization? authorization)
    {
        if (authorization is null)
        {
            _forms = [];
            return;
        }

        var whole = authorization.Value.Reveal();
        var plain = new[] { whole, whole[(whole.IndexOf(' ', StringComparison.Ordinal) + 1)..], authorization.Secret.Reveal() };
        _forms = plain
            .SelectMany(form => new[] { form, JsonEncodedText.Encode(form).Value, Uri.EscapeDataString(form) })
            .Where(form => form.Length > 0)
            .Distinct()
            .OrderByDescending(form => form.Length) // a shorter form inside a longer one would leave the rest of it
            .Select(form => new Secret(form))
            .ToArray();
        LongestBytes = _forms.Select(form => Encoding.UTF8.GetByteCount(form.Reveal())).DefaultIfEmpty().Max();
    }

    /// <summary>The length of the longest form in UTF-8: where text is cut, so much of it may hold a part of the credential.</summary>
    public int LongestBytes { get; }

    public string Of(string text)
    {
        foreach (var form in _forms)
            text = form.Redact(text);
        return text;
    }

    public ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> body)
    {
        foreach (var form in _forms)
            body = form.Redact(body);
        return body;
    }
}
