using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>
/// A model whose properties all have a type: declared, or inferred from the columns of its sources. What compiling starts from.
/// </summary>
/// <param name="Model">The model as configured.</param>
/// <param name="Types">Each property's type by its id; an expression's is missing when it is not declared, as DuckDB infers it.</param>
/// <param name="KeyTypes">The types of the primary key's columns, in order.</param>
/// <param name="JoinTypes">For each secondary source by name, its join columns' own types, in order; they are read as the
/// properties'.</param>
public sealed record ResolvedModel(
    Model Model,
    IReadOnlyDictionary<string, DataType> Types,
    IReadOnlyList<DataType> KeyTypes,
    IReadOnlyDictionary<string, IReadOnlyList<DataType>> JoinTypes);
