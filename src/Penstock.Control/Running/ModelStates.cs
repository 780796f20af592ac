using Microsoft.EntityFrameworkCore;
using Penstock.Control.Database;

namespace Penstock.Control.Running;

/// <summary>The row of a model, which stands for the model when several nodes must agree about it.</summary>
internal static class ModelStates
{
    /// <summary>Makes the row where there is none.</summary>
    public static Task EnsureAsync(ControlDatabase database, string model, CancellationToken cancellationToken) => database.UseAsync(
        async context =>
        {
            if (await context.Models.AnyAsync(state => state.Model == model, cancellationToken))
                return;
            context.Models.Add(new() { Model = model });
            try
            {
                await context.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException)
            {
                // Another node has just made it; whatever else is wrong is told by who needs the row.
            }
        },
        cancellationToken);

    /// <summary>Keeps others from the row until the transaction ends.</summary>
    public static Task LockAsync(ControlContext context, string model, CancellationToken cancellationToken) =>
        context.Models.Where(state => state.Model == model)
            .ExecuteUpdateAsync(set => set.SetProperty(state => state.Health, state => state.Health), cancellationToken);
}
