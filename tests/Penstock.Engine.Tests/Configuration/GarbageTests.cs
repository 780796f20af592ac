using System.Text;
using CsCheck;
using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Tests.Configuration;

public sealed class GarbageTests
{
    private static readonly string[] Pieces =
        ["{", "}", "[", "]", ":", ": ", "- ", "\n", "\n  ", "\t", "\"", "'", "|", ">", "&a", "*a", "!!int ", "? ", "%", "---\n", "...",
        "#", ",", "~", "\u0000", "😀", "\ud800", "${", "x", "1", "null", "all", "model", "\\", "\uFEFF", "\r"];

    private static readonly Gen<string> Piece = Gen.Int[0, Pieces.Length - 1].Select(number => Pieces[number]);

    private static void Expect(ProjectReading reading)
    {
        reading.Problems.ShouldAllBe(problem => problem.Message.Length > 0 && problem.Code.Length > 0);
        (reading.Project is null).ShouldBe(reading.Problems.Any(problem => problem.Severity == Severity.Error));
    }

    [Fact]
    public void Random_text_gives_problems_never_an_exception() =>
        Gen.OneOf(Gen.String, Piece.Array[0, 60].Select(string.Concat))
            .Sample(text => Expect(ShopProject.Read(new() { ["penstock.yaml"] = text })), iter: 500);

    [Fact]
    public void The_example_with_anything_put_in_or_taken_out_gives_problems_never_an_exception() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2_000], Gen.Int[0, 40], Piece.Array[0, 4].Select(string.Concat))
            .Sample(
                (file, at, length, piece) =>
                {
                    var files = ShopProject.Files;
                    var name = files.Keys.ElementAt(file);
                    var start = at % files[name].Length;
                    files[name] = string.Concat(
                        files[name].AsSpan(0, start), piece, files[name].AsSpan(Math.Min(files[name].Length, start + length)));
                    Expect(ShopProject.Read(files));
                },
                iter: 500);

    [Fact]
    public void Very_many_mistakes_are_counted_not_shown()
    {
        var files = ShopProject.Files;
        files["penstock.yaml"] += "\n" + string.Concat(Enumerable.Range(0, 20_000).Select(number => $"tine_zone{number}: x\n"));
        files["models/many.yaml"] = "model: many\nsources:\n- table: t\n  app: shop\n  primary_key: id\n  properties:\n"
            + string.Concat(Enumerable.Range(0, 5_000).Select(number => $"    property{number}: c\n"))
            + "properties:\n" + string.Concat(
                Enumerable.Range(0, 5_000).Select(number => $"  calculated{number}: calculated{number + 1} + propertx\n"))
            + "groups:\n  g:\n" + string.Concat(
                Enumerable.Range(0, 5_000).Select(number => $"  - {{ property: propertz{number}, exists: true }}\n"));

        var problems = ShopProject.Read(files).Problems;

        problems.Count.ShouldBe(501);
        problems[^1].Code.ShouldBe("project.too_many_problems");
    }

    [Fact]
    public void The_example_with_its_parts_moved_about_gives_problems_never_an_exception()
    {
        var lines = ShopProject.Files.Values.SelectMany(text => text.Split('\n')).ToArray();
        Gen.Int[0, lines.Length - 1].Select(line => lines[line]).Array[1, 40].Sample(
            chosen => Expect(ShopProject.Read(new() { ["penstock.yaml"] = string.Join('\n', chosen) })), iter: 300);
    }
}
