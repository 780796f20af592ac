using Penstock.Contract;

namespace Penstock.Engine.Configuration;

/// <summary>The codes of what can be wrong with a configuration.</summary>
public static class ConfigurationProblems
{
    /// <summary>A file can't be read.</summary>
    public static ProblemCode FileUnreadable { get; } = new(
        "file.unreadable", "A configuration file or the project folder can't be read.", "Check that it exists and who may read it.");

    /// <summary>A file, or all files together, are larger than a configuration can be.</summary>
    public static ProblemCode FileTooLarge { get; } = new(
        "file.too_large", "A file, or all files together, are larger than a configuration can be.",
        "Move what isn't configuration elsewhere, or list it under ignore:.");

    /// <summary>There are more files than a project can have.</summary>
    public static ProblemCode TooManyFiles { get; } = new(
        "file.too_many", "The folder holds more files than a project can have.",
        "Check that it is the right folder; list what isn't configuration under ignore:.");

    /// <summary>A file is not UTF-8.</summary>
    public static ProblemCode NotUtf8 { get; } = new("file.not_utf8", "A file is not UTF-8.", "Save it as UTF-8.");

    /// <summary>A file is neither valid YAML nor JSON.</summary>
    public static ProblemCode Syntax { get; } = new(
        "file.syntax", "A file is neither valid YAML nor JSON.",
        "Look at the line named and the one before: indentation, quotes and brackets.");

    /// <summary>A file is nested deeper than a configuration can be.</summary>
    public static ProblemCode TooDeep { get; } = new(
        "file.too_deep", "A file is nested deeper than a configuration can be.", "Flatten it.");

    /// <summary>A file uses YAML anchors or aliases.</summary>
    public static ProblemCode Alias { get; } = new(
        "file.alias", "A file uses a YAML anchor or alias, which a configuration doesn't take.", "Write the value out where it is used.");

    /// <summary>A key is written twice in the same map.</summary>
    public static ProblemCode DuplicateKey { get; } = new(
        "file.duplicate_key", "A key is written twice in the same place.", "Keep one of them.");

    /// <summary>A file is no part of a project.</summary>
    public static ProblemCode NotOurs { get; } = new(
        "file.not_ours", "A YAML or JSON file in the folder says nothing that Penstock knows.",
        "Begin it with project:, model: or destination:, or list it under ignore:.");

    /// <summary>There is no configuration.</summary>
    public static ProblemCode Empty { get; } = new(
        "project.empty", "The folder holds no configuration.", "Run penstock init, or write a penstock.yaml.");

    /// <summary>No file names the project.</summary>
    public static ProblemCode ProjectMissing { get; } = new(
        "project.missing", "No file names the project.", "Add project: with its name to penstock.yaml.");

    /// <summary>The project is named twice.</summary>
    public static ProblemCode ProjectDuplicate { get; } = new("project.duplicate", "Two places name the project.", "Keep one of them.");

    /// <summary>There are too many problems to show.</summary>
    public static ProblemCode TooMany { get; } = new(
        "project.too_many_problems", "There are more problems than are shown.", "Put the first ones right.");

    /// <summary>A key is not known there.</summary>
    public static ProblemCode UnknownKey { get; } = new(
        "key.unknown", "A key is not known in this place.", "Check its spelling against the configuration reference.");

    /// <summary>A key is missing.</summary>
    public static ProblemCode MissingKey { get; } = new("key.missing", "A key that must be there is missing.", "Add it.");

    /// <summary>A value is not of the form expected.</summary>
    public static ProblemCode InvalidValue { get; } = new(
        "value.invalid", "A value is not of the form expected.", "Write it as the message says.");

    /// <summary>Two keys exclude each other.</summary>
    public static ProblemCode Conflict { get; } = new("key.conflict", "Two keys exclude each other.", "Keep one of them.");

