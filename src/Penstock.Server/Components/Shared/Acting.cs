using Microsoft.Extensions.Logging;
using MudBlazor;
using Penstock.Contract;
using Penstock.Control.Users;
using Penstock.Server.Security;

namespace Penstock.Server.Components.Shared;

/// <summary>
/// The way a button does something: as whoever sits there, with what went wrong told in words where everybody sees it. One per circuit.
/// </summary>
public sealed class Acting(CurrentActor actor, ISnackbar snackbar, ILogger<Acting> logger)
{
    /// <summary>Does it.</summary>
    /// <param name="act">What to do, as whom.</param>
    /// <param name="done">What to say when it is done; null for nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The problem, which the person was told; null when all went well.</returns>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1031", Justification = "Here what a person asked for ends.")]
    public async Task<Problem?> DoAsync(Func<Actor, Task> act, string? done, CancellationToken cancellationToken)
    {
        try
        {
            await act(await actor.GetAsync(cancellationToken));
            if (done is not null)
                snackbar.Add(done, MudBlazor.Severity.Success);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null; // the page is gone
        }
        catch (PenstockException exception)
        {
            return Tell(exception.Problem);
        }
        catch (Exception exception)
        {
            return Tell(Defects.Show(logger, exception));
        }
    }

    private Problem Tell(Problem problem)
    {
        snackbar.Add($"{problem.Message} {problem.Help}".Trim(), MudBlazor.Severity.Error, options => options.RequireInteraction = true);
        return problem;
    }
}
