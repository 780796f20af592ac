using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Penstock.Simulators.Braze;

/// <summary>One method and path of the API. Every implementation in this folder is found by its type.</summary>
internal abstract class Endpoint
{
    public virtual string Method => "POST";

    public abstract string Path { get; }

    /// <summary>The permission a key needs. Braze docs, API basics, REST API key permissions (2026).</summary>
    public abstract string Permission { get; }

    public virtual int MaxBytes => Unproven.MaxBytes;

    /// <summary>Which requests this one is counted with.</summary>
    public abstract Pool PoolOf(Limits limits, JsonElement body);

    public abstract Answer Handle(Call call);
}

/// <summary>One request that passed authentication, limits and parsing.</summary>
internal sealed class Call(Instance instance, string path, JsonElement body, IQueryCollection query) : IDisposable
{
    private readonly List<string> _touched = [];
    private Dictionary<string, int>? _perUser;

    public Instance Instance => instance;

    public string Path => path;

    public Profiles Profiles => instance.Profiles;

    public BrazeSimulatorOptions Options => instance.Options;

    /// <summary>The body; undefined for GET.</summary>
    public JsonElement Body => body;

    public IQueryCollection Query => query;

    /// <summary>Says that this request changes the user, until it is answered.</summary>
    public void Touch(string user)
    {
        if (instance.Races.Enter(this, user))
            _touched.Add(user);
    }

    /// <summary>How many objects of this request were for the user, with this one.</summary>
    public int CountFor(string user)
    {
        _perUser ??= [];
        return _perUser[user] = _perUser.GetValueOrDefault(user) + 1;
    }

    /// <summary>Adds to the objects that were accepted.</summary>
    public void Count(int objects) => instance.CountObjects(objects);

    /// <summary>Says that nothing of this request is in flight any more.</summary>
    public void Leave()
    {
        instance.Races.Leave(_touched);
        _touched.Clear();
    }

    public void Dispose() => Leave();
}
