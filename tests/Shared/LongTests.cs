using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit.Sdk;
using Xunit.v3;

namespace DasvPipeline.Tests;

/// <summary>
/// A test that takes seconds, such as a story in a browser or a killed process. The small share skips it, and says so. The larger shares include
/// it.
/// </summary>
internal sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = LongTests.Reason;
}

/// <inheritdoc cref="LongFactAttribute"/>
internal sealed class LongTheoryAttribute : TheoryAttribute
{
    public LongTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = LongTests.Reason;
}

/// <summary>A case of a theory that takes seconds. The small share skips it, and says so.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class LongInlineDataAttribute(params object?[] data) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow(data) { Skip = LongTests.Reason }]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

internal static class LongTests
{
    /// <summary>Null if the share of this run includes them.</summary>
    public static string? Reason { get; } = TestShare.Size == ShareSize.Small ? "It takes long. DASV_SHARE=ci and .ci/run include it." : null;
}
