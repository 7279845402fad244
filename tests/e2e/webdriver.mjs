// A small client of the W3C WebDriver protocol: enough to open one window and read it, with no package needed.

import { execFile, spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Opens `binary` with `args` in a window under remote control. */
export async function openWindow(binary, args) {
  const port = await freePort();
  // Without this variable WebKitGTK refuses remote control and the request for a session never returns.
  const env = { ...process.env, TAURI_WEBVIEW_AUTOMATION: "true" };
  const driver = spawn("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], { env, stdio: "ignore" });
  // However this program ends, the driver and with it the window end too.
  process.on("exit", () => driver.kill());
  const base = `http://127.0.0.1:${port}`;

  const ask = async (method, path, body) => {
    const answer = await fetch(base + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };

  try {
    for (let tries = 0; ; tries += 1) {
      try {
        await ask("GET", "/status");
        break;
      } catch (error) {
        if (tries === 100) throw error;
        await pause(100);
      }
    }
    const alwaysMatch = { "webkitgtk:browserOptions": { binary, args } };
    const { sessionId } = await ask("POST", "/session", { capabilities: { alwaysMatch } });
    const session = `/session/${sessionId}`;
    return {
      /** Runs the body of a function in the page. */
      run: (script, ...given) => ask("POST", `${session}/execute/sync`, { script, args: given }),
      /** Runs the body of a function whose last argument is called with the result. */
      runAsync: (script, ...given) => ask("POST", `${session}/execute/async`, { script, args: given }),
      text: () => ask("POST", `${session}/execute/sync`, { script: "return document.body.innerText", args: [] }),
      async click(selector) {
        const found = await ask("POST", `${session}/element`, { using: "css selector", value: selector });
        await ask("POST", `${session}/element/${Object.values(found)[0]}/click`, {});
      },
      /** Takes a picture of the whole screen: what a person would see, title bar and all. */
      async picture(path) {
        await promisify(execFile)("import", ["-window", "root", path]);
      },
      async close() {
        await ask("DELETE", session).catch(() => {});
        driver.kill();
      },
    };
  } catch (error) {
    driver.kill();
    throw error;
  }
}
