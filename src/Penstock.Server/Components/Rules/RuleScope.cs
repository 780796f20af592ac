using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;

namespace Penstock.Server.Components.Rules;

/// <summary>What the parts of a rule builder need to know of the whole.</summary>
public sealed class RuleScope
{
    /// <summary>The project.</summary>
    public required Project Project { get; init; }

    /// <summary>The model.</summary>
    public required Model Model { get; init; }

    /// <summary>The group whose rule is built, which can't name itself; null for none.</summary>
    public string? GroupId { get; init; }

    /// <summary>The types of the model's properties: as loaded, else as declared.</summary>
    public required IReadOnlyDictionary<string, DataType> Types { get; init; }

    /// <summary>Gives the frequent values of a property that fit what was typed.</summary>
    public required Func<string, string?, CancellationToken, Task<PropertyValues>> Values { get; init; }

    /// <summary>Takes the changed rule.</summary>
    public required Func<RuleSet, Task> Change { get; init; }

    /// <summary>The moment that relative dates are shown for.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether whoever looks may only look.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>The whole rule as it is on the screen.</summary>
    public required RuleSet Root { get; set; }

    /// <summary>The last figures; null before there were any.</summary>
    public GroupCount? Count { get; set; }

    /// <summary>Whether the figures are of the rule before the last change.</summary>
    public bool IsStale { get; set; }

    internal RuleSentence Sentence => new(Project, Model, Types, Now);

    /// <summary>The type of a property.</summary>
    public DataType TypeOf(string property) => Types.GetValueOrDefault(property, DataKind.Any);

    /// <summary>The figure of the rule at a path; null when there is none.</summary>
    public RuleCount? CountOf(string path) => Count?.Rules.FirstOrDefault(rule => rule.Path == path);

    /// <summary>The types of a model's properties: as loaded, else as declared, else any.</summary>
    public static IReadOnlyDictionary<string, DataType> TypesOf(Model model, LoadedModel loaded) => model.Properties
        .DistinctBy(property => property.Id)
        .ToDictionary(
            property => property.Id,
            property => loaded.Types.TryGetValue(property.Id, out var type) ? type : property.Type ?? DataKind.Any,
            StringComparer.Ordinal);
}
