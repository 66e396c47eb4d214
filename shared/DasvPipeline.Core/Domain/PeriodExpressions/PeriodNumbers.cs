using System.Globalization;

namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>
/// Decides which numbers are about time: not "Q1" before a question, "18-19" before "years" or the date on which a file was
/// written, but the 3 of "Q1-3", the 19 of "Q2 19" and the 1 of "1-30 June".
/// </summary>
internal sealed class PeriodNumbers
{
    private readonly FoldedText _text;
    private readonly List<PeriodToken> _tokens;

    private PeriodNumbers(FoldedText text, List<PeriodToken> tokens) => (_text, _tokens) = (text, tokens);

    public static void Apply(FoldedText text, List<PeriodToken> tokens)
    {
        var numbers = new PeriodNumbers(text, tokens);
        numbers.RejectQuestionNumbers();
        numbers.RejectNumbers();
        numbers.ExtendQuarters();
        numbers.ExtendShortYears();
        numbers.ExtendDays();
        numbers.RejectWrittenDates();
    }

    /// <summary>"Q1 How safe do you feel" is a question and not a quarter.</summary>
    private void RejectQuestionNumbers()
    {
        if (_tokens.Count > 1 && _tokens[0].Part is { Shape: PartShape.Quarter or PartShape.Half })
        {
            var next = _tokens.FindIndex(1, token => token.Type is not (PeriodTokenType.Punctuation or PeriodTokenType.Close) && token.Text != "-");
            var isLetterOrNumber = _tokens[1].Start == _tokens[0].End && _tokens[1].Type is PeriodTokenType.Close;
            if (next > 0 && !_tokens.Skip(1).Any(token => token.Part is { Shape: not PartShape.Relative })
                && (isLetterOrNumber || _text.Text.EndsWith('?') || (PeriodWords.QuestionWords.Contains(_tokens[next].Text) && _tokens[next].Type != PeriodTokenType.Kind && next + 1 < _tokens.Count)))
            {
                _tokens[0] = _tokens[0].AsWord();
            }
        }
    }

    /// <summary>"18-19 years" and "aged 16-17" are ages. "Care Act 2014" names a law.</summary>
    private void RejectNumbers()
    {
        for (var i = 0; i < _tokens.Count; i++)
        {
            if (_tokens[i].Part is not { Shape: PartShape.Year or PartShape.Month } || !char.IsAsciiDigit(_tokens[i].Text[0]))
            {
                continue;
            }

            var before = i > 0 ? _tokens[i - 1].Text : string.Empty;
            var after = i + 1 < _tokens.Count ? _tokens[i + 1].Text : string.Empty;
            if ((_tokens[i].Part!.Year?.Calendar is not null && PeriodWords.NumberedWords.Contains(before))
                || (_tokens[i].IsWeak && (PeriodWords.AgeWordsBefore.Contains(before) || PeriodWords.CountWordsAfter.Contains(after) || after is "+" || IsAgeRangeEnd(i))))
            {
                _tokens[i] = _tokens[i].AsWord();
            }
        }
    }

    /// <summary>"18-19 and over", "18-19 or under".</summary>
    private bool IsAgeRangeEnd(int i) => i + 2 < _tokens.Count && _tokens[i + 1].Text is "and" or "or" && _tokens[i + 2].Text is "over" or "under" or "above" or "below" or "older" or "younger";

    /// <summary>"Q1-3", "Quarters 1 and 2".</summary>
    private void ExtendQuarters()
    {
        for (var i = 2; i < _tokens.Count; i++)
        {
            if (_tokens[i] is { Type: PeriodTokenType.Word, Text: ['1' or '2' or '3' or '4'] } token
                && _tokens[i - 1].Type is PeriodTokenType.RangeLink or PeriodTokenType.And && _tokens[i - 2].Part?.Shape == PartShape.Quarter
                && (i + 1 == _tokens.Count || _tokens[i + 1].Type != PeriodTokenType.Word))
            {
                _tokens[i] = token with { Type = PeriodTokenType.Part, Part = PeriodPart.Quarter(token.Text[0] - '0') };
            }
        }
    }

    /// <summary>"Q2 19", "Q2 '19", "Q2-19": a calendar year, or a financial year that begins or ends in it.</summary>
    private void ExtendShortYears()
    {
        for (var i = 1; i < _tokens.Count; i++)
        {
            var quarter = _tokens[i - 1].Text is "'" or "-" or "/" or "," && i > 1 ? i - 2 : i - 1;
            quarter = quarter > 0 && _tokens[quarter].Text == "-" ? quarter - 1 : quarter;
            if (_tokens[i] is { Type: PeriodTokenType.Word, Text: [>= '1' and <= '4', >= '0' and <= '9'] } token && _tokens[quarter].Part?.Shape is PartShape.Quarter or PartShape.Half
                && (i + 1 == _tokens.Count || _tokens[i + 1].Type != PeriodTokenType.Word))
            {
                var year = 2000 + int.Parse(token.Text, CultureInfo.InvariantCulture);
                _tokens[i] = token with { Type = PeriodTokenType.Part, Part = PeriodPart.CalendarYear(year) with { Year = new YearMeaning(year, [year, year - 1]) } };
            }
        }
    }

    /// <summary>"1-30 June", "1st to 30th June".</summary>
    private void ExtendDays()
    {
        for (var i = 2; i < _tokens.Count; i++)
        {
            if (_tokens[i].Part is { Shape: PartShape.Date } date && _tokens[i - 1].Type == PeriodTokenType.RangeLink && _tokens[i - 2].Type == PeriodTokenType.Word
                && int.TryParse(_tokens[i - 2].Text.TrimEnd('s', 't', 'n', 'd', 'r', 'h'), NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day >= 1 && day < date.Day)
            {
                _tokens[i - 2] = _tokens[i - 2] with { Type = PeriodTokenType.Part, Part = date with { Day = day } };
            }
        }
    }

    /// <summary>"Date completed: 5 July 2019" is not about the figures.</summary>
    private void RejectWrittenDates()
    {
        for (var i = 1; i < _tokens.Count; i++)
        {
            var isRange = i + 2 < _tokens.Count && _tokens[i + 1].Type == PeriodTokenType.RangeLink && _tokens[i + 2].Part is not null;
            if (_tokens[i].Part?.Shape == PartShape.Date && !isRange && _tokens[i - 1].Type != PeriodTokenType.RangeLink)
            {
                var before = i - 1;
                while (before > 0 && _tokens[before].Type is PeriodTokenType.Filler or PeriodTokenType.Punctuation && !PeriodWords.WrittenWords.Contains(_tokens[before].Text))
                {
                    before--;
                }

                if (_tokens[before].Text.Split(' ').Any(PeriodWords.WrittenWords.Contains))
                {
                    _tokens[i] = _tokens[i].AsWord();
                }
            }
        }
    }
}
