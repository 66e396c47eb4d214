using System.Net;
using System.Net.Sockets;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Tests.Hostile;
using DasvPipeline.Tests.Ingest.Reading;

namespace DasvPipeline.UnitTests.Hostile;

/// <summary>
/// Every kind of bad input that the promises cover, and the exact answer: <c>bad-inputs.csv</c>, in the order of the
/// promises. The use case tests cover files that are repeated, corrected, replaced or deleted.
/// </summary>
public sealed class BadInputTests
{
    private static readonly AnswerFile File = new("bad-inputs.csv");
    private static readonly ILookup<string, Answer> Expected = File.Read();
    private static readonly Lazy<Task<IReadOnlyList<(string Name, IReadOnlyList<Answer> Answers)>>> Actual = new(ActualAsync);

    public static TheoryData<string> Names() => [.. Expected.Select(row => row.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_bad_input_gets_its_expected_answer(string name) =>
        Assert.Equal(Expected[name], (await Actual.Value).Single(answer => answer.Name == name).Answers);

    [Fact]
    public async Task Every_bad_input_has_an_expected_answer_in_order()
    {
        var actual = await Actual.Value;
        File.Regenerate(actual.SelectMany(answer => answer.Answers));
        Assert.Equal(actual.Select(answer => answer.Name), Expected.Select(row => row.Key));
    }

    [Fact]
    public async Task Every_answer_is_a_sentence_without_technical_terms()
    {
        string[] jargon = ["XML", "UTF-16", "schema", "entity", "exception", "null", "parse", "invalid", "DTD", "NUL"];
        foreach (var (name, answers) in await Actual.Value)
        {
            foreach (var answer in answers.Where(answer => answer.Severity != "accepted"))
            {
                Assert.True(answer.Sentence[^1] is '.' or '?', name);
                Assert.All(jargon, word => Assert.DoesNotContain(word, answer.Sentence.Split(' ', ',', '.', ':', ';', '(', ')')));
            }
        }
    }

    [Fact]
    public async Task An_external_entity_makes_no_network_call()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        foreach (var prologue in new[] { $"<!DOCTYPE a SYSTEM \"{address}\">", $"<!DOCTYPE a [<!ENTITY x SYSTEM \"{address}\">]>", $"<!DOCTYPE a [<!ENTITY % p SYSTEM \"{address}\">%p;]>" })
        {
            foreach (var content in new[] { ValidFiles.Xlsx().Part("docProps/app.xml", prologue + "<a>&x;</a>").ToArray(), OdsBytes.OfContent(prologue + "<a>&x;</a>") })
            {
                var examined = await Examine.FileAsync(ValidFiles.Return, ValidFiles.Period, content, "return.xlsx");
                Assert.Equal(Codes.UnsafeXml, Assert.Single(examined.Findings).Code);
            }
        }

        Assert.False(listener.Pending());
    }

    private static async Task<IReadOnlyList<(string, IReadOnlyList<Answer>)>> ActualAsync()
    {
        var answers = new List<(string, IReadOnlyList<Answer>)>();
        await foreach (var (name, examined) in BadInputs.AllAsync())
        {
            answers.Add((name, [.. Answer.Of(name, examined)]));
        }

        return answers;
    }
}
