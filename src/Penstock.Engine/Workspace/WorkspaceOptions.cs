namespace Penstock.Engine.Workspace;

/// <summary>How much of the machine a workspace may use.</summary>
public sealed record WorkspaceOptions
{
    /// <summary>The most memory DuckDB may take, in bytes; what does not fit goes to disk. Default 512 MiB.</summary>
    public long MemoryBytes { get; init; } = 512L << 20;

    /// <summary>The most disk for what does not fit in memory, in bytes. Default 100 GiB.</summary>
    public long SpillBytes { get; init; } = 100L << 30;

    /// <summary>The threads of DuckDB. Default: one per core.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
