using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using Penstock.Control;
using Penstock.Control.Revisions;
using Penstock.Server.Components.Editing;
using Penstock.Server.Components.Shared;

namespace Penstock.Server.Components.Pages.Publishing;

/// <summary>The draft: looked at, published, brought up to date or thrown away.</summary>
public sealed partial class DraftChanges : ComponentBase, IDisposable
{
    private Loadable<DraftView>? _loadable;
    private IReadOnlyList<string> _conflicts = [];
    private string _comment = "";
    private bool _isBusy;

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    [Inject]
    private DraftEditor Draft { get; set; } = default!; // injected

    [Inject]
    private Acting Acting { get; set; } = default!; // injected

    [Inject]
    private IDialogService Dialogs { get; set; } = default!; // injected

    [Inject]
    private IJSRuntime Script { get; set; } = default!; // injected

    /// <inheritdoc/>
    public void Dispose() => Draft.Changed -= Refresh;

    /// <inheritdoc/>
    protected override void OnInitialized() => Draft.Changed += Refresh;

    private async Task<DraftView?> LoadAsync(CancellationToken cancellationToken)
    {
        var state = await Draft.ReloadAsync(cancellationToken);
        return new(state, await Services.Drafts.CompareAsync(cancellationToken));
    }

    private void Refresh() => _ = InvokeAsync(() => _isBusy ? Task.CompletedTask : _loadable?.ReloadAsync() ?? Task.CompletedTask);

    private Task PublishAsync(DraftView view) => BusyAsync(async () =>
    {
        RevisionInfo? revision = null;
        await Acting.DoAsync(
            async actor => revision = await Services.Drafts.PublishAsync(actor, _comment.Trim(), view.State.Version, default), null,
            default);
        if (revision is not null)
        {
            _comment = "";
            await Acting.DoAsync(_ => Task.CompletedTask, T["Revision {0} is published", revision.Number], default);
        }
    });

    private async Task DiscardAsync(DraftView view)
    {
        var count = view.Changes.Things.Count;
        var isSure = await Dialogs.ShowMessageBoxAsync(
            T["Throw the draft away?"],
            T["{0} of everybody who edited it are lost. What is published stays.", Numbers.Of(count, "change", "changes")],
            yesText: T["Throw away"], cancelText: T["Keep it"]);
        if (isSure == true)
        {
            await BusyAsync(() => Acting.DoAsync(
                actor => Services.Drafts.DiscardAsync(actor, view.State.Version, default), T["The draft is gone"], default));
        }
    }

    private Task RebaseAsync((long Version, IReadOnlyDictionary<string, RebaseChoice> Choices) asked) => BusyAsync(async () =>
    {
        RebaseResult? result = null;
        await Acting.DoAsync(
            async actor => result = await Services.Drafts.RebaseAsync(actor, asked.Version, asked.Choices, default), null, default);
        _conflicts = result?.Conflicts ?? [];
    });

    private async Task DownloadAsync()
    {
        var text = new StringBuilder();
        foreach (var (name, content) in await Services.Drafts.FilesAsync(default))
            text.Append("# ").Append(name).Append('\n').Append(content).Append('\n');
        await Script.InvokeVoidAsync("penstock.download", "penstock-draft.yaml", "application/yaml", text.ToString());
    }

    private async Task BusyAsync(Func<Task> act)
    {
        _isBusy = true;
        try
        {
            await act();
        }
        finally
        {
            _isBusy = false;
        }

        if (_loadable is not null)
            await _loadable.ReloadAsync();
    }
}
