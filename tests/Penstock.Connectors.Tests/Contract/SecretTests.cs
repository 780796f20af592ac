using Penstock.Contract;
using Penstock.Testing.Http;

namespace Penstock.Connectors.Tests.Contract;

/// <summary>The credential shows nowhere, though vendors repeat it.</summary>
public sealed class SecretTests
{
    [Theory]
    [MemberData(nameof(Subject.Connectors), MemberType = typeof(Subject))]
    public void An_app_prints_without_its_credentials(string type)
    {
        var connector = Subject.Catalog.Find(type).ShouldNotBeNull();
        ShouldHide(connector, Sample.App(connector, Path.GetTempPath()).ToString());
    }

    [Theory]
    [MemberData(nameof(Subject.Destinations), MemberType = typeof(Subject))]
    public async Task No_outcome_exception_or_request_holds_the_credential(string id)
    {
        foreach (var operation in Subject.Of(id).Operations)
        {
            foreach (var status in new[] { 200, 201, 400, 401, 403, 404, 413, 422, 500 })
            {
                using var trial = new Trial(id);
                var body = $$"""{"message":"Invalid API key: {{trial.Secret?.Reveal()}}","errors":["{{trial.Secret?.Reveal()}}"]}""";
                var http = FakeHttp.Always(status, body, trial.Secret);
                ShouldHide(trial.Connector, await TellAsync(trial, trial.Batch(operation), http));
                foreach (var call in http.Calls)
                    ShouldHide(trial.Connector, call.ToString());
            }
        }
    }

    // All that anyone would get to see.
    private static async Task<string> TellAsync(Trial trial, Batch batch, IHttp http)
    {
        try
        {
            var outcomes = await trial.DoAsync(batch, http, TestContext.Current.CancellationToken);
            return string.Join('\n', Enumerable.Range(0, outcomes.Count).Select(i => outcomes[i].ToString()));
        }
        catch (PenstockException exception)
        {
            return exception.ToString();
        }
    }

    private static void ShouldHide(IConnector connector, string? text)
    {
        text.ShouldNotBeNull();
        foreach (var option in connector.Declaration.App.All.Where(option => option.Type == OptionType.Secret))
            text.ShouldNotContain(Sample.SecretFor(option.Name), Case.Sensitive, option.Name);
    }
}
