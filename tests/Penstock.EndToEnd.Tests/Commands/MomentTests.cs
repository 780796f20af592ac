using System.Globalization;
using Penstock.Cli.Commands;
using Penstock.Contract;

namespace Penstock.EndToEnd.Tests.Commands;

public sealed class MomentTests
{
    private static readonly TimeZoneInfo SaoPaulo = TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo");

    [Theory]
    [InlineData("2026-12-24", "2026-12-24T03:00:00Z")]
    [InlineData("2026-12-24T18:00", "2026-12-24T21:00:00Z")]
    [InlineData("2026-12-24 18:00:30", "2026-12-24T21:00:30Z")]
    [InlineData("2026-12-24T18:00Z", "2026-12-24T18:00:00Z")]
    [InlineData("2026-12-24T18:00:00+02:00", "2026-12-24T16:00:00Z")]
    [InlineData("2018-11-04", "2018-11-04T03:00:00Z")] // the clocks skipped this midnight
    public void A_time_without_zone_is_in_the_projects(string text, string expected) =>
        Moment.Read(text, SaoPaulo).ShouldNotBeNull().UtcDateTime
            .ShouldBe(DateTime.Parse(expected, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal));

    [Theory]
    [InlineData("yesterday")]
    [InlineData("24.12.2026")]
    [InlineData("2026-02-30")]
    [InlineData("")]
    public void What_is_no_time_is_refused(string text) =>
        Should.Throw<PenstockException>(() => Moment.Read(text, SaoPaulo)).Problem.Code.ShouldBe("usage.time");
}
