using System.Text;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Oversight;
using DasvPipeline.Core.Ports;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests.Ingest.Reading;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Ingest.Checking.People;

/// <summary>Sends personal data and searches for it everywhere: it must be in the file itself only.</summary>
public sealed class CanaryTests(AzuriteFixture azurite)
{
    /// <summary>The values to search for, without the spaces and signs that they may be written with.</summary>
    private static readonly string[] Canaries = ["9990123454", "canarybird@example.org", "Mary Canarybird", "Canarybird", "07700900123", "7700900123", "CB29ZZ", "AB123456C", "12/03/1980", "HighStreet"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Files with these values in the places that findings quote: labels, figures, notes, sheet names, units and list columns.</summary>
    public static TheoryData<string, string> Files => new()
    {
        { "a figure that is an NHS number", "MARAC cases heard|9990123454" },
        { "a figure with words", "MARAC cases heard|12 (Mary, 07700 900123)" },
        { "a label", "canarybird@example.org|12" },
        { "a note", "measure|value|note\nmarac.cases|12|canarybird@example.org rang about NHS 999 012 3454" },
        { "an unknown measure", "measure|value\nAB123456C|12" },
        { "a second row", "measure|value\nmarac.cases|12\nmarac.cases 9990123454|13" },
        { "a name column next to valid figures", "MARAC cases heard|12\n\nName|Sessions\nMary Canarybird|3" },
        { "a date of birth", "MARAC cases heard|12\n\nDOB|Sessions\n12/03/1980|3" },
        { "a list of people", "MARAC cases heard|12\n\nClient name|DOB|NHS number|Mobile|E-mail|Address\nMary Canarybird|12/03/1980|9990123454|7700900123|canarybird@example.org|1 High Street, CB2 9ZZ" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_value_is_in_no_table_report_public_file_or_outcome(string what, string grid)
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        await pipeline.SendAsync(MaracPath(1), Marac(371));
        await pipeline.PublishAsync();
        var before = await pipeline.PublicAsync();
        foreach (var (file, content) in new[] { ("marac.csv", Encoding.UTF8.GetBytes(Grid.Of(grid).Csv())), ("marac.xlsx", Grid.Xlsx(("Jo 07700 900123", Grid.Of(grid)))) })
        {
            await pipeline.UploadAsync(MaracPath(1, file), content);
            var outcome = await pipeline.EventAsync(MaracPath(1, file));

            Assert.True(outcome.Result == IngestResult.Rejected, what);
            Assert.All(outcome.Findings, finding => Assert.Contains(finding.Code, (string[])[Codes.PersonalData, Codes.RowPerPerson]));
            Assert.NotEmpty(await pipeline.ReportAsync(outcome.Key!.Value, outcome.Version));
            AssertNoCanary(string.Join('\n', outcome.Findings) + string.Join('\n', outcome.Findings.SelectMany(finding => finding.OtherCells)));
        }

        await pipeline.PublishAsync();

        var stored = await pipeline.Store.DumpAsync(Ct);
        Assert.Contains(Codes.PersonalData, stored, StringComparison.Ordinal);
        AssertNoCanary(WithoutUploads(stored));
        Assert.Equal(before, await pipeline.PublicAsync());
        Assert.Equal(371, Assert.Single(await pipeline.LiveAsync(Pipeline.KeyOf(MaracPath(1)))).Figure.Value);
    }

    /// <summary>
    /// A return with a person in each place outside the figures is refused, or the person is left out. The value is then in the file itself
    /// only, and after the deletion of the file it is nowhere. A suspected file name is part of the path until then.
    /// </summary>
    [Fact]
    public async Task A_value_outside_the_figures_is_found_nowhere_else_and_after_its_deletion_nowhere()
    {
        using var logs = new LogCapture();
        var pipeline = (await Pipeline.NewAsync(azurite)).WithLogs(logs.Logs);
        var (key, sent) = (Pipeline.KeyOf(SarcPath("2019-20", 1)), new List<int>());
        await pipeline.SendAsync(SarcPath("2019-20", 1), Sarc(51, 24));
        await pipeline.PublishAsync();
        var published = await pipeline.PublicAsync();
        foreach (var (place, name, content) in CanaryFiles.All())
        {
            var outcome = await pipeline.Send.RunAsync(key, name, content, new Person("id", "jo"), Ct);

            // A suspected name is replaced before it is stored, and the rest of the file is fine.
            Assert.True(place == "file name" || outcome.Result == IngestResult.Rejected, place);
            Assert.All(outcome.Findings.Where(finding => finding.Severity == Severity.Error), finding => Assert.Equal(Codes.PersonalData, finding.Code));
            AssertNoCanary(string.Join('\n', outcome.Findings));
            sent.Add(outcome.Version);
        }

        foreach (var (place, name, content) in CanaryFiles.WithAuthors())
        {
            var outcome = await pipeline.Send.RunAsync(key, name, content, new Person("id", "jo"), Ct);
            Assert.True(outcome.Result == IngestResult.Accepted, place);
            sent.Add(outcome.Version);
        }

        AssertNoCanary(WithoutUploads(await pipeline.Store.DumpAsync(Ct)));
        AssertNoCanary(logs.Text);
        Assert.Equal(published, await pipeline.PublicAsync());

        foreach (var version in sent)
        {
            Assert.True((await DeleteFileTests.Delete(pipeline).RunAsync(key, version, new Person("id", "jo"), Ct)).IsDone);
        }

        AssertNoCanary(await pipeline.Store.DumpAsync(Ct));
        Assert.Empty(await pipeline.Store.Returns.ReadFilesWithPeopleAsync(Ct));
    }

    [Theory]
    [InlineData("Ask Mary Canarybird.")]
    [InlineData("Ring 07700 900123.")]
    public async Task A_text_about_a_person_is_stored_and_published_by_no_decision(string text)
    {
        var pipeline = await Pipeline.NewAsync(azurite);
        var (year, path) = (Period.FromYear(2019), MaracPath(1));
        var (key, by) = (Pipeline.KeyOf(path), new Person("id", "the manager"));
        await pipeline.SendAsync(path, Marac(371));
        await pipeline.SendAsync(path, Marac(372));
        await pipeline.PublishAsync();
        var explain = new ExplainQuery(Pipeline.Catalogue, pipeline.Store.Returns);

        List<Outcome> outcomes =
        [
            await pipeline.Decide.SignOffAsync(year, by, text, publishesNumbers: true, Ct),
            await pipeline.Decide.HoldAsync(by, text, Ct),
            await pipeline.Versions.WithdrawAsync(key, null, text, by, Ct),
            await pipeline.Versions.ChooseAsync(key, 1, text, by, Ct),
            await explain.RunAsync(key, "question", text, by, Ct),
            await explain.RunAsync(year, "question", text, by, Ct),
        ];
        Assert.True((await pipeline.Decide.SignOffAsync(year, by, "Agreed.", publishesNumbers: false, Ct)).IsDone);
        outcomes.Add(await pipeline.Decide.ReopenAsync(year, by, text, publishesNumbers: true, Ct));
        Assert.Equal(IngestResult.Accepted, (await pipeline.Send.RunAsync(key, text + "csv", Encoding.UTF8.GetBytes(Marac(373)), by, Ct)).Result);
        await pipeline.PublishAsync();

        Assert.All(outcomes, outcome => Assert.Equal(OutcomeStatus.Incomplete, outcome.Status));
        AssertNoCanary(await pipeline.Store.DumpAsync(Ct));
        AssertNoCanary(string.Concat(outcomes));
    }

    [Theory]
    [InlineData("MARAC cases heard|9990123454")]
    [InlineData("MARAC cases heard|12\n\nName|Mobile\nMary Canarybird|7700900123")]
    public async Task A_value_is_not_printed_by_check(string grid)
    {
        using var folder = new TemporaryFolder();
        var file = await folder.WriteAsync("marac.csv", Grid.Of(grid).Csv());
        foreach (var json in (string[][])[[], ["--json"]])
        {
            var (code, output, errors) = await CommandLine.RunAsync(["check", file, "--return", "idva-service/marac", "--period", "2019-20-Q1", .. json]);
            Assert.Equal(1, code);
            Assert.Contains(Codes.PersonalData, output, StringComparison.Ordinal);
            AssertNoCanary(output + errors);
        }
    }

    [Fact]
    public async Task A_value_is_not_logged_by_the_laptops_host()
    {
        using var folder = new TemporaryFolder();
        await folder.WriteAsync($"inbox/{MaracPath(1)}", Grid.Of("MARAC cases heard|9990123454\n\nName|Mobile\nMary Canarybird|7700900123").Csv());
        await folder.WriteAsync($"inbox/{MaracPath(2)}", Marac(371));

        var (code, output, errors) = await CommandLine.RunProcessAsync("--once", "--inbox", folder.At("inbox"), "--out", folder.At("out"));

        Assert.True(code == 0, errors);
        Assert.Contains("1 accepted, 1 rejected", output, StringComparison.Ordinal);
        AssertNoCanary(output + errors);
        foreach (var published in Directory.EnumerateFiles(folder.At("out"), "*", SearchOption.AllDirectories))
        {
            AssertNoCanary(await File.ReadAllTextAsync(published, Ct));
        }
    }

    /// <summary>Returns the dump after the container of uploads, starting with the reports.</summary>
    private static string WithoutUploads(string stored)
    {
        var uploads = stored.IndexOf("\nreturns/", StringComparison.Ordinal);
        var reports = stored.IndexOf("\nreports/", StringComparison.Ordinal);
        Assert.True(uploads > 0 && reports > uploads);
        return stored[..uploads] + stored[reports..];
    }

    private static void AssertNoCanary(string text)
    {
        var plain = text.Replace(" ", string.Empty, StringComparison.Ordinal);
        Assert.All(Canaries, canary => Assert.DoesNotContain(canary.Replace(" ", string.Empty, StringComparison.Ordinal), plain, StringComparison.OrdinalIgnoreCase));
    }
}
