// A browser without a window, driven over a pipe: opens a page, does things to it, takes pictures. It needs nothing
// but Debian's chromium.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--no-first-run",
  "--hide-scrollbars",
  "--remote-debugging-pipe",
];

export async function openBrowser() {
  const profile = mkdtempSync(join(tmpdir(), "look-"));
  const child = spawn("chromium", [...FLAGS, `--user-data-dir=${profile}`], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  const [, , , input, output] = child.stdio;
  const waiting = new Map();
  const listeners = new Set();
  let number = 0;
  let rest = "";
  output.on("data", (bytes) => {
    const pieces = (rest + bytes).split("\0");
    rest = pieces.pop();
    for (const piece of pieces) {
      const message = JSON.parse(piece);
      const { done, broken } = waiting.get(message.id) ?? {};
      waiting.delete(message.id);
      if (message.error) broken?.(new Error(message.error.message));
      else done?.(message.result);
      if (message.method) for (const listener of listeners) listener(message);
    }
  });
  const send = (method, params = {}, sessionId = undefined) =>
    new Promise((done, broken) => {
      number += 1;
      waiting.set(number, { done, broken });
      input.write(`${JSON.stringify({ id: number, method, params, sessionId })}\0`);
    });

  async function openPage() {
    const { targetId } = await send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
    const own = (method, params) => send(method, params, sessionId);
    const heard = { requests: [], complaints: [] };
    listeners.add(({ method, params, sessionId: from }) => {
      if (from !== sessionId) return;
      if (method === "Network.requestWillBeSent") heard.requests.push(params.request.url);
      if (method === "Runtime.exceptionThrown")
        heard.complaints.push(params.exceptionDetails.exception?.description);
      if (method === "Log.entryAdded") heard.complaints.push(params.entry.text);
    });
    await own("Emulation.setTimezoneOverride", { timezoneId: "Asia/Shanghai" });
    for (const domain of ["Page", "Runtime", "Log", "Network"]) await own(`${domain}.enable`);
    const evaluate = async (expression) => {
      const { result, exceptionDetails } = await own("Runtime.evaluate", {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    };
    return {
      heard,
      evaluate,
      send: own,
      /** Zoom is a smaller page with larger pixels, as the webview does it. */
      size: (width, height, zoom = 1) =>
        own("Emulation.setDeviceMetricsOverride", {
          width: Math.round(width / zoom),
          height: Math.round(height / zoom),
          deviceScaleFactor: zoom,
          mobile: false,
        }),
      goto: (url) => own("Page.navigate", { url }),
      /** Waits until the expression holds; says so after ten seconds if it never does. */
      async until(expression) {
        const end = Date.now() + 10_000;
        while (Date.now() < end) {
          if (await evaluate(expression).catch(() => false)) return true;
          await new Promise((done) => setTimeout(done, 60));
        }
        throw new Error(`never came true: ${expression}`);
      },
      async picture(path) {
        const { data } = await own("Page.captureScreenshot", { format: "png" });
        writeFileSync(path, Buffer.from(data, "base64"));
      },
      close: () => send("Target.closeTarget", { targetId }),
    };
  }

  return {
    openPage,
    async close() {
      child.kill();
      await new Promise((done) => child.once("exit", done));
      // Its children may still write for a moment.
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}
