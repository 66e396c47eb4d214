using System.Collections.Frozen;

namespace DasvPipeline.Core.Ingest.Checking.People;

/// <summary>
/// Finds full postcodes, which have about 15 homes each: an existing area, a district, and an inward code whose letters are
/// never C, I, K, M, O or V (Royal Mail, Postcode Address File Programmers' Guide; BS 7666). "CB2" alone does not count.
/// </summary>
internal static class Postcode
{
    public const int InwardLength = 3;

    private const string NotInward = "CIKMOV";

    private static readonly FrozenSet<string> Areas = (
        "AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GX GY "
        + "HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR "
        + "RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Area = Areas.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The districts of inner London whose number is followed by a letter.</summary>
    private static readonly FrozenSet<string> Lettered =
        ((string[])["E1", "N1", "W1", "EC1", "EC2", "EC3", "EC4", "NW1", "SE1", "SW1", "WC1", "WC2"]).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> LetteredDistrict = Lettered.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsIn(ReadOnlySpan<char> text)
    {
        for (var at = 2; at + InwardLength <= text.Length; at++)
        {
            if (IsInward(text.Slice(at, InwardLength)) && IsAfterOutward(text, at))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInward(ReadOnlySpan<char> code) =>
        char.IsAsciiDigit(code[0]) && IsInwardLetter(code[1]) && IsInwardLetter(code[2])
        && code[1..] is not ("st" or "nd" or "rd" or "th"); // "1st" is a word

    private static bool IsInwardLetter(char c) => char.IsAsciiLetter(c) && !NotInward.Contains(char.ToUpperInvariant(c), StringComparison.Ordinal);

    private static bool IsAfterOutward(ReadOnlySpan<char> text, int inward)
    {
        if (inward + InwardLength < text.Length && char.IsLetterOrDigit(text[inward + InwardLength]))
        {
            return false;
        }

        var end = inward;
        while (end > 0 && text[end - 1] == ' ')
        {
            end--;
        }

        end -= end == inward && end > 0 && text[end - 1] is '-' or '.' or '_' or '/' ? 1 : 0;

        for (var length = 2; length <= 4 && length <= end; length++)
        {
            var start = end - length;
            if ((start == 0 || !char.IsLetterOrDigit(text[start - 1])) && IsOutward(text[start..end]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOutward(ReadOnlySpan<char> code)
    {
        var letters = char.IsAsciiLetter(code[1]) ? 2 : 1;
        var district = code[letters..];
        if (!Area.Contains(code[..letters]) || district.IsEmpty || !char.IsAsciiDigit(district[0]))
        {
            return false;
        }

        return district.Length == 1
            || (district.Length == 2 && (char.IsAsciiDigit(district[1]) ? district[0] != '0' : char.IsAsciiLetter(district[1]) && LetteredDistrict.Contains(code[..^1])));
    }
}
