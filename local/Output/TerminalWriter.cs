using System.Globalization;
using System.Text;

namespace DasvPipeline.Local.Output;

/// <summary>
/// Writes the characters that a terminal could obey as <c>\uXXXX</c>, which is the same text in JSON. File names, cells and messages
/// of other programs can contain them.
/// </summary>
internal sealed class TerminalWriter(TextWriter output) : TextWriter(CultureInfo.InvariantCulture)
{
    public override Encoding Encoding => output.Encoding;

    /// <summary>Replaces the platform's console writers.</summary>
    public static void Install()
    {
        Console.SetOut(Protect(Console.Out));
        Console.SetError(Protect(Console.Error));
    }

    /// <summary>Returns a writer that escapes what it writes to another one. Several threads can use it.</summary>
    public static TextWriter Protect(TextWriter writer) => Synchronized(new TerminalWriter(writer));

    public override void Write(char value) => output.Write(Escape([value]));

    public override void Write(char[] buffer, int index, int count) => output.Write(Escape(buffer.AsSpan(index, count)));

    public override void Write(ReadOnlySpan<char> buffer) => output.Write(Escape(buffer));

    public override void Write(string? value) => output.Write(Escape(value));

    public override void Flush() => output.Flush();

    /// <summary>Escapes control and invisible characters, but no line ends and tabs.</summary>
    internal static string Escape(ReadOnlySpan<char> text)
    {
        var safe = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            var isLineEnd = c == '\n' || (c == '\r' && at + 1 < text.Length && text[at + 1] == '\n');
            if (isLineEnd || c == '\t' || !IsUnsafe(c))
            {
                safe.Append(c);
            }
            else
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
        }

        return safe.ToString();
    }

    /// <summary>Returns true for control codes, and for invisible characters such as text direction marks.</summary>
    internal static bool IsUnsafe(char c) => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
