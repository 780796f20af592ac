using System.Text.Json;

namespace Penstock.Simulators.Braze;

/// <summary>
/// <c>POST /users/track/bulk</c>, a limited beta that is closed to new customers, so off by default. Braze docs, POST /users/track/bulk
/// (2026): 1,000 objects, 2 MB, at most 100 objects for one user.
/// </summary>
internal sealed class TrackBulk : Track
{
    private const int MaxPerUser = 100;

    public override string Path => "/users/track/bulk";

    public override string Permission => "users.track.bulk";

    public override int MaxBytes => Unproven.MaxBulkBytes;

    public override Pool PoolOf(Limits limits, JsonElement body) => limits.Bulk;

    public override Answer Handle(Call call) => call.Options.Bulk ? base.Handle(call) : Answer.Message(403, Unproven.AccessDenied);

    protected override int Cap(BrazeSimulatorOptions options) => 1_000;

    protected override string? RefuseAmongOthers(Call call, Identifier identifier) =>
        call.CountFor(identifier.Key) > MaxPerUser ? Unproven.TooManyForOneUser : null;
}
