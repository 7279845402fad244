// Photographs the interface: node test/pictures.mjs [FOLDER [WORD]]. Builds nothing; `npm run look:build` does. With a
// WORD only the pictures whose name has it are taken.

import { createReadStream, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { openBrowser } from "./browser.mjs";
import { SCENES } from "./scenes.mjs";

const [folder = fileURLToPath(new URL("../pictures", import.meta.url)), word = ""] = process.argv.slice(2);
const built = fileURLToPath(new URL("../dist-look", import.meta.url));
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
};

const server = createServer((request, response) => {
  const path = normalize(new URL(request.url, "http://look").pathname);
  const file = createReadStream(join(built, path === "/" ? "index.html" : path));
  file.on("open", () => {
    response.setHeader(
      "Content-Type",
      TYPES[extname(path === "/" ? "index.html" : path)] ?? "application/octet-stream",
    );
    file.pipe(response);
  });
  file.on("error", () => response.writeHead(404).end());
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const { port } = server.address();

mkdirSync(folder, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// Everything that axe-core knows, contrast as painted and the size of what is hit included. A region is asked for by no
// criterion of WCAG.
const LOOK = `axe.run(document, { rules: { region: { enabled: false }, "target-size": { enabled: true } } }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ": " + html.slice(0, 160) + " " + failureSummary.slice(0, 300))))`;
const browser = await openBrowser();
let failed = 0;
for (const { name, route, session, settings, sync, size = [1366, 768], zoom = 1, act } of SCENES) {
  if (!name.includes(word)) continue;
  const page = await browser.openPage();
  try {
    await page.size(...size, zoom);
    const given = new URLSearchParams(
      Object.entries({ route, session, settings, sync })
        .filter(([, value]) => value)
        .map(([key, value]) => [key, JSON.stringify(value)]),
    );
    await page.goto(`http://127.0.0.1:${port}/?${given}`);
    await page.until("document.querySelector('main#page h1, main#page .empty') !== null");
    await act?.(page);
    await new Promise((done) => setTimeout(done, 350));
    await page.picture(join(folder, `${name}.png`));
    const foreign = page.heard.requests.filter(
      (url) => !url.startsWith(`http://127.0.0.1:${port}/`) && !url.startsWith("data:"),
    );
    await page.evaluate(axe);
    const wrong = [...page.heard.complaints, ...foreign, ...(await page.evaluate(LOOK))];
    if (wrong.length > 0) failed += 1;
    console.log(`${name}${wrong.length > 0 ? `\n  ${wrong.join("\n  ")}` : ""}`);
  } catch (error) {
    failed += 1;
    console.log(`${name}\n  ${error.message}`);
    await page.picture(join(folder, `${name}.png`));
  }
  await page.close();
}
await browser.close();
server.close();
process.exitCode = failed > 0 ? 1 : 0;
