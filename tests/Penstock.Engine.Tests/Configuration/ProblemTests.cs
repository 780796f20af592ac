using Penstock.Contract;
using Penstock.Engine.Configuration;

namespace Penstock.Engine.Tests.Configuration;

public sealed class ProblemTests
{
    /// <summary>What is changed in the example, what to, and the one problem that it then has: code and full text.</summary>
    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        // The files as such.
        { "project: Shop", "project:", "key.missing", "penstock.yaml:2: `project:` is missing. Write its name after `project:`." },
        { "project: Shop", "projekt: Shop", "key.unknown", "penstock.yaml:2: projekt: The key `projekt` is not known at the top of a file. It takes: `apps`, `models`, `destinations`." },
        { "time_zone: America/Sao_Paulo", "time_zone: America/Sao_Paolo", "value.invalid", "penstock.yaml:3: time_zone: There is no time zone `America/Sao_Paolo`. Did you mean `America/Sao_Paulo`?" },
        { "time_zone: America/Sao_Paulo", "timezone: UTC", "key.unknown", "penstock.yaml:3: timezone: The key `timezone` is not known at the top of a file. Did you mean `time_zone`?" },
        { "time_zone: America/Sao_Paulo", "default_country: Brazil", "value.invalid", "penstock.yaml:3: default_country: `default_country:` takes an ISO 3166 country of two letters such as `BR`, not `Brazil`." },
        { "name: Users\n", "name: Users\nname: People\n", "file.duplicate_key", "models/users.yaml:4: The key `name` is written twice in the same place. Keep one of them." },
        { "password: \"${env:SHOP_PASSWORD}\"", "password: ${env:SHOP_PASSWORD}", "file.syntax", "" },

        // Apps.
        { "type: sqlite", "type: sqlte", "app.unknown_type", "penstock.yaml:6: apps.local.type: There is no connector of type `sqlte`. Did you mean `sqlite`?" },
        { "type: sqlite", "type: oracle", "app.unknown_type", "penstock.yaml:6: apps.local.type: There is no connector of type `oracle`. There are: `braze`, `csv`, `file`, `postgres`, `sqlite`." },
        { "{ type: sqlite, file: shop.db }", "{ file: shop.db }", "key.missing", "penstock.yaml:6: apps.local: `type:` is missing. There are: `braze`, `csv`, `file`, `postgres`, `sqlite`." },
        { "database: shop, ", "", "option.missing", "penstock.yaml:5: apps.shop: The option `database` (Database) is missing. The database's name." },
        { "host: localhost", "host: localhost, prot: 5433", "option.unknown", "penstock.yaml:5: apps.shop.prot: PostgreSQL has no option `prot`. Did you mean `port`?" },
        { "host: localhost", "host: localhost, port: many", "option.invalid", "penstock.yaml:5: apps.shop.port: 'many' is not good for the option 'port': expected a whole number." },
        { "host: localhost", "host: [localhost]", "option.invalid", "penstock.yaml:5: apps.shop.host: The option `host` takes a single value, not a list." },
        { "endpoint: US-01", "endpoint: US-99", "option.invalid", "penstock.yaml:7: apps.braze.endpoint: 'US-99' is not good for the option 'endpoint': expected an absolute address such as https://example.com. Use one of: US-01, EU-01." },
        { "\"${env:BRAZE_API_KEY}\"", "tops3cret", "secret.literal", "penstock.yaml:7: apps.braze.api_key: The credential `api_key` is written out in the file. Write \"${env:BRAZE_API_KEY}\" here, and set BRAZE_API_KEY where penstock runs." },
        { "\"${env:BRAZE_API_KEY}\"", "\"${BRAZE_API_KEY}\"", "secret.invalid_reference", "penstock.yaml:7: apps.braze.api_key: `${…}` is not a reference to a secret. Write `${env:NAME}` or `${file:PATH}`; `$$` stands for a dollar sign." },
        { "local: { type", "lo-cal: { type", "id.invalid", "penstock.yaml:6: apps.lo-cal: The app id `lo-cal` must begin with a letter and hold only letters, digits and underscores, 60 at most. Write `lo_cal`, for example; `name:` takes any text." },
        { "local: { type", "Shop: { type", "id.duplicate", "penstock.yaml:6: apps.Shop: There is another app `Shop` in penstock.yaml, line 5. Rename one of them; upper and lower case count as the same." },

