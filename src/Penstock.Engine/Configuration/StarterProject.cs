namespace Penstock.Engine.Configuration;

/// <summary>
/// A commented project to start from: files by name, relative to the project folder. It validates as it is, and runs as it is against the
/// Braze
/// simulator, from two small CSV files.
/// </summary>
public static class StarterProject
{
    /// <summary>The files.</summary>
    public static IReadOnlyDictionary<string, string> Files { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["penstock.yaml"] = Project,
        ["models/users.yaml"] = Users,
        ["destinations/braze-users.yaml"] = Braze,
        ["data/users.csv"] = UserRows,
        ["data/purchases.csv"] = PurchaseRows,
        [".gitignore"] = "# The workspace: what Penstock knows of the far end. It belongs to this machine.\n.penstock/\n",
    };

    private const string Project =
        """
        # The project: its name, and the systems it connects to. Check it with `penstock validate`.
        project: Starter
        time_zone: UTC                     # the zone in which days begin, such as America/Sao_Paulo

        apps:
          # Where the data comes from. For a database of your own, with the password in an environment variable:
          #   shop: { type: postgres, host: localhost, database: shop, user: shop, password: "${env:SHOP_PASSWORD}" }
          shop: { type: csv, folder: data }

          # Where it goes. To try without an account, run `penstock simulate braze --port 4010`, and write http://localhost:4010 for US-01.
          braze: { type: braze, endpoint: US-01, api_key: "${env:BRAZE_API_KEY}" }

        """;

    private const string Users =
        """
        # A model: one record per user.
        model: users
        name: Users
        sources:
          - table: users.csv               # the primary source: one record per row
            app: shop
            primary_key: id
            properties:
              user_id: id                  # property: column
              email: { column: email, type: email }
              first_name: first_name
              last_name: last_name
          - table: purchases.csv           # a secondary source: many rows per record, added up where the data is
            join: { user_id: user_id }     # its column: a property of the model
            where: [ { column: state, equals: successful } ]
            properties:
              ltv: { sum: price }
              purchase_count: { count: id }
              last_category: { latest: category, by: created_at }
        properties:
          full_name: { expression: "first_name || ' ' || last_name" }
        groups:
          big_spenders:
            name: Big spenders
            all:                           # or any: / none:, nested at will
              - { property: ltv, greater_than: 100 }
              - { property: purchase_count, at_least: 2 }

        """;

    private const string Braze =
        """
        # A destination: one way of sending a model's records. See what would be sent with `penstock plan`, send it with `penstock run`.
        destination: braze_users
        app: braze
        model: users                       # all records; add  group: big_spenders  to send only its members
        sync_mode: additive                # additive never removes; sync removes too, enrich only updates what exists
        mapping: { external_id: user_id, email: email, first_name: first_name, last_name: last_name }
        custom: { ltv: ltv, purchases: purchase_count, last_category: last_category }
        groups:
          - { group: big_spenders, segment_attribute: penstock_groups }

        """;

    private const string UserRows =
        """
        id,email,first_name,last_name
        1,ana@example.com,Ana,Silva
        2,bruno@example.com,Bruno,Costa
        3,carla@example.com,Carla,Souza

        """;

    private const string PurchaseRows =
        """
        id,user_id,price,category,state,created_at
        1,1,80.00,Books,successful,2026-01-05T10:00:00Z
        2,1,45.50,Garden,successful,2026-02-11T16:30:00Z
        3,2,19.90,Books,successful,2026-02-12T09:15:00Z
        4,2,300.00,Automotive,failed,2026-02-13T11:45:00Z

        """;
}
