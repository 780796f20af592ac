using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Penstock.Simulators.Braze;

/// <summary>One string for each field name: JsonProperty.Name makes a new one each time, and a million profiles would keep them.</summary>
internal sealed class Names
{
    private const int MaxKept = 10_000;
    private const int MaxLength = 128;

    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public Names() => _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Of(JsonProperty member)
    {
        // A name with escapes is decoded the slow way; all others are compared without making a string.
        var raw = JsonMarshal.GetRawUtf8PropertyName(member);
        if (raw.Length > MaxLength || raw.Contains((byte)'\\'))
            return member.Name;
        Span<char> text = stackalloc char[MaxLength];
        var length = Encoding.UTF8.GetChars(raw, text);
        if (_lookup.TryGetValue(text[..length], out var known))
            return known;
        var name = new string(text[..length]);
        return _names.Count < MaxKept ? _names.GetOrAdd(name, name) : name;
    }
}
