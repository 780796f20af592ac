using Microsoft.EntityFrameworkCore;
using Penstock.Contract;
using Penstock.Control.Database;

namespace Penstock.Control.Services;

/// <summary>Says whether the process can do its work, for whoever sends it requests.</summary>
public sealed class ReadinessService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ControlDatabase _database;
    private readonly string _workspace;

    internal ReadinessService(ControlDatabase database, string workspace) => (_database, _workspace) = (database, workspace);

    /// <summary>Each part and whether it is good: the control database answers, the workspace folder can be written.</summary>
    public async Task<IReadOnlyDictionary<string, bool>> CheckAsync(CancellationToken cancellationToken) => new Dictionary<string, bool>
    {
        ["control_database"] = await IsGoodAsync(AskAsync, cancellationToken),
        ["workspace"] = await IsGoodAsync(WriteAsync, cancellationToken),
    };

    private Task AskAsync(CancellationToken cancellationToken) => _database.UseAsync(
        context => context.Runs.OrderBy(run => run.Id).Select(run => run.Id).FirstOrDefaultAsync(cancellationToken), cancellationToken);

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_workspace);
        var file = Path.Combine(_workspace, $".ready-{Environment.ProcessId}");
        await File.WriteAllBytesAsync(file, [], cancellationToken);
        File.Delete(file);
    }

    private static async Task<bool> IsGoodAsync(Func<CancellationToken, Task> check, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await check(patience.Token);
            return true;
        }
        catch (Exception exception) when (
            exception is PenstockException or IOException or UnauthorizedAccessException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
