import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, Suspense, useEffect, useMemo, useRef } from "react";
import { routeOf } from "./flows/verify/dropped";
import type { SessionStatus, Settings } from "./gen/wire";
import type { Host } from "./host/types";
import { Busy } from "./parts/Busy";
import { LookProvider } from "./parts/Look";
import { RefusalAlert } from "./parts/refusal";
import { type Route, type Router, RouterContext, useNewRouter } from "./route";
import { forget, Rpc, useAsk } from "./rpc";
import { SessionContext } from "./session";
import { Shell } from "./shell/Shell";
import { TextProvider } from "./text";

/** Before the program has said how it is set: Chinese, and as the system has it. */
const UNTIL_KNOWN: Settings = {
  language: "zh",
  theme: "system",
  large_text: false,
  idle_minutes: 10,
  four_eyes: false,
  backup_folder: null,
  operator: "",
};

export function App({ host, first }: { host: Host; first?: Route }) {
  return (
    <Rpc host={host}>
      <Suspense>
        <Started {...(first ? { first } : {})} />
      </Suspense>
    </Rpc>
  );
}

function Started({ first }: { first?: Route }) {
  const status = useAsk("session.status", {});
  const settings = status.data?.settings ?? UNTIL_KNOWN;
  return (
    <TextProvider language={settings.language}>
      <LookProvider settings={settings}>
        {status.data ? (
          <Standing status={status.data} {...(first ? { first } : {})} />
        ) : (
          <Waiting>
            {status.error && (
              <RefusalAlert refusal={status.error.refusal} again={() => void status.refetch()} />
            )}
          </Waiting>
        )}
      </LookProvider>
    </TextProvider>
  );
}

function Waiting({ children }: { children: ReactNode }) {
  return <main className="waiting">{children || <Busy large />}</main>;
}

/** Where a session begins: with the file it was opened for, at the firm's home, or at the verification. */
function firstRoute({ opened, database, profile }: SessionStatus): Route {
  const home = database === "none" || (database === "open" && profile?.role === "firm");
  return routeOf(opened, profile?.role) ?? (home ? { page: "home" } : { page: "verify", path: null });
}

/** With the lock goes every name: from memory, and from the pages that show them without a database. */
function useLeaving({ database, drill, profile }: SessionStatus, { route, begin, replace }: Router) {
  const client = useQueryClient();
  const before = useRef(database);
  const drilled = useRef(drill);
  const unlocked = useRef(false);
  useEffect(() => {
    if (before.current === "open" && database !== "open") {
      forget(client);
      replace(["verify", "batch"], { page: "verify", path: null });
    }
    // A new database begins at its home, wherever a drill before it ended.
    // One that was restored says so on the page that follows.
    const stays = ["verify", "restore", "upkeep"].includes(route.page);
    if ((before.current === "none" && database === "open" && !stays) || (drilled.current && !drill))
      begin({ page: "home" });
    unlocked.current = database === "open" && (unlocked.current || before.current === "locked");
    // The gate led here, or leads back in a moment; a firm that verifies nothing has its work at home.
    if (unlocked.current && route.page !== "unlock") {
      unlocked.current = false;
      const idle = (route.page === "verify" || route.page === "batch") && route.path === null;
      if (idle && profile?.role === "firm") begin({ page: "home" });
    }
    before.current = database;
    drilled.current = drill;
  }, [database, drill, profile, route, begin, replace, client]);
}

function Standing({ status, first }: { status: SessionStatus; first?: Route }) {
  const router = useNewRouter(first ?? firstRoute(status));
  const session = useMemo(() => ({ status }), [status]);
  useLeaving(status, router);
  return (
    <SessionContext value={session}>
      <RouterContext value={router}>
        <Shell />
      </RouterContext>
    </SessionContext>
  );
}
