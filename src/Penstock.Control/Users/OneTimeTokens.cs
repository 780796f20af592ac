using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Penstock.Control.Users;

/// <summary>Tokens that can't be guessed, of which only a hash is kept.</summary>
internal static class OneTimeTokens
{
    private const int Bytes = 32;

    /// <summary>256 random bits in letters that need no escaping in an address.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>SHA-256 in hexadecimal. A slow hash would add nothing to 256 random bits.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
