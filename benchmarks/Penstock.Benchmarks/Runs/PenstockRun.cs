using Penstock.Connectors.Braze;
using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;

namespace Penstock.Benchmarks.Runs;

/// <summary>One run of Penstock, as the command line would do it, in a process of its own.</summary>
internal static class PenstockRun
{
    public static async Task<int> RunAsync(string text)
    {
        var settings = Settings.Read(text);
        var catalog = ConnectorCatalog.Scan(typeof(BrazeConnector).Assembly);
        var reading = ProjectReader.Read(Files(settings), settings.Folder, catalog);
        if (reading.Project is not { } project)
            throw new InvalidOperationException(string.Join('\n', reading.Problems));
        string? Environment(string name) => name == "KEY" ? Sink.Key : settings.Password;
        var runner =
            new Runner(
                new(catalog, new SecretSources(settings.Folder, Environment), Path.Combine(settings.Folder, ".penstock"),
                    TimeProvider.System));
        var result = await runner.RunAsync(project, project.Models[0], new() { Id = "benchmark" }, null, CancellationToken.None);
        if (result.Status != RunStatus.Succeeded)
            throw new InvalidOperationException($"{result.Status}: {result.Problem}");
        var destination = result.Destinations[0];
        var seconds = new Dictionary<string, double> { ["total"] = result.Elapsed.TotalSeconds };
        foreach (var step in result.Steps)
            seconds[step.Step.ToString().ToLowerInvariant() + (step.Step == RunStep.Refresh ? " " + step.Subject : "")] =
                step.Elapsed.TotalSeconds;
        return new Figures(seconds, new()
        {
            ["records"] = result.Records,
            ["delivered"] = destination.Delivered,
            ["calls"] = destination.Calls,
            ["peak MB"] = Figures.PeakMegabytes(),
            ["workspace MB"] = new DirectoryInfo(Path.Combine(settings.Folder, ".penstock")).EnumerateFiles()
                .Sum(file => file.Length) >> 20,
        }).Print();
    }

    private static Dictionary<string, string> Files(Settings settings) => new()
    {
        ["penstock.yaml"] =
            $$"""
            project: Benchmark
            apps:
              shop: { type: postgres, host: {{settings.Host}}, port: {{settings.Port}}, database: {{settings.Database}}, user: {{settings.User}}, password: "${env:PASSWORD}", statement_timeout: 1h }
              braze: { type: braze, endpoint: "{{settings.Sink}}", api_key: "${env:KEY}" }
            """,
        ["users.yaml"] =
            """
            model: users
            sources:
              - table: users
                app: shop
                primary_key: id
                properties: { user_id: id, email: email, first_name: first_name, last_name: last_name, language: language, country: country, home_city: home_city, dob: dob, created_at: created_at }
              - name: purchases
                table: purchases
                app: shop
                join: { user_id: user_id }
                where: [ { column: state, equals: successful } ]
                properties:
                  ltv: { sum: price }
                  purchase_count: { count: id }
                  last_purchase_date: { max: created_at }
                  last_purchase_category: { latest: category, by: created_at }
            groups:
              high_value_automotive:
                all:
                  - { property: ltv, greater_than: 100 }
                  - { property: last_purchase_date, within: 60 days }
                  - { property: last_purchase_category, equals: Automotive }
            """,
        ["braze.yaml"] =
            """
            destination: braze_users
            app: braze
            model: users
            sync_mode: sync
            mapping: { external_id: user_id, email: email, first_name: first_name, last_name: last_name, language: language, country: country, home_city: home_city, dob: dob }
            custom: { created_at: created_at, ltv: ltv, purchase_count: purchase_count, last_purchase_date: last_purchase_date, last_purchase_category: last_purchase_category }
            groups: [ { group: high_value_automotive, segment_attribute: penstock_groups } ]
            """,
    };
}
