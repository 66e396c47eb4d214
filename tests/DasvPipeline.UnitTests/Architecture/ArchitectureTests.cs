using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Ingest;
using DasvPipeline.Core.Ports;
using DasvPipeline.Functions;
using DasvPipeline.Local.Commands;
using DasvPipeline.Portal;
using DasvPipeline.Storage;
using Mono.Cecil;

namespace DasvPipeline.UnitTests.Architecture;

/// <summary>Checks the compiled code against the rules of the architecture.</summary>
public sealed partial class ArchitectureTests
{
    private const string Core = "DasvPipeline.Core";

    /// <summary>The stages in their order. Each uses itself and those before it.</summary>
    private static readonly string[] Line =
    [
        "Domain", "Catalogue", "Ports", "Telemetry",
        "Ingest.Routing", "Ingest.Forms", "Ingest.Reading", "Ingest.Checking", "Ingest.Annotation",
        "Publish.Aggregation", "Publish.Disclosure", "Publish.Formats", "Publish.Report", "Publish.Releases",
        "Ingest.Reporting", "Oversight.Reconciliation", "Oversight.Board", "Oversight.Reminders", "Oversight.Papers",
    ];

    /// <summary>The folders of use cases. They may combine all stages, and no stage uses them.</summary>
    private static readonly string[] UseCases = ["Ingest", "Publish", "Oversight"];

    /// <summary>The parts of the core that other projects may use, apart from the use cases: contracts and results, and no stage that computes.</summary>
    private static readonly string[] Open =
        ["Domain", "Catalogue", "Ports", "Telemetry", "Ingest.Routing", "Ingest.Forms", "Ingest.Annotation", "Ingest.Reporting", "Publish.Releases", "Oversight.Reconciliation", "Oversight.Board", "Oversight.Reminders"];

    /// <summary>The logging abstractions of the core: declarations only, and no output.</summary>
    private const string LogDeclarations = "Microsoft.Extensions.Logging.Abstractions";

    /// <summary>Constants of the feed: the paths of its files, and its schema.</summary>
    private static readonly string[] OpenOfTheFeed = ["FeedPaths", "FeedSchema"];

    private static readonly System.Reflection.Assembly[] Ours =
    [
        typeof(IngestReturn).Assembly, typeof(StorageServiceCollectionExtensions).Assembly, typeof(PortalServiceCollectionExtensions).Assembly, typeof(IngestReturnTrigger).Assembly, typeof(LocalFolders).Assembly,
    ];

    public static TheoryData<string> Folder => [.. Directory.EnumerateFiles(CoreFolder, "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(CoreFolder, file).Replace('\\', '/')).Where(file => !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal))];

    private static string CoreFolder => Path.Combine(LocalFolders.Repository, "shared", Core);

    [Fact]
    public void A_stage_uses_only_itself_and_those_before_it()
    {
        using var core = Read(typeof(IngestReturn).Assembly);
        var broken = from type in core.MainModule.GetTypes()
                     where type.Outermost().Namespace.StartsWith(Core + ".", StringComparison.Ordinal)
                     from used in References.Of(type)
                     where IsCore(used) && Rank(used.Namespace) > Rank(type.Outermost().Namespace)
                     select $"{type.Outermost().FullName} uses {used.FullName}";
        Assert.Empty(broken.Distinct());
    }

    [Fact]
    public void Every_type_of_the_core_belongs_to_a_stage_or_is_a_use_case()
    {
        using var core = Read(typeof(IngestReturn).Assembly);
        var spaces = core.MainModule.Types.Select(type => type.Namespace).Where(space => space.StartsWith(Core, StringComparison.Ordinal)).Distinct().ToList();
        Assert.All(spaces, space => Assert.True(UseCases.Contains(StageOf(space)) || Line.Contains(StageOf(space)), space));
        Assert.Contains($"{Core}.Publish", spaces);
    }

    [Theory]
    [MemberData(nameof(Folder))]
    public void A_file_is_in_the_folder_of_its_namespace_and_imports_no_later_stage(string file)
    {
        // Compiled code does not show the use of a constant, so the imports are checked.
        var text = File.ReadAllText(Path.Combine(CoreFolder, file));
        var space = Namespace().Match(text).Groups[1].Value;
        Assert.Equal(string.Join('.', file.Split('/')[..^1].Prepend(Core)), space);
        Assert.All(Import().Matches(text).Select(match => match.Groups[1].Value), used => Assert.True(Rank(used) <= Rank(space), $"{file} imports {used}"));
    }

    [Fact]
    public void Each_use_case_that_stores_a_text_of_a_person_checks_it()
    {
        Type[] stored = [typeof(YearDecision), typeof(Hold), typeof(VersionDecision), typeof(Explanation), typeof(SentFile)];
        using var core = Read(typeof(IngestReturn).Assembly);
        var creators = core.MainModule.GetTypes()
            .Where(type => UseCases.Contains(StageOf(type.Outermost().Namespace)))
            .Where(type => type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Instructions)
                .Any(instruction => instruction.Operand is MethodReference { Name: ".ctor" } constructor && stored.Any(text => text.FullName == constructor.DeclaringType.FullName)))
            .Select(type => type.Outermost().FullName).Distinct().ToList();
        var checkers = core.MainModule.GetTypes().Where(type => References.Of(type).Any(used => used.Name == nameof(FreeText))).Select(type => type.Outermost().FullName).ToHashSet();
        Assert.Contains(typeof(Core.Publish.DecideRelease).FullName, creators);
        Assert.Empty(creators.Except(checkers));
    }

    [Fact]
    public void Only_use_cases_combine_stages()
    {
        var broken = new List<string>();
        foreach (var assembly in Ours.Where(assembly => assembly != typeof(IngestReturn).Assembly))
        {
            using var definition = Read(assembly);
            broken.AddRange(
                from type in definition.MainModule.GetTypes()
                from used in References.Of(type)
                where IsCore(used) && !UseCases.Contains(StageOf(used.Namespace)) && !Open.Contains(StageOf(used.Namespace)) && !OpenOfTheFeed.Contains(used.Name)
                select $"{type.Outermost().FullName} uses {used.FullName}");
        }

        Assert.Empty(broken.Distinct());
    }

    [Fact]
    public void The_core_references_neither_azure_nor_the_web() =>
        Assert.DoesNotContain(typeof(IngestReturn).Assembly.GetReferencedAssemblies(), name => IsAzure(name.Name!)
            || name.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || (name.Name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal) && name.Name != LogDeclarations)
            || name.Name.StartsWith("OpenTelemetry", StringComparison.Ordinal)
            || name.Name.StartsWith("System.Net", StringComparison.Ordinal)
            || name.Name.StartsWith("DasvPipeline", StringComparison.Ordinal));

