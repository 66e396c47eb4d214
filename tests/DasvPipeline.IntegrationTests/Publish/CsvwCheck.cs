using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DasvPipeline.IntegrationTests.Publish;

/// <summary>
/// Reads a table with its description as CSV on the Web defines it, without our own code. Sources: W3C, Model for Tabular Data and Metadata on the
/// Web; Metadata Vocabulary for Tabular Data.
/// </summary>
internal static partial class CsvwCheck
{
    private const string Context = "http://www.w3.org/ns/csvw";

    private static readonly string[] TableMembers = ["@context", "@id", "@type", "url", "dialect", "notes", "suppressOutput", "tableDirection", "tableSchema", "transformations"];

    private static readonly string[] SchemaMembers = ["@id", "@type", "columns", "foreignKeys", "primaryKey", "rowTitles"];

    private static readonly string[] ColumnMembers =
        ["@id", "@type", "name", "suppressOutput", "titles", "virtual", "aboutUrl", "datatype", "default", "lang", "null", "ordered", "propertyUrl", "required", "separator", "textDirection", "valueUrl"];

    private static readonly string[] DialectMembers =
        ["@id", "@type", "commentPrefix", "delimiter", "doubleQuote", "encoding", "header", "headerRowCount", "lineTerminators", "quoteChar", "skipBlankRows", "skipColumns", "skipInitialSpace", "skipRows", "trim"];

    /// <param name="address">The address of the description.</param>
    /// <param name="files">The text of each file by its address.</param>
    /// <returns>What is wrong; empty if nothing is.</returns>
    public static IReadOnlyList<string> Find(Uri address, IReadOnlyDictionary<Uri, string> files)
    {
        using var json = JsonDocument.Parse(files[address]);
        var (table, faults) = (json.RootElement, new List<string>());
        var context = table.GetProperty("@context");
        if ((context.ValueKind == JsonValueKind.Array ? context[0] : context).GetString() != Context)
        {
            faults.Add("The context is another one.");
        }

        CheckMembers(table, TableMembers, "table", faults);
        var dialect = table.GetProperty("dialect");
        CheckMembers(dialect, DialectMembers, "dialect", faults);
        var schema = table.GetProperty("tableSchema");
        CheckMembers(schema, SchemaMembers, "schema", faults);
        var url = new Uri(address, table.GetProperty("url").GetString()!);
        if (!files.TryGetValue(url, out var text) || address != new Uri(url.AbsoluteUri + "-metadata.json"))
        {
            faults.Add($"{url} is not in the feed, or has another description.");
            return faults;
        }

        var columns = schema.GetProperty("columns").EnumerateArray().ToList();
        CheckColumns(columns, faults);
        var rows = Parse(text, dialect.GetProperty("delimiter").GetString()![0]);
        var titles = columns.Select(column => column.GetProperty("titles").GetString()).ToList();
        if (!rows[0].SequenceEqual(titles))
        {
            faults.Add($"The header is {string.Join(',', rows[0])}.");
        }

        var names = columns.Select(column => column.GetProperty("name").GetString()).ToList();
        var key = schema.GetProperty("primaryKey").EnumerateArray().Select(name => names.IndexOf(name.GetString())).ToList();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (number, row) in rows.Index().Skip(1))
        {
            if (row.Count != columns.Count)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"Row {number} has {row.Count} cells."));
                continue;
            }

            if (!keys.Add(string.Join('\n', key.Select(index => row[index]))))
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"Row {number} has the key of another row."));
            }

            faults.AddRange(columns.Zip(row).Select(cell => FindFault(cell.First, cell.Second) is { } fault ? string.Create(CultureInfo.InvariantCulture, $"Row {number}: {fault}") : null).OfType<string>());
        }

        return faults;
    }

    /// <summary>A member that is not of the vocabulary must have a prefix.</summary>
    private static void CheckMembers(JsonElement described, string[] known, string what, List<string> faults) =>
        faults.AddRange(described.EnumerateObject().Where(member => !known.Contains(member.Name) && !member.Name.Contains(':', StringComparison.Ordinal)).Select(member => $"The {what} has the member {member.Name}."));

    private static void CheckColumns(List<JsonElement> columns, List<string> faults)
    {
        foreach (var column in columns)
        {
            CheckMembers(column, ColumnMembers, "column", faults);
            if (!Name().IsMatch(column.GetProperty("name").GetString()!))
            {
                faults.Add($"{column.GetProperty("name")} is not a name of a column.");
            }
        }

        if (columns.Select(column => column.GetProperty("name").GetString()).Distinct(StringComparer.Ordinal).Count() != columns.Count)
        {
            faults.Add("Two columns have the same name.");
        }
    }

    private static string? FindFault(JsonElement column, string text)
    {
        var name = column.GetProperty("name").GetString();
        if (text == (column.TryGetProperty("null", out var empty) ? empty.GetString() : string.Empty))
        {
            return column.TryGetProperty("required", out var required) && required.GetBoolean() ? $"{name} is empty." : null;
        }

        var values = column.TryGetProperty("separator", out var separator) ? text.Split(separator.GetString()) : [text];
        var datatype = column.TryGetProperty("datatype", out var given) ? given : default;
        var type = datatype.ValueKind switch { JsonValueKind.String => datatype.GetString()!, JsonValueKind.Object => datatype.GetProperty("base").GetString()!, _ => "string" };
        var format = datatype.ValueKind == JsonValueKind.Object && datatype.TryGetProperty("format", out var pattern) ? pattern.GetString() : null;
        return values.FirstOrDefault(value => !IsValid(type, format, value)) is { } wrong ? $"{name} is not a {type}: {wrong}" : null;
    }

    /// <summary>A format of a string is a regular expression for the whole value.</summary>
    private static bool IsValid(string type, string? format, string value) => type switch
    {
        "string" => format is null || Regex.IsMatch(value, $"^(?:{format})$"),
        "decimal" => Number().IsMatch(value),
        "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        _ => false,
    };

    /// <summary>Parses rows with quoted fields, in which a quote is written twice. Source: RFC 4180.</summary>
    private static List<List<string>> Parse(string text, char delimiter)
    {
        var (rows, row, field, quoted) = (new List<List<string>>(), new List<string>(), new System.Text.StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && quoted && i + 1 < text.Length && text[i + 1] == '"')
            {
                field.Append(text[i++]);
            }
            else if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && (text[i] == delimiter || text[i] == '\n'))
            {
                row.Add(field.ToString().TrimEnd('\r'));
                field.Clear();
                if (text[i] == '\n')
                {
                    rows.Add(row);
                    row = [];
                }
            }
            else
            {
                field.Append(text[i]);
            }
        }

        return rows;
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_.]*$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]+)?$")]
    private static partial Regex Number();
}
