using System.Text;
using Penstock.Engine.Runs;

namespace Penstock.Cli.Output;

/// <summary>How progress is shown.</summary>
internal enum ProgressForm
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>One line that moves, on a terminal.</summary>
    Moving,

    /// <summary>A line every few seconds.</summary>
    Lines,
}

/// <summary>Shows what a run is doing: step, records, rate, time left. Cheap to report to often: it draws a few times a second at
/// most.</summary>
internal sealed class ProgressPrinter(TextWriter writer, ProgressForm form, TimeProvider time) : IProgress<RunProgress>, IDisposable
{
    private const string Erase = "\r\u001b[2K";
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Repeat = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private long _drawnAt = time.GetTimestamp();
    private bool _isDrawn;

    /// <inheritdoc/>
    public void Report(RunProgress value)
    {
        if (form == ProgressForm.None)
            return;
        lock (_gate)
        {
            if (time.GetElapsedTime(_drawnAt) < (form == ProgressForm.Moving ? Redraw : Repeat))
                return;
            _drawnAt = time.GetTimestamp();
            if (form == ProgressForm.Moving)
                writer.Write(Erase + Fit(Text(value)));
            else
                writer.WriteLine(Text(value));
            writer.Flush();
            _isDrawn = true;
        }
    }

    /// <summary>Takes the moving line away.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDrawn && form == ProgressForm.Moving)
            {
                writer.Write(Erase);
                writer.Flush();
            }

            _isDrawn = false;
        }
    }

    /// <summary>The line of <paramref name="progress"/>, such as <c>users · deliver braze_users · 1,200 of 5,000 (24 %) · 800/s · 5 s
    /// left</c>.</summary>
    public static string Text(RunProgress progress)
    {
        var line = new StringBuilder(Ink.Clean(progress.Model)).Append(" · ").Append(progress.Step.ToString().ToLowerInvariant());
        if (progress.Subject is { } subject)
            line.Append(' ').Append(Ink.Clean(subject));
        line.Append(" · ").Append(Ink.Number(progress.Done));
        if (progress.Total is > 0 and var total)
            line.Append(" of ").Append(Ink.Number(total)).Append(" (").Append(Math.Min(100, progress.Done * 100 / total)).Append(" %)");
        if (progress.Rate > 0)
            line.Append(" · ").Append(Ink.Number((long)progress.Rate)).Append("/s");
        if (progress.Left is { } left && left > TimeSpan.Zero)
            line.Append(" · ").Append(Ink.Time(left)).Append(" left");
        if (progress.Calls > 0)
            line.Append(" · ").Append(Ink.Count(progress.Calls, "call"));
        if (progress.Refused > 0)
            line.Append(" · ").Append(Ink.Number(progress.Refused)).Append(" refused");
        if (progress.Waiting is { } waiting)
            line.Append(" · waiting: ").Append(Ink.Clean(waiting));
        return line.ToString();
    }

    // A line that wraps can't be taken back.
    private static string Fit(string line)
    {
        var width = Width();
        return line.Length < width ? line : line[..(width - 1)];
    }

    private static int Width()
    {
        try
        {
            return Console.WindowWidth > 20 ? Console.WindowWidth : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
