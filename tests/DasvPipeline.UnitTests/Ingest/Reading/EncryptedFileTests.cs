using System.Security.Cryptography;
using System.Text;
using DasvPipeline.Core.Domain.Findings;
using DasvPipeline.Core.Ingest.Annotation;
using DasvPipeline.Tests;
using DasvPipeline.Tests.Hostile;
using DasvPipeline.Tests.Ingest.Reading;
using ExcelDataReader;
using static DasvPipeline.Tests.Ingest.Reading.Workbooks;

namespace DasvPipeline.UnitTests.Ingest.Reading;

/// <summary>Excel encrypts a workbook that is protected against changes with a password that everybody knows.</summary>
public sealed class EncryptedFileTests
{
    private static readonly Dictionary<string, Func<string, byte[]>> Kinds = new(StringComparer.Ordinal)
    {
        ["2010, SHA512, 256 bits.xlsx"] = password => EncryptedBytes.Agile(Package(), password, HashAlgorithmName.SHA512, 32, 100_000),
        ["2010, SHA1, 128 bits.xlsx"] = password => EncryptedBytes.Agile(Package(), password, HashAlgorithmName.SHA1, 16, 1_000),
        ["2010, SHA1, 256 bits.xlsx"] = password => EncryptedBytes.Agile(Package(), password, HashAlgorithmName.SHA1, 32, 1_000),
        ["2010, SHA384, 192 bits.xlsx"] = password => EncryptedBytes.Agile(Package(), password, HashAlgorithmName.SHA384, 24, 10),
        ["2007.xlsx"] = password => EncryptedBytes.Standard(Package(), password),
        ["97.xls"] = password => EncryptedBytes.Records(Records(), password, 0),
        ["2002, 128 bits.xls"] = password => EncryptedBytes.Records(Records(), password, 128),
        ["2002, 40 bits.xls"] = password => EncryptedBytes.Records(Records(), password, 40),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_workbook_with_the_default_password_is_read(string name)
    {
        var content = Kinds[name](EncryptedBytes.Default);
        var examined = await Examine.FileAsync(ValidFiles.Return, ValidFiles.Period, content, name);
        Assert.Equal(string.Empty, Examine.Findings(examined));
        Assert.Equal("51 24", Examine.Values(examined, Examine.Form(ValidFiles.Return)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_workbook_with_another_password_is_refused_with_how_to_remove_it(string name) =>
        Refused(ReadFile(Kinds[name]("Sesame"), name), Codes.PasswordProtected);

    /// <summary>The other reader does not fill up short keys, as [MS-OFFCRYPTO] 2.3.4.11 and 2.3.5.2 require.</summary>
    public static TheoryData<string> OtherNames => [.. Kinds.Keys.Except(["2010, SHA1, 256 bits.xlsx", "2002, 40 bits.xls"])];

    [Theory]
    [MemberData(nameof(OtherNames))]
    public void Another_reader_opens_the_same_workbook(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var other = ExcelReaderFactory.CreateReader(new MemoryStream(Kinds[name](EncryptedBytes.Default)), new ExcelReaderConfiguration { Password = EncryptedBytes.Default });
        Assert.True(other.Read());
        Assert.Equal(51.0, other.GetValue(1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_marked_copy_can_be_made(string name)
    {
        var content = Kinds[name](EncryptedBytes.Default);
        var workbook = ReadFile(content, name);
        var finding = Finding.Error(Codes.NotANumber, new CellRef(workbook.Sheets[0].Name, 1, 2), "The cell is wrong.");
        var copy = MarkedCopy.Create(content, workbook, [finding])!;
        Assert.Equal(MarkedCopy.WorkbookName, copy.FileName);
        Assert.Equal(51, ReadFile(copy.Content.ToArray(), copy.FileName).Sheets[1][1, 2].Number);
    }

    [Theory]
    [InlineData("<a>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")]
    [InlineData("<a><keyData hashAlgorithm='SHA512' saltValue='AAAA'/><encryptedKey hashAlgorithm='SHA512' saltValue='AAAA' spinCount='2000000000' keyBits='256'/></a>")]
    [InlineData("<a><keyData hashAlgorithm='SHA512' saltValue='AAAA'/><encryptedKey hashAlgorithm='SHA512' saltValue='?' spinCount='1' keyBits='256'/></a>")]
    [InlineData("<a><keyData hashAlgorithm='SHA512' saltValue='AAAA'/><encryptedKey hashAlgorithm='SHA512' saltValue='AAAA' spinCount='1' keyBits='256' encryptedVerifierHashInput='AAAA'/></a>")]
    [InlineData("<a><keyData hashAlgorithm='RIPEMD'/></a>")]
    [InlineData("<a><encryptedKey/></a>")]
    public void A_description_that_is_not_valid_is_refused(string xml) =>
        Refused(ReadFile(CompoundBytes.Of(("EncryptionInfo", [4, 0, 4, 0, 0x40, 0, 0, 0, .. Encoding.UTF8.GetBytes(xml)]), ("EncryptedPackage", new byte[64])), "return.xlsx"), Codes.PasswordProtected);

    [Fact]
    public void Only_one_key_is_tried()
    {
        var key = "<encryptedKey hashAlgorithm='SHA512' saltValue='AAAA' spinCount='1000000' keyBits='256' encryptedVerifierHashInput='AAAAAAAAAAAAAAAAAAAAAA==' encryptedVerifierHashValue='AAAAAAAAAAAAAAAAAAAAAA=='/>";
        var xml = $"<a><keyData hashAlgorithm='SHA512' saltValue='AAAA'/>{string.Concat(Enumerable.Repeat(key, 200))}</a>";
        var started = System.Diagnostics.Stopwatch.StartNew();
        Refused(ReadFile(CompoundBytes.Of(("EncryptionInfo", [4, 0, 4, 0, 0x40, 0, 0, 0, .. Encoding.UTF8.GetBytes(xml)]), ("EncryptedPackage", new byte[64])), "return.xlsx"), Codes.PasswordProtected);
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(20), $"It took {started.Elapsed}.");
    }

    [Fact]
    public void Changed_bytes_never_crash_the_reader()
    {
        foreach (var (name, create) in Kinds.Where(kind => !kind.Key.Contains("100", StringComparison.Ordinal)))
        {
            var content = create(EncryptedBytes.Default);
            var random = new Random(7);
            for (var i = 0; i < TestShare.Count(small: 12, ci: 60, all: 600); i++)
            {
                byte[] changed = [.. content];
                for (var n = 0; n < 4; n++)
                {
                    changed[random.Next(512, changed.Length)] = (byte)random.Next(256);
                }

                var workbook = ReadFile(changed, name);
                Assert.True(workbook.Sheets.Count > 0 || workbook.Findings.Count > 0);
            }
        }
    }

    /// <summary>Creates a package of several segments of 4,096 bytes.</summary>
    private static byte[] Package()
    {
        var picture = new byte[9_000];
        new Random(3).NextBytes(picture);
        return ValidFiles.Xlsx().Part("xl/printerSettings/printerSettings1.bin", picture).ToArray();
    }

    /// <summary>Creates a stream of several blocks of 1,024 bytes. The cells are in the last ones.</summary>
    private static byte[] Records() =>
        new XlsBytes().Global(XlsBytes.Texts(1, new string('x', 3_000))).Sheet("Figures", ValidFiles.XlsRecords).Workbook();
}
