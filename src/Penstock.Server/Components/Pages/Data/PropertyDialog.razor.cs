using Microsoft.AspNetCore.Components;
using MudBlazor;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Revisions;
using Penstock.Engine.Configuration;
using Penstock.Server.Components.Editing;
using Penstock.Server.Components.Forms;
using Penstock.Server.Security;

namespace Penstock.Server.Components.Pages.Data;

/// <summary>Renames a property, gives it another type, or removes it.</summary>
public sealed partial class PropertyDialog : ComponentBase
{
    private string _id = "";
    private DataType? _type;
    private bool _isDisplay;
    private string? _wrong;
    private Problem? _problem;

    /// <summary>The draft as it was looked at.</summary>
    [Parameter, EditorRequired]
    public required DraftState State { get; set; }

    /// <summary>The model.</summary>
    [Parameter, EditorRequired]
    public required Model Model { get; set; }

    /// <summary>The property's id.</summary>
    [Parameter, EditorRequired]
    public required string PropertyId { get; set; }

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!; // a dialog always has one

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    [Inject]
    private DraftEditor Draft { get; set; } = default!; // injected

    [Inject]
    private CurrentActor Actor { get; set; } = default!; // injected

    private Property Property => Model.Find(PropertyId) ?? new(PropertyId);

    private IReadOnlyList<string> UsedBy => Uses.OfProperty(State.Project, Model.Id, PropertyId);

    /// <inheritdoc/>
    protected override void OnInitialized() =>
        (_id, _type, _isDisplay) = (PropertyId, Property.Type, Model.Display == PropertyId);

    private async Task SaveAsync()
    {
        _wrong = FormIds.Check(_id) ?? (Model.Properties.Any(other => other.Id != PropertyId
            && other.Id.Equals(_id, StringComparison.OrdinalIgnoreCase)) ? T["There is another property of that name."].Value : null);
        if (_wrong is not null)
            return;
        await TryAsync(async () =>
        {
            var thing = ProjectThings.Model(Model.Id);
            if (!await Draft.EditAsync(thing, project => ModelEdit.On(project, Model.Id, Changed), default))
                return;
            if (_id != PropertyId)
            {
                var etag = (await Draft.StateAsync(default)).Etag(thing);
                await Services.Drafts.RenamePropertyAsync(await Actor.GetAsync(default), Model.Id, PropertyId, _id, etag, default);
                await Draft.ReloadAsync(default);
            }
        });
    }

    private Model Changed(Model model) => model with
    {
        Properties = [.. model.Properties.Select(property => property.Id == PropertyId ? property with { Type = _type } : property)],
        Display = _isDisplay ? PropertyId : model.Display == PropertyId ? null : model.Display,
    };

    private async Task RemoveAsync()
    {
        _problem = ModelUses.OfProperties(State.Project, Model, [PropertyId]);
        if (_problem is null)
        {
            await TryAsync(() => Draft.EditAsync(
                ProjectThings.Model(Model.Id),
                project => ModelEdit.On(project, Model.Id, model => ModelUses.Without(model, PropertyId)),
                default));
        }
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            Dialog.Close(DialogResult.Ok(true));
        }
        catch (PenstockException exception)
        {
            _problem = exception.Problem;
        }
    }
}
