using Penstock.Cli;
using Penstock.Cli.Wiring;

var surroundings = Surroundings.OfProcess();
using var stopping = new Stopping(surroundings.Error, surroundings.Time);
return await CommandLine.RunAsync(args, surroundings with { Cancelled = stopping.Cancelled, Aborted = stopping.Aborted });
