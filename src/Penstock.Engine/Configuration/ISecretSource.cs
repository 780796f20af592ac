using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>Opens references to secrets: <c>${env:NAME}</c>, <c>${file:PATH}</c>, and others that a host adds.</summary>
public interface ISecretSource
{
    /// <summary>The secret's value.</summary>
    /// <param name="scheme">The word before the colon: <c>env</c>, <c>file</c>, <c>secret</c>.</param>
    /// <param name="name">The name or path after it.</param>
    /// <param name="problem">What is wrong, when it is null: not set, not readable, scheme unknown. Never holds a value.</param>
    string? Find(string scheme, string name, out Problem? problem);
}
