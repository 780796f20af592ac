using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Penstock.Contract;

namespace Penstock.Connectors.Tests.Contract;

/// <summary>Rows are checked by RE2 in the workspace: each declared pattern is understood there, and means what it means here.</summary>
public sealed class PatternTests
{
    private static readonly string[] Texts =
    [
        "", " ", "ann@example.com", "mané@example.com", "ann@@example.com", ".a@b.co", "a..b@c.de", "ann@example.com\n", "ann @example.com",
        "12345", "3b5c1f00-0000-4000-8000-000000000001", "$x", "_x", "x", "two\nlines", "a name", "名前",
    ];

    [Theory]
    [MemberData(nameof(Subject.Destinations), MemberType = typeof(Subject))]
    public void Patterns_mean_the_same_in_the_workspace(string id)
    {
        var kind = Subject.Of(id).Kind;
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        string?[] patterns =
        [
            .. kind.Fields.Append(kind.Key).Select(field => field.Pattern),
            .. kind.Groups.Select(form => form.TargetPattern),
            kind.CustomFields?.NamePattern,
        ];
        foreach (var pattern in patterns.OfType<string>())
        {
            foreach (var text in Texts)
                Matches(connection, text, pattern).ShouldBe(Regex.IsMatch(text, $@"\A(?:{pattern})\z"), $"'{text}' by {pattern}");
        }
    }

    private static bool Matches(DuckDBConnection connection, string text, string pattern)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT regexp_full_match($text, $pattern)";
        command.Parameters.Add(new DuckDBParameter("text", text));
        command.Parameters.Add(new DuckDBParameter("pattern", pattern));
        return (bool)command.ExecuteScalar()!; // the function gives true or false for texts
    }
}
