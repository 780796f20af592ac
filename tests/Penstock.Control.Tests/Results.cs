using Penstock.Contract;
using Penstock.Engine.Runs;
using Penstock.Engine.Workspace;

namespace Penstock.Control.Tests;

/// <summary>Results of runs.</summary>
internal static class Results
{
    /// <summary>A run with something of everything.</summary>
    public static RunResult Partial(string id) => new()
    {
        Id = id,
        Model = "users",
        Status = RunStatus.Partial,
        Records = 1000,
        Groups = new Dictionary<string, long> { ["zebra"] = 2, ["aardvark"] = 1 },
        Elapsed = TimeSpan.FromSeconds(1.5),
        RowProblems = [new RowProblem("users", "age", "not a whole number", 3, [new("7", "x")])],
        Steps = [new(RunStep.Refresh, "users", 1000, TimeSpan.FromSeconds(0.25))],
        Destinations =
        [
            new()
            {
                Destination = "braze_users",
                Status = RunStatus.Partial,
                Plan = new() { Destination = "braze_users" },
                Created = 1,
                Updated = 2,
                Removed = 3,
                Refused = 1,
                Calls = 4,
                Reasons = [new(OutcomeKind.Refused, "braze.email", "Not an address.", null, 1, ["42"])],
                Problem = new("x.y", "It ended.", "Do this."),
            },
        ],
    };
}
