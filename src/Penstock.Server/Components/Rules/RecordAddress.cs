namespace Penstock.Server.Components.Rules;

/// <summary>The address of a record's page.</summary>
internal static class RecordAddress
{
    /// <summary>Of a record, whatever its key is made of: it travels after the question mark, as a slash or a dot in a path would not.</summary>
    public static string Of(string model, string key) => $"/models/{model}/record?key={Uri.EscapeDataString(key)}";
}
