using Penstock.Engine.Configuration;

namespace Penstock.Server.Components.Pages.Apps;

/// <summary>A model or destination that uses an app.</summary>
/// <param name="Name">Its name.</param>
/// <param name="What">How it uses it: <c>reads users and purchases</c>.</param>
/// <param name="Address">Its page.</param>
public sealed record AppUse(string Name, string What, string Address)
{
    /// <summary>All uses of an app.</summary>
    public static IReadOnlyList<AppUse> Of(Project project, string app) =>
    [
        .. project.Models
            .Select(model => (
                Model: model,
                Sources: model.Sources.Where(source => source.AppId == app).Select(source => source.Name).ToList()))
            .Where(pair => pair.Sources.Count > 0)
            .Select(pair => new AppUse(pair.Model.Name, $"reads {string.Join(", ", pair.Sources)}", $"/models/{pair.Model.Id}/data")),
        .. project.Destinations.Where(destination => destination.AppId == app)
            .Select(destination => new AppUse(
                destination.Name, "sends there", $"/models/{destination.ModelId}/destinations/{destination.Id}")),
    ];
}
