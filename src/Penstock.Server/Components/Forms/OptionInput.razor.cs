using Microsoft.AspNetCore.Components;
using Penstock.Contract;

namespace Penstock.Server.Components.Forms;

/// <summary>The input of one option, as its declaration says.</summary>
public sealed partial class OptionInput : ComponentBase
{
    private const string Other = "\u0001other";
    private bool _isOther;

    /// <summary>The option.</summary>
    [Parameter, EditorRequired]
    public required Option Option { get; set; }

    /// <summary>What is filled in.</summary>
    [Parameter, EditorRequired]
    public required OptionValues Values { get; set; }

    /// <summary>What the input's id begins with.</summary>
    [Parameter, EditorRequired]
    public required string Prefix { get; set; }

    /// <summary>What is wrong with what was entered; null when nothing is.</summary>
    [Parameter]
    public string? Error { get; set; }

    /// <summary>Whether it can only be looked at.</summary>
    [Parameter]
    public bool IsReadOnly { get; set; }

    /// <summary>Raised after each change.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    private string Id => $"{Prefix}-{Option.Name}";

    private string? Invalid => Error is null ? null : "true";

    private string? Described => Error is not null ? Id + "-error" : Option.Help is not null ? Id + "-help" : null;

    private string Written => Values.Text(Option.Name) is { Length: > 0 } text ? text : Option.Default ?? "";

    private string? Placeholder => Option.Default is { Length: > 0 } given ? given
        : Option.Example is { } example ? $"e.g. {example}" : null;

    // The choice that is meant, by its name or by what it stands for.
    private string Chosen
    {
        get
        {
            if (_isOther)
                return Other;
            var choice = Option.Choices.FirstOrDefault(choice => string.Equals(choice.Name, Written, StringComparison.OrdinalIgnoreCase)
                || string.Equals(choice.Value, Written.TrimEnd('/'), StringComparison.OrdinalIgnoreCase));
            return choice?.Name ?? (Written.Length > 0 ? Other : "");
        }
    }

    private Task ChooseAsync(string? name)
    {
        _isOther = name == Other;
        return SetAsync(_isOther ? null : name);
    }

    private Task SetAsync(string? text)
    {
        Values.Set(Option.Name, text);
        return Changed.InvokeAsync();
    }

    private Task SetListAsync(string? lines)
    {
        Values.SetList(Option.Name, lines);
        return Changed.InvokeAsync();
    }

    // Words such as verify_full are read as words; an instance shows the host behind it.
    private string InWords(Choice choice) => choice.Label ?? (Option.Type switch
    {
        OptionType.Url when Uri.TryCreate(choice.Value, UriKind.Absolute, out var address) => $"{choice.Name} – {address.Host}",
        OptionType.Word => choice.Name.Replace('_', ' '),
        _ => choice.Name,
    });
}
