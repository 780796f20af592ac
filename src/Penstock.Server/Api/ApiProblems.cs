using Penstock.Contract;

namespace Penstock.Server.Api;

/// <summary>The codes of what can be wrong with a request to the API itself, before any service is asked.</summary>
public static class ApiProblems
{
    /// <summary>There is no such address.</summary>
    public static ProblemCode NotFound { get; } = new("api.not_found", "The API has nothing at this address.",
        "The reference at /api lists all addresses.");

    /// <summary>The address does not take the method.</summary>
    public static ProblemCode Method { get; } = new("api.method_not_allowed", "The address does not take this method.",
        "The reference at /api lists the methods of each address.");

    /// <summary>The body is no JSON.</summary>
    public static ProblemCode Malformed { get; } = new("api.malformed", "The body is not valid JSON, or not of the form expected.",
        "Send JSON as the reference at /api shows it.");

    /// <summary>The body has a field that is not known.</summary>
    public static ProblemCode UnknownField { get; } = new("api.unknown_field", "The body has a field that this call does not take.",
        "Take the field out, or check its spelling; nothing was changed.");

    /// <summary>A parameter can't be read.</summary>
    public static ProblemCode Parameter { get; } = new("api.parameter", "A parameter of the address is missing or can't be read.",
        "Write it as the reference at /api shows it.");

    /// <summary>The body is too large.</summary>
    public static ProblemCode TooLarge { get; } = new("api.too_large", "The body is larger than this call takes.",
        "Send less at once.");

    /// <summary>The body is of another type.</summary>
    public static ProblemCode MediaType { get; } = new("api.media_type", "The body is not JSON.",
        "Send the header 'Content-Type: application/json'.");

    /// <summary>A change needs If-Match.</summary>
    public static ProblemCode PreconditionRequired { get; } = new("api.precondition_required",
        "What is there already is changed only with the ETag that was read.", "GET it, then send its ETag in the header If-Match.");

    /// <summary>A cursor is none.</summary>
    public static ProblemCode Cursor { get; } = new("api.cursor", "The cursor is not one that this list gave.",
        "Begin again without a cursor.");

    /// <summary>The key is made for other models.</summary>
    public static ProblemCode OtherModel { get; } = new("api.other_model", "The API key is made for other models.",
        "Use another key, or have an administrator make one for this model.");
}
