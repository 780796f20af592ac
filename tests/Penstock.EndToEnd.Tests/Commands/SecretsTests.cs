using Penstock.Cli.Wiring;

namespace Penstock.EndToEnd.Tests.Commands;

public sealed class SecretsTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_variable_of_the_environment_is_found()
    {
        Secrets(("KEY", "abc")).Find("env", "KEY", out var problem).ShouldBe("abc");
        problem.ShouldBeNull();
    }

    [Theory]
    [InlineData("env", "NONE", "secret.not_set")]
    [InlineData("env", "EMPTY", "secret.not_set")]
    [InlineData("file", "none.txt", "secret.not_readable")]
    [InlineData("file", "empty.txt", "secret.empty")]
    [InlineData("vault", "x", "secret.unknown_scheme")]
    public void What_is_wrong_with_a_secret_is_told(string scheme, string name, string code)
    {
        _cli.Write("empty.txt", "\n");

        Secrets(("EMPTY", "")).Find(scheme, name, out var problem).ShouldBeNull();

        problem.ShouldNotBeNull().Code.ShouldBe(code);
    }

    [Fact]
    public void A_file_gives_its_text_without_the_last_line_break()
    {
        _cli.Write("keys/braze", " abc \r\n");

        Secrets().Find("file", "keys/braze", out _).ShouldBe(" abc ");
    }

    private Secrets Secrets(params (string Name, string Value)[] environment) =>
        new(environment.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal), _cli.Folder);
}
