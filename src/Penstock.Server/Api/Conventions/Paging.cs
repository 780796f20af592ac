using Penstock.Contract;

namespace Penstock.Server.Api;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The page.</param>
/// <param name="Next">The cursor of the next page, for <c>?cursor=</c>; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Cuts lists into pages.</summary>
internal static class Paging
{
    /// <summary>How many items come when the caller does not say.</summary>
    public const int Usual = 50;

    /// <summary>The most items of a page.</summary>
    public const int Most = 500;

    /// <summary>How many items to give.</summary>
    /// <exception cref="PenstockException">It is not from 1 to <see cref="Most"/>.</exception>
    public static int Limit(int? limit, int usual = Usual, int most = Most) => limit switch
    {
        null => Math.Min(usual, most),
        >= 1 when limit <= most => limit.Value,
        _ => throw new PenstockException(ApiProblems.Parameter.Of(
            FormattableString.Invariant($"limit is a number from 1 to {most:N0}."), ApiProblems.Parameter.ToDo)),
    };

    /// <summary>A page of what is streamed: the cursor counts what came before.</summary>
    public static async Task<Page<TOut>> OfAsync<TIn, TOut>(
        IAsyncEnumerable<TIn> all, string? cursor, int? limit, Func<TIn, TOut> shape, CancellationToken cancellationToken)
    {
        var (skip, take) = (Offset(cursor), Limit(limit));
        var page = await all.Skip(skip).Take(take + 1).ToListAsync(cancellationToken);
        return new([.. page.Take(take).Select(shape)], page.Count > take ? Cursor(skip + take) : null);
    }

    /// <summary>The offset that a cursor stands for; 0 for none.</summary>
    /// <exception cref="PenstockException">It is none.</exception>
    public static int Offset(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
            return 0;
        return int.TryParse(cursor, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
            out var offset)
            ? offset : throw BadCursor();
    }

    /// <summary>The number that a cursor stands for; null for none.</summary>
    /// <exception cref="PenstockException">It is none.</exception>
    public static long? Number(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
            return null;
        return long.TryParse(cursor, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
            out var number)
            ? number : throw BadCursor();
    }

    /// <summary>An offset as a cursor.</summary>
    public static string Cursor(long offset) => offset.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>That a cursor is none.</summary>
    public static PenstockException BadCursor() => new(ApiProblems.Cursor.Of(
        "The cursor is not one that this list gave.", ApiProblems.Cursor.ToDo));
}
