namespace DasvPipeline.Core.Domain;

/// <summary>
/// The format of every id: lower-case letters, digits, dots and single hyphens, at most 64 characters.
/// Such a text is safe in a table key, a blob path and a URL.
/// </summary>
public static class Slug
{
    public static bool IsValid(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 64 || text[0] is '-' or '.' || text[^1] is '-' or '.')
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isLetterOrDigit = c is >= 'a' and <= 'z' or >= '0' and <= '9';
            if (!isLetterOrDigit && !(c is '-' or '.' && text[i - 1] is not ('-' or '.')))
            {
                return false;
            }
        }

        return true;
    }
}

public readonly record struct AgencyId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>The id of a return: <c>constabulary/domestic-abuse</c>.</summary>
public readonly record struct ReturnId(AgencyId Agency, string Name)
{
    public override string ToString() => $"{Agency}/{Name}";

    /// <summary>Parses <c>agency/return</c>. Returns null if the text does not have that format.</summary>
    public static ReturnId? TryParse(string? text)
    {
        var parts = text?.Split('/');
        return parts is [var agency, var name] && Slug.IsValid(agency) && Slug.IsValid(name)
            ? new ReturnId(new AgencyId(agency), name)
            : null;
    }
}

/// <summary>One return for one period: <c>constabulary/domestic-abuse/2019-20-Q1</c>.</summary>
public readonly record struct ReturnKey(ReturnId Return, Period Period)
{
    /// <summary>Parses the text of a stored key.</summary>
    /// <exception cref="FormatException">The text is not <c>agency/return/period</c>.</exception>
    public static ReturnKey Parse(string text) => text.LastIndexOf('/') is > 0 and var last && ReturnId.TryParse(text[..last]) is { } id
        ? new(id, Period.Parse(text[(last + 1)..]))
        : throw new FormatException("The key of a return must be agency/return/period.");

    public override string ToString() => $"{Return}/{Period}";
}

public readonly record struct MeasureId(string Value)
{
    public override string ToString() => Value;
}

public readonly record struct AreaId(string Value)
{
    /// <summary>The whole of the Partnership's area.</summary>
    public static readonly AreaId All = new("all");

    public override string ToString() => Value;
}

public readonly record struct HeadlineId(string Value)
{
    public override string ToString() => Value;
}
