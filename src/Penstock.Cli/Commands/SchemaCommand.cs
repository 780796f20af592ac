using Penstock.Engine.Configuration;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock schema</c>: the JSON Schema of configuration files, for editors.</summary>
internal sealed class SchemaCommand : PenstockCommand
{
    public SchemaCommand(CommandContext context)
        : base(
            context, "schema", "Print the JSON Schema of configuration files, which lets editors complete and check them.",
            "penstock schema > penstock.schema.json")
    {
        AddProjectOptions();
    }

    protected override Task<int> ActAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        invocation.Surroundings.Output.WriteLine(ProjectSchema.Write(invocation.Composition.Connectors).TrimEnd());
        return Task.FromResult(ExitCodes.Well);
    }
}
