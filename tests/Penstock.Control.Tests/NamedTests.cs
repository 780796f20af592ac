using Penstock.Contract;
using Penstock.Control.Services;

namespace Penstock.Control.Tests;

public sealed class NamedTests
{
    [Theory]
    [InlineData("user", "Did you mean 'users'?")]
    [InlineData("Users", "Did you mean 'users'?")]
    [InlineData("acounts", "Did you mean 'accounts'?")]
    [InlineData("zzzzzz", "There are: users, accounts.")]
    public void An_unknown_name_is_told_with_the_nearest_or_all(string given, string help)
    {
        var problem = Named.Unknown(ControlProblems.UnknownModel, "model", given, ["users", "accounts"]).Problem;

        problem.Message.ShouldBe($"There is no model called '{given}'.");
        problem.Help.ShouldBe(help);
    }

    [Fact]
    public void A_project_without_models_is_told()
    {
        var project = new Engine.Configuration.Project { Name = "P", Folder = "/" };

        Should.Throw<PenstockException>(() => Named.Models(project, [])).Problem.Code.ShouldBe("usage.no_models");
    }
}
