using System.IO.Compression;
using System.Text;
using DasvPipeline.Core.Catalogue;
using static DasvPipeline.Tests.Catalogue.TestCatalogue;

namespace DasvPipeline.UnitTests.Catalogue;

/// <summary>A catalogue is read from a zip that anyone may have made.</summary>
public sealed class CatalogueArchiveTests
{
    [Fact]
    public void A_zip_that_was_written_is_read_as_the_same_files_and_has_the_schemas()
    {
        var zip = CatalogueArchive.WriteZip(Small);
        var (files, mistakes) = CatalogueArchive.ReadZip(zip);
        Assert.Empty(mistakes);
        Assert.Equal(PartnershipCatalogue.HashOf(Small), PartnershipCatalogue.HashOf(files));
        Assert.Equal(zip, CatalogueArchive.WriteZip(files));
        using var archive = new ZipArchive(new MemoryStream(zip));
        Assert.NotNull(archive.GetEntry("schema/return.schema.json"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("catalogue/")]
    [InlineData("a/b/")]
    public void A_folder_around_the_files_is_left_out(string folder)
    {
        var (files, mistakes) = CatalogueArchive.ReadZip(Zip([.. Small.Select(file => (folder + file.Path, Encoding.UTF8.GetBytes(file.Text)))]));
        Assert.Empty(mistakes);
        Assert.Equal(PartnershipCatalogue.HashOf(Small), PartnershipCatalogue.HashOf(files));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_a_mistake_at_their_line()
    {
        var (_, mistakes) = CatalogueArchive.ReadZip(Zip([("agencies.yaml", [.. "agencies:\n  - { id: a, name: Caf"u8, 0xE9, .. " }\n"u8])]));
        Assert.Equal("catalogue/agencies.yaml:2: a byte is not UTF-8. Save the file as UTF-8.", Assert.Single(mistakes).ToString());
    }

    [Fact]
    public void A_byte_order_mark_is_left_out() =>
        Assert.Equal("a: b", CatalogueArchive.Decode("x.yaml", [0xEF, 0xBB, 0xBF, .. "a: b"u8]).File!.Text);

    [Fact]
    public void A_zip_that_expands_beyond_a_catalogue_is_refused_with_a_sentence()
    {
        Assert.Equal("The zip expands to more than a catalogue can have.", OnlyMistake(Zip([("agencies.yaml", new byte[100 * 1024 * 1024])])));
        Assert.Equal("The zip expands to more than a catalogue can have.", OnlyMistake(Zip([.. Enumerable.Range(0, 20).Select(i => ($"returns/{i}.yaml", new byte[500 * 1024]))])));
        Assert.Equal("The zip has more than 2000 files.", OnlyMistake(Zip([.. Enumerable.Range(0, 2_001).Select(i => ($"returns/{i}.yaml", Array.Empty<byte>()))])));
        Assert.Equal("The zip is larger than 2 MB. A catalogue is much smaller.", OnlyMistake(new byte[CatalogueArchive.MaxZipBytes + 1]));
    }

    [Theory]
    [InlineData("../agencies.yaml")]
    [InlineData("/agencies.yaml")]
    [InlineData("returns/../../agencies.yaml")]
    [InlineData("..\\agencies.yaml")]
    public void A_file_outside_the_folder_is_refused(string path) =>
        Assert.Equal("The zip has a file outside its folder. Zip the folder with the YAML files again.", OnlyMistake(Zip([(path, [])])));

    [Fact]
    public void Other_files_are_refused_with_a_sentence()
    {
        Assert.Equal("The file is not a zip, or it is damaged. Zip the folder with the YAML files again.", OnlyMistake("agencies:"u8.ToArray()));
        Assert.Equal("The zip has no .yaml file, so it is not a catalogue.", OnlyMistake(Zip([("readme.txt", [])])));
        Assert.Equal("the zip has this file twice.", OnlyMistake(Zip([("agencies.yaml", []), ("agencies.yaml", [])])));
    }

    private static string OnlyMistake(byte[] zip) => Assert.Single(CatalogueArchive.ReadZip(zip).Mistakes).Message;

    private static byte[] Zip(IReadOnlyList<(string Path, byte[] Content)> files)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                using var entry = archive.CreateEntry(path, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }
}
