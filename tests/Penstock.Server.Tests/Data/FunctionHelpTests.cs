using Penstock.Engine.Compilation;
using Penstock.Server.Components.Pages.Data;

namespace Penstock.Server.Tests.Data;

public sealed class FunctionHelpTests
{
    private static readonly string[] Names =
    [
        "first", "last", "text", "email", "number", "one", "other", "sum", "count", "time", "earlier", "later", "total", "property", "list",
        "object",
    ];

    public static TheoryData<string> All => [.. FunctionHelp.All.Select(function => function.Text)];

    [Theory]
    [MemberData(nameof(All))]
    public void Each_function_of_the_list_may_be_used_as_it_is_written(string text) =>
        ExpressionChecker.Check(text, Names).ShouldBeNull();

    [Fact]
    public void Each_function_says_where_one_goes_on_writing()
    {
        foreach (var function in FunctionHelp.All)
        {
            var (from, to) = function.Gap;
            Names.ShouldContain(function.Text[from..to], function.Text);
        }
    }
}
