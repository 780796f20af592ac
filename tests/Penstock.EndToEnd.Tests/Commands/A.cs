using Penstock.Contract;
using Penstock.Engine.Planning;
using Penstock.Engine.Runs;
using Penstock.Engine.Workspace;

namespace Penstock.EndToEnd.Tests.Commands;

/// <summary>Results to be printed.</summary>
internal static class A
{
    /// <summary>A run with something of everything.</summary>
    public static RunResult Run() => new()
    {
        Id = "12",
        Model = "users",
        Status = RunStatus.Partial,
        Records = 12_345,
        Groups = new Dictionary<string, long> { ["high_value_automotive"] = 13, ["spanish_speakers"] = 1_216 },
        RowProblems =
            [new("users", "age", "not a whole number", 3, [new("7", "x"), new("9", "y")]),
                new("users", null, "duplicate primary key", 1, [new("5", "")])],
        Elapsed = TimeSpan.FromSeconds(2.3456),
        Destinations = [Served()],
    };

    /// <summary>What it came to at its destination.</summary>
    public static DestinationResult Served() => new()
    {
        Destination = "braze_users",
        Status = RunStatus.Partial,
        Plan = Plan(),
        Created = 2,
        Updated = 1_022,
        Removed = 8,
        Unchanged = 11_000,
        Delivered = 1_032,
        Skipped = 4,
        Refused = 7,
        Failed = 1,
        Calls = 15,
        Elapsed = TimeSpan.FromSeconds(0.5),
        Reasons =
        [
            new(OutcomeKind.Refused, "field.pattern", "email must be an e-mail address", "Correct it at its source.", 7,
                ["1003", "1004", "1005", "1006", "1007", "1008"]),
            new(OutcomeKind.Skipped, "record.no_key", "The record has no external_id", null, 4, []),
        ],
    };

    /// <summary>A plan with something of everything.</summary>
    public static DestinationPlan Plan() => new()
    {
        Destination = "braze_users",
        Creates = 2,
        Updates = 1_023,
        Renames = 1,
        Removals = 8,
        RemovalMeans = "Delete the user in Braze, for good.",
        Unchanged = 11_000,
        Skips = [
            new(OutcomeKind.Refused, "field.pattern", "email must be an e-mail address", 7,
                ["1003", "1004", "1005", "1006", "1007", "1008"])],
        Fields = [new("first_name", 20, 0), new("penstock_groups: high_value_automotive", 2, 1)],
        Samples =
        [
            new("create", "1001", null, [new("email", null, "ada@demo.com"), new("first_name", null, "Ada")]),
            new("update", "231", null, [new("ltv", "97.16", "142.16"), new("language", "fr", null)]),
            new("rename", "232", "32", []),
            new("remove", "500", null, []),
        ],
        Guards =
            [new("guard.removals", true, "8 of 40 records would be removed: 20 %, more than 10 %.",
                "Look at them, then run with --approve-removals.")],
        Calls = 15,
        DataPoints = 2_046,
        AtLimits = TimeSpan.FromSeconds(1),
    };
}
