using Penstock.Contract;

namespace Penstock.Engine.Delivering.Http;

/// <summary>What to say when requests come to nothing.</summary>
/// <param name="system">The system's own name.</param>
/// <param name="app">The app's id in the project.</param>
internal sealed class HttpProblems(string system, string app)
{
    public ConnectionException NotAuthorised(HttpCall call, HttpAnswer answer) => answer.Status == 403
        ? new(ConnectionFault.NoPermission, new(
            "connection.no_permission",
            $"{system} does not let the credentials of app '{app}' do {call.Method} {call.Address.AbsolutePath} (403){Words(answer)}",
            "Give the key the permission that this needs, or use one that has it."))
        : new(ConnectionFault.NotAuthorised, new(
            "connection.not_authorised",
            $"{system} did not accept the credentials of app '{app}' at {call.Address.Host} ({answer.Status}){Words(answer)}",
            "Check the key, and that it belongs to this address."));

    public ConnectionException UnusableCredential() => new(ConnectionFault.NotAuthorised, new(
        "connection.not_authorised",
        $"The credential of app '{app}' has a line break or another control character in it, so it was not sent to {system}.",
        "Often it is the last line break of a file."));

    public PenstockException Gone(HttpCall call, Attempt attempt, int tries, bool neverAnswered)
    {
        var host = call.Address.IsDefaultPort ? call.Address.Host : $"{call.Address.Host}:{call.Address.Port}";
        var times = tries == 1 ? "" : $" in {tries} tries";
        if (neverAnswered && attempt is { WasSent: false, Fault: { } fault })
        {
            var code = fault switch
            {
                ConnectionFault.HostUnknown => "connection.host_unknown",
                ConnectionFault.Refused => "connection.refused",
                ConnectionFault.TimedOut => "connection.timed_out",
                _ => "connection.not_secure",
            };
            var problem = new Problem(
                code, $"App '{app}': {host} {attempt.InWords}{times}.", "Check the address in the app's options, and the network.");
            return new ConnectionException(fault, problem, attempt.Error);
        }

        var words = attempt.Answer is { } answer ? Words(answer) : attempt.Error is GarbageException garbage ? Words(garbage.Answer) : ".";
        return new DestinationUnavailableException(
            new(
                "destination.unavailable",
                $"{system} ({host}) {attempt.InWords}{times}{words}",
                "What it did not take is sent again by the next run."),
            attempt.Error);
    }

    public DestinationUnavailableException OutOfPatience(HttpCall call, TimeSpan patience) => new(new(
        "destination.rate_limited",
        $"{system} ({call.Address.Host}) asks to wait for its rate limit (429) for longer than {patience.TotalMinutes:0.#} minutes.",
        "What it did not take is sent again by the next run; run it when the limit has room, or ask the vendor for more."));

    private static string Words(HttpAnswer answer)
    {
        var words = answer.Excerpt(300).ReplaceLineEndings(" ").Trim();
        return words.Length == 0 ? "." : $": {words}";
    }
}
