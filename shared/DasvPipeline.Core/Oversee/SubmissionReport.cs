using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using DasvPipeline.Core.Model;

namespace DasvPipeline.Core.Oversee;

/// <summary>
/// The answer to a submission as JSON: what <c>check --json</c> prints and what is kept beside each version.
/// </summary>
public static class SubmissionReport
{
    public const string FileName = "findings.json";
    public const string ContentType = "application/json; charset=utf-8";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <param name="id">Null when the file's place names no return.</param>
    public static byte[] ToJson(ReturnId? id, Period? period, Examined examined)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteBoolean("accepted", examined.IsAccepted);
            json.WriteString("return", id?.ToString());
            json.WriteString("period", period?.ToString());
            json.WriteStartArray("findings");
            foreach (var finding in examined.Findings)
            {
                Write(json, finding);
            }

            json.WriteEndArray();
            json.WriteStartArray("observations");
            foreach (var observation in examined.IsAccepted ? examined.Observations : [])
            {
                Write(json, observation);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("severity", finding.Severity switch { Severity.Error => "error", Severity.Query => "query", _ => "note" });
        json.WriteString("code", finding.Code);
        json.WriteString("sheet", finding.Cell?.Sheet);
        json.WriteString("cell", finding.Cell?.Address);
        json.WriteString("message", finding.Message);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Observation observation)
    {
        json.WriteStartObject();
        json.WriteString("measure", observation.Key.Measure.Value);
        json.WriteString("area", observation.Key.Area.Value);
        json.WriteStartObject("breakdowns");
        foreach (var (dimension, code) in observation.Key.Breakdown.Codes())
        {
            json.WriteString(dimension, code);
        }

        json.WriteEndObject();
        json.WriteString("period", observation.Period.ToString());
        if (observation.Figure.Value is { } value)
        {
            json.WriteNumber("value", value);
        }
        else
        {
            json.WriteNull("value");
        }

        json.WriteStartArray("markers");
        foreach (var letter in observation.Figure.Markers.ToLetters())
        {
            json.WriteStringValue(letter);
        }

        json.WriteEndArray();
        json.WriteString("note", observation.Figure.Note);
        json.WriteString("cell", observation.Cell.Address);
        json.WriteEndObject();
    }
}
