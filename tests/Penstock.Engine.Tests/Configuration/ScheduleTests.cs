using System.Globalization;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Tests.Configuration;

public sealed class ScheduleTests
{
    private const string Model = "model: users\nname: Users\n";

    [Theory]
    [InlineData("every: 15 minutes", "every: 15 minutes")]
    [InlineData("every: 1 day", "every: 1 day")]
    [InlineData("cron: \"0  6 * * 1-5\"", "cron: 0 6 * * 1-5")]
    [InlineData(
        "when_changed: { app: shop, query: SELECT max(id) FROM users;, every: 5 minutes }",
        "query: SELECT max(id) FROM users")]
    public void A_schedule_is_read_and_written(string schedule, string written)
    {
        var reading = With(schedule);
        reading.Problems.ShouldBeEmpty();
        var project = reading.Project.ShouldNotBeNull();

        var files = ProjectWriter.Write(project);

        string.Concat(files.Values).Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal).ShouldContain(
            written);
        (ShopProject.Read(files.ToDictionary()).Project!.Models[0].Schedule! with { Position = null }) // it was read just now
            .ShouldBe(project.Models[0].Schedule! with { Position = null });
    }

    [Theory]
    [InlineData("every: soon", "value.invalid", "takes a length such as `15 minutes`")]
    [InlineData("every: 0 minutes", "value.invalid", "takes a length")]
    [InlineData("every: 2 months", "value.invalid", "takes a length")]
    [InlineData("evry: 1 hour", "key.unknown", "`evry` is not known in a schedule")]
    [InlineData("cron: 0 6 * *", "value.invalid", "`cron:` takes five fields")]
    [InlineData("cron: 0 0 6 * * 1", "value.invalid", "`cron:` takes five fields")]
    [InlineData("cron: 99 6 * * *", "value.invalid", "`cron:` takes five fields")]
    [InlineData("cron: 0 0 30 2 *", "value.invalid", "`cron:` takes five fields")]
    [InlineData("after: user", "reference.unknown", "The model `user` does not exist")]
    [InlineData("after: users", "reference.cycle", "`users` → `users`")]
    [InlineData("every: 1 hour, cron: 0 6 * * *", "key.conflict", "both `every:` and `cron:`")]
    [InlineData("", "key.missing", "The schedule says nothing")]
    [InlineData("when_changed: { app: shp, query: SELECT 1, every: 1 hour }", "reference.unknown", "The app `shp` does not exist")]
    [InlineData("when_changed: { app: braze, query: SELECT 1, every: 1 hour }", "source.not_a_source", "can't be read from")]
    [InlineData("when_changed: { app: shop, query: SELECT 1; DROP TABLE a, every: 1 hour }", "value.invalid", "takes one SELECT")]
    [InlineData("when_changed: { app: shop, query: SELECT 1 }", "key.missing", "`every:` is missing")]
    public void What_is_wrong_with_a_schedule_is_told(string schedule, string code, string message)
    {
        var problem = ShopProject.Only(With(schedule));

        problem.Message.ShouldContain(message);
        problem.Code.ShouldBe(code);
        problem.Line.ShouldNotBeNull();
    }

    [Theory]
    // Clocks go forward on 2027-03-28 at 2:00 in Berlin, and back on 2027-10-31 at 3:00.
    [InlineData("cron: 30 2 * * *", "Europe/Berlin", "2027-03-27T02:00Z", "2027-03-28T01:00Z 2027-03-29T00:30Z")]
    [InlineData("cron: 30 2 * * *", "Europe/Berlin", "2027-10-30T12:00Z", "2027-10-31T00:30Z 2027-11-01T01:30Z")]
    [InlineData("cron: 0 6 * * 1-5", "America/Sao_Paulo", "2026-11-27T12:00Z", "2026-11-30T09:00Z 2026-12-01T09:00Z")]
    [InlineData("every: 15 minutes", "Europe/Berlin", "2026-11-24T10:07Z", "2026-11-24T10:15Z 2026-11-24T10:30Z")]
    [InlineData("every: 6 hours", "Europe/Berlin", "2027-03-28T00:00Z",
        "2027-03-28T05:00Z 2027-03-28T11:00Z 2027-03-28T17:00Z 2027-03-28T22:00Z")]
    [InlineData("every: 1 day", "Europe/Berlin", "2027-10-30T12:00Z", "2027-10-30T22:00Z 2027-10-31T23:00Z")]
    [InlineData("every: 1 day", "America/Sao_Paulo", "2018-11-03T12:00Z", "2018-11-04T03:00Z 2018-11-05T02:00Z")] // no midnight on the 4th
    [InlineData("every: 7 hours", "UTC", "1970-01-01T00:00Z", "1970-01-01T07:00Z 1970-01-01T14:00Z")]
    [InlineData("after: users", "UTC", "1970-01-01T00:00Z", "")]
    public void The_next_times_are_those_of_the_zone(string schedule, string zone, string from, string expected)
    {
        var read = schedule.StartsWith("after", StringComparison.Ordinal) ? new AfterSchedule("users")
            : With(schedule).Project!.Models[0].Schedule; // it is a good one
        var times = expected.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        ScheduleTimes.NextTimes(read, TimeZoneInfo.FindSystemTimeZoneById(zone), Moment(from), times.Length == 0 ? 5 : times.Length)
            .Select(time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture)).ShouldBe(times);
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static ProjectReading With(string schedule) =>
        ShopProject.With(Model, Model + (schedule.StartsWith("cron", StringComparison.Ordinal) && !schedule.Contains(
            '"', StringComparison.Ordinal)
            ? $"schedule:\n  {schedule}\n" : $"schedule: {{ {schedule} }}\n"));
}
