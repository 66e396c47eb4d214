using DasvPipeline.Core.Domain;
using DasvPipeline.Core.Oversight.Board;
using DasvPipeline.IntegrationTests.Storage;
using DasvPipeline.IntegrationTests.UseCases;
using DasvPipeline.Tests.Catalogue;

namespace DasvPipeline.IntegrationTests.Oversight;

/// <summary>The board of 60 agencies, whose returns of 2 years are in the ledger.</summary>
public sealed class LargeBoardTests(AzuriteFixture azurite)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_board_of_60_agencies_makes_3_calls_also_with_last_year()
    {
        var pipeline = (await Pipeline.NewAsync(azurite)).With(LargeCatalogue.Files.Load());
        await pipeline.Chase.RunAsync(Ct);
        var year = Period.FromYear(2019);

        var (alone, both, newest) = (new CrashAtCall(0, false), new CrashAtCall(0, false), new CrashAtCall(0, false));
        var one = await pipeline.Through(alone).Status.GetBoardAsync(year, Ct);
        var two = await pipeline.Through(both).Status.GetBoardAsync(year, Ct, withLastYear: true);
        await pipeline.Through(newest).Status.GetBoardAsync(null, Ct, withLastYear: true);

        Assert.Equal((260, 0, 260), (one.Returns.Count, one.LastYear.Count, two.LastYear.Count));
        Assert.Equal(one.Returns, two.Returns);
        Assert.Equal(LargeCatalogue.Returns, BoardGrid.Create(two, BoardFilter.None, withLastYear: true).Rows.Count);
        Assert.Equal((3, 3, 3), (alone.Calls, both.Calls, newest.Calls));
    }
}
