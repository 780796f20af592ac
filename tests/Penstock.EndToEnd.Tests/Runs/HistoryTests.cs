using System.Globalization;
using System.Text.Json.Nodes;
using Penstock.Engine.Runs;
using Penstock.Simulators.Braze;

namespace Penstock.EndToEnd.Tests.Runs;

/// <summary>
/// Histories of random edits, faults, cancelled and aborted runs and changed configurations: when the faults stop, two runs bring Braze
/// to what a model in plain C# says, and a third makes no call.
/// </summary>
public sealed class HistoryTests
{
    private const int Steps = 6;
    private static readonly string[] Categories = ["Automotive", "Books", "Garden"];

    public static TheoryData<int> Seeds =>
        [.. Enumerable.Range(1, int.TryParse(Environment.GetEnvironmentVariable("PENSTOCK_ITER"), out var many) ? Math.Min(many, 200) : 6)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Braze_becomes_what_the_model_says(int seed)
    {
        var random = new Random(seed);
        await using var shop = await Shop.OpenAsync();
        var model = new Dictionary<long, Customer>();
        var mapping = shop.Files["destinations/braze.yaml"];
        for (var step = 0; step < Steps; step++)
        {
            Edit(shop, model, random);
            shop.Files["destinations/braze.yaml"] = Configured(mapping, random);
            await RunBadlyAsync(shop, random);
        }

        shop.Braze.ClearFaults();
        shop.Files["destinations/braze.yaml"] = mapping;
        await shop.RunAsync(approve: true);
        var last = await shop.RunAsync(approve: true);
        var third = await shop.RunAsync();

        last.Status.ShouldBe(RunStatus.Succeeded, last.Problem?.ToString());
        third.Destinations[0].Calls.ShouldBe(0);
        var there = shop.Braze.Profiles().Select(Written).ToList();
        var wanted = model.Select(pair => Written(pair.Key, pair.Value)).ToList();
        there.Except(wanted).ShouldBeEmpty($"seed {seed}: not in the model");
        wanted.Except(there).ShouldBeEmpty($"seed {seed}: not in Braze");
    }

    private static void Edit(Shop shop, Dictionary<long, Customer> model, Random random)
    {
        for (var i = random.Next(1, 60); i > 0; i--)
        {
            var id = random.NextInt64(1, 120);
            if (random.Next(5) == 0)
            {
                shop.Run($"DELETE FROM users WHERE id = {id}; DELETE FROM purchases WHERE user_id = {id}");
                model.Remove(id);
                continue;
            }

            var name = random.Next(3) == 0 ? null : $"Name {random.Next(4)}";
            shop.User(id, $"u{id}.{random.Next(3)}@example.com", name); // nobody shares one: Braze shares consent then
            var customer = model.TryGetValue(id, out var known) ? known : model[id] = new();
            (customer.Email, customer.Name) = (Email(shop, id), name);
            if (random.Next(3) != 0)
                continue;
            var bought = (Price: random.Next(1, 90), Category: Categories[random.Next(3)], Days: random.Next(1, 40));
            shop.Buys(id, bought.Price, bought.Category, TimeSpan.FromDays(bought.Days) + TimeSpan.FromSeconds(customer.Bought.Count));
            customer.Bought.Add((bought.Price, bought.Category, (bought.Days * 86_400) + customer.Bought.Count));
        }
    }

    private static string Email(Shop shop, long id) => shop.Read($"SELECT email FROM users WHERE id = {id}");

    private static string Configured(string mapping, Random random)
    {
        if (random.Next(3) == 0)
            mapping = mapping.Replace("sync_mode: sync", "sync_mode: additive", StringComparison.Ordinal);
        return random.Next(3) == 0 ? mapping.Replace(", greeting: greeting", "", StringComparison.Ordinal) : mapping;
    }

    private static async Task RunBadlyAsync(Shop shop, Random random)
    {
        BrazeFaultKind[] kinds = [BrazeFaultKind.None, BrazeFaultKind.Reset, BrazeFaultKind.ResetAfterApply, BrazeFaultKind.Truncate];
        var kind = kinds[random.Next(kinds.Length)];
        if (kind != BrazeFaultKind.None)
            shop.Braze.AddFault(new() { Match = "/users/", Times = random.Next(1, 12), Kind = kind });
        using var cancel = new CancellationTokenSource();
        using var abort = new CancellationTokenSource();
        var until = shop.Braze.Stats.Requests + random.Next(1, 3);
        var running = shop.RunAsync(approve: true, full: random.Next(6) == 0, cancel.Token, abort.Token);
        if (random.Next(3) == 0)
        {
            await Processes.PenstockProcess.UntilAsync(() => running.IsCompleted || shop.Braze.Stats.Requests >= until);
            await cancel.CancelAsync();
            if (random.Next(2) == 0)
                await abort.CancelAsync();
        }

        await running;
    }

    private static string Written(long id, Customer customer)
    {
        var latest = customer.Bought.Count == 0 ? null : customer.Bought.MinBy(bought => bought.SecondsAgo).Category;
        var total = customer.Bought.Sum(bought => bought.Price);
        var isIn = total > 100 && latest == "Automotive";
        return string.Create(
            CultureInfo.InvariantCulture, $"{id} {customer.Email} {customer.Name} {total} {customer.Bought.Count} {(isIn ? "in" : "out")}");
    }

    private static string Written(JsonObject profile)
    {
        var custom = profile["custom_attributes"]?.AsObject();
        var array = custom?["penstock_groups"]?.AsArray().Count > 0;
        var subscribed = profile["subscription_groups"]?[Shop.Subscription]?.GetValue<string>() == "subscribed";
        var isIn = array && subscribed ? "in" : array || subscribed ? "half in" : "out";
        return $"{profile["external_id"]} {profile["email"]} {profile["first_name"]} {custom?["ltv"]} "
            + $"{custom?["lifetime_purchases"]} {isIn}";
    }

    private sealed class Customer
    {
        public string? Email { get; set; }

        public string? Name { get; set; }

        public List<(int Price, string Category, int SecondsAgo)> Bought { get; } = [];
    }
}