        // Sources.
        { "    primary_key: id\n", "", "source.primary", "models/users.yaml:5: models.users.sources.users: The source `users` has neither `primary_key:` nor `join:`. Add `primary_key: id`, with the column that names a record." },
        { "    join: { user_id: user_id }", "    primary_key: id", "source.primary", "" },
        { "    join: { user_id: user_id }       # its column: a property of the model\n", "", "source.join", "models/users.yaml:14: models.users.sources.purchases: The secondary source `purchases` has no `join:`. Add `join: { its_column: property_of_the_model }`." },
        { "join: { user_id: user_id }", "join: { user_id: userid }", "reference.unknown", "models/users.yaml:17: models.users.sources.purchases.join.user_id: The property `userid` does not exist. Did you mean `user_id`?" },
        { "join: { user_id: user_id }", "join: { user_id: ltv }", "source.join", "models/users.yaml:17: models.users.sources.purchases.join.user_id: The join uses `ltv`, which this source gives itself. Join to a property of the primary source." },
        { "join: { user_id: user_id }", "join: { user_id: summary }", "reference.unknown", "" },
        { "    table: purchases ", "    query: select 1 from purchases\n    table: purchases ", "source.table_or_query", "models/users.yaml:14: models.users.sources.purchases: The source names both a table and a query. Give it either `table:` or `query:`." },
        { "    table: purchases ", "    query: delete from a; select 1 ", "value.invalid", "models/users.yaml:15: models.users.sources.purchases.query: The query is more than one statement. Write a single SELECT." },
        { "    table: purchases                 # or  query: |  select …\n    app: shop", "    table: purchases\n    app: shoop", "reference.unknown", "models/users.yaml:16: models.users.sources.purchases.app: The app `shoop` does not exist. Did you mean `shop`?" },
        { "    table: purchases                 # or  query: |  select …\n    app: shop", "    table: purchases\n    app: braze", "source.not_a_source", "models/users.yaml:16: models.users.sources.purchases.app: The app `braze` (Braze) can't be read from. Use one of: `shop`, `local`." },
        { "equals: successful", "equal: successful", "", "" },
        { "equals: successful", "in: successful", "value.invalid", "models/users.yaml:18: models.users.sources.purchases.where[0].in: `in:` takes a list of values, not `successful`." },
        { "    where: [", "    timeout: soon\n    where: [", "value.invalid", "models/users.yaml:18: models.users.sources.purchases.timeout: `timeout:` takes a length of time such as `30s`, `5m` or `2h`, not `soon`." },

        // Properties.
        { "type: email", "type: mail", "property.type", "models/users.yaml:10: models.users.properties.email.type: There is no type `mail`. Did you mean `email`?" },
        { "ltv: { sum: price }", "ltv: { summ: price }", "", "" },
        { "ltv: { sum: price }", "ltv: { sum: price, max: price }", "property.aggregate", "models/users.yaml:20: models.users.properties.ltv: The property `ltv` says both `sum:` and `max:`. Keep one of them." },
        { "{ latest: category, by: created_at }", "{ latest: category }", "property.aggregate", "models/users.yaml:23: models.users.properties.last_purchase_category: The property `last_purchase_category` does not say by which column `latest:` goes. Add `by:` with a column such as a time." },
        { "ltv: { sum: price }", "ltv: { sum: price, limit: 5 }", "property.aggregate", "models/users.yaml:20: models.users.properties.ltv.limit: `limit:` means nothing beside `sum:`. Take it out." },
        { "ltv: { sum: price }", "ltv: { list: price, limit: 0 }", "value.invalid", "models/users.yaml:20: models.users.properties.ltv.limit: `limit:` takes a whole number from 1 to 10,000, not `0`." },
        { "ltv: { sum: price }", "ltv: { list: price, type: decimal }", "property.type", "models/users.yaml:20: models.users.properties.ltv.type: The property `ltv` can't be of type `decimal`. A list is an array; write `decimal[]`." },
        { "      first_name: first_name", "      first_name: { max: first_name }", "property.aggregate", "models/users.yaml:11: models.users.properties.first_name: The primary source gives one row per record: `max:` has nothing to work on. Use `column:`, or put the property under a secondary source." },
        { "      first_name: first_name", "      Email: first_name\n      first_name: first_name", "id.duplicate", "models/users.yaml:11: models.users.properties.Email: There is another property `Email` in models/users.yaml, line 10. Rename one of them; upper and lower case count as the same." },
        { "first_name || ' ' || last_name", "first_name; drop table users", "property.expression", "models/users.yaml:25: models.users.properties.full_name: The expression holds a semicolon. Write a single value, such as `first_name || ' ' || last_name`." },
        { "first_name || ' ' || last_name", "first_name || 'x", "property.expression", "models/users.yaml:25: models.users.properties.full_name: A quote in the expression is not closed. Write a single value, such as `first_name || ' ' || last_name`." },
        { "first_name || ' ' || last_name", "lower(first_name) || las_name", "property.expression_name", "models/users.yaml:25: models.users.properties.full_name: The expression uses `las_name`, which is no property of the model. Did you mean `last_name`?" },
        { "      last_name: last_name\n", "", "property.expression_name", "models/users.yaml:24: models.users.properties.full_name: The expression uses `last_name`, which is no property of the model. Did you mean `first_name`?" },
        { "first_name || ' ' || last_name", "full_name || last_name", "reference.cycle", "models/users.yaml:25: models.users.properties.full_name: Properties need each other in a circle: `full_name` → `full_name`. Take one of these references out." },
        { "name: Users\n", "name: Users\nidentity: uid\n", "reference.unknown", "models/users.yaml:4: models.users.identity: The property `uid` does not exist. There are: `user_id`, `email`, `first_name`, `last_name`, `language`, `ltv`, `purchase_count`, `last_purchase_date`, `last_purchase_category`, `full_name`." },

