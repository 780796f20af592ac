using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Penstock.Contract;
using Penstock.Control.Services;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Api;

/// <summary>
/// A body that is a thing of the configuration: one JSON object with the keys of the files. What is wrong with it is told all at once,
/// with the codes of <c>penstock validate</c>.
/// </summary>
public sealed class ThingBody : IEndpointParameterMetadataProvider
{
    private readonly string _json;
    private readonly JsonObject _object;

    private ThingBody(string json, JsonObject @object) => (_json, _object) = (json, @object);

    /// <summary>Reads the body.</summary>
    /// <exception cref="BadHttpRequestException">It is no JSON object.</exception>
    public static async ValueTask<ThingBody?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (!context.Request.HasJsonContentType())
            throw new BadHttpRequestException("The body is not JSON.", StatusCodes.Status415UnsupportedMediaType);
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        try
        {
            var node = JsonNode.Parse(text, null, new() { MaxDepth = 64, AllowDuplicateProperties = false });
            return node is JsonObject found ? new(text, found) : throw new JsonException("An object is expected.");
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException("The body can't be read.", StatusCodes.Status400BadRequest, exception);
        }
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(JsonObject)));

    internal string? Id(string word) => _object[word]?.GetValueKind() == JsonValueKind.String ? _object[word]?.GetValue<string>() : null;

    /// <summary>The body with members that it leaves out, or shows as stars.</summary>
    internal ThingBody With(IReadOnlyDictionary<string, string> kept)
    {
        var filled = (JsonObject)_object.DeepClone();
        foreach (var (name, text) in kept)
        {
            if (filled[name] is null || Id(name) == "***")
                filled[name] = text;
        }

        return new(filled.ToJsonString(), filled);
    }

    internal App App(string id, Project project, ConnectorCatalog catalog) =>
        Good(problems => ThingJson.ReadApp(_json, id, project, catalog, problems));

    internal Model Model(string id, Project project, ConnectorCatalog catalog) =>
        Good(problems => ThingJson.ReadModel(_json, id, project, catalog, problems));

    internal Destination Destination(string id, Project project, ConnectorCatalog catalog) =>
        Good(problems => ThingJson.ReadDestination(_json, id, project, catalog, problems));

    internal Group Group(string id, Project project, ConnectorCatalog catalog) =>
        Good(problems => ThingJson.ReadGroup(_json, id, project, catalog, problems));

    private static T Good<T>(Func<List<Problem>, T?> read)
        where T : class
    {
        var problems = new List<Problem>();
        var thing = read(problems);
        return thing is not null && !problems.Exists(problem => problem.Severity == Severity.Error) ? thing
            : throw new InvalidProjectException(problems);
    }
}
