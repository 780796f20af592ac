using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Revisions;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;
using Penstock.Server.Components.Editing;
using Penstock.Server.Components.Rules;
using Penstock.Server.Components.Shared;
using Penstock.Server.Security;

namespace Penstock.Server.Components.Pages.Groups;

/// <summary>One group: its rule, and live who is in it.</summary>
public sealed partial class GroupPage : ComponentBase, IDisposable
{
    private const int Samples = 10;
    private readonly CancellationTokenSource _gone = new();
    private Latest _counting = default!; // made when the clock is injected
    private Latest _saving = default!; // likewise
    private Loadable<RuleScope>? _loadable;
    private DraftState? _state;
    private Group? _group;
    private RuleScope? _scope;
    private RecordPage? _members;
    private IReadOnlyList<GroupOverlap> _overlaps = [];
    private Problem? _problem;
    private bool _isSaved;
    private int _version;

    /// <summary>The model's id.</summary>
    [Parameter]
    public required string Id { get; set; }

    /// <summary>The group's id.</summary>
    [Parameter]
    public required string Group { get; set; }

    [Inject]
    private ControlServices Services { get; set; } = default!; // injected

    [Inject]
    private DraftEditor Draft { get; set; } = default!; // injected

    [Inject]
    private CurrentActor Actor { get; set; } = default!; // injected

    [Inject]
    private Acting Acting { get; set; } = default!; // injected

    [Inject]
    private Viewer Viewer { get; set; } = default!; // injected

    [Inject]
    private ILogger<GroupPage> Logger { get; set; } = default!; // injected

    private Inspector Records => Services.DraftData.Records;

    // Without figures there is no place at the rule to show what is wrong with it, so it is shown below.
    private IEnumerable<Problem> Problems => _scope?.Count is { Problem: null } || _saving.IsBusy
        ? []
        : _state?.Problems.Where(problem => problem.Path is { } path
            && (path == Place || path.StartsWith(Place + ".", StringComparison.Ordinal))).Take(5) ?? [];

    private string Place => $"models.{Id}.groups.{Group}";

    /// <inheritdoc/>
    public void Dispose()
    {
        Draft.Changed -= Refresh;
        if (_saving.IsBusy && _group is { } group)
            _ = KeepAsync(group);
        _counting.Dispose();
        _saving.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _counting = new(Viewer.Time, TimeSpan.FromMilliseconds(300));
        _saving = new(Viewer.Time, TimeSpan.FromMilliseconds(400));
        Draft.Changed += Refresh;
    }

    private async Task<RuleScope?> LoadAsync(CancellationToken cancellationToken)
    {
        _state = await Draft.ReloadAsync(cancellationToken);
        var model = _state.Project.Models.FirstOrDefault(candidate => candidate.Id == Id);
        _group = model?.Groups.FirstOrDefault(candidate => candidate.Id == Group);
        if (model is null || _group is null)
            return null;
        var loaded = await Records.LoadedAsync(model, cancellationToken);
        _scope = new()
        {
            Project = _state.Project,
            Model = model,
            GroupId = Group,
            Types = RuleScope.TypesOf(model, loaded),
            Values = (property, search, token) => Records.ValuesAsync(model, property, search, 20, token),
            Change = ChangeAsync,
            Now = Viewer.Time.GetUtcNow(),
            IsReadOnly = !await Actor.IsAsync(Role.Editor) || _state.IsLocked,
            Root = RuleTree.Root(_group.Rule),
        };
        await LookAsync(_scope, cancellationToken);
        return _scope;
    }

    private async Task ChangeAsync(RuleSet rule)
    {
        if (_scope is not { IsReadOnly: false } scope || _group is null)
            return;
        (scope.Root, scope.IsStale, _isSaved) = (rule, true, false);
        _group = _group with { Rule = rule };
        StateHasChanged();
        await Task.WhenAll(SaveAsync(), CountAsync());
        StateHasChanged(); // that nothing is being saved any more
    }

    private Task NameAsync(string name)
    {
        if (_group is null || name.Trim().Length == 0)
            return Task.CompletedTask;
        _group = _group with { Name = name.Trim() };
        return SaveAsync();
    }

    private Task SaveAsync() => _saving.DoAsync(async _ =>
    {
        if (_group is not { } group)
            return;
        var isMine = false;
        var problem = await Acting.DoAsync(
            async _ => isMine = await Draft.EditAsync(
                GroupEdits.Thing(Id, group.Id), project => GroupEdits.Put(project, Id, group), _gone.Token),
            null,
            _gone.Token);
        _isSaved = isMine && problem is null;
        if (!isMine && problem is null && _loadable is not null)
            await _loadable.ReloadAsync(); // somebody else was faster: what they made of it is shown
        else
            _state = await Draft.StateAsync(_gone.Token);
        StateHasChanged();
    });

    // What was changed last is not lost when the page is left before it was saved.
    private async Task KeepAsync(Group group)
    {
        try
        {
            await Draft.EditAsync(GroupEdits.Thing(Id, group.Id), project => GroupEdits.Put(project, Id, group), CancellationToken.None);
        }
        catch (Exception exception) when (exception is PenstockException or ObjectDisposedException)
        {
            // Nobody is there any more to be told.
        }
    }

    private Task CountAsync() => _scope is { } scope
        ? _counting.DoAsync(token => LookAsync(scope, token))
        : Task.CompletedTask;

    [SuppressMessage("Design", "CA1031", Justification = "Figures that can't be had are told of beside the rule, which stays editable.")]
    private async Task LookAsync(RuleScope scope, CancellationToken cancellationToken)
    {
        var rule = scope.Root;
        try
        {
            var count = await Records.GroupCountAsync(scope.Project, scope.Model, rule, cancellationToken);
            if (!ReferenceEquals(rule, scope.Root))
                return; // it was changed meanwhile
            (scope.Count, scope.IsStale, _problem) = (count, false, null);
            _version++;
            StateHasChanged();
            if (count.Count is null)
            {
                (_members, _overlaps) = (null, []);
                return;
            }

            _members = await Records.GroupSampleAsync(scope.Project, scope.Model, rule, Samples, cancellationToken);
            _overlaps = await Records.GroupOverlapAsync(scope.Project, scope.Model, rule, Group, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (PenstockException exception)
        {
            (_problem, scope.IsStale) = (exception.Problem, false);
        }
        catch (Exception exception)
        {
            (_problem, scope.IsStale) = (Defects.Show(Logger, exception), false);
        }

        StateHasChanged();
    }

    // What is being edited here is not taken away by news of the draft; a conflict is shown when it is saved.
    private void Refresh() => _ = InvokeAsync(async () =>
    {
        if (_saving.IsBusy || _gone.IsCancellationRequested)
            return;
        _state = await Draft.StateAsync(_gone.Token);
        StateHasChanged();
    });
}
