using Penstock.Contract;
using Penstock.Engine.Workspace;

namespace Penstock.Engine.Runs;

/// <summary>What to show of a model.</summary>
public sealed record PreviewOptions
{
    /// <summary>Only the record of this key; null for any.</summary>
    public string? Record { get; init; }

    /// <summary>Only members of this group; null for all.</summary>
    public string? Group { get; init; }

    /// <summary>Whether only the count is wanted.</summary>
    public bool CountOnly { get; init; }

    /// <summary>The most records. Default 20.</summary>
    public int Limit { get; init; } = 20;
}

/// <summary>A look at a model's records.</summary>
/// <param name="Model">The model.</param>
/// <param name="Group">The group; null for all.</param>
/// <param name="Count">How many records there are, shown or not.</param>
/// <param name="Columns">The properties, then the groups (<c>group:id</c>).</param>
/// <param name="Rows">The records: one value per column as JSON-ready values.</param>
/// <param name="RowProblems">What was wrong with rows of the sources.</param>
public sealed record PreviewResult(
    string Model,
    string? Group,
    long Count,
    IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<Value>> Rows,
    IReadOnlyList<RowProblem> RowProblems);
