// Pages of a PDF as pictures. Scripts and forms of the file are never run, nothing is fetched: the worker and the tables
// of Chinese character codes are part of this program. Loaded only when a PDF is looked at.

import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";

GlobalWorkerOptions.workerSrc = workerUrl;

const TABLES = import.meta.glob<string>(
  "../../node_modules/pdfjs-dist/cmaps/{GB*,UniGB*,Adobe-GB1*,UniCNS*,Adobe-CNS1*}.bcmap",
  { query: "?url&inline", import: "default" },
);

/** The bytes that base64 stands for. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** Gives the tables from the program itself, where the library would fetch them. */
class OwnTables {
  async fetch({ name }: { name: string }) {
    const load = TABLES[`../../node_modules/pdfjs-dist/cmaps/${name}.bcmap`];
    if (!load) throw new Error(`no table ${name}`);
    const address = await load();
    return { cMapData: bytesOf(address.slice(address.indexOf(",") + 1)), isCompressed: true };
  }
}

export type Pdf = PDFDocumentProxy;

/** Opens a PDF. Whoever opens it calls `destroy` when it leaves the screen. */
export function openPdf(base64: string): Promise<Pdf> {
  return getDocument({
    data: bytesOf(base64),
    CMapReaderFactory: OwnTables,
    useWorkerFetch: false,
    useWasm: false,
    isEvalSupported: false,
    enableXfa: false,
    useSystemFonts: true,
    verbosity: 0,
  }).promise;
}

/** Paints a page (from 1) as wide as the canvas stands on the screen. */
export async function paint(
  pdf: Pdf,
  number: number,
  canvas: HTMLCanvasElement,
  width: number,
): Promise<void> {
  const page = await pdf.getPage(number);
  const natural = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: (width / natural.width) * window.devicePixelRatio });
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  await page.render({ canvas, viewport, intent: "display" }).promise;
}
