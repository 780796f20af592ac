using System.Collections.Frozen;
using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Server.Components.Mapping;

/// <summary>A field and the property that seems to be meant for it.</summary>
/// <param name="Field">The destination's field.</param>
/// <param name="Property">The property's id.</param>
public sealed record NameProposal(Field Field, string Property);

/// <summary>Finds properties whose names say that they are meant for a known field.</summary>
public static class NameProposals
{
    // Words that people use for one thing, whatever the vendor calls it.
    private static readonly string[][] Synonyms =
    [
        ["email", "emailaddress", "mail", "useremail"],
        ["phone", "phonenumber", "mobile", "mobilephone", "telephone", "cell"],
        ["firstname", "givenname", "forename"],
        ["lastname", "surname", "familyname"],
        ["dob", "dateofbirth", "birthday", "birthdate"],
        ["gender", "sex"],
        ["city", "homecity", "town"],
        ["country", "countrycode"],
        ["language", "languagecode", "lang", "locale"],
        ["timezone", "tz"],
        ["imageurl", "avatar", "avatarurl", "picture", "photo", "image"],
        ["company", "companyname", "organization", "organisation"],
        ["postalcode", "zip", "zipcode", "postcode"],
    ];

    private static readonly FrozenDictionary<string, string> Meanings = Synonyms
        .SelectMany(words => words.Select(word => (word, Meaning: words[0])))
        .ToFrozenDictionary(pair => pair.word, pair => pair.Meaning, StringComparer.Ordinal);

    /// <summary>A property for each known field that is not mapped yet and has one whose name and type fit; each property once.</summary>
    /// <param name="kind">The destination's kind.</param>
    /// <param name="model">The model.</param>
    /// <param name="destination">The destination as it is on the screen.</param>
    /// <param name="types">The types of properties, where known.</param>
    public static IReadOnlyList<NameProposal> Of(
        DestinationKind kind, Model model, Destination destination, IReadOnlyDictionary<string, DataType> types)
    {
        var used = destination.Mapping.Where(mapping => !mapping.IsCustom && mapping.Property is not null)
            .Select(mapping => mapping.Property!).ToHashSet(StringComparer.Ordinal); // filtered just now
        var proposals = new List<NameProposal>();
        foreach (var field in kind.Fields.Where(field => MappingEdits.Find(destination, field.Name, isCustom: false) is null))
        {
            var best = model.Properties
                .Where(property => !used.Contains(property.Id) && Fits(property, field, types))
                .Select(property => (property.Id, Rank: Rank(field, property.Id)))
                .Where(pair => pair.Rank > 0)
                .OrderByDescending(pair => pair.Rank)
                .FirstOrDefault();
            if (best.Id is null)
                continue;
            used.Add(best.Id);
            proposals.Add(new(field, best.Id));
        }

        return proposals;
    }

    /// <summary>
    /// How well a property's name fits a field: 4 it holds the codes that the field takes, 3 the same name, 2 the same but for spelling,
    /// 1 another word for it, 0 not.
    /// </summary>
    public static int Rank(Field field, string property)
    {
        if (string.Equals(field.Name, property, StringComparison.Ordinal))
            return 3;
        var (there, label, here) = (Bare(field.Name), Bare(field.Label), Bare(property));
        // A field that takes a fixed list of codes is meant by a property that says it holds codes.
        if (field.Allowed.Count > 0 && here == there + "code")
            return 4;
        if (here == there || here == label)
            return 2;
        return Meanings.TryGetValue(here, out var meaning)
            && (meaning == Meanings.GetValueOrDefault(there) || meaning == Meanings.GetValueOrDefault(label)) ? 1 : 0;
    }

    private static bool Fits(Property property, Field field, IReadOnlyDictionary<string, DataType> types) =>
        !types.TryGetValue(property.Id, out var type) || TypeConversions.Fits(type, field.Type);

    private static string Bare(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
