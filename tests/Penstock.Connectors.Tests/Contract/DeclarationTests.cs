using System.Text.RegularExpressions;
using Penstock.Contract;
using Penstock.Testing.Shapes;

namespace Penstock.Connectors.Tests.Contract;

/// <summary>A declaration says all that forms, files, docs and the engine need, and nothing that contradicts itself.</summary>
public sealed class DeclarationTests
{
    [Theory]
    [MemberData(nameof(Subject.Connectors), MemberType = typeof(Subject))]
    public void A_connector_names_itself_and_explains_its_options(string type)
    {
        var connector = Subject.Catalog.Find(type).ShouldNotBeNull();
        var declaration = connector.Declaration;
        declaration.Type.ShouldMatch("^[a-z][a-z0-9_]*$");
        declaration.Name.ShouldNotBeNullOrWhiteSpace();
        declaration.Summary.ShouldEndWith(".");
        ShouldBeExplained(declaration.App);
        (connector is IDestination).ShouldBe(declaration.Destinations.Count > 0, "it declares destinations if and only if it is one");
        (connector is IDestination || connector is ISource).ShouldBeTrue("it reads, writes or both");
        declaration.Destinations.Select(kind => kind.Id).ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(Subject.Connectors), MemberType = typeof(Subject))]
    public void A_shipped_connector_has_an_icon_and_a_guide(string type)
    {
        var connector = Subject.Catalog.Find(type).ShouldNotBeNull();
        if (connector is IShape)
            return; // not shipped
        ConnectorResources.Icon(connector).ShouldNotBeNull("the icon is missing").ShouldStartWith("<svg");
        ConnectorResources.Guide(connector).ShouldNotBeNull("guide.md is missing").Length.ShouldBeGreaterThan(100);
    }

    [Theory]
    [MemberData(nameof(Subject.Destinations), MemberType = typeof(Subject))]
    public void Its_fields_have_names_labels_and_rules_that_can_be_kept(string id)
    {
        var kind = Subject.Of(id).Kind;
        kind.Id.ShouldMatch("^[a-z][a-z0-9_]*$");
        kind.Name.ShouldNotBeNullOrWhiteSpace();
        if (kind.Options is { } options)
            ShouldBeExplained(options);
        kind.Key.Required.ShouldBeTrue("the key is always mapped");
        kind.Key.Clearable.ShouldBeFalse("the key can't be cleared");
        kind.Fields.Select(field => field.Name).Append(kind.Key.Name).ShouldBeUnique();
        foreach (var field in kind.Fields.Append(kind.Key))
            ShouldBeSound(field);
    }

    [Theory]
    [MemberData(nameof(Subject.Destinations), MemberType = typeof(Subject))]
    public void Its_custom_fields_have_a_word_and_rules_in_words(string id)
    {
        if (Subject.Of(id).Kind.CustomFields is not { } custom)
            return;
        custom.Word.ShouldNotBeNullOrWhiteSpace();
        custom.Types.ShouldNotBeEmpty();
        custom.Types.ShouldBeUnique();
        custom.Types.ShouldNotContain(DataKind.Any);
        custom.MaxNameLength.ShouldBeGreaterThan(0);
        (custom.MaxTextLength ?? 1).ShouldBeGreaterThan(0);
        custom.Reserved.Select(name => name.ToUpperInvariant()).ShouldBeUnique();
        ShouldCompile(custom.NamePattern, custom.NameRuleInWords);
    }

    [Theory]
    [MemberData(nameof(Subject.Destinations), MemberType = typeof(Subject))]
    public void Its_limits_let_something_through(string id)
    {
        using var trial = new Trial(id);
        var kind = trial.Subject.Kind;
        var now = ((IDestination)trial.Connector).LimitsFor(trial.App, trial.Destination);
        now.Records.ShouldBeLessThanOrEqualTo(kind.Limits.Records, "options only narrow what is declared");
        Limits?[] all = [now, kind.Limits, kind.RemoveLimits, kind.RenameLimits, kind.LookupLimits, kind.MemberLimits];
        foreach (var limits in all.OfType<Limits>())
        {
            limits.Records.ShouldBeGreaterThan(0);
            limits.Bytes.ShouldBeGreaterThan(0);
            (limits.Requests ?? 1).ShouldBeGreaterThan(0);
            limits.Per.ShouldBeGreaterThan(TimeSpan.Zero);
            limits.Concurrency.ShouldBeGreaterThan(0);
        }
    }

    [Theory]
    [MemberData(nameof(Subject.Destinations), MemberType = typeof(Subject))]
    public void Its_removals_are_what_its_modes_and_methods_can_do(string id)
    {
        var (connector, kind) = Subject.Of(id);
        kind.SyncModes.ShouldNotBe(SyncModes.None);
        kind.SyncModes.HasFlag(SyncModes.Sync).ShouldBe(kind.Removals.Count > 0, "Sync removes; the other modes never do");
        kind.Removals.Select(removal => removal.Name).ShouldBeUnique();
        kind.Removals.ShouldAllBe(removal => removal.Label.Length > 0);
        if (kind.Removals.Any(removal => removal.Act == RemovalAct.Delete))
            connector.ShouldBeAssignableTo<IRemoves>();
        if (kind.Removals.Any(removal => removal.Act == RemovalAct.Clear))
            (kind.CustomFields is not null || kind.Groups.Count > 0).ShouldBeTrue("clearing needs custom fields or groups");
        if (connector is IRemoves)
            connector.Declaration.Destinations.SelectMany(any => any.Removals).ShouldContain(removal => removal.Act == RemovalAct.Delete);
    }

    [Theory]
    [MemberData(nameof(Subject.Destinations), MemberType = typeof(Subject))]
    public void Its_forms_of_groups_say_what_they_mean_and_what_leaving_does(string id)
    {
        var (connector, kind) = Subject.Of(id);
        kind.Groups.Select(form => form.Name).ShouldBeUnique();
        foreach (var form in kind.Groups)
        {
            form.Name.ShouldMatch("^[a-z][a-z0-9_]*$");
            form.Label.ShouldNotBeNullOrWhiteSpace();
            form.Help.ShouldNotBeNullOrWhiteSpace();
            form.TargetInWords.ShouldNotBeNullOrWhiteSpace();
            form.Leaving.Select(choice => choice.Name).ShouldBeUnique();
            ShouldCompile(form.TargetPattern, form.TargetInWords);
            if (form.TargetIsField)
                kind.CustomFields.ShouldNotBeNull("the target is a custom field");
        }

        if (kind.Groups.Any(form => form.SeparateCalls))
            connector.ShouldBeAssignableTo<IMembers>();
        if (connector is IMembers)
            connector.Declaration.Destinations.SelectMany(any => any.Groups).ShouldContain(form => form.SeparateCalls);
    }

    private static void ShouldBeExplained(OptionSet options)
    {
        options.All.Select(option => option.Name).ShouldBeUnique();
        foreach (var option in options.All)
        {
            option.Label.ShouldNotBeNullOrWhiteSpace(option.Name);
            option.Help.ShouldNotBeNullOrWhiteSpace(option.Name);
            option.Choices.Select(choice => choice.Name).ShouldBeUnique();
        }
    }

    private static void ShouldBeSound(Field field)
    {
        field.Name.ShouldNotBeNullOrWhiteSpace();
        field.Label.ShouldNotBeNullOrWhiteSpace(field.Name);
        (field.MaxLength ?? 1).ShouldBeGreaterThan(0);
        (field.MaxBytes ?? 1).ShouldBeGreaterThan(0);
        field.Allowed.ShouldBeUnique();
        if (field.Allowed.Count > 0)
            field.RuleInWords.ShouldNotBeNullOrWhiteSpace(field.Name);
        ShouldCompile(field.Pattern, field.RuleInWords);
        var sample = Sample.Of(new(field.Name, field.Type, IsCustom: false) { Known = field });
        if (field.Pattern is not null)
            sample.ToString().ShouldMatch($"^(?:{field.Pattern})$");
        (sample.ToString().Length <= (field.MaxLength ?? int.MaxValue)).ShouldBeTrue();
    }

    private static void ShouldCompile(string? pattern, string? words)
    {
        if (pattern is null)
            return;
        words.ShouldNotBeNullOrWhiteSpace(pattern);

        // RE2 knows no looking around and no references back; neither does this engine, which says so.
        Should.NotThrow(() => new Regex(pattern, RegexOptions.NonBacktracking), pattern);
    }
}
