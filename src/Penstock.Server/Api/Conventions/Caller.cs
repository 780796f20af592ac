using Microsoft.AspNetCore.Http;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Services;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;
using Penstock.Server.Security;

namespace Penstock.Server.Api;

/// <summary>Whoever makes a request, and what they may look at.</summary>
internal sealed class Caller(IHttpContextAccessor accessor, ControlServices services)
{
    private HttpContext Context => accessor.HttpContext ?? throw new InvalidOperationException("There is no request.");

    /// <summary>Who it is.</summary>
    public Actor Actor => Principals.ActorOf(Context);

    /// <summary>The models that the caller's key is made for; empty for all.</summary>
    public IReadOnlyList<string> Models => Context.User.ModelsOf();

    /// <summary>What looks into the data of what runs, or of the draft.</summary>
    public Inspectors Inspectors(bool draft) => draft ? services.DraftInspectors : services.Inspectors;

    /// <summary>The configuration.</summary>
    /// <exception cref="InvalidProjectException">It has errors.</exception>
    public async Task<Project> ProjectAsync(bool draft, CancellationToken cancellationToken) => draft
        ? (await services.Drafts.GetAsync(cancellationToken)).Project
        : (await services.Revisions.CurrentAsync(cancellationToken))?.Project ?? services.Projects.Load();

    /// <summary>The configuration and a model of it that the caller may see.</summary>
    /// <exception cref="PenstockException">There is no such model, or the key is made for others.</exception>
    public async Task<(Project Project, Model Model)> ModelAsync(string model, bool draft, CancellationToken cancellationToken)
    {
        var project = await ProjectAsync(draft, cancellationToken);
        return (project, Named.Model(project, Checked(model)));
    }

    /// <summary>The configuration and a destination of a model that the caller may see.</summary>
    /// <exception cref="PenstockException">There is no such destination, or the key is made for other models.</exception>
    public async Task<(Project Project, Destination Destination)> DestinationAsync(
        string destination, bool draft, CancellationToken cancellationToken)
    {
        var project = await ProjectAsync(draft, cancellationToken);
        var found = Named.Destination(project, destination);
        Checked(found.ModelId);
        return (project, found);
    }

    /// <summary>Whether the caller may see and run a model; a key may be made for some only.</summary>
    public bool MayUse(string model) => Context.User.MayUseModel(model);

    /// <summary>The model's id, when the caller may see it.</summary>
    /// <exception cref="PenstockException">The key is made for other models.</exception>
    public string Checked(string model) => MayUse(model) ? model : throw new PenstockException(ApiProblems.OtherModel.Of(
        $"The API key is not made for the model {model}.", ApiProblems.OtherModel.ToDo));

    /// <summary>Goes on only when the caller may see all models: what is asked concerns the whole project.</summary>
    /// <exception cref="PenstockException">The key is made for some models.</exception>
    public void CheckWhole()
    {
        if (Models.Count > 0)
            throw new PenstockException(ApiProblems.OtherModel.Of("The API key is made for single models, and this is about all of them.",
                ApiProblems.OtherModel.ToDo));
    }
}
