using System.Text.Json;
using DasvPipeline.IntegrationTests.Local;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests;

namespace DasvPipeline.IntegrationTests.Publish;

/// <summary>Everything that is published is read with the tools of its readers: with a public address and without one.</summary>
public sealed class ExternalCheckTests(PublishedSamples samples, LongFeed longFeed, ReadOnlyLaptop laptop) : IClassFixture<PublishedSamples>, IClassFixture<LongFeed>, IClassFixture<ReadOnlyLaptop>
{
    private static readonly Uri AnyAddress = new("https://host.example/some/feed/");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ajv_jsonld_jsonstat_and_the_OpenAPI_linter_find_nothing()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "samples", await ReadAsync(samples.Pipeline, AnyAddress), AnyAddress);
        await WriteAsync(folder, "long", await ReadAsync(longFeed.Pipeline, LongFeed.Root), LongFeed.Root);
        await folder.WriteAsync("long/openapi.json", await laptop.Client.GetStringAsync(new Uri("/api/openapi.json", UriKind.Relative), Ct));
        Assert.Equal(string.Empty, await SchemaValidator.FeedFaultsAsync((folder.At("samples"), AnyAddress), (folder.At("long"), LongFeed.Root)));
    }

    [LongFact]
    public async Task Each_kind_of_mistake_is_found()
    {
        using var folder = new TemporaryFolder();
        var files = await ReadAsync(longFeed.Pipeline, LongFeed.Root);
        (string Path, string From, string To)[] mistakes =
        [
            ("headlines.json", "\"unit\": \"cases\"", "\"unit\": 5"),
            ("calendar.json", "\"Europe/London\"", "\"UTC\""),
            ("index.json", "schema/index.v1.json", "schema/index.v2.json"),
            ("history/1.json", "https://figures.example.org/feed/schema/history.v1.json", "schema/history.v1.json"),
            ("schema/headlines.v1.json", "https://figures.example.org/feed/schema/headlines.v1.json", "https://figures.example.org/schema/headlines.v1.json"),
            ("dataset.json", "\"@id\": \"https://figures.example.org/feed/2019-20/headlines.csv\"", "\"@id\": \"../2019-20/headlines.csv\""),
            ("breakdowns.json", "\"size\": [", "\"size\": [2,"),
            ("2019-20/breakdowns.json", "\"c\": \"hidden", "\"d\": \"hidden"),
        ];
        foreach (var (path, from, to) in mistakes)
        {
            var text = files[new Uri(LongFeed.Root, path)];
            Assert.Contains(from, text, StringComparison.Ordinal);
            files[new Uri(LongFeed.Root, path)] = text.Replace(from, to, StringComparison.Ordinal);
        }

        await WriteAsync(folder, "feed", files, LongFeed.Root);
        await folder.WriteAsync("feed/openapi.json", (await laptop.Client.GetStringAsync(new Uri("/api/openapi.json", UriKind.Relative), Ct)).Replace("\"operationId\": \"hold\"", "\"operationId\": \"approve\"", StringComparison.Ordinal));
        var faults = await SchemaValidator.FeedFaultsAsync((folder.At("feed"), LongFeed.Root));
        foreach (var expected in new[]
        {
            "headlines.json/headlines/", "calendar.json/timeZone: must be equal to constant", "index.json: names a schema that is not in the feed", "history/1.json: names a schema that is not in the feed",
            "schema/headlines.v1.json: has another id", "dataset.json: loses the id ../2019-20/headlines.csv", "breakdowns.json: table 0", "2019-20/breakdowns.json: table", "does not explain c", "operation-operationId-unique",
        })
        {
            Assert.Contains(expected, faults, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_table_is_as_its_CSV_on_the_Web_description_says()
    {
        foreach (var (pipeline, root) in Feeds())
        {
            var files = await ReadAsync(pipeline, root);
            var descriptions = files.Keys.Where(address => address.AbsolutePath.EndsWith("-metadata.json", StringComparison.Ordinal)).ToList();
            Assert.True(descriptions.Count >= 3);
            Assert.All(descriptions, address => Assert.Empty(CsvwCheck.Find(address, files)));
        }
    }

    [LongTheory]
    [InlineData(false, "2020-03-31", "2020-02-31", "end is not a date")]
    [InlineData(false, "Q1,2019-04-01", "Q5,2019-04-01", "period is not a string")]
    [InlineData(false, "headline,title,", "headline,name,", "The header is headline,name")]
    [InlineData(false, "marac-cases,", ",", "headline is empty")]
    [InlineData(true, "\"primaryKey\": [", "\"uniqueKey\": [], \"primaryKey\": [", "The schema has the member uniqueKey")]
    [InlineData(true, "\"code\",\n      \"period\"", "\"code\"", "has the key of another row")]
    [InlineData(true, "headlines.csv\"", "figures.csv\"", "figures.csv is not in the feed")]
    public async Task A_table_that_differs_from_its_description_is_found(bool inDescription, string from, string to, string expected)
    {
        var files = await ReadAsync(longFeed.Pipeline, LongFeed.Root);
        var address = new Uri(LongFeed.Root, "2019-20/headlines.csv-metadata.json");
        var changed = inDescription ? address : new Uri(LongFeed.Root, "2019-20/headlines.csv");
        Assert.Contains(from, files[changed], StringComparison.Ordinal);
        files[changed] = files[changed].Replace(from, to, StringComparison.Ordinal);
        Assert.Contains(expected, string.Join('\n', CsvwCheck.Find(address, files)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_reader_understands_every_Atom_file_and_finds_every_release_once()
    {
        foreach (var (pipeline, root) in Feeds())
        {
            var files = await ReadAsync(pipeline, root);
            var logs = files.Keys.Where(address => address.AbsolutePath.EndsWith(".atom", StringComparison.Ordinal)).ToList();
            Assert.True(logs.Count >= 2);
            Assert.All(logs, address => Assert.Empty(AtomCheck.Find(address, files)));
        }

        var all = await ReadAsync(longFeed.Pipeline, LongFeed.Root);
        var (titles, faults) = AtomCheck.ReadAll(new Uri(LongFeed.Root, "changes.atom"), all);
        Assert.Empty(faults);
        Assert.Equal(Enumerable.Range(1, LongFeed.Releases).Reverse().Select(number => FormattableString.Invariant($"Release {number}")), titles.Select(title => title.Split(':')[0]));
        Assert.Equal("Release 4: taken down", titles[^4]);

        // The index and its pages list the same releases.
        var numbers = new List<int>();
        for (string? path = "index.json"; path is not null;)
        {
            using var page = JsonDocument.Parse(all[new Uri(LongFeed.Root, path)]);
            numbers.AddRange(page.RootElement.GetProperty("releases").EnumerateArray().Select(release => release.GetProperty("number").GetInt32()));
            path = page.RootElement.TryGetProperty("earlier", out var earlier) ? earlier.GetString() : null;
        }

        Assert.Equal(Enumerable.Range(1, LongFeed.Releases).Reverse(), numbers);
    }

    [LongTheory]
    [InlineData("history/1.atom", "<id>urn:uuid:", "<id>", "is not an absolute id")]
    [InlineData("changes.atom", "/feed/releases/31/headlines.json", "/feed/releases/99/headlines.json", "which is not in the feed")]
    [InlineData("releases/31/changes.atom", "/feed/releases/31/changes.atom", "/feed/changes.atom", "The feed says that it is")]
    [InlineData("changes.atom", "Z</updated>", "</updated>", "RFC 3339")]
    public async Task An_Atom_file_that_a_reader_cannot_use_is_found(string path, string from, string to, string expected)
    {
        var files = await ReadAsync(longFeed.Pipeline, LongFeed.Root);
        var address = new Uri(LongFeed.Root, path);
        Assert.Contains(from, files[address], StringComparison.Ordinal);
        files[address] = files[address].Replace(from, to, StringComparison.Ordinal);
        Assert.Contains(expected, string.Join('\n', AtomCheck.Find(address, files)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_has_its_own_history_only()
    {
        var files = await ReadAsync(longFeed.Pipeline, LongFeed.Root);
        foreach (var address in files.Keys.Where(address => address.AbsolutePath.Contains("/releases/", StringComparison.Ordinal) && address.AbsolutePath.EndsWith("/index.json", StringComparison.Ordinal)))
        {
            using var index = JsonDocument.Parse(files[address]);
            Assert.Equal(address.AbsolutePath.Split('/')[^2], Assert.Single(index.RootElement.GetProperty("releases").EnumerateArray()).GetProperty("number").GetRawText());
        }

        // Not larger after 31 releases than after 1.
        Assert.True(files[new Uri(LongFeed.Root, "releases/31/changes.atom")].Length < 2 * files[new Uri(LongFeed.Root, "releases/1/changes.atom")].Length);
    }

    private IEnumerable<(Pipeline Pipeline, Uri Root)> Feeds() => [(samples.Pipeline, AnyAddress), (longFeed.Pipeline, LongFeed.Root)];

    private static async Task<Dictionary<Uri, string>> ReadAsync(Pipeline pipeline, Uri root) => (await pipeline.PublicAsync()).ToDictionary(file => new Uri(root, file.Key), file => file.Value.Text);

    private static async Task WriteAsync(TemporaryFolder folder, string name, IReadOnlyDictionary<Uri, string> files, Uri root)
    {
        foreach (var (address, text) in files)
        {
            await folder.WriteAsync($"{name}/{root.MakeRelativeUri(address)}", text);
        }
    }
}