        // Groups.
        { "property: ltv, greater_than: 100", "property: lvt, greater_than: 100", "reference.unknown", "models/users.yaml:30: models.users.groups.high_value_automotive.all[0].greater_than: The property `lvt` does not exist. Did you mean `ltv`?" },
        { "property: ltv, greater_than: 100", "property: ltv, greater: 100", "", "" },
        { "property: ltv, greater_than: 100", "greater_than: 100", "key.missing", "models/users.yaml:30: models.users.groups.high_value_automotive.all[0]: The rule with `greater_than:` names no property. Add `property:`." },
        { "property: ltv, greater_than: 100", "member_of: vip", "reference.unknown", "models/users.yaml:30: models.users.groups.high_value_automotive.all[0].member_of: The group `vip` does not exist. There are: `high_value_automotive`." },
        { "property: ltv, greater_than: 100", "member_of: high_value_automotive", "reference.cycle", "models/users.yaml:27: models.users.groups.high_value_automotive: Groups depend on each other in a circle: `high_value_automotive` → `high_value_automotive`. Take one of these memberships out." },
        { "property: ltv, greater_than: 100", "property: ltv, between: [1, 2, 3]", "rule.value", "models/users.yaml:30: models.users.groups.high_value_automotive.all[0].between: `between:` takes two values, `[low, high]`, not a list." },
        { "within: 60 days", "within: sixty days", "rule.value", "models/users.yaml:31: models.users.groups.high_value_automotive.all[1].within: `within:` takes a length such as `60 days`, `2 weeks` or `1 month`, not `sixty days`." },
        { "property: ltv, greater_than: 100", "property: email, greater_than: 100", "rule.operator_unfit", "models/users.yaml:30: models.users.groups.high_value_automotive.all[0].greater_than: `greater_than:` does not fit `email`, which is of type `email`. Its operators are: `equals`, `not_equals`, `in`, `not_in`, `exists`, `not_exists`, `is_empty`, `is_not_empty`, `contains`, `not_contains`, `starts_with`, `ends_with`, `like`, `not_like`, `ilike`, `not_ilike`, `matches`, `not_matches`." },
        { "property: ltv, greater_than: 100", "property: purchase_count, within: 3 days", "rule.operator_unfit", "models/users.yaml:30: models.users.groups.high_value_automotive.all[0].within: `within:` does not fit `purchase_count`, which is of type `integer`. Its operators are: `equals`, `not_equals`, `greater_than`, `at_least`, `less_than`, `at_most`, `between`, `in`, `not_in`, `exists`, `not_exists`, `is_empty`, `is_not_empty`." },
        { "property: ltv, greater_than: 100", "property: purchase_count, greater_than: many", "rule.value", "models/users.yaml:30: models.users.groups.high_value_automotive.all[0].greater_than: `many` is no value of `purchase_count`, which is of type `integer`. Write a number." },
        { "property: ltv, greater_than: 100", "property: email, matches: '(a'", "rule.pattern", "" },
        { "property: ltv, greater_than: 100", "property: email, matches: '(a)\\1'", "rule.pattern", "models/users.yaml:30: models.users.groups.high_value_automotive.all[0].matches: The regular expression is not valid: it uses back-references or look-around. Write it in RE2's syntax." },

