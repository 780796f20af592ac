using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Penstock.Simulators.Braze;

namespace Penstock.Connectors.Tests.Braze.Simulator;

/// <summary>A running simulator and a client that has its key; its clock stands still at noon until a test moves it.</summary>
internal sealed class SimulatedBraze : IAsyncDisposable
{
    public const string Group = "3b5c1a52-9d3e-4a53-8f0a-6b1f7a0c2d11";
    public const string OtherGroup = "7c1f2e8a-52aa-4b0e-9a0d-0f7f3f1c9e22";

    private SimulatedBraze(BrazeSimulator simulator, HttpClient http, FakeTimeProvider time) =>
        (Simulator, Http, Time) = (simulator, http, time);

    public BrazeSimulator Simulator { get; }

    public HttpClient Http { get; }

    public FakeTimeProvider Time { get; }

    public static async Task<SimulatedBraze> StartAsync(BrazeSimulatorOptions? options = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 12, 0, 1, TimeSpan.Zero));
        options = (options ?? new BrazeSimulatorOptions()) with { Time = time };
        var simulator = await BrazeSimulator.StartAsync(options, TestContext.Current.CancellationToken);
        var http = new HttpClient { BaseAddress = simulator.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Key);
        return new SimulatedBraze(simulator, http, time);
    }

    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var headers = response.Headers.ToDictionary(
            header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Reply((int)response.StatusCode, text, response.Content.Headers.ContentType?.MediaType ?? "", headers);
    }

    public Task<Reply> PostAsync(string path, [StringSyntax("Json")] string json) =>
        SendAsync(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"));

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>Sends attributes objects, separated by commas.</summary>
    public Task<Reply> AttributesAsync([StringSyntax("Json")] string objects) =>
        PostAsync("/users/track", $$"""{"attributes":[{{objects}}]}""");

    /// <summary>Sends attributes objects and expects that all are taken.</summary>
    public async Task<Reply> GivenAsync([StringSyntax("Json")] string objects)
    {
        var reply = await AttributesAsync(objects);
        reply.Status.ShouldBe(201, reply.Text);
        reply.Json["errors"].ShouldBeNull();
        return reply;
    }

    /// <summary>
    /// Moves the clock until the answer is there: the request may not have begun to wait when the test first looks.
    /// </summary>
    public async Task<Reply> AdvanceUntilAsync(Task<Reply> answer)
    {
        while (!answer.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        return await answer;
    }

    public JsonObject User(string externalId) => Simulator.Profile(externalId).ShouldNotBeNull();

    /// <summary>A custom attribute as JSON text; "null" when it is not there.</summary>
    public string Custom(string externalId, string name) => User(externalId)["custom_attributes"]?[name]?.ToJsonString() ?? "null";

    /// <summary>Sends one object and returns why it was refused, or null when it was not.</summary>
    public async Task<string?> ReasonAsync([StringSyntax("Json")] string json)
    {
        var reply = await AttributesAsync(json);
        return (string?)reply.Json["errors"]?[0]?["type"];
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Simulator.DisposeAsync();
    }
}

internal sealed record Reply(int Status, string Text, string MediaType, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text).ShouldNotBeNull();

    public string? Message => (string?)Json["message"];

    public string Header(string name) => Headers.GetValueOrDefault(name, "(absent)");
}
