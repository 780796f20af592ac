using System.Text.Json;
using Microsoft.JSInterop;

namespace Penstock.Server.Components.Forms;

/// <summary>
/// Keeps a half-filled form in the browser's tab, so that a reload or a restart of the server loses nothing. Never for credentials.
/// </summary>
public sealed class KeptForm(IJSRuntime script)
{
    // What the browser gives back travels in one message of the circuit, which takes 32 KiB.
    private const int MostLetters = 24_000;

    /// <summary>What was kept under a name; null for nothing, or for what another version kept.</summary>
    public async Task<T?> TakeAsync<T>(string name)
        where T : class
    {
        try
        {
            var json = await script.InvokeAsync<string?>("sessionStorage.getItem", "penstock." + name);
            return json is null ? null : JsonSerializer.Deserialize<T>(json);
        }
        catch (Exception exception) when (exception is JsonException or JSException or JSDisconnectedException)
        {
            return null;
        }
    }

    /// <summary>Keeps a form; one that is too large is not kept.</summary>
    public async Task KeepAsync<T>(string name, T form)
        where T : class
    {
        var json = JsonSerializer.Serialize(form);
        if (json.Length > MostLetters)
            return;
        try
        {
            await script.InvokeVoidAsync("sessionStorage.setItem", "penstock." + name, json);
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException)
        {
            // The tab is gone or its store is full: the form is on the screen all the same.
        }
    }

    /// <summary>Forgets a form that was saved.</summary>
    public async Task ForgetAsync(string name)
    {
        try
        {
            await script.InvokeVoidAsync("sessionStorage.removeItem", "penstock." + name);
        }
        catch (JSDisconnectedException)
        {
            // With the tab, its store is gone too.
        }
    }
}
