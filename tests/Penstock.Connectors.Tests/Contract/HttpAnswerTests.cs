using System.Text;
using System.Text.Json;
using Penstock.Contract;

namespace Penstock.Connectors.Tests.Contract;

/// <summary>Reading an answer never breaks, whoever wrote it.</summary>
public sealed class HttpAnswerTests
{
    [Theory]
    [InlineData("""{"text":"👩‍🚀"}""")]
    [InlineData("""{"text":"\ud83d\udc69"}""")]
    [InlineData("""{"text":"C:\\ud800"}""")]
    public void Text_is_read(string body) => Answer(Encoding.UTF8.GetBytes(body)).Json().GetProperty("text").GetString().ShouldNotBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("<html></html>")]
    [InlineData("""{"text":"half""")]
    [InlineData("""{"text":"\ud83d"}""")]
    [InlineData("""{"\uDC69":1}""")]
    public void What_is_no_json_is_undefined(string body) =>
        Answer(Encoding.UTF8.GetBytes(body)).Json().ValueKind.ShouldBe(JsonValueKind.Undefined);

    [Fact]
    public void Bytes_that_are_no_text_are_undefined() =>
        Answer([.. "{\"text\":\""u8, 0xEA, .. "\"}"u8]).Json().ValueKind.ShouldBe(JsonValueKind.Undefined);

    private static HttpAnswer Answer(byte[] body) => new(200, body, new Dictionary<string, string>());
}
