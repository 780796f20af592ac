using Penstock.Contract;
using Penstock.Control.Revisions;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Components.Pages.Data;

/// <summary>What the data page changes of a model.</summary>
public static class ModelEdits
{
    /// <summary>The aggregates in people's words, in the order to show.</summary>
    public static IReadOnlyList<(AggregateKind Kind, string Text)> Aggregates { get; } =
    [
        (AggregateKind.Exact, "the value of"), (AggregateKind.Sum, "sum of"), (AggregateKind.Average, "average of"),
        (AggregateKind.Count, "count of"), (AggregateKind.CountDistinct, "number of different"), (AggregateKind.Min, "smallest"),
        (AggregateKind.Max, "largest"), (AggregateKind.Latest, "latest"), (AggregateKind.Earliest, "earliest"),
        (AggregateKind.List, "list of"),
    ];

    /// <summary>A selected column in people's words: <c>sum of price</c>, <c>latest category by created_at</c>.</summary>
    public static string Words(SelectedColumn column)
    {
        if (column.Aggregate == AggregateKind.Exact)
            return column.Column;
        var text = $"{Aggregates.First(pair => pair.Kind == column.Aggregate).Text} {column.Column}";
        return column.By is null ? text : $"{text} by {column.By}";
    }

    /// <summary>Whether an aggregate needs a column that orders the rows.</summary>
    public static bool NeedsOrder(AggregateKind kind) => kind is AggregateKind.Earliest or AggregateKind.Latest;

    /// <summary>The property's id proposed for a value: <c>price_sum</c>, <c>latest_category</c>.</summary>
    public static string Proposed(AggregateKind kind, string column) => kind switch
    {
        AggregateKind.Exact => column,
        AggregateKind.Sum => $"{column}_sum",
        AggregateKind.Average => $"{column}_average",
        AggregateKind.Count => $"{column}_count",
        AggregateKind.CountDistinct => $"{column}_different",
        AggregateKind.Min => $"smallest_{column}",
        AggregateKind.Max => $"largest_{column}",
        AggregateKind.Latest => $"latest_{column}",
        AggregateKind.Earliest => $"earliest_{column}",
        _ => $"{column}_list",
    };

    /// <summary>A model with a source and its properties put in or replaced.</summary>
    public static Model With(Model model, Source source, IReadOnlyList<Property> properties, IReadOnlyList<Property> needed)
    {
        var before = model.Properties.Where(property => property.Source != source.Name || property.Expression is not null).ToList();
        var added = needed.Where(property => before.All(other => other.Id != property.Id));
        return model with
        {
            Sources = model.Sources.Any(other => other.Name == source.Name)
                ? [.. model.Sources.Select(other => other.Name == source.Name ? source : other)]
                : [.. model.Sources, source],
            Properties = [.. before.Where(property => property.Expression is null), .. added, .. properties,
                .. before.Where(property => property.Expression is not null)],
        };
    }

    /// <summary>What keeps a source from being removed: who uses its properties.</summary>
    public static IReadOnlyList<string> UsesOf(Project project, Model model, string source) =>
        [.. model.Properties.Where(property => property.Source == source)
            .SelectMany(property => Uses.OfProperty(project, model.Id, property.Id)
                .Select(use => $"{property.Id}: {use.Replace("*", "", StringComparison.Ordinal)}"))];

    /// <summary>A project with one of its models changed.</summary>
    public static Project On(Project project, string model, Func<Model, Model> change) =>
        project with { Models = [.. project.Models.Select(found => found.Id == model ? change(found) : found)] };
}
