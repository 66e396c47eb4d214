using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DasvPipeline.Core.Model;

public enum Severity
{
    /// <summary>For information.</summary>
    Note,

    /// <summary>Accepted, but must be corrected or explained.</summary>
    Query,

    /// <summary>The submission is rejected; the last accepted one stays live.</summary>
    Error,
}

/// <summary>A cell as the agency sees it. Row and column count from 1; a CSV file has no sheet name.</summary>
public readonly record struct CellRef(string? Sheet, int Row, int Column)
{
    /// <summary>"C14"</summary>
    public string Address => ColumnName(Column) + Row.ToString(CultureInfo.InvariantCulture);

    /// <summary>"A" to "XFD"</summary>
    public static string ColumnName(int column)
    {
        Span<char> letters = stackalloc char[8];
        var at = letters.Length;
        for (; column > 0; column = (column - 1) / 26)
        {
            letters[--at] = (char)('A' + (column - 1) % 26);
        }

        return new string(letters[at..]);
    }

    public override string ToString() => Sheet is null ? Address : $"{Sheet}!{Address}";
}

/// <summary>The figure a finding asks about, as it was sent: a question about it is asked again only when it changes.</summary>
/// <param name="Value">Null where none was given.</param>
public sealed record FindingSubject(FigureKey Figure, decimal? Value);

/// <summary>
/// Something wrong or doubtful in a submission, in words for the agency's data officer.
/// It is data and never an exception; its code never changes meaning.
/// </summary>
public sealed record Finding(Severity Severity, string Code, CellRef? Cell, string Message)
{
    /// <summary>The other cells with the same cause, where it is told once for all of them.</summary>
    public IReadOnlyList<CellRef> OtherCells { get; init; } = [];

    /// <summary>Null where it is about more than one figure, or none.</summary>
    public FindingSubject? About { get; init; }

    /// <summary>Why a queried figure is right all the same, in the words of whoever said so; null where nobody did.</summary>
    public string? Explanation { get; init; }

    /// <summary>
    /// Names what a query asks, so that an answer to it is found again: about the same figure with the same value, or in the
    /// same words, the question is the same in whatever file and version it comes up. 32 hexadecimal digits.
    /// </summary>
    public string Question => QuestionOf(Code, About is { } about
        ? $"{about.Figure}|{about.Value?.Trimmed().ToString(CultureInfo.InvariantCulture)}"
        : Message);

    /// <param name="code">Of the finding, or of the check that asks.</param>
    /// <param name="about">The rest of what is asked.</param>
    public static string QuestionOf(string code, string about) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{code}|{about}")))[..32];

    public static Finding Error(string code, CellRef? cell, string message) => new(Severity.Error, code, cell, message);

    public static Finding Query(string code, CellRef? cell, string message, FindingSubject? about = null) => new(Severity.Query, code, cell, message) { About = about };

    public static Finding Note(string code, CellRef? cell, string message) => new(Severity.Note, code, cell, message);
}
