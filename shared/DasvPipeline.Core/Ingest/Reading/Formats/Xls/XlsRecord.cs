namespace DasvPipeline.Core.Ingest.Reading.Formats.Xls;

/// <summary>The types of the records that are read ([MS-XLS] 2.3.2). All others are skipped.</summary>
internal static class XlsRecord
{
    public const ushort Formula = 0x0006;
    public const ushort Eof = 0x000A;
    public const ushort Header = 0x0014;
    public const ushort Footer = 0x0015;
    public const ushort DefinedName = 0x0018;
    public const ushort Note = 0x001C;
    public const ushort ExternalName = 0x0023;
    public const ushort ExternalCells = 0x005A;
    public const ushort DateMode = 0x0022;
    public const ushort FilePass = 0x002F;
    public const ushort Font = 0x0031;
    public const ushort DefaultColumnWidth = 0x0055;
    public const ushort Object = 0x005D;
    public const ushort ColInfo = 0x007D;
    public const ushort BoundSheet = 0x0085;
    public const ushort StandardWidth = 0x0099;
    public const ushort MulRk = 0x00BD;
    public const ushort RString = 0x00D6;
    public const ushort MergedCells = 0x00E5;
    public const ushort Xf = 0x00E0;
    public const ushort Drawing = 0x00EC;
    public const ushort Sst = 0x00FC;
    public const ushort LabelSst = 0x00FD;
    public const ushort SupBook = 0x01AE;
    public const ushort TextObject = 0x01B6;
    public const ushort Hyperlink = 0x01B8;
    public const ushort Validation = 0x01BE;
    public const ushort Number = 0x0203;
    public const ushort Label = 0x0204;
    public const ushort BoolErr = 0x0205;
    public const ushort String = 0x0207;
    public const ushort Row = 0x0208;
    public const ushort Array = 0x0221;
    public const ushort DefaultRowHeight = 0x0225;
    public const ushort Table = 0x0236;
    public const ushort Rk = 0x027E;
    public const ushort Format = 0x041E;
    public const ushort SharedFormula = 0x04BC;
    public const ushort Bof = 0x0809;
}
