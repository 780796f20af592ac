namespace Penstock.Control.Users;

/// <summary>What a person or an API key may do; each role may do all that the ones before it may.</summary>
public enum Role
{
    /// <summary>Looks at everything but secrets and people.</summary>
    Viewer = 1,

    /// <summary>Edits the draft, previews, plans.</summary>
    Editor = 2,

    /// <summary>Publishes, runs, approves removals, pauses.</summary>
    Publisher = 3,

    /// <summary>People, API keys, secrets, settings, audit.</summary>
    Administrator = 4,
}
