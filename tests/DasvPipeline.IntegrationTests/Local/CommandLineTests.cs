using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Local.Commands;
using DasvPipeline.Tests.Ingest.Reading;
using DasvPipeline.Tests.Samples;
using Microsoft.Extensions.Time.Testing;
using static DasvPipeline.IntegrationTests.UseCases.SampleFiles;

namespace DasvPipeline.IntegrationTests.Local;

public sealed class CommandLineTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Without this, <c>dotnet run --project local -- check FILE</c> would look for FILE in the project's folder.</summary>
    [Fact]
    public async Task Check_looks_for_a_file_in_the_current_folder()
    {
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo("dotnet", ["msbuild", Path.Combine(LocalFolders.Repository, "local", "DasvPipeline.Local.csproj"), "-getProperty:RunWorkingDirectory"])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Path.TrimEndingDirectorySeparator(folder.Path), Path.TrimEndingDirectorySeparator(said.Trim()));
    }

    [Fact]
    public async Task Once_processes_an_inbox_writes_every_public_file_and_ends()
    {
        using var folder = new TemporaryFolder();
        await folder.WriteAsync($"inbox/{MaracPath(1)}", Marac(371));
        await folder.WriteAsync($"inbox/{MaracPath(2)}", BadMarac);
        await folder.WriteAsync("inbox/idva-service/marac/2019-20-Q9/marac.csv", Marac(1));
        await folder.WriteAsync($"inbox/{VawgPath}", Vawg);
        await folder.WriteAsync("inbox/README.md", "not four levels deep");

        var (code, output, errors) = await CommandLine.RunAsync("--once", "--inbox", folder.At("inbox"), "--out", folder.At("out"), "--site", folder.At("static"));

        Assert.True(code == 0, errors);
        Assert.Equal(string.Empty, errors);
        Assert.Contains("4 files processed: 2 accepted, 2 rejected.", output, StringComparison.Ordinal);
        Assert.Contains("Figures for 2019-20 that disagree: 1 case", output, StringComparison.Ordinal);
        Assert.Contains("not-the-year/vawg-young-people", output, StringComparison.Ordinal);
        Assert.Equal(
            [
                .. Year("2019-20/"), "breakdowns.json", "calendar.ics", "calendar.json", "changes.atom", "dataset.json", "dictionary.csv", "headlines.csv", "headlines.csv-metadata.json", "headlines.json", "index.json",
                "releases/1/2019-20/annual-report.docx", "releases/1/2019-20/annual-report.json", "releases/1/2019-20/annual-report.xlsx", "releases/1/2019-20/headlines.json", "releases/1/changes.atom", "releases/1/headlines.json", "releases/1/index.json",
                "schema/annual-report.v1.json", "schema/calendar.v1.json", "schema/headlines.v1.json", "schema/history.v1.json", "schema/index.v1.json",
            ],
            Directory.EnumerateFiles(folder.At("out"), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder.At("out"), file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        using var feed = JsonDocument.Parse(await File.ReadAllBytesAsync(folder.At("out", "headlines.json"), Ct));
        Assert.Equal(371, UseCases.Pipeline.Value(feed.RootElement, MaracHeadline));

        // A static host gets the same feed, the files of the page, and a page of each year with its figures.
        Assert.Equal(await File.ReadAllTextAsync(folder.At("out", "headlines.json"), Ct), await File.ReadAllTextAsync(folder.At("static", "feed", "headlines.json"), Ct));
        foreach (var page in new[] { "index.html", "2019-20.html" })
        {
            Assert.Contains("<p class=\"site-card__value\">371<", await File.ReadAllTextAsync(folder.At("static", "site", page), Ct), StringComparison.Ordinal);
        }

        Assert.True(File.Exists(folder.At("static", "site", "dasv.v1.js")));

        static IEnumerable<string> Year(string at) => new[] { "breakdowns.json", "headlines.csv", "headlines.csv-metadata.json", "headlines.json" }.Select(name => at + name);
    }

    [Theory]
    [InlineData("2020-06-29", 1, "period-not-ended")]
    [InlineData("2020-06-30", 0, null)]
    public async Task Check_rejects_a_file_whose_period_has_not_ended_as_an_upload_does(string today, int expected, string? finding)
    {
        using var folder = new TemporaryFolder();
        var file = new FileInfo(await folder.WriteAsync("marac.csv", Marac(371)));
        var clock = new FakeTimeProvider(DateTimeOffset.Parse($"{today}T12:00Z", CultureInfo.InvariantCulture));
        using var output = new StringWriter();
        using var errors = new StringWriter();

        var code = await new CheckCommand(file, "idva-service/marac", "2020-21-Q1", json: true, marked: null, catalogueFolder: null).RunAsync(output, errors, clock, Ct);

        Assert.Equal((expected, string.Empty), (code, errors.ToString()));
        using var json = JsonDocument.Parse(output.ToString());
        Assert.Equal(finding, json.RootElement.GetProperty("findings").EnumerateArray().Select(item => item.GetProperty("code").GetString()).SingleOrDefault());
        Assert.Equal(expected == 0 ? 1 : 0, json.RootElement.GetProperty("observations").GetArrayLength());
    }

    [Fact]
    public async Task Check_ends_with_0_for_a_good_file_and_prints_exactly_the_agreed_JSON()
    {
        using var folder = new TemporaryFolder();
        var file = await folder.WriteAsync("sarc.csv", "Referrals to SARC over 18s,37 approx\r\nReferrals to SARC under 18s,<5\r\n");

        var (code, output, _) = await CommandLine.RunAsync("check", file, "--return", "elms-sarc/referrals", "--period", "2019-20-Q1", "--json");

        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        Assert.Equal(["accepted", "return", "period", "findings", "observations"], Names(root));
        Assert.Equal((true, "elms-sarc/referrals", "2019-20-Q1"), (root.GetProperty("accepted").GetBoolean(), root.GetProperty("return").GetString(), root.GetProperty("period").GetString()));
        Assert.All(root.GetProperty("findings").EnumerateArray(), finding => Assert.Equal(["severity", "code", "sheet", "cell", "message", "figure"], Names(finding)));
        Assert.Equal(["note", "note"], root.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("severity").GetString()));
        Assert.Equal(
            [
                """{"measure":"sarc.referrals","area":"all","breakdowns":{"age":"18-and-over"},"period":"2019-20-Q1","value":37,"markers":["e"],"note":"37 approx","cell":"B1"}""",
                """{"measure":"sarc.referrals","area":"all","breakdowns":{"age":"under-18"},"period":"2019-20-Q1","value":null,"markers":["c"],"note":"fewer than 5","cell":"B2"}""",
            ],
            root.GetProperty("observations").EnumerateArray().Select(observation => observation.GetRawText()));
    }

    [Fact]
    public async Task Check_ends_with_1_for_a_bad_file_and_names_the_cell()
    {
        using var folder = new TemporaryFolder();
        var file = await folder.WriteAsync("marac.csv", BadMarac);

        var (code, output, _) = await CommandLine.RunAsync("check", file, "--return", "idva-service/marac", "--period", "2019-20-Q1", "--json");
        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        Assert.Equal((1, false), (code, root.GetProperty("accepted").GetBoolean()));
        var finding = Assert.Single(root.GetProperty("findings").EnumerateArray());
        Assert.Equal(
            ("error", Codes.NotANumber, JsonValueKind.Null, "B2"),
            (finding.GetProperty("severity").GetString(), finding.GetProperty("code").GetString(), finding.GetProperty("sheet").ValueKind, finding.GetProperty("cell").GetString()));
        Assert.Empty(root.GetProperty("observations").EnumerateArray());

        var (sameCode, lines, _) = await CommandLine.RunAsync("check", file, "--return", "idva-service/marac", "--period", "2019-20-Q1");
        Assert.Equal(1, sameCode);
        Assert.StartsWith("error B2 (MARAC cases heard): ", lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_writes_the_marked_copy_to_the_given_path_if_its_extension_fits()
    {
        using var folder = new TemporaryFolder();
        var list = await folder.WriteAsync("marac.csv", BadMarac);
        var book = folder.At("marac.xlsx");
        await File.WriteAllBytesAsync(book, Grid.Of("measure|value\nmarac.cases|lots").Xlsx(), Ct);
        string[] of = ["--return", "idva-service/marac", "--period", "2019-20-Q1", "--marked"];

        Assert.Equal(1, (await CommandLine.RunAsync(["check", list, .. of, folder.At("new", "list.csv")])).Code);
        Assert.StartsWith("\uFEFFSeverity,Sheet,Cell,", System.Text.Encoding.UTF8.GetString(await File.ReadAllBytesAsync(folder.At("new", "list.csv"), Ct)), StringComparison.Ordinal);
        Assert.Equal(1, (await CommandLine.RunAsync(["check", book, .. of, folder.At("new", "marked.XLSX")])).Code);
        Assert.Equal("Findings", Workbooks.ReadFile(await File.ReadAllBytesAsync(folder.At("new", "marked.XLSX"), Ct), "marked.xlsx").Sheets[0].Name);

        var (code, output, errors) = await CommandLine.RunAsync(["check", book, .. of, folder.At("other.ods")]);
        Assert.Equal((2, "", "The marked copy of this file is a workbook. Use a name for --marked that ends in .xlsx."), (code, output, errors.Trim()));
        var spreadsheet = folder.At("marac.ods");
        await File.WriteAllBytesAsync(spreadsheet, OdsBytes.Of(OdsBytes.Row(OdsBytes.Text("<text:p>measure</text:p>") + OdsBytes.Text("<text:p>value</text:p>")) + OdsBytes.Row(OdsBytes.Text("<text:p>marac.cases</text:p>") + OdsBytes.Text("<text:p>lots</text:p>"))), Ct);
        (code, output, errors) = await CommandLine.RunAsync(["check", spreadsheet, .. of, folder.At("other.ods")]);
        Assert.Equal((2, "", "The marked copy of this file is a workbook. Use a name for --marked that ends in .xlsx."), (code, output, errors.Trim()));
        Assert.Equal(1, (await CommandLine.RunAsync(["check", spreadsheet, .. of, folder.At("marked.xlsx")])).Code);
        Assert.Equal(["Findings", "Figures"], Workbooks.ReadFile(await File.ReadAllBytesAsync(folder.At("marked.xlsx"), Ct), "marked.xlsx").Sheets.Select(sheet => sheet.Name));
        (code, output, errors) = await CommandLine.RunAsync(["check", list, .. of, folder.At("other.xlsx")]);
        Assert.Equal((2, "", "The marked copy of this file is a list of findings. Use a name for --marked that ends in .csv."), (code, output, errors.Trim()));
        Assert.Equal(2, Directory.GetFiles(folder.At("new")).Length);

        var empty = await folder.WriteAsync("empty.csv", string.Empty);
        (code, _, errors) = await CommandLine.RunAsync(["check", empty, .. of, folder.At("other.csv")]);
        Assert.Equal((1, $"The file could not be read, so {folder.At("other.csv")} was not written."), (code, errors.Trim()));
    }

    [Fact]
    public async Task Check_reads_tables_of_the_annual_report_as_they_are_printed()
    {
        using var folder = new TemporaryFolder();
        var clients = folder.At("clients.xls");
        await File.WriteAllBytesAsync(clients, Grid.Xls([.. ReportTables.Of("rape-crisis/clients").Select(table => (table.Name, new Grid(table.Cells)))]), Ct);

        await AssertAsync(ReportTables.FileOf("perpetrator-panel"), "constabulary/perpetrator-panel", "2019-20-Q3", 0, 2, []);
        await AssertAsync(ReportTables.FileOf("courses"), "early-help/courses", "2019-20", 0, 12, ["note E4", "note C6", "note D6"]);
        await AssertAsync(clients, "rape-crisis/clients", "2019-20", 0, 41, [.. "B2 D2 D5 D7 D8 C9 D9 C10 D10".Split(' ').Select(cell => "query " + cell)]);
        await AssertAsync(ReportTables.FileOf("police-da-incidents"), "constabulary/domestic-abuse", "2019-20-Q2", 1, 0, ["error "]);

        static async Task AssertAsync(string file, string id, string period, int expected, int figures, string[] findings)
        {
            var (code, output, errors) = await CommandLine.RunAsync("check", file, "--return", id, "--period", period, "--json");
            Assert.True(code == expected, output + errors);
            using var json = JsonDocument.Parse(output);
            Assert.Equal(figures, json.RootElement.GetProperty("observations").GetArrayLength());
            Assert.Equal(
                findings,
                json.RootElement.GetProperty("findings").EnumerateArray().Select(finding => $"{finding.GetProperty("severity").GetString()} {finding.GetProperty("cell").GetString()}"));
        }
    }

    [Theory]
    [InlineData("check", "{file}", "--return", "idva-service/nothing", "--period", "2019-20-Q1")]
    [InlineData("check", "{file}", "--return", "idva-service/marac", "--period", "spring")]
    [InlineData("check", "{file}", "--return", "idva-service/marac")]
    [InlineData("check", "no such file.csv", "--return", "idva-service/marac", "--period", "2019-20-Q1")]
    [InlineData("check")]
    [InlineData("chekc")]
    public async Task Check_used_wrongly_ends_with_2_and_a_clear_message(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var file = await folder.WriteAsync("marac.csv", Marac(1));

        var (code, output, errors) = await CommandLine.RunAsync(arguments.Select(argument => argument.Replace("{file}", file, StringComparison.Ordinal)));

        Assert.Equal((2, string.Empty), (code, output));
        Assert.NotEqual(string.Empty, errors);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_is_a_form_in_which_check_finds_no_figures()
    {
        using var folder = new TemporaryFolder();
        var form = folder.At("new", "form.xlsx");

        var (code, _, errors) = await CommandLine.RunAsync("template", "constabulary/domestic-abuse", "2019-20-Q1", form);
        var (checkCode, output, _) = await CommandLine.RunAsync("check", form, "--return", "constabulary/domestic-abuse", "--period", "2019-20-Q1", "--json");

        Assert.True(code == 0, errors);
        using var json = JsonDocument.Parse(output);
        Assert.Equal((1, Codes.NoFigures), (checkCode, Assert.Single(json.RootElement.GetProperty("findings").EnumerateArray()).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_template_with_last_periods_file_shows_its_figures()
    {
        using var folder = new TemporaryFolder();
        var form = folder.At("form.xlsx");
        var last = await folder.WriteAsync("last.csv", Marac(371));

        var (code, _, errors) = await CommandLine.RunAsync("template", "idva-service/marac", "2019-20-Q2", form, "--last", last);

        Assert.True(code == 0, errors);
        var sheet = Workbooks.ReadFile(await File.ReadAllBytesAsync(form, Ct), "form.xlsx").Sheets[1];
        Assert.Equal(("April to June 2019", "371"), (sheet[5, 3].DisplayText, sheet[6, 3].DisplayText));
    }

    [Theory]
    [InlineData("2019-20-Q2", "marac.csv", "marac.csv cannot be read as MARAC cases for 2019-20-Q1, the previous period. \"lots\" is not a number. Enter a whole number, or [x] if it is not available.")]
    [InlineData("2019-20-Q1", "marac.csv", "MARAC cases was not due for 2018-19-Q4, the previous period. Leave out --last.")]
    [InlineData("2019-20-Q2", "other.csv", "The file {folder}/other.csv does not exist.")]
    public async Task A_previous_file_that_does_not_fit_gives_a_clear_message(string period, string last, string sentence)
    {
        using var folder = new TemporaryFolder();
        await folder.WriteAsync("marac.csv", BadMarac);

        var (code, output, errors) = await CommandLine.RunAsync("template", "idva-service/marac", period, folder.At("form.xlsx"), "--last", folder.At(last));

        Assert.Equal((2, string.Empty, sentence.Replace("{folder}", folder.Path, StringComparison.Ordinal)), (code, output, errors.Trim()));
        Assert.False(File.Exists(folder.At("form.xlsx")));
    }

    [Fact]
    public async Task A_port_that_is_in_use_gives_a_clear_message()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var (code, _, errors) = await CommandLine.RunAsync("--port", FormattableString.Invariant($"{port}"));

        Assert.Equal(
            (1, FormattableString.Invariant($"Another program is using port {port}. Stop that program, or choose another port with --port.")), (code, errors.Trim()));
    }

    [Fact]
    public async Task A_missing_inbox_gives_a_clear_message()
    {
        using var folder = new TemporaryFolder();

        var (code, _, errors) = await CommandLine.RunAsync("--once", "--inbox", folder.At("inbox"));

        Assert.Equal((1, $"The folder {folder.At("inbox")} does not exist. --inbox needs a folder of returns: agency/return/period/file."), (code, errors.Trim()));
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
