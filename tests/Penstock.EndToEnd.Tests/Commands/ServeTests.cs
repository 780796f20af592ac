using Penstock.Cli.Wiring;
using Penstock.Control.Services;
using Penstock.Engine.Configuration;
using Penstock.Simulators.Braze;

namespace Penstock.EndToEnd.Tests.Commands;

public sealed class ServeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_calls_an_address_inside_the_network_only_when_the_operator_allows_it(bool isAllowed)
    {
        var folder = Directory.CreateTempSubdirectory("penstock-serve-");
        try
        {
            await using var braze = await BrazeSimulator.StartAsync(new() { Key = "key-1" }, default);
            var files = new Dictionary<string, string>
            {
                ["penstock.yaml"] =
                    $$"""
                    project: Inside
                    apps:
                      braze: { type: braze, endpoint: "{{braze.Address}}", api_key: key-1 }
                    """,
            };
            var surroundings = new Surroundings
            {
                Output = TextWriter.Null,
                Error = TextWriter.Null,
                Folder = folder.FullName,
                Environment = new Dictionary<string, string>(),
            };
            using var composition = new Composition(
                surroundings, folder.FullName, null, isServer: true, allowedHosts: isAllowed ? ["127.0.0.1"] : []);
            var project = ProjectReader.Read(files, folder.FullName, composition.Connectors).Project.ShouldNotBeNull();

            var tests = new List<AppTest>();
            await foreach (var test in composition.Services.Apps.TestAsync(project, project.Apps, default))
                tests.Add(test);

            var problem = tests.ShouldHaveSingleItem().Problem;
            if (isAllowed)
                problem.ShouldBeNull();
            else
                problem.ShouldNotBeNull().Code.ShouldBe("outbound.refused");
            braze.Stats.Requests.ShouldBe(isAllowed ? 1 : 0);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
