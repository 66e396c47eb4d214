using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using DasvPipeline.Local.Commands;

namespace DasvPipeline.UnitTests.Infra;

/// <param name="Version">The pinned version, or null for a transitive package.</param>
/// <param name="Licence">An SPDX expression.</param>
internal sealed record Dependency(string Name, string? Version, string Licence);

/// <summary>The restored third-party packages, each with the licence that it declares.</summary>
internal static class Dependencies
{
    public const string Page = "docs/dependencies.md";

    /// <summary>Licences that require attribution only and, for MPL, publication of changes to their own files.</summary>
    public static readonly string[] Allowed =
        ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "BlueOak-1.0.0", "MPL-2.0", "PSF-2.0", "MS-PL OR Apache-2.0", "Public domain OR MIT"];

    /// <summary>Licences that a package declares in a file or at an address, as read there.</summary>
    private static readonly Dictionary<string, string> InAFile = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Apache.Arrow"] = "Apache-2.0",
        ["NCrontab"] = "Apache-2.0",
        ["System.Security.Cryptography.ProtectedData"] = "MIT",
        ["http://geraintluff.github.io/tv4/LICENSE.txt"] = "Public domain OR MIT",
    };

    /// <summary>The parts in order: a package is listed with the first part that uses it.</summary>
    private static readonly (string[] Projects, string Title)[] Parts =
    [
        (["functions"], "In the app"), (["local"], "On a laptop as well"), (["tests/DasvPipeline.UnitTests", "tests/DasvPipeline.IntegrationTests"], "In the tests as well"), (["bench"], "In the benchmarks as well"),
    ];

    private static readonly (string Folder, string Title)[] NpmFolders =
        [("local/Azurite", "npm: the storage emulator of the laptop and the tests"), ("site", "npm: what the page's styles are made of"), ("tests/schema", "npm: what the tests read the feed with")];

    public static IReadOnlyDictionary<string, string> Pins => Groups().SelectMany(group => group.Packages).ToDictionary(pin => pin.Name, pin => pin.Version, StringComparer.OrdinalIgnoreCase);

    public static string ToPage()
    {
        var page = new StringBuilder("""
            # What it is made of, and under which licences
            Made by `DASV_REGENERATE=1 dotnet test` from what was restored; a test holds it to that, and to the licences that are allowed. A
            package is listed with the first part that uses it. A version is given where one is pinned (`Directory.Packages.props`, `package.json`);
            the others come with those. `infra/sbom.sh FOLDER` writes all with their versions as CycloneDX, and the workflow keeps what it wrote
            for each deployment.


            """.ReplaceLineEndings("\n"));
        foreach (var (title, packages) in NuGet())
        {
            AppendTable(page, title, packages);
        }

        foreach (var (folder, title) in NpmFolders)
        {
            var (direct, all) = Npm(folder);
            AppendTable(page, title, direct);
            page.Append("With what they bring: ")
                .AppendJoin(", ", all.GroupBy(item => item.Licence).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}")))
                .Append(".\n\n");
        }

        return page.ToString().TrimEnd() + "\n";
    }

    public static IEnumerable<Dependency> All() => NuGet().SelectMany(part => part.Packages).Concat(NpmFolders.SelectMany(part => Npm(part.Folder).All));

    private static void AppendTable(StringBuilder page, string title, IReadOnlyList<Dependency> packages)
    {
        if (packages.Count == 0)
        {
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"## {title}\n| package | version | licence |\n|---|---|---|\n");
        foreach (var item in packages.OrderBy(item => item.Name, StringComparer.OrdinalIgnoreCase))
        {
            page.Append(CultureInfo.InvariantCulture, $"| {item.Name} | {item.Version} | {item.Licence} |\n");
        }

        page.Append('\n');
    }

    private static IEnumerable<(string Title, IReadOnlyList<Dependency> Packages)> NuGet()
    {
        var pins = Pins;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (projects, title) in Parts)
        {
            yield return (title, [.. projects.SelectMany(Restored)]);
        }

        IEnumerable<Dependency> Restored(string project)
        {
            using var assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(LocalFolders.Repository, project, "obj", "project.assets.json")));
            var cache = assets.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;

            Dependency Of(string name, string folder) => new(name, pins.GetValueOrDefault(name), LicenceOf(name, folder));
            return [.. assets.RootElement.GetProperty("libraries").EnumerateObject()
                .Where(library => library.Value.GetProperty("type").GetString() == "package" && seen.Add(library.Name.Split('/')[0]))
                .Select(library => Of(library.Name.Split('/')[0], Path.Combine(cache, library.Value.GetProperty("path").GetString()!)))];
        }
    }

    private static (IReadOnlyList<Dependency> Direct, IReadOnlyList<Dependency> All) Npm(string folder)
    {
        using var locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(LocalFolders.Repository, folder, "package-lock.json")));
        const string Modules = "node_modules/";
        var packages = locked.RootElement.GetProperty("packages").EnumerateObject().ToList();
        var wanted = new[] { "dependencies", "devDependencies" }
            .SelectMany(kind => packages[0].Value.TryGetProperty(kind, out var of) ? of.EnumerateObject().Select(item => Modules + item.Name) : []).ToHashSet();
        var all = packages.Skip(1).Select(package => (package.Name, Dependency: new Dependency(
            package.Name[(package.Name.LastIndexOf(Modules, StringComparison.Ordinal) + Modules.Length)..],
            package.Value.GetProperty("version").GetString(),
            Spdx(package.Value.GetProperty("license").GetString()!)))).ToList();
        return ([.. all.Where(item => wanted.Contains(item.Name)).Select(item => item.Dependency)], [.. all.Select(item => item.Dependency)]);
    }

    private static string Spdx(string licence) => InAFile.GetValueOrDefault(licence) ?? licence;

    private static string LicenceOf(string name, string folder)
    {
        var said = XDocument.Load(Directory.EnumerateFiles(folder, "*.nuspec").Single()).Descendants().FirstOrDefault(element => element.Name.LocalName == "license");
        return said?.Attribute("type")?.Value == "expression" ? said.Value : InAFile.GetValueOrDefault(name) ?? "none that is known";
    }

    private static IEnumerable<(string Label, IReadOnlyList<(string Name, string Version)> Packages)> Groups() =>
        XDocument.Load(Path.Combine(LocalFolders.Repository, "Directory.Packages.props")).Descendants("ItemGroup").Select(group => (
            group.Attribute("Label")!.Value,
            (IReadOnlyList<(string, string)>)[.. group.Elements("PackageVersion").Select(pin => (pin.Attribute("Include")!.Value, pin.Attribute("Version")!.Value))]));
}
