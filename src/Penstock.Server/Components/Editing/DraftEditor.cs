using Microsoft.Extensions.Localization;
using MudBlazor;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Revisions;
using Penstock.Engine.Configuration;
using Penstock.Server.Security;

namespace Penstock.Server.Components.Editing;

/// <summary>
/// The way every page edits the draft. One per circuit. Remembers which state of each thing this person has seen, so that a change made
/// meanwhile by somebody else is shown to them instead of being overwritten.
/// </summary>
public sealed class DraftEditor : IDisposable
{
    private readonly ControlServices _services;
    private readonly CurrentActor _actor;
    private readonly IDialogService _dialogs;
    private readonly IStringLocalizer<Texts> _text;
    private readonly SemaphoreSlim _one = new(1, 1);
    private DraftState? _state;

    /// <summary>Made by dependency injection.</summary>
    public DraftEditor(ControlServices services, CurrentActor actor, IDialogService dialogs, IStringLocalizer<Texts> text)
    {
        (_services, _actor, _dialogs, _text) = (services, actor, dialogs, text);
        services.Drafts.Changed += OnChanged;
    }

    /// <summary>Raised when the draft changed, here or elsewhere; on any thread, so answer it by <c>InvokeAsync</c>.</summary>
    public event Action? Changed;

    /// <summary>The draft as this person last saw it; loaded on first use.</summary>
    public async Task<DraftState> StateAsync(CancellationToken cancellationToken) =>
        _state ??= await _services.Drafts.GetAsync(cancellationToken);

    /// <summary>The draft as it is now; what this person sees from here on.</summary>
    public async Task<DraftState> ReloadAsync(CancellationToken cancellationToken) =>
        _state = await _services.Drafts.GetAsync(cancellationToken);

    /// <summary>Changes one thing and saves it in the draft.</summary>
    /// <param name="thing">Its word: <c>destination:braze_users</c>, <c>model:users</c>, <c>group:users/vip</c>, <c>app:shop</c>.</param>
    /// <param name="edit">Gives the changed project; may be called several times.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when somebody else changed it first: the person was shown that, and the page should show the new state.</returns>
    /// <exception cref="PenstockException">It can't be saved.</exception>
    public async Task<bool> EditAsync(string thing, Func<Project, Project> edit, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken); // a page's own edits follow each other, or the second would meet the first
        try
        {
            var actor = await _actor.GetAsync(cancellationToken);
            var seen = await StateAsync(cancellationToken);
            try
            {
                _state = await _services.Drafts.EditAsync(actor, thing, seen.Etag(thing), edit, cancellationToken);
                return true;
            }
            catch (PenstockException exception) when (exception.Problem.Code == RevisionProblems.Conflict.Code)
            {
                await ReloadAsync(cancellationToken);
                await TellAsync(exception.Problem);
                return false;
            }
        }
        finally
        {
            _one.Release();
            Changed?.Invoke();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _services.Drafts.Changed -= OnChanged;
        _one.Dispose();
    }

    private Task TellAsync(Problem problem) => _dialogs.ShowMessageBoxAsync(
        _text["Somebody else was faster"],
        $"{problem.Message} {problem.Help}".Trim(),
        yesText: _text["Show me the current state"]);

    // What this person has seen of a thing stays what they have seen, so only the news that there is something new goes on.
    private void OnChanged(object? sender, EventArgs args) => Changed?.Invoke();
}
