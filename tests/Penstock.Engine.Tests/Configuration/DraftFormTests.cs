using CsCheck;
using Penstock.Engine.Configuration;
using Penstock.Testing.Projects;

namespace Penstock.Engine.Tests.Configuration;

public sealed class DraftFormTests
{
    [Fact]
    public void An_unfinished_project_survives_as_JSON_exactly() => RandomProjects.Unfinished.Sample(
        project =>
        {
            var json = ProjectJson.Write(project);
            var again = ProjectJson.Read(json, "/project");
            ProjectJson.Write(again).ShouldBe(json);
            ProjectWriter.WriteCanonical(again).ShouldBe(ProjectWriter.WriteCanonical(project));
        },
        iter: 300);

    [Fact]
    public void Every_kind_of_schedule_survives_as_JSON()
    {
        Schedule[] schedules =
        [
            new IntervalSchedule(new(15, RelativeUnit.Minutes)), new CronSchedule("0 6 * * 1-5"), new AfterSchedule("accounts"),
            new ChangeSchedule("shop", "SELECT max(id) FROM loads", new(5, RelativeUnit.Minutes)),
        ];
        var model = new Model("users") { Name = "Users", Sources = [], Properties = [] };
        foreach (var schedule in schedules)
        {
            var project = new Project { Name = "Shop", Folder = "/project", Models = [model with { Schedule = schedule }] };
            ProjectJson.Read(ProjectJson.Write(project), "/project").Models.Single().Schedule.ShouldBe(schedule);
        }

        typeof(Schedule).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(Schedule))).ShouldBe(schedules.Length);
    }

    [Fact]
    public void Writing_and_reading_an_unfinished_project_gives_problems_never_an_exception() => RandomProjects.Unfinished.Sample(
        project =>
        {
            var reading = ProjectReader.Read(ProjectWriter.Write(project), "/project", FakeConnectors.Catalog);
            var asRead = project with { DefaultCountry = project.DefaultCountry?.ToUpperInvariant() };
            if (reading.Project is { } read)
                ProjectWriter.WriteCanonical(read).ShouldBe(ProjectWriter.WriteCanonical(asRead));
            ProjectThings.Texts(project).ShouldContainKey("project");
        },
        iter: 500);

    [Fact]
    public void A_finished_project_is_valid_and_comes_back_the_same() => RandomProjects.Finished.Sample(
        project =>
        {
            var reading = ProjectReader.Read(ProjectWriter.Write(project), "/project", FakeConnectors.Catalog);
            reading.Problems.ShouldBeEmpty();
            ProjectWriter.WriteCanonical(reading.Project!).ShouldBe(ProjectWriter.WriteCanonical(project)); // without problems there is one
        },
        iter: 100);
}
