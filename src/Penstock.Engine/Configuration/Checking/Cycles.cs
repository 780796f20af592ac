namespace Penstock.Engine.Configuration;

/// <summary>Finds circles among things that refer to each other.</summary>
internal static class Cycles
{
    /// <summary>Each circle once, as the ids on the way round with the first one again at the end: <c>a, b, a</c>.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Find(IReadOnlyDictionary<string, IReadOnlyList<string>> references)
    {
        var circles = new List<IReadOnlyList<string>>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in references.Keys)
            Walk(start);
        return circles;

        // Without recursion: thousands of properties may stand in one chain.
        void Walk(string start)
        {
            var way = new List<string>();
            var onWay = new HashSet<string>(StringComparer.Ordinal);
            var open = new Stack<(string Id, int Next)>();
            if (!done.Contains(start))
                open.Push((start, 0));
            while (open.TryPop(out var step))
            {
                if (step.Next == 0)
                {
                    way.Add(step.Id);
                    onWay.Add(step.Id);
                }

                var next = references.TryGetValue(step.Id, out var all) && step.Next < all.Count ? all[step.Next] : null;
                if (next is null)
                {
                    way.RemoveAt(way.Count - 1);
                    onWay.Remove(step.Id);
                    done.Add(step.Id);
                    continue;
                }

                open.Push((step.Id, step.Next + 1));
                if (onWay.Contains(next))
                    circles.Add([.. way.SkipWhile(id => id != next), next]);
                else if (!done.Contains(next))
                    open.Push((next, 0));
            }
        }
    }

    /// <summary>A circle for a message: <c>`a` → `b` → `a`</c>.</summary>
    public static string InWords(IReadOnlyList<string> circle) => string.Join(" → ", circle.Select(id => $"`{id}`"));
}
