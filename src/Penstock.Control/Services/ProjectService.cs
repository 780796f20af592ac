using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;

namespace Penstock.Control.Services;

/// <summary>Reads the project and says what is wrong with it.</summary>
public sealed class ProjectService(string folder, ConnectorCatalog connectors, Runner runner)
{
    /// <summary>The project, if it has no errors, and every problem of its files.</summary>
    public ProjectReading Read() => ProjectReader.Read(folder, connectors);

    /// <summary>The project.</summary>
    /// <exception cref="InvalidProjectException">It has errors.</exception>
    public Project Load()
    {
        var reading = Read();
        return reading.Project is { } project && !HasErrors(reading.Problems) ? project
            : throw new InvalidProjectException(reading.Problems);
    }

    /// <summary>Every problem: of the files, and with <paramref name="connect"/> of what the apps have.</summary>
    public async Task<IReadOnlyList<Problem>> ValidateAsync(bool connect, CancellationToken cancellationToken)
    {
        var reading = Read();
        if (!connect || reading.Project is null || HasErrors(reading.Problems))
            return reading.Problems;
        return [.. reading.Problems, .. await runner.ValidateConnectedAsync(reading.Project, cancellationToken)];
    }

    private static bool HasErrors(IEnumerable<Problem> problems) => problems.Any(problem => problem.Severity == Severity.Error);
}

/// <summary>The configuration has errors, so nothing can be done with it. Carries all of them.</summary>
public sealed class InvalidProjectException : PenstockException
{
    /// <summary>Ends the work with <paramref name="problems"/>.</summary>
    public InvalidProjectException(IReadOnlyList<Problem> problems)
        : base(Summary(problems)) => Problems = problems;

    /// <summary>All that is wrong, warnings included.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    private static Problem Summary(IReadOnlyList<Problem> problems)
    {
        var errors = problems.Where(problem => problem.Severity == Severity.Error).ToList();
        return errors.Count == 1
            ? errors[0]
            : ControlProblems.InvalidConfiguration.Of($"The configuration has {errors.Count} errors. The first: {errors.FirstOrDefault()}",
                "Run 'penstock validate' to see all.");
    }
}