        // Destinations.
        { "model: users                         # all", "model: user                         # all", "reference.unknown", "destinations/braze-users.yaml:4: destinations.braze_users.model: The model `user` does not exist. Did you mean `users`?" },
        { "app: braze\n", "app: brase\n", "reference.unknown", "destinations/braze-users.yaml:3: destinations.braze_users.app: The app `brase` does not exist. Did you mean `braze`?" },
        { "app: braze\n", "app: shop\n", "destination.not_a_destination", "destinations/braze-users.yaml:3: destinations.braze_users.app: The app `shop` (PostgreSQL) can't be sent to. Use an app whose connector has destinations; `penstock connectors` shows which." },
        { "app: braze\n", "app: braze\nkind: people\n", "reference.unknown", "destinations/braze-users.yaml:4: destinations.braze_users.kind: The kind of destination `people` does not exist. There are: `users`." },
        { "sync_mode: sync  ", "sync_mode: full  ", "destination.sync_mode", "destinations/braze-users.yaml:5: destinations.braze_users.sync_mode: There is no sync mode `full`. It offers: `sync`, `additive`, `enrich`." },
        { "sync_mode: sync                      # sync | additive | enrich\n", "", "key.missing", "destinations/braze-users.yaml:2: destinations.braze_users: `sync_mode:` is missing. Write one of: `sync`, `additive`, `enrich`." },
        { "sync_mode: sync  ", "removal: burn\nsync_mode: sync  ", "destination.removal", "destinations/braze-users.yaml:5: destinations.braze_users.removal: Users does not offer the removal `burn`. It offers: `delete`, `clear`, `leave`." },
        { "sync_mode: sync  ", "removal: clear\nsync_mode: enrich  ", "destination.removal_unused", "destinations/braze-users.yaml:5: destinations.braze_users.removal: `removal:` has no effect: only the sync mode `sync` removes. Write `sync_mode: sync`, or take `removal:` out." },
        { "sync_mode: sync  ", "guards: { removals: 10 }\nsync_mode: sync  ", "value.invalid", "destinations/braze-users.yaml:5: destinations.braze_users.guards.removals: `removals:` takes a share such as `10%` or `0.1`, not `10`." },
        { "sync_mode: sync  ", "group: everybody\nsync_mode: sync  ", "reference.unknown", "destinations/braze-users.yaml:5: destinations.braze_users.group: The group `everybody` does not exist. There are: `high_value_automotive`." },
        { "sync_mode: sync  ", "options: { object_cup: 50 }\nsync_mode: sync  ", "option.unknown", "destinations/braze-users.yaml:5: destinations.braze_users.options.object_cup: Users has no option `object_cup`. Did you mean `object_cap`?" },
        { "external_id: user_id, ", "", "mapping.key_missing", "destinations/braze-users.yaml:6: destinations.braze_users.mapping: The field `external_id`, which names a record there, is not mapped. Add `external_id: user_id` under `mapping:`." },
        { "email: email, first", "e_mail: email, first", "mapping.unknown_field", "destinations/braze-users.yaml:6: destinations.braze_users.mapping.e_mail: Users has no field `e_mail`. Did you mean `email`? For a custom attribute of your own, put it under `custom:`." },
        { "email: email, first", "email: mail, first", "reference.unknown", "" },
        { "email: email, first", "email: emial, first", "reference.unknown", "destinations/braze-users.yaml:6: destinations.braze_users.mapping.email: The property `emial` does not exist. Did you mean `email`?" },
        { "email: email, first", "dob: email, first", "mapping.type", "destinations/braze-users.yaml:6: destinations.braze_users.mapping.dob: The property `email` is of type `email`, the field `dob` takes `date`. Map another property, or calculate one of type `date`." },
        { "email: email, first", "email: { property: email, value: x }, first", "key.conflict", "destinations/braze-users.yaml:6: destinations.braze_users.mapping.email: The field `email` has both a property and a constant. Write either `property:` or `value:`." },
        { "email: email, first", "email: { property: email, nulls: ignore }, first", "value.invalid", "destinations/braze-users.yaml:6: destinations.braze_users.mapping.email.nulls: `nulls:` takes `clear` or `keep`, not `ignore`." },
        { "custom:  { ltv: ltv", "custom:  { braze_id: ltv", "mapping.custom_name", "destinations/braze-users.yaml:7: destinations.braze_users.custom.braze_id: `braze_id` is reserved and can't be a custom attribute. Choose another name." },
        { "custom:  { ltv: ltv", "custom:  { dob: ltv", "mapping.custom_name", "destinations/braze-users.yaml:7: destinations.braze_users.custom.dob: `dob` is a known field of Users. Put it under `mapping:`." },
        { "custom:  { ltv: ltv", "custom:  { email: ltv", "mapping.duplicate_field", "destinations/braze-users.yaml:7: destinations.braze_users.custom.email: The field `email` is under `mapping:` and under `custom:`. Keep one of them." },
        { "custom:  { ltv: ltv", "custom:  { $ltv: ltv", "mapping.custom_name", "destinations/braze-users.yaml:7: destinations.braze_users.custom.$ltv: `$ltv` can't be the name of a custom attribute. A name can't begin with `$`." },
        { "subscription_group: 3b5c9a1e-0000-4000-8000-0123456789ab", "subscription_group: 3b5c…-uuid", "mapping.group_target", "destinations/braze-users.yaml:9: destinations.braze_users.groups[0].subscription_group: `3b5c…-uuid` is no target of `subscription_group`. It takes the subscription group's id, a UUID." },
        { "segment_attribute: penstock_groups", "segment_atribute: penstock_groups", "mapping.group_form", "destinations/braze-users.yaml:10: destinations.braze_users.groups[1].segment_atribute: Users can't show a group as `segment_atribute`. Did you mean `segment_attribute`?" },
        { "segment_attribute: penstock_groups", "segment_attribute: ltv", "mapping.duplicate_field", "destinations/braze-users.yaml:10: destinations.braze_users.groups[1].segment_attribute: `ltv` is mapped under `custom:` too. Choose another name for the segment_attribute." },
        { "segment_attribute: penstock_groups", "segment_attribute: penstock_groups, leaving: stay", "mapping.leaving", "destinations/braze-users.yaml:10: destinations.braze_users.groups[1].leaving: Leaving a segment_attribute can't mean `stay`. Leaving is just the opposite of entering there; take `leaving:` out." },
        { "0123456789ab }", "0123456789ab, leaving: unsubscribed }", "mapping.leaving", "destinations/braze-users.yaml:9: destinations.braze_users.groups[0].leaving: Leaving a subscription_group can't mean `unsubscribed`. Did you mean `unsubscribe`?" },
        { "segment_attribute: penstock_groups", "subscription_group: 3b5c9a1e-0000-4000-8000-0123456789ab", "mapping.shared_target", "destinations/braze-users.yaml:10: destinations.braze_users.groups[1].subscription_group: The group `high_value_automotive` is shown as `subscription_group: 3b5c9a1e-0000-4000-8000-0123456789ab` twice. Keep one of them." },
        { "group: high_value_automotive, segment", "group: high_value, segment", "reference.unknown", "destinations/braze-users.yaml:10: destinations.braze_users.groups[1].group: The group `high_value` does not exist. There are: `high_value_automotive`." },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_with_its_place_and_what_to_do(string before, string after, string code, string text)
    {
        var reading = ShopProject.With(before, after);

        reading.Problems.ShouldNotBeEmpty();
        reading.Problems.ShouldAllBe(problem => problem.File != null && (problem.Line > 0 || problem.Code == "project.missing"));
        (reading.Project is null).ShouldBe(reading.Problems.Any(problem => problem.Severity == Severity.Error));
        if (text.Length > 0 && code != "key.unknown")
            ShopProject.Only(reading).ToString().ShouldBe(text);
        else if (text.Length > 0)
            reading.Problems.Select(problem => problem.ToString()).ShouldContain(text);
        if (code.Length > 0)
            reading.Problems.ShouldContain(problem => problem.Code == code);
    }