    /// <summary>An id has characters that ids don't have.</summary>
    public static ProblemCode InvalidId { get; } = new(
        "id.invalid", "An id must begin with a letter and hold only letters, digits and underscores.",
        "Choose another id; name: takes any text.");

    /// <summary>Two things have the same id.</summary>
    public static ProblemCode DuplicateId { get; } = new(
        "id.duplicate", "Two things have the same id; upper and lower case count as the same.", "Rename one of them.");

    /// <summary>Something is referred to that does not exist.</summary>
    public static ProblemCode UnknownReference { get; } = new(
        "reference.unknown", "Something is referred to that does not exist.", "Check its spelling, or add it.");

    /// <summary>Things refer to each other in a circle.</summary>
    public static ProblemCode Cycle { get; } = new(
        "reference.cycle", "Things refer to each other in a circle.", "Take one of the references out.");

    /// <summary>A connector type is not known.</summary>
    public static ProblemCode UnknownType { get; } = new(
        "app.unknown_type", "No connector has this type.", "Use one of those that penstock connectors lists.");

    /// <summary>An option is not known.</summary>
    public static ProblemCode UnknownOption { get; } = new(
        "option.unknown", "The connector has no option of this name.", "Check its spelling on the connector's page.");

    /// <summary>A credential is written out in a file.</summary>
    public static ProblemCode LiteralSecret { get; } = new(
        "secret.literal", "A credential is written out in a file.", "Write a reference such as ${env:NAME} and set that variable.",
        Severity.Warning);

    /// <summary>A reference to a secret is not written as one.</summary>
    public static ProblemCode InvalidSecretReference { get; } = new(
        "secret.invalid_reference", "A reference to a secret is not written as one.",
        "Write ${env:NAME}, ${file:PATH} or ${secret:NAME}; $$ stands for a dollar sign.");

    /// <summary>A secret can't be found.</summary>
    public static ProblemCode SecretNotFound { get; } = new(
        "secret.not_found", "The variable or file that a reference names does not exist or can't be read.",
        "Set the variable or write the file, where penstock runs.");

    /// <summary>A model has no primary source, or several.</summary>
    public static ProblemCode PrimarySource { get; } = new(
        "source.primary", "A model has exactly one primary source, with a primary key.",
        "Give one source a primary_key, and each other one a join.");

    /// <summary>A secondary source has no usable join.</summary>
    public static ProblemCode Join { get; } = new(
        "source.join", "A secondary source has no join, or one to a property of its own.",
        "Join to a property of the primary source, or of another source.");

    /// <summary>A source names neither or both of table and query.</summary>
    public static ProblemCode TableOrQuery { get; } = new(
        "source.table_or_query", "A source names either a table or a query.", "Keep one of them.");

    /// <summary>An app can't be read from.</summary>
    public static ProblemCode NotASource { get; } = new(
        "source.not_a_source", "The app's connector can't be read from.", "Use an app whose connector is a source.");

    /// <summary>An aggregate is not complete, or can't be here.</summary>
    public static ProblemCode Aggregate { get; } = new(
        "property.aggregate", "An aggregate is not complete, or can't be used here.", "See the aggregates in the configuration reference.");

    /// <summary>A type is not known, or not possible.</summary>
    public static ProblemCode PropertyType { get; } = new(
        "property.type", "A type is not known, or can't be what the property gives.",
        "Use one of the types in the configuration reference.");

    /// <summary>An expression is not one scalar SQL expression.</summary>
    public static ProblemCode Expression { get; } = new(
        "property.expression", "An expression is not one scalar SQL expression.", "Write a single expression, without semicolons.");

    /// <summary>An expression uses a name that seems to be no property.</summary>
    public static ProblemCode ExpressionName { get; } = new(
        "property.expression_name", "An expression uses a name that seems to be no property.", "Check its spelling, or add the property.",
        Severity.Warning);

    /// <summary>A group has no rules.</summary>
    public static ProblemCode EmptyGroup { get; } = new(
        "group.empty", "A group without rules holds nobody.", "Add a rule.", Severity.Warning);

