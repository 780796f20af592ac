using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Inspecting;

/// <summary>Rows from, and what may be asked of, a source before anything is loaded.</summary>
/// <param name="Table">The table as written in a configuration; null for a query.</param>
/// <param name="Query">A query of one SELECT; null for a table.</param>
public sealed record SourceOf(string? Table, string? Query)
{
    /// <summary>A table.</summary>
    public static SourceOf OfTable(string table) => new(table, null);

    /// <summary>A query.</summary>
    public static SourceOf OfQuery(string query) => new(null, query);
}

/// <summary>How much of a source may be asked for a look at it.</summary>
public sealed record SampleOptions
{
    /// <summary>The most rows, 1 to 1,000. Default 20.</summary>
    public int Rows { get; init; } = 20;

    /// <summary>The most bytes of all values together. Default 1 MiB.</summary>
    public int Bytes { get; init; } = 1 << 20;

    /// <summary>How long the source may take for one question, connecting included. Default 15 seconds.</summary>
    public TimeSpan TimeOut { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>A few rows of a source.</summary>
/// <param name="Columns">The columns with the property types proposed for them.</param>
/// <param name="Rows">The rows, one value for each column; texts are cut to 1,000 characters.</param>
/// <param name="IsCut">Whether there was more than may be shown.</param>
public sealed record SourceSample(IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<Value>> Rows, bool IsCut)
{
    /// <summary>Why there is nothing to show: the app can't be reached, the query is not valid, it took too long; null otherwise.</summary>
    public Problem? Problem { get; init; }
}

/// <summary>Whether columns can name records.</summary>
/// <param name="Rows">How many rows there are.</param>
/// <param name="Distinct">How many different keys without a null in them.</param>
/// <param name="Nulls">How many rows have a null in the key.</param>
/// <param name="Repeated">How many keys have several rows.</param>
/// <param name="Samples">Up to five of those keys, the worst first.</param>
public sealed record KeyCheck(long Rows, long Distinct, long Nulls, long Repeated, IReadOnlyList<RepeatedKey> Samples)
{
    /// <summary>Whether each row has a key of its own.</summary>
    public bool IsUnique => Problem is null && Nulls == 0 && Repeated == 0;

    /// <summary>Why it could not be checked; null when it was.</summary>
    public Problem? Problem { get; init; }
}

/// <summary>A key that several rows have.</summary>
/// <param name="Key">The values of its columns, as text.</param>
/// <param name="Rows">How many rows.</param>
public sealed record RepeatedKey(IReadOnlyList<string> Key, long Rows);

/// <summary>Columns proposed as the primary key.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Reason">Why these, in a sentence.</param>
/// <param name="Check">What was found in the source.</param>
public sealed record KeyProposal(IReadOnlyList<string> Columns, string Reason, KeyCheck Check);

/// <summary>A way to join a table to a model.</summary>
/// <param name="Join">Its columns and the properties of the model that they equal.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Missing">
/// Columns of the model's primary source that the join needs as properties and that the model does not have yet, by the property's name in
/// <paramref name="Join"/>; empty when it can be used as it is.
/// </param>
public sealed record JoinProposal(IReadOnlyList<JoinColumn> Join, string Reason, IReadOnlyDictionary<string, string> Missing);

/// <summary>What a calculated property gives for some records.</summary>
/// <param name="Type">Its type; null while something is wrong.</param>
/// <param name="Rows">The records: each with its key, the properties that the expression uses, and the result, as text.</param>
public sealed record ExpressionSample(DataType? Type, IReadOnlyList<ExpressionRow> Rows)
{
    /// <summary>What is wrong with the expression, or that a property of it is not loaded; null when nothing is.</summary>
    public Problem? Problem { get; init; }
}

/// <summary>What an expression gives for a record.</summary>
/// <param name="Key">The record's key.</param>
/// <param name="Inputs">The values of the properties that it uses, as text.</param>
/// <param name="Result">The result as text; null for none.</param>
public sealed record ExpressionRow(string Key, IReadOnlyDictionary<string, string?> Inputs, string? Result);
