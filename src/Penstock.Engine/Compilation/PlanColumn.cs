using System.Globalization;
using System.Text;
using Penstock.Contract;

namespace Penstock.Engine.Compilation;

/// <summary>What a column of a plan, and of delivered, stands for.</summary>
public enum PlanColumnKind
{
    /// <summary>A field's value.</summary>
    Field,

    /// <summary>Membership of a group that travels with the record.</summary>
    Group,

    /// <summary>Membership of a group that changes by calls of its own.</summary>
    Member,
}

/// <summary>
/// A column that a destination's plan and delivered tables share. Its name says all that folding needs, so that what an interrupted run
/// sent can be folded even after the configuration has changed.
/// </summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Name">The column's name in both tables.</param>
/// <param name="Place">Its place among the plan's columns, from 0: its bit in the plan's masks.</param>
public sealed record PlanColumn(PlanColumnKind Kind, Identifier Name, int Place)
{
    private const int BitsAMask = 62;

    /// <summary>The column of the plan that holds this column's bit.</summary>
    public Identifier Mask => MaskOf(MaskNumber);

    /// <summary>Which of the plan's masks that is, from 0.</summary>
    public int MaskNumber => Place / BitsAMask;

    /// <summary>Its bit there.</summary>
    public long Bit => 1L << (Place % BitsAMask);

    /// <summary>Whether this column changed, in a row of the plan called <paramref name="plan"/>.</summary>
    public Sql IsChanged(Identifier plan) => Sql.Of($"({Of(plan, Mask)} & {Bit}) <> 0");

    /// <summary>How many masks a plan of <paramref name="columns"/> columns has: at least one.</summary>
    public static int Masks(int columns) => Math.Max(1, (columns + BitsAMask - 1) / BitsAMask);

    /// <summary>The column of the plan that holds mask <paramref name="number"/>, from 0.</summary>
    public static Identifier MaskOf(int number) => new("_mask_" + number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The column that holds a field's value.</summary>
    public static PlanColumn OfField(string field, int place) => new(PlanColumnKind.Field, new("field:" + CaseKept(field)), place);

    /// <summary>
    /// The column that holds a group's state. Groups that share a target have one each; otherwise the target has the one.
    /// </summary>
    public static PlanColumn OfGroup(GroupTarget target, int place)
    {
        var kind = target.Form.SeparateCalls ? PlanColumnKind.Member : PlanColumnKind.Group;
        var name = (kind == PlanColumnKind.Member ? "member:" : "group:") + target.Form.Name + ":" + CaseKept(target.Target)
            + (target.Form.SharesTarget ? ":" + CaseKept(target.Group) : "");
        return new(kind, new(name), place);
    }

    /// <summary>The column that a table's column called <paramref name="name"/> is; null when it is none of these.</summary>
    public static PlanColumn? Read(string name, int place) => name.Split(':')[0] switch
    {
        "field" => new(PlanColumnKind.Field, new(name), place),
        "group" => new(PlanColumnKind.Group, new(name), place),
        "member" => new(PlanColumnKind.Member, new(name), place),
        _ => null,
    };

    /// <summary>The name as people know it: the field's, or the group's form and target.</summary>
    public string ForPeople()
    {
        var name = Name.Name[(Name.Name.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var text = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
            text.Append(name[i] == '^' && i + 1 < name.Length ? char.ToUpperInvariant(name[++i]) : name[i]);
        return text.ToString();
    }

    internal static Sql Of(Identifier table, Identifier column) => Sql.Of($"{new Identifier([.. table.Parts, .. column.Parts])}");

    // DuckDB's names know no case, but vendors' do: LTV and ltv are two attributes. A capital is written as ^ and its small letter.
    private static string CaseKept(string name)
    {
        if (!name.Any(letter => letter == '^' || char.IsAsciiLetterUpper(letter)))
            return name;
        var text = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (letter == '^')
                text.Append("^^");
            else if (char.IsAsciiLetterUpper(letter))
                text.Append('^').Append(char.ToLowerInvariant(letter));
            else
                text.Append(letter);
        }

        return text.ToString();
    }
}
