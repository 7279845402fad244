// The one thing that xdotool of Debian 12 cannot do: ask a window to close as the button in its title does, which needs
// no window manager (ICCCM, 4.2.8.1). Four requests of the X11 protocol over the screen's own socket.

import { once } from "node:events";
import { connect } from "node:net";

const INTERN_ATOM = 16;
const SEND_EVENT = 25;
const GET_INPUT_FOCUS = 43;
const CLIENT_MESSAGE = 33;
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

/** Asks the window with this number on the screen to close; returns once the screen has passed it on. */
export async function askToClose(id) {
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
    if (taken[0] !== 1) throw new Error(`the screen refuses: error ${taken[1]}`);
    return taken.readUInt32LE(8);
  };
  try {
    // Little-endian, version 11.0, nothing to prove who we are.
    socket.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    const accepted = await take(8);
    await take(accepted.readUInt16LE(6) * 4);
    if (accepted[0] !== 1) throw new Error("the screen takes no connection");
    socket.write(Buffer.concat([internAtom("WM_PROTOCOLS"), internAtom("WM_DELETE_WINDOW")]));
    const [protocols, close] = [await answer(), await answer()];
    const event = Buffer.concat([Buffer.from([CLIENT_MESSAGE, 32, 0, 0]), numbers(id, protocols, close, 0, 0, 0, 0)]);
    // Any answer at all says that the event before it was passed on.
    socket.write(Buffer.concat([request(SEND_EVENT, Buffer.concat([numbers(id, 0), event])), request(GET_INPUT_FOCUS, numbers())]));
    await answer();
  } finally {
    socket.destroy();
  }
}