    [Fact]
    public void Only_the_storage_project_of_the_shared_ones_references_azure() => Assert.Equal(
        ["DasvPipeline.Storage"],
        new[] { typeof(IngestReturn).Assembly, typeof(StorageServiceCollectionExtensions).Assembly, typeof(PortalServiceCollectionExtensions).Assembly }
            .Where(assembly => assembly.GetReferencedAssemblies().Any(name => IsAzure(name.Name!))).Select(assembly => assembly.GetName().Name));

    [Fact]
    public void No_type_has_a_meaningless_name()
    {
        string[] banned = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utilities", "Service", "Data", "Processor", "Return"];
        Assert.DoesNotContain(Ours.SelectMany(assembly => assembly.GetTypes()), type => banned.Contains(type.Name.Split('`')[0]));
    }

    [Theory]
    [InlineData(nameof(Uses.InABody), typeof(Upload))]
    [InlineData(nameof(Uses.InAClosure), typeof(Upload))]
    [InlineData(nameof(Uses.AfterAnAwait), typeof(Upload))]
    [InlineData(nameof(Uses.AsATypeArgument), typeof(LedgerState))]
    [InlineData(nameof(Uses.AsAnElement), typeof(Upload))]
    [InlineData(nameof(Uses.AsACaughtException), typeof(PublishConflictException))]
    [InlineData(nameof(Uses.InAnAttribute), typeof(Submission))]
    [InlineData(nameof(Uses.OfAnotherAssembly), typeof(BlobClient))]
    public void The_search_finds_types_used_only_in_a_method_body(string holder, Type used)
    {
        using var tests = Read(typeof(ArchitectureTests).Assembly);
        var type = tests.MainModule.GetTypes().Single(item => item.Name == holder);
        Assert.Contains(type.NestedTypes.Prepend(type).SelectMany(References.Of), item => item.FullName == used.FullName);
    }

    private static AssemblyDefinition Read(System.Reflection.Assembly assembly) => AssemblyDefinition.ReadAssembly(assembly.Location);

    private static bool IsAzure(string name) => name.StartsWith("Azure", StringComparison.Ordinal) || name.StartsWith("Microsoft.Azure", StringComparison.Ordinal);

    private static bool IsCore(TypeReference type) => type.Namespace == Core || type.Namespace.StartsWith(Core + ".", StringComparison.Ordinal);

    /// <summary>Returns the stage of a namespace: "Domain", or "Ingest.Reading" for a folder with use cases.</summary>
    private static string StageOf(string space) => space.Split('.') switch
    {
        [_, _, var folder, var stage, ..] when UseCases.Contains(folder) => $"{folder}.{stage}",
        [_, _, var folder, ..] => folder,
        _ => string.Empty,
    };

    /// <summary>The use cases come last: they may use all, and no stage uses them.</summary>
    private static int Rank(string space) => UseCases.Contains(StageOf(space)) ? Line.Length : Array.IndexOf(Line, StageOf(space));

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^(?:global )?using (?:static )?(?:\w+ = )?(DasvPipeline\.Core(?:\.\w+)*);", RegexOptions.Multiline)]
    private static partial Regex Import();

    /// <summary>Each member uses a type in another way.</summary>
    private static class Uses
    {
        public static class InABody
        {
            public static bool Run(object? item) => (item as Upload)?.Length > 1;
        }

        public static class InAClosure
        {
            public static Func<object, bool> Run(int length) => item => item is Upload upload && upload.Length > length;
        }

        public static class AfterAnAwait
        {
            public static async Task<object> RunAsync()
            {
                await Task.Yield();
                return new Upload("a", "b", default, 1);
            }
        }

        public static class AsATypeArgument
        {
            public static int Run() => Enum.GetValues<LedgerState>().Length;
        }

        public static class AsAnElement
        {
            public static int Run() => new List<Upload[]>().Count;
        }

        public static class AsACaughtException
        {
            public static bool Run(Action action)
            {
                try
                {
                    action();
                    return true;
                }
                catch (PublishConflictException)
                {
                    return false;
                }
            }
        }

        [Mark(typeof(Submission))]
        public static class InAnAttribute
        {
            public static object Run() => default(Period);
        }

        public static class OfAnotherAssembly
        {
            public static object Run() => typeof(BlobClient);
        }

        [AttributeUsage(AttributeTargets.Class)]
        public sealed class MarkAttribute(Type type) : Attribute
        {
            public Type Type { get; } = type;
        }
    }
}
