namespace Penstock.Contract;

/// <summary>
/// What a connector brings along besides code, embedded in its assembly: an icon <c>Folder/type.svg</c> and the hand-written part of
/// its docs page, <c>Folder/guide.md</c>, where the folder is the last part of the connector's namespace.
/// </summary>
public static class ConnectorResources
{
    /// <summary>The icon as SVG; null when there is none.</summary>
    public static string? Icon(IConnector connector) => Read(connector, connector.Declaration.Type + ".svg");

    /// <summary>The guide as Markdown, its headings from the third level on; null when there is none.</summary>
    public static string? Guide(IConnector connector) => Read(connector, "guide.md");

    private static string? Read(IConnector connector, string name)
    {
        var type = connector.GetType();
        var folder = type.Namespace?.Split('.')[^1];
        using var stream = type.Assembly.GetManifestResourceStream($"{folder}/{name}");
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
