namespace Penstock.Engine.Workspace;

/// <summary>
/// Rows of one source that had the same thing wrong with them: counted, with a few samples. They never stop the good rows.
/// </summary>
/// <param name="Source">The source's name; the model's id for what is found when records are built.</param>
/// <param name="Property">The property whose value became null; null when the row as a whole was left out.</param>
/// <param name="Reason">What is wrong, as a short phrase: <c>not a whole number</c>, <c>duplicate primary key</c>.</param>
/// <param name="Count">How many rows.</param>
/// <param name="Samples">At most ten of them.</param>
public sealed record RowProblem(string Source, string? Property, string Reason, long Count, IReadOnlyList<RowSample> Samples);

/// <summary>One row that has something wrong with it.</summary>
/// <param name="Key">Its key as text; empty when it has none.</param>
/// <param name="Value">The value in question, cut to 100 characters; empty when the row as a whole is meant.</param>
public sealed record RowSample(string Key, string Value);
