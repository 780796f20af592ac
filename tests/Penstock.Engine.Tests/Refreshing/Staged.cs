using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Tests.Refreshing;

/// <summary>Compiled sources made by hand: a key, then values.</summary>
internal static class Staged
{
    public static StageColumn Key(DataKind type = DataKind.Integer) => new("_key_1", type, null);

    public static CompiledSource Source(string name, params IReadOnlyList<StageColumn> columns) => new(
        new Source(name, "shop"),
        new SourceSelection
        {
            Table = new Identifier(name),
            Keys = [new SelectedColumn { Name = "_key_1", Column = "id" }],
            Columns = [.. columns.Skip(1).Select(column => new SelectedColumn { Name = column.Name, Column = column.Name })],
        },
        columns);
}
