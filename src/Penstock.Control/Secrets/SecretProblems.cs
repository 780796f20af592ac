using Penstock.Contract;

namespace Penstock.Control.Secrets;

/// <summary>The codes of what can go wrong with stored secrets.</summary>
public static class SecretProblems
{
    /// <summary>There is no secret of that name.</summary>
    public static ProblemCode Gone { get; } = new(
        "secret.gone", "There is no stored secret of the name that a configuration refers to.",
        "Store it: penstock secret set NAME, or enter it again in the app.");

    /// <summary>The key that opens the secrets is missing or another.</summary>
    public static ProblemCode KeyMissing { get; } = new(
        "secret.key_missing", "The key that opens the stored secrets is missing, or another one.",
        "Put control.key back, or give it by PENSTOCK_KEY_FILE or PENSTOCK_MASTER_KEY; without it, store each secret again.");

    /// <summary>A secret can't be opened.</summary>
    public static ProblemCode Undecryptable { get; } = new(
        "secret.undecryptable", "A stored secret can't be opened with the keys at hand.", "Store it again: penstock secret set NAME.");

    /// <summary>The key given is none.</summary>
    public static ProblemCode KeyInvalid { get; } = new(
        "secret.key_invalid", "The key given for stored secrets is none, or its file can't be read or written.",
        "A key is 32 random bytes in Base64, such as openssl rand -base64 32 writes.");

    /// <summary>A name can't be a secret's.</summary>
    public static ProblemCode InvalidName { get; } = new(
        "secret.name_invalid", "A secret's name holds letters, digits, underscores, dashes and dots, and begins with a letter.",
        "Choose another name.");

    /// <summary>The value is empty.</summary>
    public static ProblemCode Empty { get; } = new("secret.empty", "No value was given for the secret.", "Write it on standard input.");

    /// <summary>A secret is in use.</summary>
    public static ProblemCode InUse { get; } = new(
        "secret.in_use", "A secret can't be removed because apps or destinations refer to it.",
        "Change these first, or force it: they then can't connect.");
}
