using System.Text.Json;
using DuckDB.NET.Data;
using Penstock.Contract;

namespace Penstock.Engine.Compilation;

/// <summary>What DuckDB's own parser says about an expression: the names it refers to, and what it may not do.</summary>
internal sealed class ParsedExpression
{
    private const int MaxLength = 10_000;
    private const int MaxDepth = 800;
    private static readonly string[] Clauses = ["where_clause", "having", "sample", "qualify"];
    private readonly HashSet<string> _references = new(StringComparer.OrdinalIgnoreCase);
    private long _growth = 1;

    private ParsedExpression(string text) => Text = text;

    /// <summary>The expression as written.</summary>
    public string Text { get; }

    /// <summary>The columns it refers to, as written.</summary>
    public IReadOnlySet<string> References => _references;

    /// <summary>Why it may not be used; null when it may, as far as can be told without knowing the properties.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>Parses without running anything.</summary>
    public static ParsedExpression Parse(string text)
    {
        var parsed = new ParsedExpression(text);
        try
        {
            if (string.IsNullOrWhiteSpace(text))
                parsed.Refuse("is empty.", "Write a SQL expression over other properties, such as  first_name || ' ' || last_name.");
            else if (text.Length > MaxLength || text.Contains('\0', StringComparison.Ordinal))
                parsed.Refuse($"is longer than {MaxLength} characters or holds a NUL.", "Split it into several properties.");
            else
                parsed.Read();
        }
        catch (DuckDBException exception)
        {
            parsed.Refuse($"can't be read: {ExpressionDatabase.Said(exception)}");
        }
        catch (JsonException)
        {
            parsed.Refuse("is nested too deep.", "Split it into several properties.");
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException)
        {
            // A form of the syntax tree that is not known here: what can't be judged is not let through.
            parsed.Refuse("is of a form that can't be judged.", "Write it another way.");
        }

        return parsed;
    }

    // The expression has to be whole twice over: alone on a line (so no comment swallows what follows it) and as an argument between
    // others, where no bracket of its own can close ours. Only then may it stand between our brackets in a statement.
    private void Read()
    {
        using var alone = Serialized($"SELECT ({Text})");
        using var argument = Serialized($"SELECT coalesce(({Text}\n), NULL)");
        if (alone is null || argument is null)
            return;
        if (SoleColumn(alone) is null
            || SoleColumn(argument) is not { } coalesce
            || Name(coalesce, "type") != "OPERATOR_COALESCE"
            || coalesce.GetProperty("children").GetArrayLength() != 2)
        {
            Refuse("is more than one expression.", "Write one value: no FROM, no commas outside of a function, no semicolon.");
            return;
        }

        Walk(coalesce.GetProperty("children")[0], []);
        if (Problem is null && _growth > ExpressionFunctions.MaxSize)
            RefuseSize();
    }

    private JsonDocument? Serialized(string statement)
    {
        var answer = ExpressionDatabase.Ask("SELECT CAST(json_serialize_sql(CAST($1 AS VARCHAR)) AS VARCHAR)", statement)[0][0];
        var document = JsonDocument.Parse(answer, new JsonDocumentOptions { MaxDepth = MaxDepth });
        if (!document.RootElement.GetProperty("error").GetBoolean())
            return document;
        Refuse($"can't be read: {document.RootElement.GetProperty("error_message").GetString()}.", "Comments are not taken either.");
        document.Dispose();
        return null;
    }

    // The one column of  SELECT column  and nothing else; null for everything that is more.
    private static JsonElement? SoleColumn(JsonDocument document)
    {
        var statements = document.RootElement.GetProperty("statements");
        if (statements.GetArrayLength() != 1)
            return null;
        var node = statements[0].GetProperty("node");
        var isPlain = Name(node, "type") == "SELECT_NODE"
            && node.GetProperty("modifiers").GetArrayLength() == 0
            && node.GetProperty("cte_map").GetProperty("map").GetArrayLength() == 0
            && node.GetProperty("select_list").GetArrayLength() == 1
            && Name(node.GetProperty("from_table"), "type") == "EMPTY"
            && node.GetProperty("group_expressions").GetArrayLength() == 0
            && node.GetProperty("group_sets").GetArrayLength() == 0
            && Clauses.All(clause => node.GetProperty(clause).ValueKind == JsonValueKind.Null);
        return isPlain ? node.GetProperty("select_list")[0] : null;
    }

