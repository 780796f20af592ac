using Penstock.Contract;
using Penstock.Engine.Compilation;
using Penstock.Engine.Configuration;
using Penstock.Engine.Runs;

namespace Penstock.Engine.Inspecting;

/// <summary>
/// Looks into models: set-based statements over the records that were loaded last, beside a run where the process shares its workspaces
/// (<see cref="RunnerSetup.Shared"/>). Takes the configuration as it is on the screen, saved or not: rules and groups need not have been
/// built, and a property that was not loaded yet is a problem in the answer, never an exception. Every answer is bounded.
/// </summary>
/// <param name="runner">The live runner, or a draft's: then the draft's data is looked at where there is some.</param>
public sealed partial class Inspector(Runner runner)
{
    private const int MostRules = 500;

    private static readonly Problem Nothing = InspectingProblems.NotLoaded.Of(
        "The model's data was not loaded yet.", InspectingProblems.NotLoaded.ToDo);

    private RunnerSetup Setup => runner.Setup;

    /// <summary>What is loaded of a model, and which of its properties have been edited since.</summary>
    /// <exception cref="PenstockException">The workspace can't be opened.</exception>
    public Task<LoadedModel> LoadedAsync(Model model, CancellationToken cancellationToken) => Reader.ReadAsync(
        Setup,
        model,
        async (reader, token) => new LoadedModel(
            reader.IsThere ? (await reader.NumbersAsync(Sql.Of($"SELECT count(*) FROM {Layout.Records}"), token))[0] : null,
            reader.Loaded.BuiltAt,
            model.Properties.DistinctBy(property => property.Id)
                .ToDictionary(property => property.Id, property => reader.Loaded.StateOf(model, property), StringComparer.Ordinal),
            Setup.Live is not null && Drafts.Has(Setup, model.Id))
        {
            Types = reader.Loaded.Types(model),
        },
        cancellationToken);

    /// <summary>Counts the records that a rule holds for, and each rule inside of it on its own, in one statement.</summary>
    /// <param name="project">Its time zone counts.</param>
    /// <param name="model">The model, with the groups that the rule may name.</param>
    /// <param name="rule">The rule, which may be half written.</param>
    /// <param name="cancellationToken">Stops counting.</param>
    /// <exception cref="PenstockException">The workspace can't be opened.</exception>
    public Task<GroupCount> GroupCountAsync(Project project, Model model, Rule rule, CancellationToken cancellationToken) =>
        Reader.ReadAsync(
            Setup,
            model,
            async (reader, token) =>
            {
                if (!reader.IsThere)
                    return new GroupCount(0, null, []) { Problem = Nothing };
                var rules = LoadedRules.Of(project, model, reader.Loaded, Setup.Time).Compile(rule).All().Take(MostRules).ToList();
                var counted = rules.Where(part => part.Condition is not null).ToList();
                var numbers = await reader.NumbersAsync(LoadedRule.Count(counted), token);
                var parts = rules.ConvertAll(part => new RuleCount(
                    part.Path, counted.IndexOf(part) is >= 0 and var index ? numbers[index + 1] : null, part.Problem));
                return new GroupCount(numbers[0], parts[0].Count, parts);
            },
            cancellationToken);

    /// <summary>For each group of the model, how many of its members the rule holds for; in one statement.</summary>
    /// <param name="project">Its time zone counts.</param>
    /// <param name="model">The model with its groups.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="but">The id of the group that the rule belongs to, which is left out; null for none.</param>
    /// <param name="cancellationToken">Stops counting.</param>
    /// <exception cref="PenstockException">The workspace can't be opened.</exception>
    public Task<IReadOnlyList<GroupOverlap>> GroupOverlapAsync(
        Project project, Model model, Rule rule, string? but, CancellationToken cancellationToken) =>
        Reader.ReadAsync<IReadOnlyList<GroupOverlap>>(
            Setup,
            model,
            async (reader, token) =>
            {
                var rules = LoadedRules.Of(project, model, reader.Loaded, Setup.Time);
                var mine = reader.IsThere ? rules.Compile(rule).Condition : null;
                var groups = model.Groups.Where(group => group.Id != but).Take(MostRules)
                    .Select(group => (group.Id, Condition: reader.IsThere ? rules.OfGroup(group.Id).Condition : null)).ToList();
                var counted = groups.Where(group => group.Condition is not null).ToList();
                if (counted.Count == 0)
                    return [.. groups.Select(group => new GroupOverlap(group.Id, null, null))];
                var counts = counted.SelectMany(group => new[]
                {
                    Sql.Of($"count(*) FILTER (WHERE {group.Condition!})"), // filtered just now
                    Sql.Of($"count(*) FILTER (WHERE {group.Condition!} AND {mine ?? Sql.Of($"FALSE")})"),
                });
                var numbers = await reader.NumbersAsync(Sql.Of($"SELECT {Sql.Join(",\n       ", counts)}\nFROM {Layout.Records}"), token);
                return [.. groups.Select(group => counted.IndexOf(group) is >= 0 and var index
                    ? new GroupOverlap(group.Id, numbers[2 * index], mine is null ? null : numbers[(2 * index) + 1])
                    : new GroupOverlap(group.Id, null, null))];
            },
            cancellationToken);

