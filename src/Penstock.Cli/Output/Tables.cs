using Spectre.Console;
using Spectre.Console.Rendering;

namespace Penstock.Cli.Output;

/// <summary>Tables in one form for all commands: no frames, so that lines can be cut and searched.</summary>
internal static class Tables
{
    private static readonly TableBorder Border = new Underlined();

    /// <summary>Prints rows under headings; a heading that begins with <c>#</c> is of numbers, right-aligned. Cells are markup.</summary>
    public static void Print(IAnsiConsole console, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = Border, UseSafeBorder = false };
        foreach (var heading in headings)
        {
            var column = new TableColumn(Ink.Strong(heading.TrimStart('#'))) { Padding = new Padding(0, 0, 2, 0), NoWrap = true };
            if (heading.StartsWith('#'))
                column.RightAligned();
            table.AddColumn(column);
        }

        foreach (var row in rows)
            table.AddRow([.. row]);
        console.Write(table);
    }

    private sealed class Underlined : TableBorder
    {
        public override bool Visible => false;

        public override bool SupportsRowSeparator => false;

        public override string GetPart(TableBorderPart part) => "";
    }
}
