using System.Security.Cryptography;
using Penstock.Contract;

namespace Penstock.Control.Secrets;

/// <summary>
/// The key outside the database that opens the key ring inside it, so that a stolen database opens nothing: 32 random bytes, given as
/// text or kept in a file that only its owner may read.
/// </summary>
internal sealed class MasterKey
{
    /// <summary>The file's name in the workspace folder.</summary>
    public const string FileName = "control.key";

    private const int Bytes = 32;
    private const int NonceLength = 12; // what AES-GCM takes
    private const int TagLength = 16;
    private readonly byte[] _key;

    private MasterKey(byte[] key) => _key = key;

    /// <summary>Tells keys apart, and tells nothing about the key.</summary>
    public string Fingerprint => Convert.ToHexStringLower(HMACSHA256.HashData(_key, "penstock key ring"u8))[..16];

    /// <summary>The key given as text.</summary>
    /// <exception cref="PenstockException">It is none.</exception>
    public static MasterKey Of(string base64, string where)
    {
        var bytes = new byte[base64.Length];
        if (Convert.TryFromBase64String(base64.Trim(), bytes, out var length) && length == Bytes)
            return new(bytes[..Bytes]);
        throw new PenstockException(SecretProblems.KeyInvalid.Of(
            $"{where} is no key: a key is 32 random bytes in Base64.", "'openssl rand -base64 32' writes one."));
    }

    /// <summary>The key in a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mayCreate">Whether to make one when there is none.</param>
    /// <exception cref="PenstockException">There is none and none may be made, or the file can't be used.</exception>
    public static MasterKey In(string file, bool mayCreate)
    {
        try
        {
            if (!File.Exists(file))
            {
                if (!mayCreate)
                {
                    throw new PenstockException(SecretProblems.KeyMissing.Of(
                        $"The secrets were stored with a key that is not in {file}, where it should be.",
                        "Put the file back from a copy or another node, or give the key by PENSTOCK_KEY_FILE or PENSTOCK_MASTER_KEY. "
                        + "If it is lost, store each secret again with 'penstock secret set'."));
                }

                Create(file);
            }

            return Of(File.ReadAllText(file), $"The file {file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PenstockException(
                SecretProblems.KeyInvalid.Of($"The key file {file} can't be used: {exception.Message}", "Check who may read it."),
                exception);
        }
    }

    /// <summary>Encrypts with AES-GCM: nonce, tag, ciphertext.</summary>
    public byte[] Encrypt(byte[] plain)
    {
        using var aes = new AesGcm(_key, TagLength);
        var result = new byte[NonceLength + TagLength + plain.Length];
        var nonce = result.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        aes.Encrypt(nonce, plain, result.AsSpan(NonceLength + TagLength), result.AsSpan(NonceLength, TagLength));
        return result;
    }

    /// <summary>Opens what <see cref="Encrypt"/> made.</summary>
    /// <exception cref="CryptographicException">It was made with another key, or changed.</exception>
    public byte[] Decrypt(byte[] sealedBytes)
    {
        if (sealedBytes.Length < NonceLength + TagLength)
            throw new CryptographicException("It is too short.");
        using var aes = new AesGcm(_key, TagLength);
        var plain = new byte[sealedBytes.Length - NonceLength - TagLength];
        var bytes = sealedBytes.AsSpan();
        aes.Decrypt(bytes[..NonceLength], bytes[(NonceLength + TagLength)..], bytes.Slice(NonceLength, TagLength), plain);
        return plain;
    }

    // Written aside and then moved, so that another process never reads half a key; whoever is second takes the first one's.
    private static void Create(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".");
        var aside = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(aside, options))
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));
        try
        {
            File.Move(aside, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(aside);
        }
    }
}
