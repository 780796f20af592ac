using Penstock.Server.Components.Forms;

namespace Penstock.Server.Tests.Apps;

public sealed class GuideTextTests
{
    [Fact]
    public void A_guide_is_read_into_blocks_and_its_first_section_ends_at_the_second_heading()
    {
        const string Guide = "### The key\n\nMake a key\nin `Settings`.\n\n"
            + "| to | needs |\n|---|---|\n| send | `users.track` |\n\n### More\n\n- one\n  goes on\n- two\n";

        var blocks = GuideText.Read(Guide);

        blocks.Select(block => block.Kind).ShouldBe(["h", "p", "t", "h", "li"]);
        blocks[1].Lines.ShouldBe(["Make a key in `Settings`."]);
        blocks[2].Lines.Count.ShouldBe(2);
        blocks[4].Lines.ShouldBe(["one goes on", "two"]);
        GuideText.First(Guide).Select(block => block.Kind).ShouldBe(["h", "p", "t"]);
    }

    [Fact]
    public void Marks_become_spans_and_everything_else_stays_text() =>
        GuideText.Spans("Needs `users.track`, **always** <b>").ShouldBe(
            [new("", "Needs "), new("code", "users.track"), new("", ", "), new("strong", "always"), new("", " <b>")]);
}
