using Penstock.Contract;
using Penstock.Engine.Configuration;
using Penstock.Engine.Refreshing;

namespace Penstock.Engine.Tests.Refreshing;

public sealed class ModelResolverTests
{
    private static readonly Table Users = new(new Identifier("public", "users"))
    {
        Written = "users",
        Columns =
        [
            new("id", DataKind.Integer, Transport.Integer, "bigint"),
            new("email", DataKind.String, Transport.Text, "text"),
            new("born", DataKind.Date, Transport.Date, "date"),
            new("tags", new DataType(DataKind.String, true), Transport.Json, "text[]"),
        ],
    };

    private static readonly Table Purchases = new(new Identifier("public", "purchases"))
    {
        Written = "purchases",
        Columns =
        [
            new("user_id", DataKind.Integer, Transport.Integer, "integer"),
            new("price", DataKind.Decimal, Transport.Decimal, "numeric(10,2)"),
            new("weight", DataKind.Float, Transport.Float, "double precision"),
            new("quantity", DataKind.Integer, Transport.Integer, "integer"),
            new("category", DataKind.String, Transport.Text, "text"),
            new("created_at", DataKind.Timestamp, Transport.Timestamp, "timestamptz"),
        ],
    };

    [Fact]
    public async Task Types_come_from_the_columns_and_their_aggregates()
    {
        var resolution = await ResolveAsync(Model(
            Of("user_id", "users", "id"),
            Of("email", "users", "email") with { Type = DataKind.Email },
            Of("born", "users", "born"),
            Of("tags", "users", "tags"),
            Of("ltv", "purchases", "price", AggregateKind.Sum),
            Of("items", "purchases", "quantity", AggregateKind.Sum),
            Of("heft", "purchases", "weight", AggregateKind.Sum),
            Of("mean_items", "purchases", "quantity", AggregateKind.Average),
            Of("mean_weight", "purchases", "weight", AggregateKind.Average),
            Of("count", "purchases", "category", AggregateKind.Count),
            Of("kinds", "purchases", "category", AggregateKind.CountDistinct),
            Of("first", "purchases", "created_at", AggregateKind.Min),
            Of("latest", "purchases", "category", AggregateKind.Latest, "created_at"),
            Of("all", "purchases", "category", AggregateKind.List),
            new Property("full") { Expression = "email || 'x'" },
            new Property("declared") { Expression = "1", Type = DataKind.Decimal }));

        resolution.Problems.ShouldBeEmpty();
        var model = resolution.OrThrow();
        string.Join('\n', model.Types.Select(pair => $"{pair.Key} {pair.Value}")).ShouldBe(
            """
            user_id integer
            email email
            born date
            tags string[]
            ltv decimal
            items integer
            heft float
            mean_items decimal
            mean_weight float
            count integer
            kinds integer
            first timestamp
            latest string
            all string[]
            declared decimal
            """);
        model.KeyTypes.ShouldBe([DataKind.Integer]);
        model.JoinTypes["purchases"].ShouldBe([DataKind.Integer]);
    }

    [Fact]
    public async Task A_renamed_column_is_named_with_its_place_and_what_may_be_meant()
    {
        var place = new Position("models/users.yaml", 12, "models.users.properties.mail");
        var resolution = await ResolveAsync(Model(Of("user_id", "users", "id"), Of("mail", "users", "emial") with { Position = place }));

        resolution.Model.ShouldBeNull();
        resolution.Problems.ShouldHaveSingleItem().ToString().ShouldBe(
            "models/users.yaml:12: models.users.properties.mail: `users` has no column `emial` (column). Did you mean `email`?");
    }

    [Fact]
    public async Task A_dropped_table_is_named_with_those_there_are()
    {
        var model = Model(Of("user_id", "users", "id"));
        var renamed = model with { Sources = [model.Primary with { Table = "user" }, .. model.Sources.Skip(1)] };
        var resolution = await ResolveAsync(renamed);

        var problem = resolution.Problems.ShouldHaveSingleItem();
        problem.Code.ShouldBe("model.unknown_table");
        problem.ToString().ShouldBe("The app `shop` has no table `user`, or its user may not see it. Did you mean `users`?");
        Should.Throw<PenstockException>(() => resolution.OrThrow()).Problem.Code.ShouldBe("model.unknown_table");
    }

    [Fact]
    public async Task A_column_retyped_so_that_every_value_would_be_lost_stops_the_run()
    {
        var resolution =
            await ResolveAsync(Model(Of("user_id", "users", "id"), Of("age", "users", "born") with { Type = DataKind.Integer }));
        resolution.Problems.ShouldHaveSingleItem().ToString().ShouldBe(
            "The property `age` is of type integer, which no value of the column `born` (date) of `users` can become. "
            + "Say `type: date`, leave the type out, or take another column.");
    }

