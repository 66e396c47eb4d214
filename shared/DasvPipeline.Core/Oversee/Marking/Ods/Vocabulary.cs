using System.Xml;
using System.Xml.Linq;
using DasvPipeline.Core.Read.Ods;

namespace DasvPipeline.Core.Oversee.Marking.Ods;

/// <summary>The vocabularies of a spreadsheet (OpenDocument 1.3, part 3), and what may be carried over in them: looks, and nothing that acts.</summary>
internal static class Vocabulary
{
    public const string Version = "1.3";
    public const string MediaType = "application/vnd.oasis.opendocument.spreadsheet";
    public const string Fo = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0";
    public const string Config = "urn:oasis:names:tc:opendocument:xmlns:config:1.0";
    public const string DublinCore = "http://purl.org/dc/elements/1.1/";
    public const string XLink = "http://www.w3.org/1999/xlink";
    public const string Calc = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0";

    public static readonly XNamespace Office = OdsNames.Office;
    public static readonly XNamespace Style = OdsNames.Style;
    public static readonly XNamespace Format = Fo;
    public static readonly XNamespace Table = OdsNames.Table;
    public static readonly XNamespace Text = OdsNames.Text;

    private static readonly SortedDictionary<string, string> Prefixes = new(StringComparer.Ordinal)
    {
        ["calcext"] = Calc,
        ["dc"] = DublinCore,
        ["fo"] = Fo,
        ["number"] = OdsNames.Number,
        ["office"] = OdsNames.Office,
        ["style"] = OdsNames.Style,
        ["svg"] = "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        ["table"] = OdsNames.Table,
        ["tableooo"] = "http://openoffice.org/2009/table",
        ["text"] = OdsNames.Text,
        ["xlink"] = XLink,
    };

    /// <summary>Fonts (16.23), formats of numbers (16.27) and styles (16.2). A picture behind a cell and conditions are not among them.</summary>
    public static readonly Allowlist Styles = new(Prefixes,
        """
        office:font-face-decls > style:font-face
        style:font-face style:name svg:font-family style:font-family-generic style:font-pitch style:font-charset style:font-adornments
        office:styles >> style:default-style style:style number:number-style number:currency-style number:percentage-style number:date-style number:time-style number:boolean-style number:text-style
        office:automatic-styles >> style:style style:page-layout number:number-style number:currency-style number:percentage-style number:date-style number:time-style number:boolean-style number:text-style
        office:master-styles > style:master-page
        style:default-style style:family > style:table-properties style:table-column-properties style:table-row-properties style:table-cell-properties style:paragraph-properties style:text-properties
        style:style style:name style:display-name style:family style:parent-style-name style:data-style-name style:master-page-name > style:table-properties style:table-column-properties style:table-row-properties style:table-cell-properties style:paragraph-properties style:text-properties
        style:table-properties table:display table:tab-color tableooo:tab-color style:writing-mode
        style:table-column-properties style:column-width style:use-optimal-column-width fo:break-before
        style:table-row-properties style:row-height style:min-row-height style:use-optimal-row-height fo:break-before fo:background-color
        style:table-cell-properties fo:background-color fo:border fo:border-top fo:border-bottom fo:border-left fo:border-right fo:padding fo:padding-top fo:padding-bottom fo:padding-left fo:padding-right fo:wrap-option style:vertical-align style:text-align-source style:direction style:repeat-content style:rotation-angle style:rotation-align style:shrink-to-fit style:diagonal-bl-tr style:diagonal-tl-br style:border-line-width style:border-line-width-top style:border-line-width-bottom style:border-line-width-left style:border-line-width-right style:print-content style:decimal-places
        style:paragraph-properties fo:text-align fo:margin-left style:writing-mode style:tab-stop-distance
        style:text-properties fo:color style:use-window-font-color style:font-name style:font-name-asian style:font-name-complex fo:font-family fo:font-size style:font-size-asian style:font-size-complex fo:font-style style:font-style-asian style:font-style-complex fo:font-weight style:font-weight-asian style:font-weight-complex fo:language fo:country fo:script fo:text-shadow fo:letter-spacing style:text-outline style:text-position style:text-underline-style style:text-underline-type style:text-underline-width style:text-underline-color style:text-line-through-style style:text-line-through-type style:text-line-through-width style:text-line-through-color
        number:number-style style:name style:volatile number:language number:country >> number:text number:fill-character number:number number:scientific-number number:fraction style:text-properties style:map
        number:currency-style style:name style:volatile number:language number:country >> number:text number:fill-character number:number number:currency-symbol style:text-properties style:map
        number:percentage-style style:name style:volatile number:language number:country >> number:text number:fill-character number:number style:text-properties style:map
        number:date-style style:name style:volatile number:language number:country number:automatic-order number:format-source >> number:text number:day number:month number:year number:era number:day-of-week number:week-of-year number:quarter number:hours number:minutes number:seconds number:am-pm style:text-properties style:map
        number:time-style style:name style:volatile number:language number:country number:truncate-on-overflow number:format-source >> number:text number:hours number:minutes number:seconds number:am-pm style:text-properties style:map
        number:boolean-style style:name number:language number:country >> number:text number:boolean style:map
        number:text-style style:name number:language number:country >> number:text number:text-content style:text-properties style:map
        number:text #text
        number:fill-character #text
        number:currency-symbol number:language number:country #text
        number:number number:decimal-places number:min-decimal-places number:decimal-replacement number:min-integer-digits number:grouping number:display-factor > number:embedded-text
        number:embedded-text number:position #text
        number:scientific-number number:decimal-places number:min-decimal-places number:min-integer-digits number:min-exponent-digits number:exponent-interval number:forced-exponent-sign number:grouping
        number:fraction number:min-integer-digits number:min-numerator-digits number:min-denominator-digits number:denominator-value number:max-denominator-value number:grouping
        number:day number:style number:calendar
        number:month number:style number:calendar number:textual number:possessive-form
        number:year number:style number:calendar
        number:era number:style number:calendar
        number:day-of-week number:style number:calendar
        number:week-of-year number:calendar
        number:quarter number:style number:calendar
        number:hours number:style
        number:minutes number:style
        number:seconds number:style number:decimal-places
        number:am-pm
        number:boolean
        number:text-content
        style:map style:condition style:apply-style-name
        style:page-layout style:name > style:page-layout-properties
        style:page-layout-properties fo:page-width fo:page-height fo:margin fo:margin-top fo:margin-bottom fo:margin-left fo:margin-right style:print-orientation style:print-page-order style:first-page-number style:scale-to style:scale-to-pages style:scale-to-X style:scale-to-Y style:table-centering style:writing-mode style:print style:num-format
        style:master-page style:name style:display-name style:page-layout-name
        """);

    /// <summary>Of a sheet (9.1), around its cells.</summary>
    public static readonly Allowlist Columns = new(Prefixes,
        """
        table:table-column table:style-name table:default-cell-style-name table:visibility table:number-columns-repeated
        """);

    /// <summary>The day that numbers shown as dates are counted from (9.4.2).</summary>
    public static readonly Allowlist Counting = new(Prefixes,
        """
        table:calculation-settings > table:null-date
        table:null-date table:date-value
        """);

    /// <summary>Says the prefixes once, on the element just started, for all that is below it.</summary>
    public static void WritePrefixes(XmlWriter xml)
    {
        foreach (var (prefix, ns) in Prefixes)
        {
            xml.WriteAttributeString("xmlns", prefix, null, ns);
        }
    }
}
