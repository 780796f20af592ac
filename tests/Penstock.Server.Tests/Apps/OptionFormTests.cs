using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Penstock.Contract;
using Penstock.Server.Components.Forms;

namespace Penstock.Server.Tests.Apps;

public sealed class OptionFormTests : BunitContext
{
    private const string Key = "sk-very-secret-9731";

    public OptionFormTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLogging();
        Services.AddLocalization();
        Services.AddMudServices();
    }

    [Fact]
    public void A_credential_that_was_typed_is_given_to_be_stored_and_never_shown_or_saved_as_text()
    {
        var values = New();
        var form = Render<OptionForm>(parameters => parameters.Add(form => form.Values, values));

        form.Find("#option-api_key").Change(Key);

        values.NewSecrets["api_key"].Reveal().ShouldBe(Key);
        values.Texts.Values.ShouldNotContain(Key);
        values.Text("api_key").ShouldBeEmpty();
        form.Markup.ShouldNotContain(Key);
    }

    [Fact]
    public void A_stored_credential_is_kept_unless_it_is_replaced()
    {
        var values = New(("api_key", "${secret:braze_api_key}"), ("endpoint", "US-01"));
        var form = Render<OptionForm>(parameters => parameters.Add(form => form.Values, values));

        form.Markup.ShouldContain("It is stored, encrypted.");
        form.FindAll("input[type=password]").ShouldBeEmpty();
        values.Texts["api_key"].ShouldBe("${secret:braze_api_key}");
        values.Check("/").ShouldBeEmpty();

        form.FindAll("button").Single(button => button.TextContent == "Replace…").Click();
        form.Find("input[type=password]").HasAttribute("value").ShouldBeFalse();
        values.Check("/").Keys.ShouldBe(["api_key"]);
        form.FindAll("button").Single(button => button.TextContent == "Keep the stored one").Click();
        values.Check("/").ShouldBeEmpty();
    }

    [Fact]
    public void A_reference_takes_the_place_of_a_typed_credential()
    {
        var values = New(("endpoint", "US-01"));
        var form = Render<OptionForm>(parameters => parameters.Add(form => form.Values, values));

        form.FindAll("button").Single(button => button.TextContent == "Advanced: use a reference instead").Click();
        form.Find("#option-api_key").Change(Key);
        values.Check("/").Keys.ShouldBe(["api_key"]);
        values.Texts.Keys.ShouldNotContain("api_key", "a key that was typed where a reference belongs is not saved");

        form.Find("#option-api_key").Change("${env:KEY}");
        values.Check("/").ShouldBeEmpty();
        values.Texts["api_key"].ShouldBe("${env:KEY}");
        values.NewSecrets.ShouldBeEmpty();
    }

    [Fact]
    public void A_choice_can_be_another_address_and_an_address_that_is_a_choice_is_shown_as_one()
    {
        var values = New();
        var form = Render<OptionForm>(parameters => parameters.Add(form => form.Values, values));

        form.Find("#option-endpoint").Change(form.FindAll("#option-endpoint option").Last().GetAttribute("value"));
        form.Find("input[aria-label='Instance: its address']").Change("http://127.0.0.1:4010/");
        values.Texts["endpoint"].ShouldBe("http://127.0.0.1:4010/");

        var known = New(("endpoint", "https://rest.iad-01.example.com/"));
        var shown = Render<OptionForm>(parameters => parameters.Add(form => form.Values, known).Add(form => form.Prefix, "other"));
        shown.Find("#other-endpoint option[selected]").TextContent.ShouldBe("US-01 – rest.iad-01.example.com");
    }

    [Fact]
    public void What_is_wrong_is_said_at_the_field_and_opens_what_is_folded_away()
    {
        var values = New(("api_key", "${env:KEY}"), ("timeout", "soon"));
        var errors = values.Check("/");

        errors["endpoint"].ShouldBe("Please fill this in.");
        errors["timeout"].ShouldBe("This must be a length of time such as 30s, 5m or 2h.");
        var form = Render<OptionForm>(parameters => parameters.Add(form => form.Values, values).Add(form => form.Errors, errors));
        form.Find("details").HasAttribute("open").ShouldBeTrue();
        form.Find("#option-timeout-error").TextContent.ShouldContain("a length of time");
        form.Find("#option-timeout").GetAttribute("aria-invalid").ShouldBe("true");
    }

    [Fact]
    public void Defaults_are_not_written_into_the_configuration()
    {
        var values = New(("endpoint", "US-01"), ("timeout", "30s"), ("verbose", "false"));

        values.Texts.Keys.ShouldBe(["endpoint"]);
    }

    private static OptionValues New(params (string Name, string Text)[] texts) => new(
        Options.Of<CrmApp>(), texts.ToDictionary(pair => pair.Name, pair => pair.Text), new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>An app with an option of each kind that matters here.</summary>
    public sealed record CrmApp
    {
        /// <summary>Where.</summary>
        [Option("Instance", Choices = typeof(Instances))]
        public required Uri Endpoint { get; init; }

        /// <summary>The key.</summary>
        [Option("Key")]
        public required Secret ApiKey { get; init; }

        /// <summary>How long.</summary>
        [Option("Time-out")]
        public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

        /// <summary>Whether.</summary>
        [Option("Verbose")]
        public bool Verbose { get; init; }
    }

    /// <summary>Two instances.</summary>
    public sealed class Instances : IChoices
    {
        /// <inheritdoc/>
        public IReadOnlyList<Choice> All { get; } =
            [new("US-01", "https://rest.iad-01.example.com"), new("US-02", "https://rest.iad-02.example.com")];
    }
}
