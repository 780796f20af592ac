using Penstock.Engine.Configuration;

namespace Penstock.Engine.Tests.Configuration;

public sealed class ExpressionTests
{
    private static readonly string[] Ids = ["first_name", "last_name", "email", "ltv", "dates"];

    [Theory]
    [InlineData("first_name || ' ' || last_name", "first_name last_name")]
    [InlineData("FIRST_NAME || \"Last_Name\"", "first_name last_name")]
    [InlineData("'first_name' || email", "email")]
    [InlineData("'it''s first_name' || email", "email")]
    [InlineData("E'\\' first_name' || email", "email")]
    [InlineData("$$first_name$$ || email", "email")]
    [InlineData("coalesce(email, email)", "email")]
    [InlineData("email(ltv)", "ltv")]
    [InlineData("x.email + ltv", "ltv")]
    [InlineData("CAST(ltv AS email)", "ltv")]
    [InlineData("ltv::email", "ltv")]
    [InlineData("{email: ltv}", "ltv")]
    [InlineData("emails || email2", "")]
    [InlineData("ltv -- email", "ltv")]
    public void References_are_found_outside_of_texts_functions_and_types(string expression, string expected) =>
        string.Join(' ', ExpressionReferences.Find(expression, Ids)).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("1; SELECT 2")]
    [InlineData("email -- trailing")]
    [InlineData("email /* open")]
    [InlineData("'open")]
    [InlineData("\"open")]
    [InlineData("$$open")]
    [InlineData("(email")]
    [InlineData("email)")]
    [InlineData("1) FROM x --")]
    [InlineData("([email)]")]
    [InlineData("SELECT email")]
    [InlineData("COPY x TO 'y'")]
    public void What_is_no_single_value_is_refused(string expression) => ExpressionReferences.Check(expression).ShouldNotBeNull();

    [Theory]
    [InlineData("';' || email")]
    [InlineData("'--' || email")]
    [InlineData("CASE WHEN ltv > 1 THEN 'a' ELSE 'b' END")]
    [InlineData("list_transform([1, 2], x -> x + 1)")]
    [InlineData("a - -1")]
    public void What_is_a_value_is_taken(string expression) => ExpressionReferences.Check(expression).ShouldBeNull();

    [Theory]
    [InlineData("frist_name", "frist_name")]
    [InlineData("CASE WHEN ltv IS NULL THEN date '2026-01-01' ELSE current_date END", "")]
    [InlineData("EXTRACT(year FROM dates) + INTERVAL 3 days", "")]
    [InlineData("list_transform(dates, d -> d + 1)", "")]
    [InlineData("\"date\" + nope", "date nope")]
    public void Names_that_are_no_property_are_found(string expression, string expected) =>
        string.Join(' ', ExpressionReferences.Unknown(expression, Ids)).ShouldBe(expected);

    [Fact]
    public void Circles_are_found_once_each_and_long_chains_end()
    {
        static Dictionary<string, IReadOnlyList<string>> Graph(params (string Id, string[] To)[] edges) =>
            edges.ToDictionary(edge => edge.Id, edge => (IReadOnlyList<string>)edge.To);

        Cycles.Find(Graph(("a", ["b", "c"]), ("b", ["c"]), ("c", []))).ShouldBeEmpty();
        Cycles.Find(Graph(("a", ["b"]), ("b", ["c"]), ("c", ["b"]))).Select(Cycles.InWords).ShouldBe(["`b` → `c` → `b`"]);
        Cycles.Find(Graph(("a", ["a"]), ("b", ["a"]))).Select(Cycles.InWords).ShouldBe(["`a` → `a`"]);
        var chain = Enumerable.Range(0, 50_000).Select(number => ($"p{number}", new[] { $"p{number + 1}" })).ToArray();
        Cycles.Find(Graph(chain)).ShouldBeEmpty();
    }
}
