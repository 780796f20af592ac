using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Penstock.Contract;
using Penstock.Control;
using Penstock.Control.Notifications;
using Penstock.Control.Revisions;
using Penstock.Control.Running;
using Penstock.Control.Secrets;
using Penstock.Control.Services;
using Penstock.Control.Users;
using Penstock.Engine.Inspecting;
using Penstock.Engine.Runs;
using Penstock.Engine.Workspace;

namespace Penstock.Server.Api;

/// <summary>The status of each problem: the one table.</summary>
internal static class ProblemStatus
{
    // A code that is not here has the status of its first part below, or of its exception.
    private static readonly FrozenDictionary<string, int> Codes = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        [ApiProblems.NotFound.Code] = StatusCodes.Status404NotFound,
        [ApiProblems.Method.Code] = StatusCodes.Status405MethodNotAllowed,
        [ApiProblems.Malformed.Code] = StatusCodes.Status400BadRequest,
        [ApiProblems.UnknownField.Code] = StatusCodes.Status400BadRequest,
        [ApiProblems.Parameter.Code] = StatusCodes.Status400BadRequest,
        [ApiProblems.Cursor.Code] = StatusCodes.Status400BadRequest,
        [ApiProblems.TooLarge.Code] = StatusCodes.Status413PayloadTooLarge,
        [ApiProblems.MediaType.Code] = StatusCodes.Status415UnsupportedMediaType,
        [ApiProblems.PreconditionRequired.Code] = StatusCodes.Status428PreconditionRequired,
        [ApiProblems.OtherModel.Code] = StatusCodes.Status403Forbidden,
        [ControlProblems.UnknownModel.Code] = StatusCodes.Status404NotFound,
        [ControlProblems.UnknownDestination.Code] = StatusCodes.Status404NotFound,
        [ControlProblems.UnknownApp.Code] = StatusCodes.Status404NotFound,
        [ControlProblems.UnknownGroup.Code] = StatusCodes.Status404NotFound,
        [ControlProblems.UnknownRun.Code] = StatusCodes.Status404NotFound,
        [ControlProblems.NoModels.Code] = StatusCodes.Status404NotFound,
        [ControlProblems.InvalidConfiguration.Code] = StatusCodes.Status422UnprocessableEntity,
        [ControlProblems.Defect.Code] = StatusCodes.Status500InternalServerError,
        [ServerProblems.Defect.Code] = StatusCodes.Status500InternalServerError,
        [AccessProblems.Unauthenticated.Code] = StatusCodes.Status401Unauthorized,
        [AccessProblems.Forbidden.Code] = StatusCodes.Status403Forbidden,
        [AccessProblems.TooMany.Code] = StatusCodes.Status429TooManyRequests,
        [AccessProblems.UnknownPerson.Code] = StatusCodes.Status404NotFound,
        [AccessProblems.UnknownInvitation.Code] = StatusCodes.Status404NotFound,
        [AccessProblems.UnknownKey.Code] = StatusCodes.Status404NotFound,
        [AccessProblems.EmailTaken.Code] = StatusCodes.Status409Conflict,
        [AccessProblems.LastAdministrator.Code] = StatusCodes.Status409Conflict,
        [AccessProblems.Conflict.Code] = StatusCodes.Status409Conflict,
        [AccessProblems.Field.Code] = StatusCodes.Status422UnprocessableEntity,
        [InspectingProblems.UnknownRecord.Code] = StatusCodes.Status404NotFound,
        [InspectingProblems.NotLoaded.Code] = StatusCodes.Status409Conflict,
        [RunProblems.NothingKnown.Code] = StatusCodes.Status409Conflict,
        [ReadingProblems.UnknownTable.Code] = StatusCodes.Status404NotFound,
        [ConnectionProblems.NotAuthorised.Code] = StatusCodes.Status424FailedDependency,
        [ConnectionProblems.NoPermission.Code] = StatusCodes.Status424FailedDependency,
        [RevisionProblems.Conflict.Code] = StatusCodes.Status412PreconditionFailed,
        [RevisionProblems.Outdated.Code] = StatusCodes.Status409Conflict,
        [RevisionProblems.InUse.Code] = StatusCodes.Status409Conflict,
        [RevisionProblems.Taken.Code] = StatusCodes.Status409Conflict,
        [RevisionProblems.Unchanged.Code] = StatusCodes.Status409Conflict,
        [RevisionProblems.UnknownThing.Code] = StatusCodes.Status404NotFound,
        [RevisionProblems.DraftBusy.Code] = StatusCodes.Status503ServiceUnavailable,
        [RevisionProblems.Unknown.Code] = StatusCodes.Status404NotFound,
        [RevisionProblems.None.Code] = StatusCodes.Status404NotFound,
        [RevisionProblems.Locked.Code] = StatusCodes.Status409Conflict,
        [RevisionProblems.Newer.Code] = StatusCodes.Status409Conflict,
        [RevisionProblems.PublishBusy.Code] = StatusCodes.Status409Conflict,
        [NotificationProblems.Unknown.Code] = StatusCodes.Status404NotFound,
        [SecretProblems.Gone.Code] = StatusCodes.Status404NotFound,
        [SecretProblems.InUse.Code] = StatusCodes.Status409Conflict,
        [SecretProblems.KeyMissing.Code] = StatusCodes.Status503ServiceUnavailable,
        [RunningProblems.Idempotency.Code] = StatusCodes.Status422UnprocessableEntity,
        [RunningProblems.Ended.Code] = StatusCodes.Status409Conflict,
        [RunningProblems.NothingToApprove.Code] = StatusCodes.Status409Conflict,
        [RunningProblems.ApprovalOutdated.Code] = StatusCodes.Status409Conflict,
        [WorkspaceProblems.Held.Code] = StatusCodes.Status409Conflict,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, int> Families = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["control"] = StatusCodes.Status503ServiceUnavailable, // the control database can't be used now
        ["workspace"] = StatusCodes.Status503ServiceUnavailable,
        ["connection"] = StatusCodes.Status502BadGateway,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The status of a problem that ended a call.</summary>
    public static int Of(PenstockException exception) => exception switch
    {
        InvalidProjectException => StatusCodes.Status422UnprocessableEntity,
        _ when Codes.TryGetValue(exception.Problem.Code, out var status) => status,
        _ when Families.TryGetValue(exception.Problem.Code.Split('.')[0], out var status) => status,
        ConnectionException or DestinationUnavailableException => StatusCodes.Status502BadGateway,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>All codes with a status of their own, for a test that none is misspelt.</summary>
    internal static IEnumerable<string> Named => Codes.Keys;
}
