using System.Globalization;
using Penstock.Contract;
using Penstock.Engine.Tests.Building;
using Penstock.Testing;

namespace Penstock.Engine.Tests.Compilation;

internal sealed partial class RandomCase
{
    private sealed record Formula(string Sql, Func<NaiveRow, object?> Value);

    private void AddExpressions(int count, string prefix)
    {
        for (var number = 1; number <= count; number++)
        {
            var id = $"{prefix}{number}";
            var (formula, own, declared) = _random.Next(4) switch
            {
                0 => (Ratio(), DataKind.Float, One<DataType?>([null, DataKind.Float, DataKind.Integer])),
                1 => (Text(2), DataKind.String, One<DataType?>([null, DataKind.String])),
                _ => (Number(2), DataKind.Integer, One<DataType?>([null, DataKind.Integer, DataKind.Decimal, DataKind.String])),
            };
            Expressions[id] = formula.Value;
            Add(AModel.Expression(id, formula.Sql, declared), declared ?? own);
        }
    }

    private Formula Number(int depth) => (depth == 0 ? _random.Next(2) : _random.Next(8)) switch
    {
        0 => Reference(DataKind.Integer),
        1 => Constant(One([0L, 1L, 2L, 10L, -5L])),
        2 => Both("+", (left, right) => checked(left + right), depth),
        3 => Both("-", (left, right) => checked(left - right), depth),
        4 => Both("*", (left, right) => checked(left * right), depth),
        5 => FromText(depth),
        6 => Choice(depth),
        _ => Length(depth),
    };

    private Formula Text(int depth) => (depth == 0 ? _random.Next(2) : _random.Next(6)) switch
    {
        0 => Reference(DataKind.String),
        1 => One([new Formula("'it''s'", _ => "it's"), new Formula("''", _ => ""), new Formula("'😀 -- \"'", _ => "😀 -- \"")]),
        2 => Joined(Text(depth - 1), Text(depth - 1)),
        3 => Fallback(Text(depth - 1), Text(depth - 1)),
        4 => Cast(Number(depth - 1)),
        _ => Joined(Cast(Number(0)), Text(depth - 1)),
    };

    private Formula Reference(DataKind kind)
    {
        var id = One(_types.Where(pair => pair.Value == kind).Select(pair => pair.Key).ToList());
        return new Formula($"\"{id}\"", row => row[id]);
    }

    private static Formula Constant(long value) => new($"CAST({value.ToString(CultureInfo.InvariantCulture)} AS BIGINT)", _ => value);

    private Formula Both(string sign, Func<long, long, long> apply, int depth)
    {
        var (left, right) = (Number(depth - 1), Number(depth - 1));
        return new Formula($"({left.Sql} {sign} {right.Sql})", row =>
            (left.Value(row), right.Value(row)) is (long one, long two) ? apply(one, two) : null);
    }

    private Formula FromText(int depth)
    {
        var text = Text(depth - 1);
        return new Formula($"CAST({text.Sql} AS BIGINT)", row =>
            text.Value(row) is string value ? (object)long.Parse(value, NumberStyles.Integer, CultureInfo.InvariantCulture) : null);
    }

    private Formula Choice(int depth)
    {
        var (tested, left, right) = (Number(0), Number(depth - 1), Number(depth - 1));
        return new Formula($"CASE WHEN {tested.Sql} > 1 THEN {left.Sql} ELSE {right.Sql} END", row =>
            tested.Value(row) is long and > 1L ? left.Value(row) : right.Value(row));
    }

    private Formula Length(int depth)
    {
        var text = Text(depth - 1);
        return new Formula($"length({text.Sql})", row =>
            text.Value(row) is string value ? (object)value.EnumerateRunes().LongCount() : null);
    }

    private Formula Ratio()
    {
        var (left, right) = (Reference(DataKind.Integer), Number(0));
        return new Formula($"{left.Sql} / {right.Sql}", row =>
            (left.Value(row), right.Value(row)) is (long one, long two) ? (double)one / two : null);
    }

    private static Formula Joined(Formula left, Formula right) => new($"{left.Sql} || {right.Sql}", row =>
        (left.Value(row), right.Value(row)) is (string one, string two) ? one + two : null);

    private static Formula Fallback(Formula left, Formula right) =>
        new($"coalesce({left.Sql}, {right.Sql})", row => left.Value(row) ?? right.Value(row));

    private static Formula Cast(Formula number) => new($"CAST({number.Sql} AS VARCHAR)", row =>
        number.Value(row) is long value ? value.ToString(CultureInfo.InvariantCulture) : null);
}
