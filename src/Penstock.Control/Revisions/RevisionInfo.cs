using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Control.Revisions;

/// <summary>A published configuration, without its files.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="At">When it was published.</param>
/// <param name="AuthorId">Who published it: a person's or key's id; empty for the command line.</param>
/// <param name="AuthorName">What others read.</param>
/// <param name="Comment">What the author said about it; may be empty.</param>
/// <param name="Origin"><c>draft</c>, <c>apply</c> or <c>rollback</c>.</param>
/// <param name="Hash">SHA-256 of the canonical text, in hexadecimal: equal projects have equal ones.</param>
public sealed record RevisionInfo(
    long Number, DateTimeOffset At, string AuthorId, string AuthorName, string Comment, string Origin, string Hash);

/// <summary>A revision with its files.</summary>
/// <param name="Info">Who published it, when.</param>
/// <param name="Files">The files by name, exactly as they were applied or written.</param>
public sealed record RevisionContent(RevisionInfo Info, IReadOnlyDictionary<string, string> Files);

/// <summary>A page of revisions.</summary>
/// <param name="Revisions">The revisions, newest first.</param>
/// <param name="Next">What to give as <c>before</c> for the next page; null on the last.</param>
public sealed record RevisionPage(IReadOnlyList<RevisionInfo> Revisions, long? Next);

/// <summary>The newest revision as a project.</summary>
/// <param name="Info">Who published it, when.</param>
/// <param name="Project">The project.</param>
/// <param name="Warnings">What reading it warned of.</param>
public sealed record PublishedProject(RevisionInfo Info, Project Project, IReadOnlyList<Problem> Warnings);

/// <summary>What applying files came to.</summary>
/// <param name="Number">The new revision's number; for a dry run the one it would get; the newest's when nothing changed.</param>
/// <param name="IsUnchanged">Whether the newest revision has these very files, so that there is no new one.</param>
/// <param name="IsDryRun">Whether nothing was published.</param>
/// <param name="Changes">What it changes in what was published before.</param>
/// <param name="Warnings">What reading the files warned of.</param>
public sealed record ApplyResult(long Number, bool IsUnchanged, bool IsDryRun, Changes Changes, IReadOnlyList<Problem> Warnings);
