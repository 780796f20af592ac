using System.Globalization;
using System.Reflection;
using System.Text;

namespace Penstock.EndToEnd.Tests.Repository;

/// <summary>An assembly's public types and members as text, a line each, without what the compiler adds to records.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(decimal)] = "decimal",
        [typeof(double)] = "double",
        [typeof(float)] = "float",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(object)] = "object",
        [typeof(short)] = "short",
        [typeof(string)] = "string",
        [typeof(void)] = "void",
    };

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(Name(type)).Append(Bases(type)).Append('\n');
            foreach (var member in Members(type).Order(StringComparer.Ordinal))
                text.Append("    ").Append(member).Append('\n');
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Bases(Type type)
    {
        if (type.IsEnum)
            return "";
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var bases = type.GetInterfaces().Except(inherited).Where(one => one.IsPublic && one.Name != "IEquatable`1").Select(Name)
            .Order(StringComparer.Ordinal).ToList();
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            bases.Insert(0, Name(parent));
        return bases.Count == 0 ? "" : " : " + string.Join(", ", bases);
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => string.Create(
                CultureInfo.InvariantCulture, $"{Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture):D6} {name}"));
        }

        var methods = type.GetMethods(Declared).Where(method => Visible(method) && !IsOfTheCompiler(method));
        return
        [
            .. type.GetConstructors(Declared).Where(made => Visible(made) && !IsCopy(made)).Select(made => $"new({Parameters(made)})"),
            .. type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily)
                .Select(field =>
                    $"{(field.IsLiteral ? "const " : Static(field.IsStatic))}{Written(Nullability.Create(field))} {field.Name}"),
            .. type.GetProperties(Declared)
                .Where(property => property.GetMethod is { } get && Visible(get) && property.Name != "EqualityContract")
                .Select(Property),
            .. methods.Select(method =>
                $"{Static(method.IsStatic)}{Written(Nullability.Create(method.ReturnParameter))} {Name(method)}({Parameters(method)})"),
        ];
    }

    private static string Property(PropertyInfo property)
    {
        var set = property.SetMethod is { } setter && Visible(setter)
            ? setter.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? " init;" : " set;"
            : "";
        var required = property.CustomAttributes.Any(one => one.AttributeType.Name == "RequiredMemberAttribute") ? "required " : "";
        var index = property.GetIndexParameters() is { Length: > 0 } list ? $"[{string.Join(", ", list.Select(Parameter))}]" : "";
        return $"{Static(property.GetMethod is { IsStatic: true })}{required}{Written(Nullability.Create(property))} "
            + $"{property.Name}{index} {{ get;{set} }}";
    }

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsCopy(ConstructorInfo made) =>
        made.GetParameters() is [{ } only] && only.ParameterType == made.DeclaringType;

    private static bool IsOfTheCompiler(MethodInfo method) =>
        (method.IsSpecialName && !method.Name.StartsWith("op_Implicit", StringComparison.Ordinal))
        || method.Name is "<Clone>$" or "PrintMembers" or "Deconstruct" or "Equals" or "GetHashCode" or "ToString";

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static string Name(MethodInfo method) => method.IsGenericMethod
        ? $"{method.Name}<{string.Join(", ", method.GetGenericArguments().Select(Name))}>"
        : method.Name;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter) =>
        (parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : "")
        + $"{Written(Nullability.Create(parameter))} {parameter.Name}{(parameter.HasDefaultValue ? " = …" : "")}";

    private static string Written(NullabilityInfo info) =>
        Name(info.Type) + (info.ReadState == NullabilityState.Nullable && !info.Type.IsValueType ? "?" : "");

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Name(inner) + "?";
        if (type.IsByRef)
            return "ref " + Name(type.GetElementType()!); // a reference refers to something
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]"; // an array has elements
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        var name = type is { IsNested: true, IsGenericParameter: false, DeclaringType: { } outer } ? $"{outer.Name}.{type.Name}"
            : type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
