using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>Takes the problems of a reading, all of them, up to a number nobody reads beyond.</summary>
internal sealed class Findings
{
    private const int Most = 500;
    private readonly List<Problem> _problems = [];
    private int _more;

    public IReadOnlyList<Problem> Sorted()
    {
        var sorted = _problems.OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line ?? 0).ToList();
        if (_more > 0)
            sorted.Add(ConfigurationProblems.TooMany.Of($"There are {_more} more problems.", "Put these right first."));
        return sorted;
    }

    /// <summary>
    /// Whether a file could not be read at all. What others refer to may then be in it, so that nothing is said about what seems to be
    /// missing.
    /// </summary>
    public bool IsIncomplete { get; set; }

    /// <summary>Whether what comes now is only counted: no need to look for what somebody may have meant.</summary>
    public bool IsFull => _problems.Count >= Most;

    public bool HasErrors => _more > 0 || _problems.Exists(problem => problem.Severity == Severity.Error);

    public void Add(Problem problem)
    {
        if (
            IsIncomplete && (
                problem.Code == ConfigurationProblems.UnknownReference.Code || problem.Code == ConfigurationProblems.ProjectMissing.Code))
            return;
        if (_problems.Count < Most)
            _problems.Add(problem);
        else
            _more++;
    }

    public void Add(ProblemCode code, Node at, string path, string message, string? help = null) =>
        Add(code.Of(message, help) with { File = at.File, Line = at.Line, Path = path.Length == 0 ? null : path });

    public void Add(ProblemCode code, Position? at, string message, string? help = null) =>
        Add(at is null ? code.Of(message, help) : at.At(code.Of(message, help)));
}