    /// <summary>Why a rule holds for a record or not, rule by rule. Null when there is no such record.</summary>
    /// <exception cref="PenstockException">The workspace can't be opened.</exception>
    public Task<RuleVerdict?> WhyAsync(Project project, Model model, Rule rule, string key, CancellationToken cancellationToken) =>
        Reader.ReadAsync(
            Setup,
            model,
            async (reader, token) =>
            {
                if (!reader.IsThere)
                    return null;
                var compiled = LoadedRules.Of(project, model, reader.Loaded, Setup.Time).Compile(rule);
                return (await Verdicts.OfAsync(reader, model, [compiled], key, token))?[0];
            },
            cancellationToken);

    /// <summary>The most frequent values of a property, with what there is to know of all of them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="property">The property's id.</param>
    /// <param name="search">What the values shown begin with or hold, in any case; null or empty for all.</param>
    /// <param name="limit">The most values, 1 to 200.</param>
    /// <param name="cancellationToken">Stops counting.</param>
    /// <exception cref="PenstockException">The workspace can't be opened.</exception>
    public Task<PropertyValues> ValuesAsync(
        Model model, string property, string? search, int limit, CancellationToken cancellationToken) => Reader.ReadAsync(
        Setup,
        model,
        (reader, token) => Frequencies.ReadAsync(reader, model, property, search, Math.Clamp(limit, 1, 200), token),
        cancellationToken);

    /// <summary>What a calculated property, saved or not, gives for some of the records that are loaded.</summary>
    /// <param name="model">The model.</param>
    /// <param name="property">The property with its expression, as it is being written.</param>
    /// <param name="limit">The most records, 1 to 100.</param>
    /// <param name="cancellationToken">Stops calculating.</param>
    /// <exception cref="PenstockException">The workspace can't be opened.</exception>
    public Task<ExpressionSample> ExpressionSampleAsync(
        Model model, Property property, int limit, CancellationToken cancellationToken) => Reader.ReadAsync(
        Setup,
        model,
        (reader, token) => ExpressionSampler.ReadAsync(reader, model, property, Math.Clamp(limit, 1, 100), token),
        cancellationToken);

    /// <summary>Some records that a rule holds for, smallest keys first.</summary>
    /// <param name="project">Its time zone counts.</param>
    /// <param name="model">The model.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="limit">The most records, 1 to 500.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="PenstockException">The workspace can't be opened.</exception>
    public Task<RecordPage> GroupSampleAsync(
        Project project, Model model, Rule rule, int limit, CancellationToken cancellationToken) =>
        RecordsAsync(project, model, new() { Rule = rule, Limit = limit }, cancellationToken);

    /// <summary>A page of records, found by key or by the model's display property.</summary>
    /// <exception cref="PenstockException">The workspace can't be opened.</exception>
    public Task<RecordPage> RecordsAsync(Project project, Model model, RecordQuery query, CancellationToken cancellationToken) =>
        Reader.ReadAsync(
            Setup,
            model,
            (reader, token) => reader.IsThere
                ? new RecordList(reader, project, model, query).ReadAsync(token)
                : Task.FromResult(new RecordPage(0, [], [], null) { Problem = Nothing }),
            cancellationToken);
}