    [Fact]
    public void Every_problem_is_reported_at_once()
    {
        var files = ShopProject.Files;
        files["penstock.yaml"] = files["penstock.yaml"].Replace("database: shop, ", "", StringComparison.Ordinal);
        files["models/users.yaml"] = files["models/users.yaml"].Replace("property: ltv", "property: lvt", StringComparison.Ordinal);
        files["destinations/braze-users.yaml"] = files["destinations/braze-users.yaml"].Replace("language: language", "tongue: language", StringComparison.Ordinal);

        ShopProject.Read(files).Problems.Select(problem => (problem.File, problem.Code)).ShouldBe(
        [
            ("destinations/braze-users.yaml", "mapping.unknown_field"), ("models/users.yaml", "reference.unknown"), ("penstock.yaml", "option.missing"),
        ]);
    }

    [Fact]
    public void A_problem_of_one_thing_does_not_bring_problems_of_those_that_refer_to_it()
    {
        ShopProject.Only(ShopProject.With("ltv: { sum: price }", "ltv: { sum: price, order: asc }")).Code.ShouldBe("property.aggregate");
        ShopProject.Only(ShopProject.With("type: braze, ", "type: brave, ")).Code.ShouldBe("app.unknown_type");
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
        codes.ShouldAllBe(code => code.Meaning.EndsWith('.') && code.ToDo.EndsWith('.') && code.Code.Contains('.', StringComparison.Ordinal));
    }
}
