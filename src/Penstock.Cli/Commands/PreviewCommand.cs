using System.CommandLine;
using Penstock.Cli.Output;
using Penstock.Control.Services;
using Penstock.Engine.Runs;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock preview</c>: a model's records as they are now.</summary>
internal sealed class PreviewCommand : PenstockCommand
{
    private readonly Argument<string> _model;
    private readonly Option<string?> _record = new("--record") { Description = "Only the record of this primary key.", HelpName = "KEY" };
    private readonly Option<string?> _group = new("--group") { Description = "Only members of this group.", HelpName = "G" };
    private readonly Option<bool> _count = new("--count") { Description = "Only how many there are." };
    private readonly Option<int> _limit =
        new("--limit") { Description = "The most records to show.", HelpName = "N", DefaultValueFactory = _ => 20 };

    public PreviewCommand(CommandContext context)
        : base(
            context, "preview", "Show a model's records with all properties and groups, read now; nothing is sent.",
            "penstock preview users --limit 5", "penstock preview users --record 42", "penstock preview users --group high_value --count")
    {
        _model = Completed(new Argument<string>("MODEL") { Description = "The model." },
            project => project.Models.Select(model => model.Id));
        _group.CompletionSources.Add(completion =>
            ProjectIds.Of(context, completion.ParseResult,
                project => project.Models.SelectMany(model => model.Groups).Select(group => group.Id)));
        _limit.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value.StartsWith('-'))
                result.AddError("The limit must not be negative.");
        });
        AddName(_model);
        Add(_record);
        Add(_group);
        Add(_count);
        Add(_limit);
        AddProjectOptions();
    }

    protected override async Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var project = invocation.Project;
        var model = Named.Model(project, invocation.Value(_model)!); // required by the parser
        var group = invocation.Value(_group) is { } id ? Named.Group(model, id) : null;
        var options = new PreviewOptions
        {
            Record = invocation.Value(_record),
            Group = group?.Id,
            CountOnly = invocation.Value(_count),
            Limit = invocation.Value(_limit),
        };
        PreviewResult preview;
        using (var progress = invocation.Screen.Progress())
            preview = await invocation.Services.Inspection.PreviewAsync(project, model, options, progress, cancellationToken);
        Print(invocation.Screen, preview, options);
        return ExitCodes.Well;
    }

    private static void Print(Screen screen, PreviewResult preview, PreviewOptions options)
    {
        if (screen.IsJson && options.CountOnly)
            screen.Json(new { preview.Model, preview.Group, preview.Count });
        else if (screen.IsJson)
            screen.Json(
                new { preview.Model, preview.Group, preview.Count, Records = preview.Rows.Select(row => Record(preview.Columns, row)) });
        else if (options.CountOnly)
            screen.Line(Ink.Number(preview.Count));
        else if (options.Record is not null)
            OneRecord(screen, preview, options.Record);
        else
            Records(screen, preview);
    }

    private static Dictionary<string, Contract.Value> Record(IReadOnlyList<string> columns, IReadOnlyList<Contract.Value> row) =>
        columns.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);

    private static void OneRecord(Screen screen, PreviewResult preview, string key)
    {
        if (preview.Rows.Count == 0)
            screen.Say(Ink.Plain($"The model has no record {key}{(preview.Group is null ? "" : $" in the group {preview.Group}")}."));
        foreach (var row in preview.Rows)
            Tables.Print(screen.Results, ["Property", "Value"],
                preview.Columns.Zip(row).Select(pair => new[] { Ink.Plain(pair.First), Shown(pair.Second) }));
    }

    private static void Records(Screen screen, PreviewResult preview)
    {
        Tables.Print(screen.Results, preview.Columns, preview.Rows.Select(row => row.Select(Shown).ToArray()));
        screen.Say(
            Ink.Faint(
                $"{Ink.Number(preview.Rows.Count)} of "
                    + $"{Ink.Count(preview.Count, "record")}{(preview.Group is null ? "" : $" in the group {preview.Group}")}."));
        if (!screen.IsJson)
            RowProblemPrinter.Print(screen, preview.RowProblems);
    }

    private static string Shown(Contract.Value value) => value.IsNull ? Ink.Faint("—") : Ink.Value(value.ToString());
}
