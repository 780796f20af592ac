using System.Text;
using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>The docs page of problem codes, as Markdown.</summary>
public static class ProblemReference
{
    /// <summary>The page <c>docs/reference/problems.md</c>, from the codes that <see cref="ProblemCode.In"/> finds.</summary>
    public static string Write(IEnumerable<ProblemCode> codes)
    {
        var page = new StringBuilder(
            """
            # Problem codes

            <!-- Written by `penstock docs` from the declarations in the code. Don't edit. -->

            | code | severity | what it means | what to do |
            |---|---|---|---|

            """);
        foreach (var code in codes)
            page.Append($"| `{code.Code}` | {code.Severity.ToString().ToLowerInvariant()} | {code.Meaning} | {code.ToDo} |\n");
        return page.ToString().ReplaceLineEndings("\n");
    }
}
