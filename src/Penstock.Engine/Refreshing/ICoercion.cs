namespace Penstock.Engine.Refreshing;

/// <summary>
/// Reads whatever comes as one kind of value: exactly, or not at all. Each method gives null when <c>result</c> is good, otherwise the
/// reason. Static and generic, so that the compiler makes one straight path per kind, without boxing or calls through tables.
/// </summary>
/// <typeparam name="T">How DuckDB holds the value.</typeparam>
internal interface ICoercion<T>
    where T : unmanaged
{
    /// <summary>From a boolean.</summary>
    static abstract string? From(bool value, out T result);

    /// <summary>From a whole number.</summary>
    static abstract string? From(long value, out T result);

    /// <summary>From an exact number.</summary>
    static abstract string? From(decimal value, out T result);

    /// <summary>From a double, which may be NaN or infinite.</summary>
    static abstract string? From(double value, out T result);

    /// <summary>From a day.</summary>
    static abstract string? From(DateOnly value, CoercionRules rules, out T result);

    /// <summary>From a time: in UTC, or of the rules' zone when <paramref name="isLocal"/>.</summary>
    static abstract string? From(DateTime value, bool isLocal, CoercionRules rules, out T result);

    /// <summary>From text that is not empty and has no spaces around it; it may not be UTF-8.</summary>
    static abstract string? From(ReadOnlySpan<byte> text, CoercionRules rules, out T result);
}
