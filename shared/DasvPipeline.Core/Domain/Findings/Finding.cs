using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DasvPipeline.Core.Domain.Findings;

public enum Severity
{
    /// <summary>For information.</summary>
    Note,

    /// <summary>The submission is accepted, but the agency must correct or explain the figure.</summary>
    Query,

    /// <summary>The submission is rejected. The last accepted version stays live.</summary>
    Error,
}

/// <summary>A cell's address as the agency sees it. Rows and columns count from 1. A CSV file has no sheet name.</summary>
public readonly record struct CellRef(string? Sheet, int Row, int Column)
{
    /// <summary>"C14"</summary>
    public string Address => ColumnName(Column) + Row.ToString(CultureInfo.InvariantCulture);

    /// <summary>"A" to "XFD"</summary>
    public static string ColumnName(int column)
    {
        Span<char> letters = stackalloc char[8];
        var index = letters.Length;
        for (; column > 0; column = (column - 1) / 26)
        {
            letters[--index] = (char)('A' + (column - 1) % 26);
        }

        return new string(letters[index..]);
    }

    public override string ToString() => Sheet is null ? Address : $"{Sheet}!{Address}";
}

/// <summary>The figure that a query is about, with the value sent. The query is repeated only if the value changes.</summary>
/// <param name="Value">Null if no value was sent.</param>
public sealed record FindingSubject(FigureKey Figure, decimal? Value);

/// <summary>
/// Something wrong or doubtful in a submission, written for the agency's data officer.
/// </summary>
public sealed record Finding(Severity Severity, string Code, CellRef? Cell, string Message)
{
    /// <summary>The other cells that the finding is about: those with the same problem, or those that were compared.</summary>
    public IReadOnlyList<CellRef> OtherCells { get; init; } = [];

    /// <summary>The name of the figure in the cell: "Referrals to SARC, Under 18". Null if the finding is not about one figure of the form.</summary>
    public string? FigureName { get; init; }

    /// <summary>The return and period that the file is for, if it was sent for another. Null otherwise.</summary>
    public ReturnKey? BelongsTo { get; init; }

    /// <summary>The figure in question. Null if the finding is about several figures, or about none.</summary>
    public FindingSubject? Subject { get; init; }

    /// <summary>The explanation that somebody gave for a queried figure, in their own words. Null if nobody explained it.</summary>
    public string? Explanation { get; init; }

    /// <summary>
    /// Identifies a query across files and versions, so that its explanation applies again. Two queries with one code have
    /// the same id if figure and value are equal, or if both are about no figure and have the same text. 32 hexadecimal digits.
    /// </summary>
    public string QuestionId => CreateQuestionId(Code, Subject is { } about
        ? $"{about.Figure}|{about.Value?.TrimTrailingZeros().ToString(CultureInfo.InvariantCulture)}"
        : Message);

    /// <summary>Returns the id of a query.</summary>
    /// <param name="code">The code of the finding, or the id of the check.</param>
    /// <param name="about">The text that identifies the query among those with the same code.</param>
    public static string CreateQuestionId(string code, string about) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{code}|{about}")))[..32];

    public static Finding Error(string code, CellRef? cell, string message) => new(Severity.Error, code, cell, message);

    public static Finding Query(string code, CellRef? cell, string message, FindingSubject? about = null) => new(Severity.Query, code, cell, message) { Subject = about };

    public static Finding Note(string code, CellRef? cell, string message) => new(Severity.Note, code, cell, message);
}
