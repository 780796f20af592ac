namespace Penstock.Control;

/// <summary>Where the control database is and what opens its secrets.</summary>
public sealed record ControlSettings
{
    /// <summary><c>postgres://user:password@host:port/database</c>; null for the SQLite file in the workspace folder.</summary>
    public string? Database { get; init; }

    /// <summary>The file of the master key; null for <c>control.key</c> in the workspace folder.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The master key itself, 32 bytes in Base64; null to take the file's. Never shown.</summary>
    public string? MasterKey { get; init; }

    /// <summary>What may be called inside the network when people name it: names, <c>*.corp.local</c>, addresses, networks. Default:
    /// none.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => nameof(ControlSettings); // holds a password and a key
}
