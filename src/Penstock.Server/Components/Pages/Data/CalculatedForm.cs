namespace Penstock.Server.Components.Pages.Data;

/// <summary>A calculated property as it is filled in.</summary>
public sealed class CalculatedForm
{
    /// <summary>Its id.</summary>
    public string Id { get; set; } = "";

    /// <summary>The expression.</summary>
    public string Expression { get; set; } = "";

    /// <summary>The word of its type; null for what it comes as.</summary>
    public string? TypeWord { get; set; }
}
