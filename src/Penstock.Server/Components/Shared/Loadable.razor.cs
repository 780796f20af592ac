using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Penstock.Contract;

namespace Penstock.Server.Components.Shared;

/// <summary>Draws what is loaded in its four states: loading, empty, problem, ready.</summary>
/// <typeparam name="TValue">What is loaded.</typeparam>
public sealed partial class Loadable<TValue> : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private TValue? _value;
    private bool _isLoaded;
    private Problem? _problem;
    private object? _loadedFor;
    private int _loads;

    /// <summary>Loads it; called anew when <see cref="Key"/> changes and by <see cref="ReloadAsync"/>.</summary>
    [Parameter, EditorRequired]
    public required Func<CancellationToken, Task<TValue?>> Load { get; set; }

    /// <summary>What it is loaded for, such as the id in the address: another one loads anew.</summary>
    [Parameter]
    public object? Key { get; set; }

    /// <summary>Whether what was loaded counts as nothing.</summary>
    [Parameter]
    public Func<TValue, bool>? IsEmpty { get; set; }

    /// <summary>Shown for nothing: says what to do next.</summary>
    [Parameter]
    public RenderFragment? Empty { get; set; }

    /// <summary>Shown for what was loaded.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment<TValue> ChildContent { get; set; }

    /// <summary>How many lines the placeholder has while it loads.</summary>
    [Parameter]
    public int Lines { get; set; } = 4;

    [Inject]
    private ILogger<Loadable<TValue>> Logger { get; set; } = default!; // injected

    /// <summary>Loads it anew, leaving what is shown until the new one is there.</summary>
    public Task ReloadAsync() => LoadAsync();

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_loads > 0 && Equals(_loadedFor, Key))
            return;
        _isLoaded = false;
        await LoadAsync();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Here a page's work ends: a defect is shown as one, the circuit lives on.")]
    private async Task LoadAsync()
    {
        _loadedFor = Key;
        var load = ++_loads;
        try
        {
            var value = await Load(_gone.Token);
            if (load != _loads)
                return; // a later one was begun meanwhile
            (_value, _problem, _isLoaded) = (value, null, true);
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            return;
        }
        catch (PenstockException exception)
        {
            _problem = exception.Problem;
        }
        catch (Exception exception)
        {
            _problem = Defects.Show(Logger, exception);
        }

        if (!_gone.IsCancellationRequested)
            StateHasChanged();
    }
}
