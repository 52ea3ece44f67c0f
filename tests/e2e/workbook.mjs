// Workbooks as a spreadsheet writes them, put together by hand: ZIP and Office Open XML.

import { deflateRawSync } from 'node:zlib';

const table = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; ++k) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n >>> 0;
});
export function crc32(bytes) {
  let c = 0xffffffff;
  for (const b of bytes) c = table[(c ^ b) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/** `parts`: name to text or bytes. */
export function zip(parts) {
  const out = [], central = [];
  let at = 0;
  for (const [name, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content), packed = deflateRawSync(bytes), path = Buffer.from(name);
    const about = Buffer.alloc(26);  // from "version needed" to the lengths: the same in both headers
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(0x0800, 2);
    about.writeUInt16LE(8, 4);
    about.writeUInt32LE(0x58210000, 6);
    about.writeUInt32LE(crc32(bytes), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(bytes.length, 18);
    about.writeUInt16LE(path.length, 22);
    out.push(Buffer.from('PK\x03\x04'), about, path, packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), about, rest, path]));
    at += 4 + about.length + path.length + packed.length;
  }
  const list = Buffer.concat(central), end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...out, list, end]);
}

const escaped = (s) => String(s).replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
const letters = (n) => (n < 26 ? '' : letters(Math.floor(n / 26) - 1)) + String.fromCharCode(65 + (n % 26));

/** A day as the serial number that a cell holds. */
export const serial = (iso, from_1904 = false) => Math.round((Date.parse(iso) - Date.parse(from_1904 ? '1904-01-01' : '1899-12-30')) / 86_400_000);

/**
 * Cells: text (shared strings), {inline}, numbers, {day} (a serial number in a date style), {percent}. `sheets`: name to rows.
 */
export function workbook(sheets, { from_1904 = false } = {}) {
  const strings = [];
  const cell = (value, where) => {
    if (value === null || value === undefined || value === '') return '';
    if (typeof value === 'number') return `<c r="${where}"><v>${value}</v></c>`;
    if (value.inline !== undefined) return `<c r="${where}" t="inlineStr"><is><t xml:space="preserve">${escaped(value.inline)}</t></is></c>`;
    if (value.day) return `<c r="${where}" s="${value.style ?? 1}"><v>${serial(value.day, from_1904)}</v></c>`;
    if (value.percent !== undefined) return `<c r="${where}" s="3"><v>${value.percent}</v></c>`;
    if (!strings.includes(value)) strings.push(value);
    return `<c r="${where}" t="s"><v>${strings.indexOf(value)}</v></c>`;
  };
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const names = Object.keys(sheets);
  const parts = {
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    'xl/workbook.xml': `${head}<workbook ${main} xmlns:r="${rel}">${from_1904 ? '<workbookPr date1904="1"/>' : ''}<sheets>${names.map((n, i) => `<sheet name="${escaped(n)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names.map((_, i) => `<Relationship Id="rId${i + 1}" Type="${rel}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}</Relationships>`,
    'xl/styles.xml': `${head}<styleSheet ${main}><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="9"/></cellXfs></styleSheet>`,
  };
  names.forEach((n, i) => {
    const rows = sheets[n].map((row, y) => `<row r="${y + 1}">${row.map((v, x) => cell(v, `${letters(x)}${y + 1}`)).join('')}</row>`).join('');
    parts[`xl/worksheets/sheet${i + 1}.xml`] = `${head}<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`;
  });
  // As Excel does for text that is partly bold, and for text with a reading aid.
  const shared = strings.map((s) => `<si><r><t xml:space="preserve">${escaped(s.slice(0, 1))}</t></r><r><rPr><b/></rPr><t xml:space="preserve">${escaped(s.slice(1))}</t></r><rPh sb="0" eb="1"><t>よみ</t></rPh></si>`);
  parts['xl/sharedStrings.xml'] = `${head}<sst ${main} count="${strings.length}" uniqueCount="${strings.length}">${shared.join('')}</sst>`;
  return zip(parts);
}
