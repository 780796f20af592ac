using System.Text.Json.Serialization;
using Penstock.Contract;

namespace Penstock.Server.Components.Forms;

/// <summary>A column of a table that may become a property.</summary>
public sealed class ColumnChoice
{
    /// <summary>The column's name.</summary>
    public required string Column { get; init; }

    /// <summary>Whether it becomes a property.</summary>
    public bool IsTicked { get; set; }

    /// <summary>The property's id.</summary>
    public required string Id { get; set; }

    /// <summary>The word of the type chosen; null for the column's own.</summary>
    public string? TypeWord { get; set; }

    /// <summary>The column's own type.</summary>
    [JsonIgnore]
    public DataType Proposed { get; set; }

    /// <summary>Some values, as text.</summary>
    [JsonIgnore]
    public string Sample { get; set; } = "";

    /// <summary>The type chosen; null for the column's own.</summary>
    [JsonIgnore]
    public DataType? Type
    {
        get => TypeWord is null ? null : DataType.Parse(TypeWord);
        set => TypeWord = value?.ToString();
    }
}
