using Penstock.Cli;
using Penstock.Contract;
using Penstock.Engine.Runs;

namespace Penstock.EndToEnd.Tests.Commands;

public sealed class ExitCodesTests
{
    [Theory]
    [InlineData(RunStatus.Succeeded, null, 0)]
    [InlineData(RunStatus.Partial, null, 2)]
    [InlineData(RunStatus.Waiting, null, 3)]
    [InlineData(RunStatus.Failed, null, 1)]
    [InlineData(RunStatus.Failed, ConnectionFault.NotAuthorised, 4)]
    [InlineData(RunStatus.Cancelled, null, 130)]
    public void The_code_says_how_the_run_ended(RunStatus status, ConnectionFault? fault, int code) =>
        ExitCodes.Of(A.Run() with { Status = status, Fault = fault, Destinations = [] }).ShouldBe(code);

    [Fact]
    public void A_destination_that_could_not_be_reached_counts_more_than_rows_refused_elsewhere()
    {
        var run = A.Run() with
        {
            Status = RunStatus.Partial,
            Destinations =
                [A.Served() with { Status = RunStatus.Partial },
                    A.Served() with { Status = RunStatus.Failed, Fault = ConnectionFault.Refused }],
        };

        ExitCodes.Of(run).ShouldBe(4);
    }

    [Fact]
    public void The_worst_of_several_runs_counts()
    {
        ExitCodes.Worst([0, 2, 3]).ShouldBe(3);
        ExitCodes.Worst([0, 130, 4]).ShouldBe(130);
        ExitCodes.Worst([]).ShouldBe(0);
    }
}
