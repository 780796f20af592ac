using System.Globalization;
using Penstock.Contract;

namespace Penstock.Engine.Compilation;

/// <summary>
/// The names and types of the workspace's tables, in one place. Property and group ids are letters, digits and underscores, so names
/// with a colon or a leading underscore collide with none.
/// </summary>
public static class Layout
{
    /// <summary>One row per record: <see cref="Key"/>, each property, each group's membership.</summary>
    public static Identifier Records { get; } = new("records");

    /// <summary>What <see cref="Records"/> were built from: the definition of each property at that time.</summary>
    public static Identifier Built { get; } = new("_built");

    /// <summary>The record's key as text, in <see cref="Records"/>.</summary>
    public static Identifier Key { get; } = new("_key");

    /// <summary>In a stage of a selection with both aggregates and exact columns: how many rows the key has at the source.</summary>
    public static Identifier Rows { get; } = new("_rows");

    /// <summary>The staged rows of a source.</summary>
    public static Identifier Stage(string source) => new("stage_" + source);

    /// <summary>The column of a stage that holds part <paramref name="number"/> (from 1) of the primary key or of the join.</summary>
    public static Identifier StageKey(int number) => new("_key_" + number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A property's column, in a stage and in <see cref="Records"/>.</summary>
    public static Identifier Property(string id) => new(id);

    /// <summary>The boolean column of <see cref="Records"/> that says who is in a group.</summary>
    public static Identifier Group(string id) => new("group:" + id);

    /// <summary>What a destination acknowledged.</summary>
    public static Identifier Delivered(string destination) => new("delivered_" + destination);

    /// <summary>What a destination refused, or could not take.</summary>
    public static Identifier Refused(string destination) => new("refused_" + destination);

    /// <summary>What was sent when.</summary>
    public static Identifier History(string destination) => new("history_" + destination);

    /// <summary>What the run at hand sends.</summary>
    public static Identifier Plan(string destination) => new("plan_" + destination);

    /// <summary>The outcomes of the run at hand, until they are folded into delivered and refused.</summary>
    public static Identifier Journal(string destination) => new("journal_" + destination);

    /// <summary>How the workspace holds values of a type.</summary>
    public static Sql Type(DataType type)
    {
        var single = type.Kind switch
        {
            DataKind.Boolean => "BOOLEAN",
            DataKind.Integer => "BIGINT",
            DataKind.Decimal => "DECIMAL(38, 9)",
            DataKind.Float => "DOUBLE",
            DataKind.Date => "DATE",
            DataKind.Timestamp => "TIMESTAMP",
            DataKind.Json => "JSON",
            _ => "VARCHAR",
        };
        return Sql.Trusted(type.IsArray ? single + "[]" : single);
    }
}
