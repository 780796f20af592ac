using Penstock.Engine.Workspace;

namespace Penstock.Engine.Building;

/// <summary>What building gave.</summary>
/// <param name="Records">How many records there are.</param>
/// <param name="Groups">How many members each group has, by its id.</param>
/// <param name="Problems">What was wrong with rows without stopping anything; empty when nothing was.</param>
public sealed record BuildResult(long Records, IReadOnlyDictionary<string, long> Groups, IReadOnlyList<RowProblem> Problems);
