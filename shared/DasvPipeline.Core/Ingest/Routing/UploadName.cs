using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DasvPipeline.Core.Domain;

namespace DasvPipeline.Core.Ingest.Routing;

/// <summary>Creates the path of a file that is sent through the portal. Every path is unique, so that no file replaces another.</summary>
public static class UploadName
{
    private const int MaxStemLength = 80;
    private const char Replacement = '_';

    /// <summary>Returns the path of a file.</summary>
    /// <param name="fileName">The sender's file name. Characters that are not allowed in a path are replaced. The extension is kept.</param>
    /// <param name="by">The sender. Part of the hash that distinguishes files sent in the same second.</param>
    /// <param name="number">The number of the file, which no other file of the return has.</param>
    public static string CreatePath(ReturnKey key, string fileName, DateTimeOffset at, string by, int number, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{at:O}\n{by}\n{number}\n{fileName}\n")));
        hash.AppendData(content);
        var unique = Convert.ToHexStringLower(hash.GetHashAndReset())[..8];
        return string.Create(CultureInfo.InvariantCulture, $"{key}/{at.UtcDateTime:yyyyMMdd'T'HHmmss}-{unique} {Clean(fileName)}");
    }

    /// <summary>Returns the sender's file name, without the prefix that makes the path unique.</summary>
    public static string GetOriginalName(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.Length > PrefixLength && name[8] == 'T' && name[15] == '-' && name[PrefixLength - 1] == ' ' && name.AsSpan(0, 8).IndexOfAnyExceptInRange('0', '9') < 0
            ? name[PrefixLength..]
            : name;
    }

    /// <summary>The length of the prefix, such as "20200601T120000-0123abcd ".</summary>
    private const int PrefixLength = 25;

    private static string Clean(string fileName)
    {
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..].Normalize(NormalizationForm.FormC);
        var dot = name.LastIndexOf('.');
        var (stem, extension) = dot > 0 && name.Length - dot <= 6 ? (name[..dot], name[dot..]) : (name, string.Empty);
        var clean = ReplaceUnsafe(stem);
        clean = clean[..Math.Min(clean.Length, MaxStemLength)].Trim(' ', '.', Replacement);
        return (clean.Length == 0 ? "file" : clean) + ReplaceUnsafe(extension);
    }

    private static string ReplaceUnsafe(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '.' or '(' or ')' ? c : Replacement));
}
