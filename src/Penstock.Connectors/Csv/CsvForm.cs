using System.Globalization;
using System.IO.Compression;
using Penstock.Contract;

namespace Penstock.Connectors.Csv;

/// <summary>How DuckDB is told to read the files: everything that finding out could get wrong without a word is said.</summary>
internal static class CsvForm
{
    // The first of those that the first line has equally many of.
    private const string Delimiters = ",;\t|";

    // Up to this size types are found out over the whole file; above, over the first rows.
    private const long WholeFileBytes = 32 * 1024 * 1024;
    private const int SampledRows = 204_800;

    /// <summary>The files as a table, with types found out.</summary>
    public static Sql Read(CsvApp app, IReadOnlyList<FileInfo> files)
    {
        var sampled = files.Sum(file => file.Length) <= WholeFileBytes ? -1 : SampledRows;
        var names = Sql.Join(", ", files.Select(file => Literal(file.FullName)));
        var delimiter = app.Delimiter ?? Header(files[0], app.Encoding).Delimiter;
        return Sql.Of(
            $"""
            read_csv([{names}], {Common(app, delimiter)}, sample_size = {Number(sampled)}, all_varchar = {Word(app.AllText)},
            skip = 0, comment = '', union_by_name = {Word(files.Count > 1)})
            """);
    }

    /// <summary>One file as a table of plain text with as many columns as its first line has: to find the line that is broken.</summary>
    public static Sql ReadAsText(CsvApp app, FileInfo file)
    {
        var header = Header(file, app.Encoding);
        var delimiter = app.Delimiter ?? header.Delimiter;
        var columns = Sql.Join(", ", Enumerable.Range(0, header.Columns(delimiter)).Select(i => Sql.Trusted($"'c{i}': 'VARCHAR'")));
        return Sql.Of($"read_csv({Literal(file.FullName)}, {Common(app, delimiter)}, auto_detect = false, columns = {{{columns}}})");
    }

    /// <summary>Text where no parameter can stand, in single quotes: DuckDB takes it as it is but for the quote itself.</summary>
    public static Sql Literal(string text)
    {
        Connectors.Common.Sql.Literals.Check(text, "a value");
        return Sql.Trusted("'" + text.Replace("'", "''", StringComparison.Ordinal) + "'");
    }

    private static Sql Common(CsvApp app, string delimiter)
    {
        var encoding = app.Encoding switch { CsvEncoding.Latin1 => "latin-1", CsvEncoding.Utf16 => "utf-16", _ => "utf-8" };
        var nulls = app.NullText is { } text ? Sql.Of($", nullstr = ['', {Literal(text)}]") : Sql.Empty;
        return Sql.Of(
            $"""
            delim = {Literal(delimiter)}, header = {Word(app.Header)}, encoding = {Literal(encoding)}{nulls},
            quote = '"', escape = '"', ignore_errors = false, null_padding = false, strict_mode = true
            """);
    }

    private static Sql Word(bool value) => Sql.Trusted(value ? "true" : "false");

    private static Sql Number(int value) => Sql.Trusted(value.ToString(CultureInfo.InvariantCulture));

    // Not left to DuckDB, which for a file with a broken line would rather find a delimiter that nothing is divided by than say so.
    private static FirstLine Header(FileInfo file, CsvEncoding encoding)
    {
        try
        {
            using var bytes = file.OpenRead();
            using Stream text = file.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new GZipStream(bytes, CompressionMode.Decompress) : bytes;
            using var reader =
                new StreamReader(text, encoding == CsvEncoding.Utf16 ? System.Text.Encoding.Unicode : System.Text.Encoding.Latin1);
            var buffer = new char[1 << 16]; // no header is as long as that
            var length = reader.ReadBlock(buffer);
            return new FirstLine(new string(buffer, 0, length));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new SourceException(
                new("source.unreadable_file", $"The file '{file.Name}' can't be read: {cause.Message.TrimEnd('.')}.",
                    "Let the user Penstock runs as read it."), cause);
        }
    }

    /// <summary>The beginning of a file, of which the first line counts.</summary>
    private sealed class FirstLine(string text)
    {
        public string Delimiter => Delimiters.MaxBy(Count).ToString();

        public int Columns(string delimiter) => Count(delimiter[0]) + 1;

        private int Count(char delimiter)
        {
            var quoted = false;
            var count = 0;
            foreach (var character in text)
            {
                if (character == '"')
                    quoted = !quoted;
                else if (!quoted && character == '\n')
                    break;
                else if (!quoted && character == delimiter)
                    count++;
            }

            return count;
        }
    }
}
