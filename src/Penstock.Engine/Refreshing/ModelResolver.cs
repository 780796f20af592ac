using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Refreshing;

/// <summary>x</summary>
public sealed record Resolution(ResolvedModel? Model, IReadOnlyList<Problem> Problems);

/// <summary>x</summary>
public static class ModelResolver
{
    /// <summary>x</summary>
    public static Task<Resolution> ResolveAsync(Project project, Model model, Func<string, OpenSource> open, CancellationToken cancellationToken) =>
        throw new NotSupportedException(project.Name + model.Id + (open is null) + cancellationToken.IsCancellationRequested);
}
