// A small client of the W3C WebDriver protocol: enough to open one window, act in it and read it, with no package.

import { execFile, spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { askToClose } from "./x11.mjs";

const run = promisify(execFile);

/** How long something may take to appear, in tries of a fifth of a second. */
const TRIES = 150;

/** The code point that the protocol takes for the key. */
const BACKSPACE = "\uE003";
const END = "\uE010";
/** The same for the key that ends what was typed. */
export const ENTER = "\uE007";

/** The processes that a process started. */
async function childrenOf(pid) {
  const { stdout } = await run("pgrep", ["-P", String(pid)]).catch(() => ({ stdout: "" }));
  return stdout.split("\n").filter(Boolean).map(Number);
}

function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A port where nobody listens. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** An XPath condition: the element's text, or its name for those who listen, is `text`. Spaces do not count. */
const named = (text) => {
  const plain = (value) => `translate(${value}, " \u00A0", "")`;
  const wanted = JSON.stringify(text.replaceAll(" ", ""));
  return `[${plain("normalize-space(.)")} = ${wanted} or ${plain("@aria-label")} = ${wanted}]`;
};

/** Where things are found: by what a person reads, not by how the page is built. */
export const by = {
  button: (text) => `//button${named(text)}`,
  menu: (text) => `//nav//button[starts-with(normalize-space(.), ${JSON.stringify(text)})]`,
  tab: (text) => `//*[@role = "tab"][starts-with(normalize-space(.), ${JSON.stringify(text)})]`,
  /** The field behind a label, which has a star before it where it must be filled in. */
  field: (text) =>
    `//*[@id = //label[starts-with(translate(normalize-space(.), "*", ""), ${JSON.stringify(text)})]/@for] | //input[@aria-label = ${JSON.stringify(text)}] | //textarea[@aria-label = ${JSON.stringify(text)}]`,
  choice: (text) => `//label[contains(normalize-space(.), ${JSON.stringify(text)})]`,
};

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
    return new Window(`/session/${sessionId}`, ask, driver);
  } catch (error) {
    driver.kill();
    throw error;
  }
}

class Window {
  #session;
  #ask;
  #driver;

  constructor(session, ask, driver) {
    this.#session = session;
    this.#ask = ask;
    this.#driver = driver;
  }

  /** Runs the body of a function in the page. */
  run(script, ...given) {
    return this.#ask("POST", `${this.#session}/execute/sync`, { script, args: given });
  }

  /** Runs the body of a function whose last argument is called with the result. */
  runAsync(script, ...given) {
    return this.#ask("POST", `${this.#session}/execute/async`, { script, args: given });
  }

  /** What the program answers to a command, asked as the page asks. */
  async asked(word, payload) {
    const [answer, refused] = await this.runAsync(
      `const [word, payload, done] = arguments;
       window.__TAURI_INTERNALS__.invoke("rpc", { word, payload })
         .then((answer) => done([answer]), (refused) => done([null, refused]))`,
      word,
      payload,
    );
    if (refused) throw new Error(`${word}: ${JSON.stringify(refused)}`);
    return answer;
  }

  /** All text that is on the screen. */
  text() {
    return this.run("return document.body.innerText");
  }

  /** Waits until the window's text satisfies `wanted`, and returns the text in any case. */
  async textWith(wanted) {
    const holds = typeof wanted === "string" ? (seen) => seen.includes(wanted) : wanted;
    let text = "";
    for (let tries = 0; tries < TRIES; tries += 1) {
      text = await this.text();
      if (holds(text)) break;
      await pause(200);
    }
    return text;
  }

  /** The elements that are there now. */
  async all(xpath) {
    const found = await this.#ask("POST", `${this.#session}/elements`, { using: "xpath", value: xpath });
    return found.map((one) => Object.values(one)[0]);
  }

  /** Whether an element can be used and stands still: a click on one that still moves may meet another. */
  async #ready(element) {
    const place = async () => JSON.stringify(await this.#ask("GET", `${this.#session}/element/${element}/rect`));
    if (!(await this.#ask("GET", `${this.#session}/element/${element}/enabled`))) return false;
    const before = await place();
    await pause(80);
    return before === (await place());
  }

  /** Waits for an element that can be seen and used, and does something with it. */
  async #act(xpath, act) {
    let last;
    for (let tries = 0; tries < TRIES; tries += 1) {
      for (const element of (await this.all(xpath)).reverse()) {
        try {
          if (await this.#ready(element)) return await act(element);
        } catch (error) {
          // Covered, moving or just replaced: the next look finds it as it stands then.
          last = error;
        }
      }
      await pause(200);
    }
    throw new Error(`nothing to act on: ${xpath}\n  ${last?.message ?? "it is not there"}\n${await this.text()}`);
  }

  /** Clicks on what is found, once it is there and can be clicked. */
  click(xpath) {
    return this.#act(xpath, (element) => this.#ask("POST", `${this.#session}/element/${element}/click`, {}));
  }

  /** Clicks until what the click brings about is there. */
  async clickUntil(xpath, wanted) {
    for (let tries = 0; tries < 5; tries += 1) {
      await this.click(xpath);
      for (let looks = 0; looks < 15; looks += 1) {
        if ((await this.text()).includes(wanted)) return;
        await pause(200);
      }
    }
    throw new Error(`clicked on ${xpath}, and “${wanted}” did not come\n${await this.text()}`);
  }

  /** Types into a field, in place of what stands there. */
  async type(xpath, text) {
    await this.#act(xpath, async (element) => {
      await this.#ask("POST", `${this.#session}/element/${element}/click`, {});
      const before = await this.#ask("GET", `${this.#session}/element/${element}/property/value`);
      // A click may put the cursor amid what stands there.
      const value = END + BACKSPACE.repeat((before ?? "").length) + text;
      await this.#ask("POST", `${this.#session}/element/${element}/value`, { text: value });
    });
  }

  /** Presses a key of the program, as `{ key: "k", ctrlKey: true }`, where the focus is. */
  press(key) {
    return this.run(
      `const { key, ...more } = arguments[0];
       document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }))`,
      key,
    );
  }

  /** A picture of the whole screen: what a person would see, title bar and all. */
  async picture(path) {
    await run("import", ["-window", "root", path]);
  }

  /** The processes that the window was started as. */
  processes() {
    return childrenOf(this.#driver.pid);
  }

  /** Closes the window with this number on the screen as its button does, and waits until its program has ended. */
  async closeByHand(id) {
    const windows = await this.processes();
    await askToClose(id);
    for (let tries = 0; tries < 100 && windows.some(lives); tries += 1) await pause(100);
    if (windows.some(lives)) throw new Error("the window is closed and its program goes on");
  }

  /** Ends the window and what controls it. The next one must not meet it: it would hand its files over and end. */
  async close() {
    const windows = await childrenOf(this.#driver.pid);
    await this.#ask("DELETE", this.#session).catch(() => {});
    for (let tries = 0; tries < 50 && windows.some(lives); tries += 1) await pause(100);
    for (const pid of windows.filter(lives)) process.kill(pid, "SIGKILL");
    this.#driver.kill();
  }
}
