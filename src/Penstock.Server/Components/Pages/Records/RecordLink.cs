namespace Penstock.Server.Components.Pages.Records;

/// <summary>Where a record's page is. Keys may hold anything, slashes too.</summary>
public static class RecordLink
{
    /// <summary>The address of a record's page.</summary>
    public static string To(string model, string key) => $"/models/{model}/records/{Uri.EscapeDataString(key)}";
}
