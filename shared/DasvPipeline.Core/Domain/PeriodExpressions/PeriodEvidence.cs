using System.Globalization;

namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>
/// Turns tokens into ordinary words if nothing supports them: "may" in "clients who may need help", "plan" in "safety
/// plan", "Q1" before a question, "18-19" before "years".
/// </summary>
internal sealed class PeriodEvidence
{
    private readonly FoldedText _text;
    private readonly List<PeriodToken> _tokens;

    private PeriodEvidence(FoldedText text, List<PeriodToken> tokens) => (_text, _tokens) = (text, tokens);

    public static void Apply(FoldedText text, List<PeriodToken> tokens)
    {
        var evidence = new PeriodEvidence(text, tokens);
        evidence.RejectQuestionNumbers();
        evidence.RejectNumbers();
        evidence.ExtendQuarters();
        evidence.ExtendDays();
        evidence.RejectWrittenDates();
        evidence.RejectWeakParts();
        evidence.RejectWeakKinds();
        evidence.RejectComparators();
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
                Reject(0);
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
                Reject(i);
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
            if (_tokens[i].Part?.Shape == PartShape.Date)
            {
                var before = i - 1;
                while (before > 0 && _tokens[before].Type is PeriodTokenType.Filler or PeriodTokenType.Punctuation && !PeriodWords.WrittenWords.Contains(_tokens[before].Text))
                {
                    before--;
                }

                if (_tokens[before].Text.Split(' ').Any(PeriodWords.WrittenWords.Contains))
                {
                    Reject(i);
                }
            }
        }
    }

    private void RejectWeakParts()
    {
        for (var i = 0; i < _tokens.Count; i++)
        {
            if (_tokens[i] is { Type: PeriodTokenType.Part, IsWeak: true } token)
            {
                var isSupported = token.Part!.Shape == PartShape.Year ? IsSupportedYear(i, token.Part) : IsSupportedMonth(i);
                if (!isSupported)
                {
                    Reject(i);
                }
            }
        }
    }

    /// <summary>"1920" needs a quarter next to it. "18-19" needs a place at the start or end, in brackets or next to a period.</summary>
    private bool IsSupportedYear(int i, PeriodPart part)
    {
        var isNextToQuarter = HasPartNear(i, -1) || HasPartNear(i, 1);
        var isCompact = !_tokens[i].Text.Contains('-') && !_tokens[i].Text.Contains('/') && !_tokens[i].Text.Contains('_');
        if (isNextToQuarter && part.Notes.HasFlag(PeriodNotes.MayBeNumbers))
        {
            _tokens[i] = _tokens[i] with { Part = part with { Notes = PeriodNotes.None } };
        }

        return isNextToQuarter || (!isCompact && (i == 0 || i == _tokens.Count - 1 || IsBracketed(i) || _tokens[i + 1].Type is not PeriodTokenType.Word || _tokens[i - 1].Type is not PeriodTokenType.Word));
    }

    private bool IsSupportedMonth(int i)
    {
        var token = _tokens[i];
        if (_tokens.Count == 1 || HasSupport(i, -1) || HasSupport(i, 1) || IsBracketed(i) || IsSetOff(i) || _tokens.TrueForAll(IsAboutTime))
        {
            return true;
        }

        var before = i > 0 ? _tokens[i - 1] : null;
        var after = i + 1 < _tokens.Count ? _tokens[i + 1] : null;
        var isCapitalised = _text.OriginalText(token.Start, token.End)[0] != token.Text[0];
        if (token.Part!.HasYear)
        {
            return isCapitalised || after is not { Type: PeriodTokenType.Word } || PeriodWords.ReportWords.Contains(after.Text);
        }

        if (before is { Type: PeriodTokenType.Filler, Text: "in" or "for" or "during" or "from" or "of" or "months" or "month" } || before?.Type == PeriodTokenType.Ending
            || IsKind(before, isCapitalised) || IsKind(after, isCapitalised))
        {
            return after is not { Type: PeriodTokenType.Word } || !char.IsAsciiLetter(after.Text[0]) || PeriodWords.ReportWords.Contains(after.Text);
        }

        if (after is { Type: PeriodTokenType.Word })
        {
            return i == 0 && PeriodWords.ReportWords.Contains(after.Text) && (token.Text is not ("may" or "march" or "mar") || isCapitalised);
        }

        // The month is the last word: "MARAC cases May". A person's name, such as "Theresa May", is not a period.
        var word = before is { Type: PeriodTokenType.Word } ? _text.OriginalText(before.Start, before.End) : string.Empty;
        return after is null && isCapitalised && word.Length > 1 && (char.IsLower(word[0]) || word.EndsWith('s') || (char.IsUpper(word[^1]) && char.IsUpper(word[0])));
    }

    private static bool IsKind(PeriodToken? token, bool isWeakEnough) => token is { Type: PeriodTokenType.Kind } && (isWeakEnough || !token.IsWeak);

    private void RejectWeakKinds()
    {
        var isOnlyAboutTime = _tokens.TrueForAll(token => IsAboutTime(token) || PeriodWords.FigureWords.Contains(token.Text));
        var accepted = new HashSet<int>();
        for (var pass = 0; pass < 2 && !isOnlyAboutTime; pass++)
        {
            for (var i = 0; i < _tokens.Count; i++)
            {
                if (_tokens[i] is { Type: PeriodTokenType.Kind, IsWeak: true }
                    && (IsBracketed(i) || IsSetOff(i) || HasPartNear(i, -1) || HasPartNear(i, 1) || HasKindNear(i, -1, accepted) || HasKindNear(i, 1, accepted)))
                {
                    accepted.Add(i);
                }
            }
        }

        for (var i = 0; i < _tokens.Count && !isOnlyAboutTime; i++)
        {
            if (_tokens[i] is { Type: PeriodTokenType.Kind, IsWeak: true } && !accepted.Contains(i))
            {
                Reject(i);
            }
        }
    }

    /// <summary>A comparison is with a period or a kind of figure: "against Q1", not "crimes against women".</summary>
    private void RejectComparators()
    {
        for (var i = 0; i < _tokens.Count; i++)
        {
            if (_tokens[i].Type == PeriodTokenType.Comparator && !HasPartNear(i, 1) && !HasKindNear(i, 1, null))
            {
                Reject(i);
            }
        }
    }

    private void Reject(int i) => _tokens[i] = _tokens[i] with { Type = PeriodTokenType.Word, Part = null, Kinds = FigureKinds.Plain };

    private static bool IsAboutTime(PeriodToken token) => token.Type != PeriodTokenType.Word;

    /// <summary>Returns true if only links and fillers are between a token and a period.</summary>
    private bool HasPartNear(int i, int step) => Near(i, step) is { } near && (_tokens[near].Part is not null || _tokens[near].Type == PeriodTokenType.Ending);

    /// <summary>Returns true if a certain period is near, or an uncertain one after a link: "may to march", but not "may may".</summary>
    private bool HasSupport(int i, int step) =>
        HasPartNear(i, step) && (!_tokens[Near(i, step)!.Value].IsWeak || _tokens[i + step].Type is PeriodTokenType.RangeLink or PeriodTokenType.And);

    private bool HasKindNear(int i, int step, HashSet<int>? accepted) => Near(i, step) is { } near && _tokens[near].Type == PeriodTokenType.Kind && (accepted is null || !_tokens[near].IsWeak || accepted.Contains(near));

    private int? Near(int i, int step)
    {
        i += step;
        while (i >= 0 && i < _tokens.Count && _tokens[i].Type is PeriodTokenType.Filler or PeriodTokenType.RangeLink or PeriodTokenType.And or PeriodTokenType.Punctuation or PeriodTokenType.Open or PeriodTokenType.Close)
        {
            i += step;
        }

        return i >= 0 && i < _tokens.Count && _tokens[i].Type != PeriodTokenType.Word ? i : null;
    }

    private bool IsBracketed(int i) => i > 0 && i + 1 < _tokens.Count && _tokens[i - 1].Type == PeriodTokenType.Open && _tokens[i + 1].Type == PeriodTokenType.Close;

    /// <summary>Returns true after a dash or colon at the end, or before one at the start: "Cases - target", "Target: cases".</summary>
    private bool IsSetOff(int i) =>
        (i == _tokens.Count - 1 && i > 0 && IsSeparator(i - 1)) || (i == 0 && _tokens.Count > 1 && IsSeparator(1));

    private bool IsSeparator(int i)
    {
        var token = _tokens[i];
        return token.Text is ":" or "|" or ";" || (token.Text is "-" or "," && token.End < _text.Text.Length && _text.Text[token.End] == ' ');
    }
}
