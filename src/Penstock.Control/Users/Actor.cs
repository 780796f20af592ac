namespace Penstock.Control.Users;

/// <summary>Who does something, for the audit log and for what others see: a person, an API key, a schedule or the command line.</summary>
/// <param name="Kind">What kind of actor.</param>
/// <param name="Id">The person's or key's id; empty for others.</param>
/// <param name="Name">What others read, such as <c>Ana Lima</c>.</param>
/// <param name="Role">What it may do.</param>
/// <param name="From">The network address it came from; null from this machine's command line or a schedule.</param>
public sealed record Actor(ActorKind Kind, string Id, string Name, Role Role, string? From = null)
{
    /// <summary>Whoever types commands on the machine itself.</summary>
    public static Actor CommandLine(string user) => new(ActorKind.CommandLine, "", user, Role.Administrator);

    /// <summary>Penstock by itself: a schedule, a restart, retention.</summary>
    public static Actor System { get; } = new(ActorKind.System, "", "Penstock", Role.Publisher);
}

/// <summary>The kinds of <see cref="Actor"/>.</summary>
public enum ActorKind
{
    /// <summary>Somebody signed in.</summary>
    Person,

    /// <summary>A program with an API key.</summary>
    ApiKey,

    /// <summary>Somebody at the machine.</summary>
    CommandLine,

    /// <summary>Penstock by itself.</summary>
    System,
}
