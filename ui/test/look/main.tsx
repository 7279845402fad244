// ?route={"page":"verify","path":null}&session={"drill":true}&settings={"theme":"dark"}

import { createRoot } from "react-dom/client";
import { App } from "../../src/App";
import type { Settings, SyncStatus } from "../../src/gen/wire";
import type { Route } from "../../src/route";
import { session, answers as sessionOf } from "../../src/test/data/session";
import { JOINED, answers as syncOf } from "../../src/test/data/sync";
import { fakeHost } from "../../src/test/fakeHost";
import "../../src/style/index.css";

const asked = new URLSearchParams(window.location.search);
const given = <T,>(name: string): Partial<T> => JSON.parse(asked.get(name) ?? "{}");
const settings = { ...session().settings, ...given<Settings>("settings") };
const host = fakeHost({
  ...sessionOf(session({ ...given<ReturnType<typeof session>>("session"), settings })),
  ...(asked.has("sync") ? syncOf({ ...JOINED, ...given<SyncStatus>("sync") }) : {}),
});
const route = { page: "verify", path: null, ...given<Route>("route") } as Route;

// For a driver that wants to play the program's part: events, drops, and what dialogs give.
Object.assign(window, { host });

const root = document.getElementById("root");
if (root) createRoot(root).render(<App host={host} first={route} />);
