using Penstock.Contract;
using Penstock.Control.Audit;
using Penstock.Control.Database;
using Penstock.Control.Users;
using Penstock.Engine.Configuration;
using Penstock.Engine.Inspecting;

namespace Penstock.Control.Services;

/// <summary>Sends single records as trials.</summary>
public sealed class TrialService
{
    private readonly ControlDatabase _database;
    private readonly DestinationInspector _destinations;
    private readonly AuditLog _audit;

    internal TrialService(ControlDatabase database, DestinationInspector destinations, TimeProvider time) =>
        (_database, _destinations, _audit) = (database, destinations, new(time));

    /// <summary>Really delivers exactly this record. It is written down first: what was sent without a word would be worse than a word
    /// too many.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="project">The project.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="record">The record's key in the model.</param>
    /// <param name="again">Whether to send all of it anew, also what was delivered or refused before.</param>
    /// <param name="cancellationToken">Lets the request in flight finish, then stops.</param>
    /// <exception cref="PenstockException">The actor may not, a run of the model goes on, or the workspace can't be opened.</exception>
    public async Task<TrialResult> SendAsync(
        Actor actor, Project project, Destination destination, string record, bool again, CancellationToken cancellationToken)
    {
        actor.Require(Role.Publisher, "send a record");
        await _database.UseAsync(
            async context =>
            {
                _audit.Add(context, actor, AuditActions.TrialSent, $"destination:{destination.Id}", null, new { record, again });
                await context.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
        return await _destinations.SendOneAsync(project, destination, record, "trial", again, cancellationToken);
    }
}
