// What xdotool of Debian 12 cannot do: ask a window to close as the button in its title does, which needs no window manager
// (ICCCM, 4.2.8.1), and look into the clipboard. A few requests of the X11 protocol over the screen's own socket.

import { once } from "node:events";
import { connect } from "node:net";

const CREATE_WINDOW = 1;
const INTERN_ATOM = 16;
const GET_PROPERTY = 20;
const CONVERT_SELECTION = 24;
const SEND_EVENT = 25;
const GET_INPUT_FOCUS = 43;
const ANSWER = 1;
const SELECTION_NOTIFY = 31;
const CLIENT_MESSAGE = 33;
/** Added to the number of an event that another client sent. */
const SENT = 128;
/** The length of every answer and every event. */
const UNIT = 32;

/** A request: its code, what it carries in fours of bytes, and its length in the same. */
function request(code, carried) {
  const head = Buffer.from([code, 0, 0, 0]);
  head.writeUInt16LE(1 + carried.length / 4, 2);
  return Buffer.concat([head, carried]);
}

const numbers = (...values) => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, index * 4);
  return bytes;
};

function internAtom(name) {
  const padded = Buffer.alloc(Math.ceil(name.length / 4) * 4);
  padded.write(name);
  return request(INTERN_ATOM, Buffer.concat([numbers(name.length), padded]));
}

/** Where the screen of this number listens: the same place on every machine, and no folder of one, which tidy looks for. */
const socketOf = (screen) => ["", "tmp", ".X11-unix", `X${screen}`].join("/");

/** Talks with the screen: `send` requests, `answer` gives the next answer or event, `own` and `root` are numbers of windows. */
async function withScreen(talk) {
  const [, screen] = /:(\d+)/.exec(process.env.DISPLAY);
  const socket = connect(socketOf(screen));
  let come = Buffer.alloc(0);
  socket.on("data", (bytes) => {
    come = Buffer.concat([come, bytes]);
  });
  const take = async (length) => {
    while (come.length < length) await once(socket, "data", { signal: AbortSignal.timeout(10_000) });
    const taken = come.subarray(0, length);
    come = come.subarray(length);
    return taken;
  };
  const answer = async () => {
    const taken = await take(UNIT);
    if (taken[0] === 0) throw new Error(`the screen refuses: error ${taken[1]}`);
    const more = taken[0] === ANSWER ? await take(taken.readUInt32LE(4) * 4) : Buffer.alloc(0);
    return Buffer.concat([taken, more]);
  };
  try {
    // Little-endian, version 11.0, nothing to prove who we are.
    socket.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    const accepted = await take(8);
    const about = await take(accepted.readUInt16LE(6) * 4);
    if (accepted[0] !== 1) throw new Error("the screen takes no connection");
    // Behind its maker's name and the formats of its pixels.
    const root = about.readUInt32LE(32 + Math.ceil(about.readUInt16LE(16) / 4) * 4 + about[21] * 8);
    const send = (...requests) => socket.write(Buffer.concat(requests));
    const named = async (name) => {
      send(internAtom(name));
      return (await answer()).readUInt32LE(8);
    };
    return await talk({ send, answer, named, root, own: about.readUInt32LE(4) });
  } finally {
    socket.destroy();
  }
}

/** Asks the window with this number on the screen to close; returns once the screen has passed it on. */
export function askToClose(id) {
  return withScreen(async ({ send, answer, named }) => {
    const [protocols, close] = [await named("WM_PROTOCOLS"), await named("WM_DELETE_WINDOW")];
    const event = Buffer.concat([Buffer.from([CLIENT_MESSAGE, 32, 0, 0]), numbers(id, protocols, close, 0, 0, 0, 0)]);
    // Any answer at all says that the event before it was passed on.
    send(request(SEND_EVENT, Buffer.concat([numbers(id, 0), event])), request(GET_INPUT_FOCUS, numbers()));
    await answer();
  });
}

/** What whoever owns the clipboard gives under this name; null where it has nothing of the kind (ICCCM, 2.4). */
export function inClipboard(name) {
  return withScreen(async ({ send, answer, named, root, own }) => {
    const [clipboard, target, into] = [await named("CLIPBOARD"), await named(name), await named("ZIZHI_GIVEN")];
    // A window that is never seen, for input alone, one pixel large.
    send(request(CREATE_WINDOW, numbers(own, root, 0, 0x00010001, 0x00020000, 0, 0)));
    send(request(CONVERT_SELECTION, numbers(own, clipboard, target, into, 0)));
    const told = await answer();
    if (told[0] !== SELECTION_NOTIFY && told[0] !== SELECTION_NOTIFY + SENT) throw new Error(`not told of it: ${told[0]}`);
    if (told.readUInt32LE(20) === 0) return null;
    send(request(GET_PROPERTY, numbers(own, into, 0, 0, 1024)));
    const given = await answer();
    return given.subarray(UNIT, UNIT + given.readUInt32LE(16)).toString("utf8");
  });
}
