using System.Text;
using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Testing;

namespace Penstock.Engine.Tests.Configuration;

public sealed class ProblemTests
{
    // What is changed in the example, and what to.
    private static readonly (string Before, string After)[] Mistakes =
    [
        // The files as such.
        ("project: Shop", "project:"),
        ("project: Shop", "projekt: Shop"),
        ("time_zone: America/Sao_Paulo", "time_zone: America/Sao_Paolo"),
        ("time_zone: America/Sao_Paulo", "timezone: UTC"),
        ("time_zone: America/Sao_Paulo", "default_country: Brazil"),
        ("name: Users\n", "name: Users\nname: People\n"),
        ("password: \"${env:SHOP_PASSWORD}\"", "password: ${env:SHOP_PASSWORD}"),

        // Apps.
        ("type: sqlite", "type: sqlte"),
        ("type: sqlite", "type: oracle"),
        ("{ type: sqlite, file: shop.db }", "{ file: shop.db }"),
        ("database: shop, ", ""),
        ("host: localhost", "host: localhost, prot: 5433"),
        ("host: localhost", "host: localhost, port: many"),
        ("host: localhost", "host: [localhost]"),
        ("endpoint: US-01", "endpoint: US-99"),
        ("\"${env:BRAZE_API_KEY}\"", "tops3cret"),
        ("\"${env:BRAZE_API_KEY}\"", "\"${BRAZE_API_KEY}\""),
        ("local: { type", "lo-cal: { type"),
        ("local: { type", "Shop: { type"),

        // Sources.
        ("    primary_key: id\n", ""),
        ("    join: { user_id: user_id }", "    primary_key: id"),
        ("    join: { user_id: user_id }       # its column: a property of the model\n", ""),
        ("join: { user_id: user_id }", "join: { user_id: userid }"),
        ("join: { user_id: user_id }", "join: { user_id: ltv }"),
        ("join: { user_id: user_id }", "join: { user_id: summary }"),
        ("    table: purchases ", "    query: select 1 from purchases\n    table: purchases "),
        ("    table: purchases ", "    query: delete from a; select 1 "),
        ("    table: purchases                 # or  query: |  select …\n    app: shop", "    table: purchases\n    app: shoop"),
        ("    table: purchases                 # or  query: |  select …\n    app: shop", "    table: purchases\n    app: braze"),
        ("equals: successful", "equal: successful"),
        ("equals: successful", "in: successful"),
        ("    where: [", "    timeout: soon\n    where: ["),

        // Properties.
        ("type: email", "type: mail"),
        ("ltv: { sum: price }", "ltv: { summ: price }"),
        ("ltv: { sum: price }", "ltv: { sum: price, max: price }"),
        ("{ latest: category, by: created_at }", "{ latest: category }"),
        ("ltv: { sum: price }", "ltv: { sum: price, limit: 5 }"),
        ("ltv: { sum: price }", "ltv: { list: price, limit: 0 }"),
        ("ltv: { sum: price }", "ltv: { list: price, type: decimal }"),
        ("      first_name: first_name", "      first_name: { max: first_name }"),
        ("      first_name: first_name", "      Email: first_name\n      first_name: first_name"),
        ("first_name || ' ' || last_name", "first_name; drop table users"),
        ("first_name || ' ' || last_name", "first_name || 'x"),
        ("first_name || ' ' || last_name", "lower(first_name) || las_name"),
        ("      last_name: last_name\n", ""),
        ("first_name || ' ' || last_name", "full_name || last_name"),
        ("name: Users\n", "name: Users\nidentity: uid\n"),
        ("name: Users\n", "name: Users\ndisplay: mail\n"),

        // Groups.
        ("property: ltv, greater_than: 100", "property: lvt, greater_than: 100"),
        ("property: ltv, greater_than: 100", "property: ltv, greater: 100"),
        ("property: ltv, greater_than: 100", "greater_than: 100"),
        ("property: ltv, greater_than: 100", "member_of: vip"),
        ("property: ltv, greater_than: 100", "member_of: high_value_automotive"),
        ("property: ltv, greater_than: 100", "property: ltv, between: [1, 2, 3]"),
        ("within: 60 days", "within: sixty days"),
        ("property: ltv, greater_than: 100", "property: email, greater_than: 100"),
        ("property: ltv, greater_than: 100", "property: purchase_count, within: 3 days"),
        ("property: ltv, greater_than: 100", "property: purchase_count, greater_than: many"),
        ("property: ltv, greater_than: 100", "property: email, matches: '(a'"),
        ("property: ltv, greater_than: 100", "property: email, matches: '(a)\\1'"),

        // Destinations.
        ("model: users                         # all", "model: user                         # all"),
        ("app: braze\n", "app: brase\n"),
        ("app: braze\n", "app: shop\n"),
        ("app: braze\n", "app: braze\nkind: people\n"),
        ("sync_mode: sync  ", "sync_mode: full  "),
        ("sync_mode: sync                      # sync | additive | enrich\n", ""),
        ("sync_mode: sync  ", "removal: burn\nsync_mode: sync  "),
        ("sync_mode: sync  ", "removal: clear\nsync_mode: enrich  "),
        ("sync_mode: sync  ", "guards: { removals: 10 }\nsync_mode: sync  "),
        ("sync_mode: sync  ", "group: everybody\nsync_mode: sync  "),
        ("sync_mode: sync  ", "options: { object_cup: 50 }\nsync_mode: sync  "),
        ("external_id: user_id, ", ""),
        ("email: email, first", "e_mail: email, first"),
        ("email: email, first", "email: mail, first"),
        ("email: email, first", "email: emial, first"),
        ("email: email, first", "dob: email, first"),
        ("email: email, first", "email: { property: email, value: x }, first"),
        ("email: email, first", "email: { property: email, nulls: ignore }, first"),
        ("email: email, first", "email_open_tracking_disabled: { value: 7.5 }, first"),
        ("email: email, first", "dob: { value: soon, default: x }, first"),
        ("email: email, first", "email: [email], first"),
        ("custom:  { ltv: ltv", "custom:  { braze_id: ltv"),
        ("custom:  { ltv: ltv", "custom:  { dob: ltv"),
        ("custom:  { ltv: ltv", "custom:  { email: ltv"),
        ("custom:  { ltv: ltv", "custom:  { $ltv: ltv"),
        ("subscription_group: 3b5c9a1e-0000-4000-8000-0123456789ab", "subscription_group: 3b5c…-uuid"),
        ("segment_attribute: penstock_groups", "segment_atribute: penstock_groups"),
        ("segment_attribute: penstock_groups", "segment_attribute: ltv"),
        ("segment_attribute: penstock_groups", "segment_attribute: penstock_groups, leaving: stay"),
        ("0123456789ab }", "0123456789ab, leaving: unsubscribed }"),
        ("segment_attribute: penstock_groups", "subscription_group: 3b5c9a1e-0000-4000-8000-0123456789ab"),
        ("group: high_value_automotive, segment", "group: high_value, segment"),
    ];

