using Penstock.Benchmarks.Runs;

// dotnet run -c Release --project benchmarks/Penstock.Benchmarks -- runs [--users 1000000] [--out FILE]
// The other words are how the program starts itself: each side in a process of its own, so that memory is measured apart.
return args switch
{
    ["runs", .. var rest] => await WholeRuns.MeasureAsync(rest),
    ["sink"] => await Sink.RunAsync(),
    ["run", var settings] => await PenstockRun.RunAsync(settings),
    ["raw", var settings] => await RawRun.RunAsync(settings),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "usage: runs [--users N] [--out FILE]    whole syncs from PostgreSQL into a sink, beside the raw limits of the same run");
    return 1;
}
