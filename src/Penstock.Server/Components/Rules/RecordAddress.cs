namespace Penstock.Server.Components.Rules;

/// <summary>The address of a record's page.</summary>
internal static class RecordAddress
{
    /// <summary>Of a record, whatever its key is made of.</summary>
    public static string Of(string model, string key) => $"/models/{model}/records/{Uri.EscapeDataString(key)}";
}
