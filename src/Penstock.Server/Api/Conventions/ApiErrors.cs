using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Penstock.Contract;
using Penstock.Control.Services;

namespace Penstock.Server.Api;

/// <summary>Answers what goes wrong below <c>/api</c> as problem+json (RFC 9457) with the command line's codes.</summary>
internal static partial class ApiErrors
{
    private const int MostErrors = 500;

    /// <summary>Around everything below <c>/api/</c>: what is thrown becomes an answer.</summary>
    public static async Task CatchAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted && Bare(context) is { } problem)
                await WriteAsync(context, context.Response.StatusCode, problem, []);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer any more.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, exception);
        }
    }

    /// <summary>Writes a problem as the answer.</summary>
    public static Task WriteAsync(HttpContext context, int status, Problem problem, IReadOnlyList<Problem> errors)
    {
        var details = new ProblemDetails
        {
            Status = status,
            Title = Title(status),
            Detail = problem.Message,
            Instance = context.Request.Path,
            Extensions =
            {
                ["code"] = problem.Code,
                ["help"] = problem.Help,
                ["trace_id"] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier,
            },
        };
        if (errors.Count > 0)
            details.Extensions["errors"] = errors.Take(MostErrors).Select(ProblemPart.Of).ToList();
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(details, ApiJson.Options, "application/problem+json", context.RequestAborted);
    }

    private static Task AnswerAsync(HttpContext context, Exception exception)
    {
        context.Response.Headers.Clear();
        switch (exception)
        {
            case InvalidProjectException invalid:
                return WriteAsync(context, ProblemStatus.Of(invalid), invalid.Problem, invalid.Problems);
            case PenstockException known:
                return WriteAsync(context, ProblemStatus.Of(known), known.Problem, []);
            case BadHttpRequestException bad:
                return WriteAsync(context, bad.StatusCode, OfRequest(bad), []);
            default:
                var number = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
                context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Penstock.Api").Defect(exception, number);
                return WriteAsync(context, StatusCodes.Status500InternalServerError, ServerProblems.Defect.Of(
                    "Something went wrong in Penstock itself.", $"The log has the details under {number}."), []);
        }
    }

    // What the framework turned away without a word of ours.
    private static Problem? Bare(HttpContext context) => context.Response.StatusCode switch
    {
        _ when context.Response.ContentLength > 0 || context.Response.ContentType is not null => null,
        StatusCodes.Status404NotFound => ApiProblems.NotFound.Of(
            $"There is nothing at {context.Request.Path}.", ApiProblems.NotFound.ToDo),
        StatusCodes.Status405MethodNotAllowed => ApiProblems.Method.Of(
            $"{context.Request.Path} does not take {context.Request.Method}.", ApiProblems.Method.ToDo),
        StatusCodes.Status413PayloadTooLarge => TooLarge(context),
        StatusCodes.Status415UnsupportedMediaType => ApiProblems.MediaType.Of("The body is not JSON.", ApiProblems.MediaType.ToDo),
        StatusCodes.Status400BadRequest => ApiProblems.Malformed.Of("The request can't be read.", ApiProblems.Malformed.ToDo),
        _ => null,
    };

    private static Problem TooLarge(HttpContext context) => ApiProblems.TooLarge.Of(
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize is { } most
            ? FormattableString.Invariant($"The body is larger than {most:N0} bytes.") : "The body is too large.",
        ApiProblems.TooLarge.ToDo);

    private static Problem OfRequest(BadHttpRequestException bad)
    {
        if (bad.StatusCode == StatusCodes.Status413PayloadTooLarge)
            return ApiProblems.TooLarge.Of("The body is larger than this call takes.", ApiProblems.TooLarge.ToDo);
        if (bad.StatusCode == StatusCodes.Status415UnsupportedMediaType)
            return ApiProblems.MediaType.Of("The body is not JSON.", ApiProblems.MediaType.ToDo);
        if (bad.InnerException is not JsonException json)
        {
            return Parameter().Match(bad.Message) is { Success: true } named
                ? ApiProblems.Parameter.Of($"The parameter '{named.Groups["name"].Value}' can't be read.", ApiProblems.Parameter.ToDo)
                : ApiProblems.Malformed.Of("The request can't be read, or its body is missing.", ApiProblems.Malformed.ToDo);
        }

        if (UnknownMember().Match(json.Message) is { Success: true } unknown)
        {
            return ApiProblems.UnknownField.Of(
                $"This call does not take the field '{unknown.Groups["name"].Value}'.", ApiProblems.UnknownField.ToDo);
        }

        if (Missing().Match(json.Message) is { Success: true } missing)
            return ApiProblems.Malformed.Of($"The body lacks: {missing.Groups["name"].Value}.", ApiProblems.Malformed.ToDo);
        var place = json.Path is { Length: > 1 } path ? $" at {path}" : "";
        var line = json.LineNumber is { } number ? FormattableString.Invariant($" (line {number + 1})") : "";
        return ApiProblems.Malformed.Of($"The body can't be read{place}{line}.", ApiProblems.Malformed.ToDo);
    }

    private static string Title(int status) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);

    [GeneratedRegex("The JSON property '(?<name>[^']*)' could not be mapped", RegexOptions.ExplicitCapture)]
    private static partial Regex UnknownMember();

    [GeneratedRegex("missing required properties including: (?<name>.*?)\\.?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Missing();

    [GeneratedRegex("(parameter|Failed to bind parameter) \"(?<name>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();
}

/// <summary>A problem as answers show it, as <c>penstock validate --json</c>.</summary>
/// <param name="Severity">error or warning.</param>
/// <param name="Code">Stable and dotted; the reference has a page of all.</param>
/// <param name="File">The configuration file it is about; null for none.</param>
/// <param name="Line">The line there, from 1.</param>
/// <param name="Path">The place in the configuration, such as <c>models.users.properties.email</c>.</param>
/// <param name="Message">What happened.</param>
/// <param name="Help">What to do.</param>
public sealed record ProblemPart(Severity Severity, string Code, string? File, int? Line, string? Path, string Message, string? Help)
{
    /// <summary>The form that answers show.</summary>
    public static ProblemPart Of(Problem problem) =>
        new(problem.Severity, problem.Code, problem.File, problem.Line, problem.Path, problem.Message, problem.Help);

    /// <summary>The same for a problem that may not be there.</summary>
    public static ProblemPart? OfAny(Problem? problem) => problem is null ? null : Of(problem);
}
