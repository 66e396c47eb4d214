namespace DasvPipeline.Core.Domain.PeriodExpressions;

/// <summary>
/// Turns tokens into ordinary words if nothing supports them: "may" in "clients who may need help", "plan" in "safety
/// plan".
/// </summary>
internal sealed class PeriodEvidence
{
    private readonly FoldedText _text;
    private readonly List<PeriodToken> _tokens;

    private PeriodEvidence(FoldedText text, List<PeriodToken> tokens) => (_text, _tokens) = (text, tokens);

    public static void Apply(FoldedText text, List<PeriodToken> tokens)
    {
        PeriodNumbers.Apply(text, tokens);
        var evidence = new PeriodEvidence(text, tokens);
        evidence.RejectWeakParts();
        evidence.RejectWeakKinds();
        evidence.RejectComparators();
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

    private void Reject(int i) => _tokens[i] = _tokens[i].AsWord();

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
