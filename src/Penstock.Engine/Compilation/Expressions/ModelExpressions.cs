using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Compilation;

/// <summary>The calculated properties of a model: checked, typed, and as SQL.</summary>
internal sealed class ModelExpressions
{
    private readonly Dictionary<string, (IReadOnlySet<string> References, ExpressionConversion Conversion)> _expressions = [];

    private ModelExpressions(IReadOnlyDictionary<string, DataType> types) => Types = types;

    /// <summary>No expressions.</summary>
    public static ModelExpressions None { get; } = new(new Dictionary<string, DataType>());

    /// <summary>The type of every property of the model.</summary>
    public IReadOnlyDictionary<string, DataType> Types { get; }

    /// <summary>Checks and types all expressions, each after those that it needs.</summary>
    /// <exception cref="PenstockException">One of them can't be used.</exception>
    public static ModelExpressions Infer(ResolvedModel resolved)
    {
        var types = new Dictionary<string, DataType>(resolved.Types, StringComparer.OrdinalIgnoreCase);
        var waiting = resolved.Model.Properties.Where(property => property.Expression is not null).ToList();
        foreach (var property in waiting)
        {
            types.Remove(property.Id);
            if (property.Type is { } declared)
                types[property.Id] = declared;
        }

        var result = new ModelExpressions(types);
        var all = resolved.Model.Properties.Select(property => property.Id).ToList();
        while (waiting.Count > 0)
        {
            var next = waiting.Find(property => ExpressionChecker.References(property.Expression!).All(types.ContainsKey)); // is calculated
            next ??= waiting.Find(property => ExpressionChecker.Check(property.Expression!, all) is not null); // is calculated
            next ??= waiting[0];
            result.Add(next, types, all);
            waiting.Remove(next);
        }

        return result;
    }

    /// <summary>The properties that an expression refers to.</summary>
    public IEnumerable<string> References(Property property) => _expressions[property.Id].References;

    /// <summary>The expression as written.</summary>
    public static Sql Text(Property property) => Sql.Trusted(property.Expression!); // calculated properties have one

    /// <summary>The expression's value in its type.</summary>
    public Sql Evaluated(Property property) => _expressions[property.Id].Conversion.Convert(Text(property));

    /// <summary>A second look at the evaluated column, where its type needs one.</summary>
    public Sql? Checked(Property property) =>
        _expressions[property.Id].Conversion.Check(Sql.Of($"{Layout.Property(property.Id)}"));

    private void Add(Property property, Dictionary<string, DataType> types, IReadOnlyList<string> all)
    {
        var expression = property.Expression!; // only calculated properties come here
        var problem = ExpressionChecker.Check(expression, all);
        var inferred = problem is null ? ExpressionTypes.Infer(expression, types, property.Type) : new ExpressionType(null, problem);
        if (inferred.Type is not { } type)
        {
            problem = inferred.Problem!; // without a type there is one
            problem = problem with { Message = $"Property {property.Id}: {problem.Message}" };
            throw new PenstockException(property.Position?.At(problem) ?? problem);
        }

        types[property.Id] = type;
        _expressions[property.Id] = (ParsedExpression.Parse(expression).References, new ExpressionConversion(inferred.Native, type));
    }
}
