using Penstock.Engine.Configuration;

namespace Penstock.Server.Components.Forms;

/// <summary>Changes one model of a project.</summary>
public static class ModelEdit
{
    /// <summary>The project with the model changed; as it is where the model is gone.</summary>
    public static Project On(Project project, string model, Func<Model, Model> change) =>
        project with { Models = [.. project.Models.Select(other => other.Id == model ? change(other) : other)] };
}
