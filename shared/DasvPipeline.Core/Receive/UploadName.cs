using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Receive;

/// <summary>Makes the path of a file that is sent by way of the portal: a place of its own, so that no file ever replaces another.</summary>
public static class UploadName
{
    private const int Longest = 80;
    private const char Stand = '_';

    /// <param name="fileName">As its owner calls it. What of it cannot stand in a path is replaced; its ending is kept.</param>
    /// <param name="by">With the exact time, the name and the content it tells apart files sent in the same second.</param>
    public static string PathOf(ReturnKey key, string fileName, DateTimeOffset at, string by, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{at:O}\n{by}\n{fileName}\n"));
        hash.AppendData(content);
        var unique = Convert.ToHexStringLower(hash.GetHashAndReset())[..8];
        return string.Create(CultureInfo.InvariantCulture, $"{key}/{at.UtcDateTime:yyyyMMdd'T'HHmmss}-{unique} {Plain(fileName)}");
    }

    /// <summary>The name as its owner gave it, without what was put before it to tell it apart.</summary>
    public static string ShownOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.Length > Before && name[8] == 'T' && name[15] == '-' && name[Before - 1] == ' ' && name.AsSpan(0, 8).IndexOfAnyExceptInRange('0', '9') < 0
            ? name[Before..]
            : name;
    }

    /// <summary>20200601T120000-0123abcd and a blank.</summary>
    private const int Before = 25;

    private static string Plain(string fileName)
    {
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..].Normalize(NormalizationForm.FormC);
        var dot = name.LastIndexOf('.');
        var (stem, ending) = dot > 0 && name.Length - dot <= 6 ? (name[..dot], name[dot..]) : (name, string.Empty);
        var plain = Replaced(stem);
        plain = plain[..Math.Min(plain.Length, Longest)].Trim(' ', '.', Stand);
        return (plain.Length == 0 ? "file" : plain) + Replaced(ending);
    }

    private static string Replaced(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '.' or '(' or ')' ? c : Stand));
}
