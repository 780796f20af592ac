namespace Penstock.Simulators.Braze;

/// <summary>Lists of codes that Braze checks values against.</summary>
internal static class Codes
{
    // ISO 3166-1 alpha-2, the officially assigned ones.
    private static readonly HashSet<string> Countries = Words("""
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH
        CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN
        GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI
        LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM
        PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD
        TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
        """);

    // ISO 639-1.
    private static readonly HashSet<string> Languages = Words("""
        aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa
        ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr
        ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
        ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur
        uz ve vi vo wa wo xh yi yo za zh zu
        """);

    // "Best effort" mapping of names: the list is not published, these few are assumed.
    private static readonly Dictionary<string, string> CountryNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Australia"] = "AU",
        ["Brazil"] = "BR",
        ["Canada"] = "CA",
        ["France"] = "FR",
        ["Germany"] = "DE",
        ["India"] = "IN",
        ["Japan"] = "JP",
        ["Norway"] = "NO",
        ["Spain"] = "ES",
        ["United Kingdom"] = "GB",
        ["United States"] = "US",
        ["USA"] = "US",
    };

    private static readonly HashSet<string> RailsTimeZones =
    [
        "Eastern Time (US & Canada)", "Central Time (US & Canada)", "Mountain Time (US & Canada)", "Pacific Time (US & Canada)",
        "Alaska", "Hawaii", "London", "Paris", "Berlin", "Madrid", "Brasilia", "Buenos Aires", "Tokyo", "Sydney",
    ];

    /// <summary>The code of a code or a name; null when neither is known.</summary>
    public static string? CountryOf(string text) =>
        Countries.Contains(text.ToUpperInvariant()) ? text.ToUpperInvariant() : CountryNames.GetValueOrDefault(text);

    public static bool IsLanguage(string text) => Languages.Contains(text);

    /// <summary>An IANA name this machine knows, or one in the style of Rails.</summary>
    public static bool IsTimeZone(string text) =>
        RailsTimeZones.Contains(text) || (TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId);

    private static HashSet<string> Words(string text) => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
}
