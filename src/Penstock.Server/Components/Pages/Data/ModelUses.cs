using Penstock.Contract;
using Penstock.Control.Revisions;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Components.Pages.Data;

/// <summary>What keeps a source or a property from being taken out of a model.</summary>
public static class ModelUses
{
    private const int MostShown = 10;

    /// <summary>Why a source can't be removed; null when it can.</summary>
    public static Problem? OfSource(Project project, Model model, string source)
    {
        if (model.Primary.Name == source)
        {
            return RevisionProblems.InUse.Of("The primary source gives the records themselves, so it can't be removed.",
                "Remove the model instead, or choose another table for it.");
        }

        var uses = model.Properties.Where(property => property.Source == source)
            .SelectMany(property => Uses.OfProperty(project, model.Id, property.Id)
                .Where(use => use != $"the join of the source *{source}*").Select(use => (property.Id, Use: use)))
            .ToList();
        return Refusal($"Properties of the source {source} are used", [.. uses.Select(pair => $"{pair.Id} by {pair.Use}")]);
    }

    /// <summary>Why properties can't be removed; null when they can.</summary>
    /// <param name="project">The draft.</param>
    /// <param name="model">The model.</param>
    /// <param name="properties">Their ids.</param>
    public static Problem? OfProperties(Project project, Model model, IEnumerable<string> properties) => Refusal(
        "It is still used",
        [.. properties.SelectMany(id => Uses.OfProperty(project, model.Id, id).Select(use => $"{id} by {use}"))]);

    /// <summary>The model without a property.</summary>
    public static Model Without(Model model, string property) => model with
    {
        Properties = [.. model.Properties.Where(other => other.Id != property)],
        Display = model.Display == property ? null : model.Display,
    };

    /// <summary>The model without a source and its properties.</summary>
    public static Model WithoutSource(Model model, string source) => model with
    {
        Sources = [.. model.Sources.Where(other => other.Name != source)],
        Properties = [.. model.Properties.Where(other => other.Source != source)],
        Display = model.Find(model.Display ?? "")?.Source == source ? null : model.Display,
    };

    private static Problem? Refusal(string what, IReadOnlyList<string> uses)
    {
        if (uses.Count == 0)
            return null;
        var more = uses.Count > MostShown ? $" and {uses.Count - MostShown} more" : "";
        var plain = string.Join("; ", uses.Take(MostShown))
            .Replace("*", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);
        return RevisionProblems.InUse.Of(
            $"{what}: {plain}{more}.",
            "Take it out there first.");
    }
}
