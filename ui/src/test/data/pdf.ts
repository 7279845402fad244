// A PDF as scanners and offices in China make them: its font is not in it, and its text is in GBK. Reading it takes the
// tables of Chinese character codes. It carries a script that must never run.

/** GBK bytes of 营业执照（演示）, as PDF writes them. */
const TEXT = "<D3AAD2B5D6B4D5D5A3A8D1DDCABEA3A9>";

const page = (number: number, words: string) => `BT /F1 28 Tf 60 ${720 - number * 40} Td ${words} Tj ET`;

function objects(): string[] {
  const streams = [page(0, TEXT), page(1, TEXT)];
  return [
    "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>",
    "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 7 0 R >> >> >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R /Resources << /Font << /F1 7 0 R >> >> >>",
    ...streams.map((stream) => `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`),
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /GBK-EUC-H /DescendantFonts [8 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 9 0 R" +
      " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0" +
      " /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
  ];
}

/** The file as base64. */
export function chinesePdf(): string {
  let text = "%PDF-1.4\n";
  const offsets: number[] = [];
  for (const [index, object] of objects().entries()) {
    offsets.push(text.length);
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const size = offsets.length + 1;
  text += `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\n`;
  text += `startxref\n${text.indexOf("xref\n0 ")}\n%%EOF\n`;
  return btoa(text);
}

/** A picture of one grey point, as base64. */
export const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mO8/x8AAssB9XwqZH4AAAAASUVORK5CYII=";
