using Penstock.Engine.Configuration;

namespace Penstock.Control.Revisions;

/// <summary>
/// Brings a draft over a newer revision: what was changed on one side only is taken from there; what was changed on both is decided by
/// a person.
/// </summary>
internal sealed class DraftMerge(
    Project before, Project draft, Project published, IReadOnlyDictionary<string, RebaseChoice> choices)
{
    private readonly IReadOnlyDictionary<string, string> _before = ProjectThings.Texts(before);
    private readonly IReadOnlyDictionary<string, string> _draft = ProjectThings.Texts(draft);
    private readonly IReadOnlyDictionary<string, string> _published = ProjectThings.Texts(published);
    private readonly List<string> _conflicts = [];

    /// <summary>What was changed on both sides and is not decided.</summary>
    public IReadOnlyList<string> Conflicts => _conflicts;

    /// <summary>The draft over the newer revision.</summary>
    public Project Merge()
    {
        var header = Pick(ProjectThings.Header, draft, published) ?? draft;
        return header with
        {
            Apps = All(published.Apps, draft.Apps, app => app.Id,
                (id, mine, theirs) => Pick(ProjectThings.App(id), mine, theirs)),
            Models = All(published.Models, draft.Models, model => model.Id, PickModel),
            Destinations = All(published.Destinations, draft.Destinations, destination => destination.Id,
                (id, mine, theirs) => Pick(ProjectThings.Destination(id), mine, theirs)),
        };
    }

    private Model? PickModel(string id, Model? mine, Model? theirs)
    {
        if (mine is null || theirs is null)
            return PickWhole(id, mine, theirs);
        var model = Pick(ProjectThings.Model(id), mine, theirs) ?? mine;
        return model with
        {
            Groups = All(theirs.Groups, mine.Groups, group => group.Id,
                (group, myGroup, theirGroup) => Pick(ProjectThings.Group(id, group), myGroup, theirGroup)),
        };
    }

    // Removed on one side: taken over only when the other side changed neither it nor its groups.
    private Model? PickWhole(string id, Model? mine, Model? theirs)
    {
        if (!_before.ContainsKey(ProjectThings.Model(id)))
            return mine ?? theirs;
        var kept = mine is null ? _published : _draft;
        var things = kept.Keys.Union(_before.Keys, StringComparer.Ordinal).Where(thing =>
            thing == ProjectThings.Model(id) || thing.StartsWith(ProjectThings.Group(id, ""), StringComparison.Ordinal));
        return things.All(thing => kept.GetValueOrDefault(thing) == _before.GetValueOrDefault(thing)) ? null
            : Decide(ProjectThings.Model(id), mine, theirs);
    }

    private T? Pick<T>(string thing, T? mine, T? theirs)
        where T : class
    {
        var (was, own, other) = (_before.GetValueOrDefault(thing), _draft.GetValueOrDefault(thing), _published.GetValueOrDefault(thing));
        return own == other || other == was ? mine : own == was ? theirs : Decide(thing, mine, theirs);
    }

    private T? Decide<T>(string thing, T? mine, T? theirs)
        where T : class
    {
        if (choices.TryGetValue(thing, out var choice))
            return choice == RebaseChoice.Draft ? mine : theirs;
        _conflicts.Add(thing);
        return mine;
    }

    private static List<T> All<T>(
        IReadOnlyList<T> published, IReadOnlyList<T> draft, Func<T, string> id, Func<string, T?, T?, T?> pick)
        where T : class =>
    [
        .. published.Concat(draft).Select(id).Distinct(StringComparer.Ordinal)
            .Select(name => pick(
                name, draft.FirstOrDefault(thing => id(thing) == name), published.FirstOrDefault(thing => id(thing) == name)))
            .OfType<T>(),
    ];
}
