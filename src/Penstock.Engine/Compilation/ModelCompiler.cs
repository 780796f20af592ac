using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Compilation;

/// <summary>A model → SQL. Depends on nothing but its arguments: the same model at the same moment gives the same statements.</summary>
public static class ModelCompiler
{
    /// <summary>Compiles a model.</summary>
    /// <param name="resolved">The model with its properties' types; those of undeclared expressions are inferred here.</param>
    /// <param name="zone">The project's time zone, in which days begin.</param>
    /// <param name="asOf">The moment from which relative dates are counted.</param>
    /// <exception cref="PenstockException">An expression, rule value or reference is not valid; names it and where it stands.</exception>
    public static CompiledModel Compile(ResolvedModel resolved, TimeZoneInfo zone, DateTimeOffset asOf)
    {
        var model = resolved.Model;
        var expressions = ModelExpressions.Infer(resolved);
        var sources = model.Sources.Select(source => SourceCompiler.Compile(resolved, expressions.Types, source)).ToList();
        var compiled = new CompiledModel
        {
            Model = model,
            Types = expressions.Types,
            Sources = sources,
            Summary = Summary(model),
            StageChecks = [.. RowChecks.OfStages(resolved, sources)],
            RecordChecks = [.. RowChecks.OfRecords(model, expressions)],
            Expressions = expressions,
            AsOf = asOf.ToUniversalTime(),
            TimeZone = zone,
        };
        _ = compiled.Build(); // what is wrong with rules and references shows here, before anything is read
        return compiled;
    }

    private static Sql Summary(Model model)
    {
        var groups = model.Groups.Select(group => Sql.Of($"count(*) FILTER (WHERE {Layout.Group(group.Id)})"));
        return Sql.Of($"SELECT {Sql.Join(",\n       ", groups.Prepend(Sql.Of($"count(*)")))}\nFROM {Layout.Records}");
    }
}
