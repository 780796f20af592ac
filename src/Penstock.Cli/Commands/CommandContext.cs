using Penstock.Cli.Wiring;

namespace Penstock.Cli.Commands;

/// <summary>What all commands of one command line have in common.</summary>
/// <param name="Surroundings">What the program gets from outside.</param>
/// <param name="Options">The options that commands share.</param>
internal sealed record CommandContext(Surroundings Surroundings, CommonOptions Options);