    [Fact]
    public void Each_mistake_is_named_with_its_place_and_what_to_do()
    {
        var text = new StringBuilder();
        foreach (var (before, after) in Mistakes)
        {
            var reading = ShopProject.With(before, after);
            reading.Problems.ShouldNotBeEmpty();
            reading.Problems.ShouldAllBe(problem => problem.File != null && (problem.Line > 0 || problem.Code == "project.missing"));
            (reading.Project is null).ShouldBe(reading.Problems.Any(problem => problem.Severity == Severity.Error));
            text.Append($"{Written(before)} -> {Written(after)}\n");
            foreach (var problem in reading.Problems)
                text.Append($"  {problem.Severity.ToString().ToLowerInvariant()} {problem.Code}\n  {problem}\n");
            text.Append('\n');
        }

        Golden.Match(text.ToString(), "mistakes.txt");
    }

    private static string Written(string text) => text.Length == 0 ? "(nothing)" : text.Trim().ReplaceLineEndings(" / ");

    [Fact]
    public void Every_problem_is_reported_at_once()
    {
        var files = ShopProject.Files;
        files["penstock.yaml"] = files["penstock.yaml"].Replace("database: shop, ", "", StringComparison.Ordinal);
        files["models/users.yaml"] = files["models/users.yaml"].Replace("property: ltv", "property: lvt", StringComparison.Ordinal);
        const string Braze = "destinations/braze-users.yaml";
        files[Braze] = files[Braze].Replace("language: language", "tongue: language", StringComparison.Ordinal);

        ShopProject.Read(files).Problems.Select(problem => (problem.File, problem.Code)).ShouldBe(
        [
            (Braze, "mapping.unknown_field"), ("models/users.yaml", "reference.unknown"), ("penstock.yaml", "option.missing"),
        ]);
    }

