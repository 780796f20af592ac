using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Tests.Configuration;

/// <summary>
/// The example that the configuration was designed by, word for word, with the subscription group's id written out and the last name that
/// its expression uses.
/// </summary>
internal static class ShopProject
{
    public const string Penstock = """
        # penstock.yaml
        project: Shop
        time_zone: America/Sao_Paulo         # default UTC
        apps:
          shop:  { type: postgres, host: localhost, database: shop, user: shop, password: "${env:SHOP_PASSWORD}" }
          local: { type: sqlite, file: shop.db }                                       # relative to the project folder
          braze: { type: braze, endpoint: US-01, api_key: "${env:BRAZE_API_KEY}" }     # an instance name, or a URL
        """;

    public const string Users = """
        # models/users.yaml
        model: users
        name: Users
        sources:
          - table: users                     # the primary source: one record per row
            app: shop
            primary_key: id
            properties:
              user_id: id                    # property: column
              email: { column: email, type: email }
              first_name: first_name
              last_name: last_name
              language: language
          - name: purchases                  # a secondary source: many rows per record
            table: purchases                 # or  query: |  select …
            app: shop
            join: { user_id: user_id }       # its column: a property of the model
            where: [ { column: state, equals: successful } ]
            properties:
              ltv: { sum: price }
              purchase_count: { count: id }
              last_purchase_date: { max: created_at }
              last_purchase_category: { latest: category, by: created_at }
        properties:
          full_name: { expression: "first_name || ' ' || last_name" }
        groups:
          high_value_automotive:
            name: High value with recent automotive purchase
            all:                             # or any: / none:, nested at will
              - { property: ltv, greater_than: 100 }
              - { property: last_purchase_date, within: 60 days }
              - { property: last_purchase_category, equals: Automotive }
        """;

    public const string Braze = """
        # destinations/braze-users.yaml
        destination: braze_users
        app: braze
        model: users                         # all records; add  group: high_value_automotive  to send only its members
        sync_mode: sync                      # sync | additive | enrich
        mapping: { external_id: user_id, email: email, first_name: first_name, language: language }
        custom:  { ltv: ltv, lifetime_purchases: purchase_count }        # custom field: property
        groups:
          - { group: high_value_automotive, subscription_group: 3b5c9a1e-0000-4000-8000-0123456789ab }
          - { group: high_value_automotive, segment_attribute: penstock_groups }
        """;

    public static Dictionary<string, string> Files => new()
    {
        ["penstock.yaml"] = Penstock,
        ["models/users.yaml"] = Users,
        ["destinations/braze-users.yaml"] = Braze,
    };

    public static ProjectReading Read(Dictionary<string, string> files) => ProjectReader.Read(files, "/project", FakeConnectors.Catalog);

    /// <summary>The example with one text replaced by another: what is wrong with it then.</summary>
    public static ProjectReading With(string before, string after)
    {
        var files = Files;
        var name = files.Single(file => file.Value.Contains(before, StringComparison.Ordinal)).Key;
        files[name] = files[name].Replace(before, after, StringComparison.Ordinal);
        return Read(files);
    }

    /// <summary>The only problem of a reading.</summary>
    public static Problem Only(ProjectReading reading) =>
        reading.Problems.ShouldHaveSingleItem($"Problems:\n{string.Join('\n', reading.Problems)}");
}
