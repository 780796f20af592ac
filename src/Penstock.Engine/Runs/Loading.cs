using Penstock.Engine.Workspace;

namespace Penstock.Engine.Runs;

/// <summary>What reading a model's sources and building its records gave; nothing was planned or sent.</summary>
/// <param name="Records">How many records there are.</param>
/// <param name="Groups">How many members each group has, by its id.</param>
/// <param name="RowProblems">What was wrong with rows of the sources.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record LoadResult(
    long Records, IReadOnlyDictionary<string, long> Groups, IReadOnlyList<RowProblem> RowProblems, TimeSpan Elapsed);
