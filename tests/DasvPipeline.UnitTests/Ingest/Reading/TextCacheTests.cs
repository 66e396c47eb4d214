using DasvPipeline.Core.Ingest.Reading.Layout;

namespace DasvPipeline.UnitTests.Ingest.Reading;

public sealed class TextCacheTests
{
    [Fact]
    public void It_keeps_no_more_texts_than_its_capacity_and_finds_the_newest()
    {
        var cache = new TextCache<int>();
        for (var i = 0; i < (TextCache<int>.Capacity * 2) + 1; i++)
        {
            var text = FormattableString.Invariant($"text {i}");
            Assert.False(cache.TryGetValue(text, out _));
            cache.Add(text, i);
            Assert.True(cache.TryGetValue(text, out var value) && value == i);
            Assert.True(cache.Count <= TextCache<int>.Capacity);
        }

        Assert.Equal(1, cache.Count);
    }
}
