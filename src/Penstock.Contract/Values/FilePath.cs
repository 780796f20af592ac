namespace Penstock.Contract;

/// <summary>A file or folder named by an option, relative to the project folder.</summary>
/// <param name="Given">As written in the configuration.</param>
/// <param name="Full">Resolved against the project folder.</param>
public sealed record FilePath(string Given, string Full)
{
    /// <summary>The path as written, for messages.</summary>
    public override string ToString() => Given;
}
