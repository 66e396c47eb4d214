const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** Creates an .xlsx file with one sheet. A number becomes a number, and everything else text, so nothing becomes a formula. */
export function workbook(title, rows) {
  const name = escape(title.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31));
  const main = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return zip({
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${main}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${main}.worksheet+xml"/></Types>`,
    '_rels/.rels': relationships('officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': `<workbook xmlns="${SHEET}" xmlns:r="${DOCUMENT}"><sheets><sheet name="${name}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships('worksheet', 'worksheets/sheet1.xml'),
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${SHEET}"><cols><col min="1" max="1" width="14" customWidth="1"/><col min="2" max="3" width="24" customWidth="1"/><col min="4" max="6" width="14" customWidth="1"/></cols><sheetData>${rows.map(row).join('')}</sheetData></worksheet>`,
  });
}

function relationships(kind, target) {
  return `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${DOCUMENT}/${kind}" Target="${target}"/></Relationships>`;
}

function row(cells, place) {
  return `<row r="${place + 1}">${cells.map((cell, column) => {
    const at = `${'ABCDEFGH'[column]}${place + 1}`;
    return typeof cell === 'number' ? `<c r="${at}"><v>${cell}</v></c>` : `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escape(cell)}</t></is></c>`;
  }).join('')}</row>`;
}

function escape(text) {
  // Characters that XML cannot have are left out.
  return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Packs files without compression. Source: APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16. */
function zip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [path, content] of Object.entries(files)) {
    const name = new TextEncoder().encode(path);
    const data = new TextEncoder().encode(DECLARATION + content);
    // Version 2.0, UTF-8 names, stored, 1 January 1980, checksum, both sizes, length of the name, no extra field.
    const common = [[20, 2], [0x0800, 2], [0, 2], [0, 2], [0x21, 2], [checksum(data), 4], [data.length, 4], [data.length, 4], [name.length, 2], [0, 2]];
    const header = bytes([0x04034b50, 4], ...common);
    parts.push(header, name, data);
    directory.push(bytes([0x02014b50, 4], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), name);
    offset += header.length + name.length + data.length;
  }

  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const count = Object.keys(files).length;
  return new Blob([...parts, ...directory, bytes([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [offset, 4], [0, 2])], { type: TYPE });
}

/** Writes numbers with the lowest byte first. Each has its number of bytes. */
function bytes(...numbers) {
  return Uint8Array.from(numbers.flatMap(([value, length]) => Array.from({ length }, (_, place) => Math.floor(value / 256 ** place) % 256)));
}

/** Returns the CRC-32 of ISO 3309. */
function checksum(data) {
  let sum = 0xffffffff;
  for (const value of data) {
    sum ^= value;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }

  return (sum ^ 0xffffffff) >>> 0;
}
