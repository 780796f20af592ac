using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Penstock.Contract;

namespace Penstock.Connectors.Tests.Contract;

/// <summary>The engine batches, paces, retries and logs; a connector has none of it, and no memory.</summary>
public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string> Files = Directory
        .EnumerateFiles(Folder(), "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Folder(), file))
        .Where(file => !file.StartsWith("obj", StringComparison.Ordinal) && !file.StartsWith("bin", StringComparison.Ordinal))
        .ToDictionary(file => file, file => WithoutComments(File.ReadAllText(Path.Combine(Folder(), file))));

    [Theory]
    [InlineData(@"\bTask\.Delay\b")]
    [InlineData(@"\bThread\.")]
    [InlineData(@"\bPeriodicTimer\b")]
    [InlineData(@"\bTimeProvider\b")]
    [InlineData(@"\bILogger\b")]
    [InlineData(@"\bHttpClient\b")]
    [InlineData(@"\bConsole\.")]
    public void No_connector_waits_logs_or_opens_the_network_for_http(string what) =>
        Files.Where(file => Regex.IsMatch(file.Value, what)).Select(file => file.Key).ShouldBeEmpty();

    [Fact]
    public void No_connector_sends_requests_in_a_loop()
    {
        foreach (var (file, text) in Files)
        {
            foreach (Match loop in Regex.Matches(text, @"\b(while|for|do)\s*[({]"))
                Block(text, loop.Index).ShouldNotContain("SendAsync(", Case.Sensitive, file);
        }
    }

    [Fact]
    public void No_connector_keeps_anything_between_calls()
    {
        var types = Subject.Shipped.GetTypes().Where(type => !IsGenerated(type)).ToList();
        var statics = types
            .SelectMany(type => type.GetFields(
                BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => !field.IsLiteral);
        var own = types.Where(type => type.IsAssignableTo(typeof(IConnector)))
            .SelectMany(type => type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic));
        statics.Concat(own)
            .Where(field => !field.IsInitOnly || IsMutable(field.FieldType))
            .Select(field => $"{field.DeclaringType}.{field.Name}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void No_connectors_folder_uses_another_ones()
    {
        var folders = Files.Keys.Where(file => file.Contains('/')).Select(file => file.Split('/')[0]).Distinct().ToList();
        var foreign =
            from file in Files
            let own = file.Key.Split('/')[0]
            from folder in folders
            where folder != own && folder != "Common" && Regex.IsMatch(file.Value, $@"\bPenstock\.Connectors\.{folder}\b")
            select $"{file.Key} uses {folder}";
        foreign.ShouldBeEmpty();
    }

    [Fact]
    public void Connectors_know_only_the_contract() =>
        Subject.Shipped.GetReferencedAssemblies()
            .Select(assembly => assembly.Name!)
            .Where(name => name.StartsWith("Penstock.", StringComparison.Ordinal))
            .ShouldBe(["Penstock.Contract"]);

    // Of what can be changed after all, only a table that forgets an entry with its key: it holds nothing but what its key says.
    private static bool IsMutable(Type type) =>
        type.Namespace != "System.Collections.Frozen"
        && !type.IsArray
        && !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ConditionalWeakTable<,>))
        && !type.IsInterface
        && (type.IsAssignableTo(typeof(IDictionary)) || type.IsAssignableTo(typeof(IList)) || type.IsAssignableTo(typeof(ICollection))
            || type.Name.StartsWith("HashSet", StringComparison.Ordinal)
            || type.Namespace == "System.Collections.Concurrent"
            || (type.Namespace == "System.Threading" && type != typeof(Lock)));

    private static bool IsGenerated(Type? type) =>
        type is not null && (type.Name.Contains('<') || type.IsDefined(typeof(CompilerGeneratedAttribute))
            || type.Namespace == "System.Text.RegularExpressions.Generated" || IsGenerated(type.DeclaringType));

    // From a loop's keyword to the end of its body: the matching brace, or the semicolon of a single statement.
    private static string Block(string text, int start)
    {
        var depth = 0;
        for (var i = start; i < text.Length; i++)
        {
            depth += text[i] is '{' or '(' ? 1 : text[i] is '}' or ')' ? -1 : 0;
            if (depth == 0 && text[i] is '}' or ';')
                return text[start..i];
        }

        return text[start..];
    }

    private static string WithoutComments(string text) => Regex.Replace(text, @"//[^\n]*", "");

    private static string Folder([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../../src/Penstock.Connectors"));
}
