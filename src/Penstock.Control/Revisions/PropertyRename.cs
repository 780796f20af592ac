using System.Text.RegularExpressions;
using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Revisions;

/// <summary>Gives a property another id wherever it is used.</summary>
internal static partial class PropertyRename
{
    public static Project In(Project project, string modelId, string from, string to)
    {
        if (project.Models.FirstOrDefault(model => model.Id == modelId)?.Find(from) is null)
        {
            throw new PenstockException(RevisionProblems.UnknownThing.Of(
                $"The model `{modelId}` has no property `{from}`; somebody may have removed it.", "Look at the draft as it is now."));
        }

        var taken = project.Models.First(model => model.Id == modelId).Properties
            .Any(property => property.Id != from && property.Id.Equals(to, StringComparison.OrdinalIgnoreCase));
        if (taken)
            throw new PenstockException(RevisionProblems.Taken.Of($"The model already has a property `{to}`.", "Choose another id."));
        return DraftEdits.OnModel(project, modelId, model => InModel(model, from, to)) with
        {
            Destinations = [.. project.Destinations.Select(destination => destination.ModelId != modelId ? destination : destination with
            {
                Mapping = [.. destination.Mapping.Select(
                    mapping => mapping.Property == from ? mapping with { Property = to } : mapping)],
            })],
        };
    }

    private static Model InModel(Model model, string from, string to) => model with
    {
        Sources = [.. model.Sources.Select(source => source with
        {
            Join = [.. source.Join.Select(join => join.Property == from ? join with { Property = to } : join)],
        })],
        Properties = [.. model.Properties.Select(property => InProperty(property, from, to))],
        Groups = [.. model.Groups.Select(group => group with { Rule = InRule(group.Rule, from, to) })],
        Identity = model.Identity == from ? to : model.Identity,
        Display = model.Display == from ? to : model.Display,
    };

    private static Property InProperty(Property property, string from, string to)
    {
        var renamed = property.Id != from ? property
            : property with { Id = to };
        if (renamed.Column is { } column && property.Id == from)
            renamed = renamed with { Column = column with { Name = to } };
        return renamed.Expression is { } expression && ExpressionReferences.Find(expression, [from]).Count > 0
            ? renamed with { Expression = InExpression(expression, from, to) } : renamed;
    }

    private static Rule InRule(Rule rule, string from, string to) => rule switch
    {
        RuleSet set => set with { Rules = [.. set.Rules.Select(inner => InRule(inner, from, to))] },
        PropertyRule comparison when comparison.Property == from => comparison with { Property = to },
        _ => rule,
    };

    // Names in texts, names of functions and parts after a dot are no properties.
    private static string InExpression(string expression, string from, string to) => Tokens().Replace(expression, token =>
    {
        var name = token.Groups["quoted"] is { Success: true } quoted ? quoted.Value : token.Groups["word"].Value;
        return name.Equals(from, StringComparison.OrdinalIgnoreCase) ? to : token.Value;
    });

    [GeneratedRegex(
        """'(?:[^']|'')*'|(?<![.\w])(?:"(?<quoted>[^"]*)"|(?<word>[A-Za-z_][A-Za-z0-9_]*))(?![\w"])(?!\s*\()|"[^"]*"|\w+""",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Tokens();
}
