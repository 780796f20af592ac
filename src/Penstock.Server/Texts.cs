namespace Penstock.Server;

/// <summary>
/// The name under which the UI's texts are found: <c>T["Add app"]</c> gives the English text itself unless a resource of the viewer's
/// language has another one.
/// </summary>
public sealed class Texts;
