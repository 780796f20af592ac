using Penstock.Contract;

namespace Penstock.Server.Components.Mapping;

/// <summary>The names of fields and groups in plans and previews, as people read them.</summary>
public static class FieldWords
{
    /// <summary>
    /// A field's name as it is; a group's form, target and group (<c>segment_attribute:tags:vip</c>) as <c>tags · vip</c> where the
    /// target is a field, and as <c>subscription group 3b5c…</c> where it is an id.
    /// </summary>
    /// <param name="name">The name in the plan.</param>
    /// <param name="kind">The destination's kind, which has the forms.</param>
    public static string Of(string name, DestinationKind kind)
    {
        var form = kind.Groups.FirstOrDefault(form => name.StartsWith(form.Name + ":", StringComparison.Ordinal));
        if (form is null)
            return name;
        var rest = name[(form.Name.Length + 1)..].Replace(":", " · ", StringComparison.Ordinal);
        return form.TargetIsField ? rest : $"{form.Name.Replace('_', ' ')} {rest}";
    }
}