    /// <summary>An operator does not fit the type.</summary>
    public static ProblemCode OperatorUnfit { get; } = new(
        "rule.operator_unfit", "An operator does not fit the property's type.", "Use one of the operators the message lists.");

    /// <summary>A rule's value is not of the property's type.</summary>
    public static ProblemCode RuleValue { get; } = new(
        "rule.value", "A value in a rule is not of the form its operator or type needs.", "Write it as the message says.");

    /// <summary>A regular expression is not valid.</summary>
    public static ProblemCode Pattern { get; } = new(
        "rule.pattern", "A regular expression is not valid.", "Write it in RE2's syntax: no back-references, no look-around.");

    /// <summary>An app can't be sent to.</summary>
    public static ProblemCode NotADestination { get; } = new(
        "destination.not_a_destination", "The app's connector can't be sent to.", "Use an app whose connector has destinations.");

    /// <summary>A sync mode is not offered.</summary>
    public static ProblemCode SyncMode { get; } = new(
        "destination.sync_mode", "The destination does not offer this sync mode.", "Use one of those the message lists.");

    /// <summary>A removal is not offered.</summary>
    public static ProblemCode Removal { get; } = new(
        "destination.removal", "The destination can't remove in this way.", "Use one of those the message lists.");

    /// <summary>A removal without effect.</summary>
    public static ProblemCode RemovalUnused { get; } = new(
        "destination.removal_unused", "A removal is chosen where nothing is ever removed.", "Use sync_mode: sync, or take removal: out.",
        Severity.Warning);

    /// <summary>The key is not mapped.</summary>
    public static ProblemCode KeyNotMapped { get; } = new(
        "mapping.key_missing", "The field that names a record at the far end is not mapped.", "Add the line that the message proposes.");

    /// <summary>A required field is not mapped.</summary>
    public static ProblemCode RequiredNotMapped { get; } = new(
        "mapping.required_missing", "A field that the destination requires is not mapped.", "Map it.");

    /// <summary>A field is not known.</summary>
    public static ProblemCode UnknownField { get; } = new(
        "mapping.unknown_field", "The destination has no field of this name.", "Check its spelling, or put it under custom:.");

    /// <summary>A custom field's name can't be used.</summary>
    public static ProblemCode CustomName { get; } = new(
        "mapping.custom_name", "A custom field can't have this name.", "Choose another name, or map the known field under mapping:.");

    /// <summary>The destination takes no custom fields.</summary>
    public static ProblemCode NoCustomFields { get; } = new(
        "mapping.no_custom_fields", "The destination takes no custom fields.", "Take custom: out.");

    /// <summary>Two mappings write the same field.</summary>
    public static ProblemCode DuplicateField { get; } = new(
        "mapping.duplicate_field", "Two mappings write the same field.", "Keep one of them.");

    /// <summary>A property's type does not fit the field.</summary>
    public static ProblemCode FieldType { get; } = new(
        "mapping.type", "A property's type can't become the field's.", "Map another property, or calculate one of the right type.");

    /// <summary>Groups can't be shown in this way.</summary>
    public static ProblemCode GroupForm { get; } = new(
        "mapping.group_form", "The destination can't show a group in this way.", "Use one of the forms the message lists.");

    /// <summary>A group's target is not of the form needed.</summary>
    public static ProblemCode GroupTarget { get; } = new(
        "mapping.group_target", "A group's target is not of the form the destination needs.", "Write it as the message says.");

    /// <summary>Two groups share a target that can't be shared.</summary>
    public static ProblemCode SharedTarget { get; } = new(
        "mapping.shared_target", "Two groups share a target that takes only one.", "Give each a target of its own.");

    /// <summary>Leaving can't mean this.</summary>
    public static ProblemCode Leaving { get; } = new(
        "mapping.leaving", "Leaving a group can't mean this here.", "Use one of the words the message lists.");
}
