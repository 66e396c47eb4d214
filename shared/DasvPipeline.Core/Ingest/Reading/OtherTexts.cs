using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using DasvPipeline.Core.Domain.Findings;

namespace DasvPipeline.Core.Ingest.Reading;

/// <summary>Collects the texts outside the cells. Their letters count towards the limit of the file. A repeated text is kept once.</summary>
internal sealed class OtherTexts(ReadingContext context)
{
    /// <summary>The shortest text that is kept. Personal data has at least 5 characters.</summary>
    private const int MinLength = 5;

    /// <summary>The fewest digits that can be personal data without letters.</summary>
    private const int MinDigits = 9;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create(" +-.,:/0123456789");

    private readonly SortedDictionary<TextPlace, HashSet<string>> texts = [];
    private readonly List<OtherContent> tables = [];
    private int count;
    private int embeddedFiles;

    /// <summary>True if the file has a picture that is large enough to show a list.</summary>
    private bool HasLargePicture { get; set; }

    private bool HasPictures { get; set; }

    /// <summary>True if the workbook contains a file that cannot be searched.</summary>
    private bool HasUnreadableFile { get; set; }

    public void Add(TextPlace place, ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (context.IsRefused || text.Length < MinLength || (text.Length < MinDigits && !text.ContainsAnyExcept(NumberCharacters)))
        {
            return;
        }

        if (!texts.TryGetValue(place, out var known))
        {
            texts.Add(place, known = new HashSet<string>(StringComparer.Ordinal));
        }

        if (known.GetAlternateLookup<ReadOnlySpan<char>>().Add(text))
        {
            context.CountText(text.Length);
            if (++count > context.Limits.RowsPerSheet)
            {
                context.Refuse(FileFindings.TooMany("texts outside the cells", context.Limits.RowsPerSheet));
            }
        }
    }

    /// <summary>Adds the runs of readable characters, of one byte or of two each.</summary>
    public void AddReadable(TextPlace place, ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var value in bytes)
        {
            Append(place, text, (char)value);
        }

        Flush(place, text);
        for (var start = 0; start < 2; start++)
        {
            for (var at = start; at + 1 < bytes.Length; at += 2)
            {
                Append(place, text, (char)BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]));
            }

            Flush(place, text);
        }
    }

    /// <summary>Adds the shared texts of a workbook that no cell uses.</summary>
    public void AddUnused(SharedTexts shared)
    {
        foreach (var text in shared.Unused)
        {
            Add(TextPlace.UnusedText, text);
        }
    }

    public void AddTable(TextPlace place, SheetBuilder rows)
    {
        if (rows.Count > 0)
        {
            AddTable(place, rows.ToSheet());
        }
    }

    public void AddTable(TextPlace place, Sheet table) => tables.Add(new OtherContent(place, table));

    /// <summary>Records a picture, which cannot be searched.</summary>
    public void AddPicture(bool isLarge)
    {
        HasPictures = true;
        HasLargePicture |= isLarge;
    }

    /// <summary>
    /// Collects the cells and texts of a file inside the workbook. Records a file that cannot be searched: it is not a workbook
    /// that can be read, it contains another one itself, or there are too many.
    /// </summary>
    public void AddEmbedded(Func<ReadLimits, Workbook> read)
    {
        if (context.IsRefused)
        {
            return;
        }

        var inner = ++embeddedFiles <= context.Limits.EmbeddedFiles ? read(context.Limits.OfEmbeddedFile()) : null;
        if (inner is null or { Sheets.Count: 0 })
        {
            HasUnreadableFile = true;
            tables.AddRange(inner?.OtherContent ?? []);
            return;
        }

        foreach (var sheet in inner.Sheets)
        {
            Add(TextPlace.EmbeddedFile, sheet.Name);
            AddTable(TextPlace.EmbeddedFile, sheet);
            foreach (var comment in sheet.Comments)
            {
                Add(TextPlace.EmbeddedFile, comment.Text);
            }
        }

        tables.AddRange(inner.OtherContent.Select(content => content with { Place = TextPlace.EmbeddedFile }));
        HasUnreadableFile |= inner.Findings.Any(finding => finding.Code == Codes.EmbeddedFile);
        if (inner.Findings.FirstOrDefault(finding => finding.Code == Codes.Pictures) is { } pictures)
        {
            AddPicture(pictures.Severity == Severity.Query);
        }
    }

    /// <summary>Creates the findings about what could not be searched.</summary>
    public IEnumerable<Finding> CreateFindings()
    {
        if (HasUnreadableFile)
        {
            yield return FileFindings.EmbeddedFile();
        }

        if (HasPictures)
        {
            yield return FileFindings.Pictures(HasLargePicture);
        }
    }

    public IReadOnlyList<OtherContent> ToList() =>
        [.. texts.Select(place => new OtherContent(place.Key, new Sheet(null, [.. place.Value.SelectMany(text => new Cell[][] { [new Cell(CellKind.Text, text)], [] })]))), .. tables];

    private void Append(TextPlace place, StringBuilder text, char letter)
    {
        if (letter is >= ' ' and < '\u0250' and not ('\u007F' or >= '\u0080' and < '\u00A0'))
        {
            text.Append(letter);
        }
        else
        {
            Flush(place, text);
        }
    }

    private void Flush(TextPlace place, StringBuilder text)
    {
        if (text.Length >= MinLength)
        {
            Add(place, text.ToString());
        }

        text.Clear();
    }
}