    [Fact]
    public async Task All_problems_come_at_once()
    {
        var model = Model(
            Of("user_id", "users", "idd"),
            Of("sum", "purchases", "category", AggregateKind.Sum),
            Of("last", "purchases", "price", AggregateKind.Latest, "created"));
        model = model with
        {
            Sources =
            [
                model.Primary with { PrimaryKey = ["key"] },
                model.Sources[1] with
                {
                    Join = [new JoinColumn("user", "user_id")],
                    Where = [new SourceFilter("state", FilterOperator.Exists, [])],
                },
            ],
        };

        var resolution = await ResolveAsync(model);

        resolution.Problems.Select(problem => problem.Message).ShouldBe(
            [
                "`users` has no column `idd` (column).",
                "The sum of the column `category` (text) of `purchases` has no type of its own.",
                "`purchases` has no column `created` (order).",
                "`users` has no column `key` (primary key).",
                "`purchases` has no column `user` (join).",
                "`purchases` has no column `state` (where).",
            ],
            ignoreOrder: true);
        Should.Throw<PenstockException>(() => resolution.OrThrow())
            .Problem.Message.ShouldEndWith("(5 more: see penstock validate --connect)");
    }

    [Fact]
    public async Task A_join_that_can_never_match_is_a_problem()
    {
        var model = Model(Of("user_id", "users", "id"));
        model = model with { Sources = [model.Primary, model.Sources[1] with { Join = [new JoinColumn("created_at", "user_id")] }] };
        var resolution = await ResolveAsync(model);
        resolution.Problems.ShouldHaveSingleItem().Message.ShouldBe(
            "The column `created_at` (timestamptz) of `purchases` can never equal the property `user_id`, which is of type integer.");
    }

    [Fact]
    public async Task A_query_is_described_without_being_read_and_its_error_has_a_place()
    {
        var place = new Position("models/users.yaml", 3, "models.users.sources.users");
        var model = Model(Of("user_id", "users", "id"));
        var good = model with { Sources = [model.Primary with { Table = null, Query = "SELECT id FROM users" }] };
        (await ResolveAsync(good)).OrThrow().Types["user_id"].ShouldBe(DataKind.Integer);

        var bad = model with { Sources = [model.Primary with { Table = null, Query = "SELECT id FROM broken", Position = place }] };
        (await ResolveAsync(bad)).Problems.ShouldHaveSingleItem().ToString().ShouldBe(
            "models/users.yaml:3: models.users.sources.users: The table 'broken' does not exist.");
    }

    [Fact]
    public async Task A_source_out_of_reach_is_no_problem_of_the_configuration()
    {
        var model = Model(Of("user_id", "users", "id"), Of("ltv", "purchases", "prize", AggregateKind.Sum));
        var resolution = await ModelResolver.ResolveAsync(
            model,
            source => source.Name == "users"
                ? throw new ConnectionException(ConnectionFault.Refused, new Problem("connection.refused", "Nothing listens there."))
                : Shop().Open(),
            TestContext.Current.CancellationToken);

        resolution.Unreachable.ShouldHaveSingleItem().Fault.ShouldBe(ConnectionFault.Refused);
        resolution.Problems.ShouldHaveSingleItem().Message.ShouldBe("`purchases` has no column `prize` (column).");
        Should.Throw<ConnectionException>(() => resolution.OrThrow());
    }

    private static Property Of(string id, string source, string column, AggregateKind aggregate = AggregateKind.Exact, string? by = null) =>
        new(id)
        {
            Source = source,
            Column = new SelectedColumn { Name = id, Column = column, Aggregate = aggregate, By = by },
        };

    private static Model Model(params Property[] properties) => new("users")
    {
        Sources =
        [
            new Source("users", "shop") { Table = "users", PrimaryKey = ["id"] },
            new Source("purchases", "shop") { Table = "purchases", Join = [new JoinColumn("user_id", "user_id")] },
        ],
        Properties = properties,
    };

    private static FakeSource Shop() => new(Users.Columns, (_, _) => throw new InvalidOperationException("Resolving reads no rows."))
    {
        Tables = { ["users"] = Users, ["purchases"] = Purchases },
    };

    private static Task<Resolution> ResolveAsync(Model model)
    {
        var shop = Shop();
        return ModelResolver.ResolveAsync(model, _ => shop.Open(), TestContext.Current.CancellationToken);
    }
}