    private void Walk(JsonElement node, IReadOnlyList<string> parameters)
    {
        if (Problem is not null)
            return;
        switch (node.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in node.EnumerateArray())
                    Walk(item, parameters);
                break;
            case JsonValueKind.Object when node.TryGetProperty("class", out var kind):
                WalkExpression(node, kind.GetString()!, parameters); // a class is a text
                break;
            case JsonValueKind.Object:
                WalkMembers(node, parameters);
                break;
        }
    }

    private void WalkExpression(JsonElement node, string kind, IReadOnlyList<string> parameters)
    {
        switch (kind)
        {
            case "COLUMN_REF":
                Refer([.. ColumnNames(node)], parameters);
                break;
            case "FUNCTION":
                Call(node);
                WalkArguments(node, parameters);
                break;
            case "CAST":
                CheckType(node.GetProperty("cast_type"));
                WalkMembers(node, parameters);
                break;
            case "CONSTANT":
                break;
            // Outside of a list function, the arrow is the one that reaches into JSON.
            case "LAMBDA" or "OPERATOR" or "COMPARISON" or "CONJUNCTION" or "CASE" or "BETWEEN" or "COLLATE":
                WalkMembers(node, parameters);
                break;
            case "SUBQUERY":
                Refuse("holds a subquery.", "Read what it needs with a source; an expression sees the record's own properties.");
                break;
            case "WINDOW":
                Refuse("holds a window function.", "An expression is calculated for one record at a time.");
                break;
            default:
                Refuse($"holds what an expression can't have here: {kind.ToLowerInvariant()}.");
                break;
        }
    }

    private void WalkMembers(JsonElement node, IReadOnlyList<string> parameters)
    {
        foreach (var member in node.EnumerateObject())
        {
            if (member.Name is not ("cast_type" or "value"))
                Walk(member.Value, parameters);
        }
    }

    private void WalkArguments(JsonElement call, IReadOnlyList<string> parameters)
    {
        var takesLambda = ExpressionFunctions.TakesLambda(Name(call, "function_name").ToLowerInvariant());
        foreach (var argument in call.GetProperty("children").EnumerateArray())
        {
            if (takesLambda && Name(argument, "class") == "LAMBDA")
                Walk(argument.GetProperty("expr"), [.. parameters, .. ParameterNames(argument.GetProperty("lhs"))]);
            else
                Walk(argument, parameters);
        }
    }

    // A word before a text, such as  ATTACH 'x',  reads as a type's name.
    private void CheckType(JsonElement type)
    {
        if (type.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in type.EnumerateArray())
                CheckType(item);
        }
        else if (type.ValueKind == JsonValueKind.Object)
        {
            if (Name(type, "type") == "UNBOUND_TYPE_INFO" && !ExpressionFunctions.IsType(Name(type, "name")))
                Refuse($"names a type that does not exist: {Name(type, "name")}.");
            foreach (var member in type.EnumerateObject())
                CheckType(member.Value);
        }
    }

    private void Refer(IReadOnlyList<string> parts, IReadOnlyList<string> parameters)
    {
        if (parts.Count == 1 && !parameters.Contains(parts[0], StringComparer.OrdinalIgnoreCase))
            _references.Add(parts[0]);
        else if (parts.Count > 1)
            Refuse($"refers to {string.Join('.', parts)}.", "Write a property's id alone; into JSON reach with  ->> '$.member'.");
    }

    private void Call(JsonElement node)
    {
        var name = Name(node, "function_name").ToLowerInvariant();
        var schema = Name(node, "schema");
        if (Name(node, "catalog").Length > 0 || schema is not ("" or "main"))
            Refuse($"calls {name} by its schema.", "Write the function's name alone.");
        else if (name == "row")
            Refuse("is more than one value.", "Write one value; a list stands in square brackets.");
        else if (node.GetProperty("filter").ValueKind != JsonValueKind.Null || node.GetProperty("distinct").GetBoolean()
            || node.GetProperty("order_bys").GetProperty("orders").GetArrayLength() > 0)
            Refuse($"calls {name} as an aggregate.", "An expression is calculated for one record at a time.");
        else if (!node.GetProperty("is_operator").GetBoolean() && ExpressionFunctions.Refusal(name) is { } reason)
            Refuse($"calls {name}, which {reason}.");
        else if (ExpressionFunctions.Growth(name, [.. node.GetProperty("children").EnumerateArray()]) is { } growth)
            _growth = Math.Min(_growth * growth, long.MaxValue / ExpressionFunctions.MaxSize / 4);
        else
            RefuseSize(name);
    }

    private static IEnumerable<string> ParameterNames(JsonElement node) => Name(node, "class") == "COLUMN_REF"
        ? ColumnNames(node)
        : node.TryGetProperty("children", out var children) ? children.EnumerateArray().SelectMany(ParameterNames) : [];

    private static IEnumerable<string> ColumnNames(JsonElement node) =>
        node.GetProperty("column_names").EnumerateArray().Select(part => part.GetString()!); // names are texts

    private static string Name(JsonElement node, string member) =>
        node.TryGetProperty(member, out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : ""; // is a text

    private void RefuseSize(string? function = null) => Refuse(
        function is null ? "may make very large values." : $"may make very large values: {function} has no size that can be told before.",
        $"Give the size as a number, or as  least(size, number), in all at most {ExpressionFunctions.MaxSize}.");

    private void Refuse(string what, string? help = null) => Problem ??= new Problem("expression.invalid", $"The expression {what}", help);
}
