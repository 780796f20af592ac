using Penstock.Contract;

namespace Penstock.Connectors.Csv;

/// <summary>A folder of CSV files of one form.</summary>
public sealed record CsvApp
{
    /// <summary>The folder. Nothing outside it is read.</summary>
    [Option("Folder",
        Help = "The folder with the files, relative to the project folder. A source's table is a file in it, or a pattern such as "
            + "orders/*.csv.", Example = "exports")]
    public required FilePath Folder { get; init; }

    /// <summary>What stands between two values; null to find out.</summary>
    [Option("Delimiter", Help = "What stands between two values, such as ; or |. Found out when left out.")]
    public string? Delimiter { get; init; }

    /// <summary>Whether the first line names the columns. Default true; otherwise they are column0, column1, …</summary>
    [Option("Header", Help = "Whether the first line names the columns.")]
    public bool Header { get; init; } = true;

    /// <summary>A text that stands for no value, besides nothing at all; null for none.</summary>
    [Option("Null text", Help = "A text that stands for no value, besides nothing at all.", Example = "NULL")]
    public string? NullText { get; init; }

    /// <summary>The zone of times that name none, as an IANA name. Default UTC.</summary>
    [Option("Time zone", Help = "The zone of times that name none.", Example = "America/Sao_Paulo")]
    public string TimeZone { get; init; } = "UTC";

    /// <summary>How characters are written. Default UTF-8.</summary>
    [Option("Encoding", Help = "How characters are written in the files.")]
    public CsvEncoding Encoding { get; init; } = CsvEncoding.Utf8;

    /// <summary>
    /// Whether every column is read as text, so that 00123 keeps its zeros and the properties' own types decide. Default false.
    /// </summary>
    [Option("All text", Help = "Read every column as text: keeps leading zeros. Give the properties' types then.")]
    public bool AllText { get; init; }

    /// <summary>How long one statement may run. Default one hour.</summary>
    [Option("Statement time-out", Help = "A statement that runs longer is ended.")]
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>How the characters of a CSV file are written.</summary>
public enum CsvEncoding
{
    /// <summary>UTF-8.</summary>
    Utf8,

    /// <summary>ISO 8859-1, as older Western European programs write.</summary>
    Latin1,

    /// <summary>UTF-16.</summary>
    Utf16,
}
