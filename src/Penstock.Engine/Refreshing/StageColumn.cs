using Penstock.Contract;

namespace Penstock.Engine.Refreshing;

/// <summary>A column of a stage.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Type">Its type.</param>
/// <param name="Property">The property it is the value of; null for keys and the row count.</param>
public sealed record StageColumn(string Name, DataType Type, string? Property);