    [Fact]
    public void A_problem_of_one_thing_does_not_bring_problems_of_those_that_refer_to_it()
    {
        ShopProject.Only(ShopProject.With("ltv: { sum: price }", "ltv: { sum: price, order: asc }")).Code.ShouldBe("property.aggregate");
        ShopProject.Only(ShopProject.With("type: braze, ", "type: brave, ")).Code.ShouldBe("app.unknown_type");
    }

    [Fact]
    public void What_a_destination_does_not_take_is_a_problem()
    {
        var files = ShopProject.Files;
        files["apps.yaml"] = "apps: { out: { type: file, file: out.ndjson } }";
        files["destinations/out.yaml"] = """
            destination: out
            app: out
            model: users
            sync_mode: sync
            group: others
            removal: delete
            mapping: { key: user_id }
            custom: { a: ltv }
            groups: [ { group: high_value_automotive, list: x } ]
            options: { path: x }
            """;
        files["models/others.yaml"] = """
            model: accounts
            sources: [ { table: accounts, app: shop, primary_key: id, properties: { id: id } } ]
            groups: { others: [ { property: id, exists: true } ] }
            """;

        var problems = ShopProject.Read(files).Problems;

        Golden.Match(string.Join('\n', problems), "destination-takes-little.txt");
    }

    [Fact]
    public void Types_learnt_from_the_columns_are_checked_too()
    {
        var project = ShopProject.Read(ShopProject.Files).Project.ShouldNotBeNull();
        var types = project.Models[0].Properties.ToDictionary(property => property.Id, _ => DataType.Of(DataKind.String));
        types["ltv"] = DataKind.Json;
        types["email"] = DataKind.Integer;
        types["last_purchase_date"] = DataKind.Boolean;
        var model = new ResolvedModel(project.Models[0], types, [DataKind.Integer], new Dictionary<string, IReadOnlyList<DataType>>());

        TypeCheck.Run(project, model, FakeConnectors.Catalog).Select(problem => (problem.Code, problem.Line)).ShouldBe(
            [("mapping.type", 6), ("rule.operator_unfit", 30), ("rule.operator_unfit", 31)]);
    }

    [Fact]
    public void A_literal_secret_is_never_shown()
    {
        foreach (var after in (string[])["tops3cret", "\"tops3cret${x}\"", "[tops3cret]", "\"${tops3cret\""])
        {
            var reading = ShopProject.With("\"${env:BRAZE_API_KEY}\"", after);
            reading.Problems.ShouldNotBeEmpty();
            reading.Problems.ShouldAllBe(problem => !problem.ToString().Contains("tops3cret", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_code_is_declared_once_with_its_meaning_and_what_to_do()
    {
        var codes = ProblemCode.In(typeof(ConfigurationProblems).Assembly);

        codes.ShouldContain(ConfigurationProblems.UnknownKey);
        ProblemReference.Write(codes).ShouldContain("| `key.unknown` | error | A key is not known in this place. |");
        codes.ShouldAllBe(code => code.Meaning.EndsWith('.') && code.ToDo.EndsWith('.'));
    }
}
