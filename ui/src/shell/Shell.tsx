import { Component, type ReactNode, Suspense, useEffect, useLayoutEffect, useRef } from "react";
import { PAGES } from "../flows";
import type { Page } from "../flows/flow";
import { Overlays } from "../flows/palette/Overlays";
import { Gate } from "../flows/session/Gate";
import type { Refusal } from "../gen/wire";
import { refusalOf } from "../host/types";
import { readAhead } from "../later";
import { useUnsavedAhead } from "../parts/keptForms";
import { flushPending } from "../parts/pending";
import { markReady } from "../parts/ready";
import { RefusalAlert } from "../parts/refusal";
import { useKeyboard, useShortcut } from "../parts/shortcuts";
import { useRoute } from "../route";
import { useAct } from "../rpc";
import { useSession } from "../session";
import { useText } from "../text";
import { Banners } from "./Banners";
import { useArrivals } from "./drop";
import { Header } from "./Header";
import { Menu } from "./Menu";
import { useIdleLock } from "./useIdleLock";
import { useKeepNow } from "./useKeepNow";
import { Watermark } from "./Watermark";

/** Milliseconds after the page is in place: it is painted by then. */
const READ_AHEAD_AFTER = 200;

/** The frame: menu, header, banners, and the page in it. */
export function Shell() {
  const { status } = useSession();
  const { t } = useText();
  const router = useRoute();
  const lock = useAct("session.lock");
  // What was typed a moment ago is saved while the database is still open.
  const lockNow = () => void flushPending().then(() => lock.mutate({}));
  useKeyboard();
  useShortcut("Ctrl+L", "shortcut-lock", lockNow, status.database === "open");
  useShortcut("Alt+ArrowLeft", "shortcut-back", router.back, router.behind > 0);
  useIdleLock(status, lockNow);
  useUnsavedAhead();
  useKeepNow();
  const over = useArrivals();
  return (
    <div className="shell">
      <a className="skip" href="#page">
        {t("skip-to-page")}
      </a>
      <Overlays />
      <Menu />
      <div className="shell-main">
        <Header onLock={lockNow} />
        <Banners />
        {lock.error && <RefusalAlert refusal={lock.error.refusal} />}
        <Place key={`${router.place} ${status.database}`} />
      </div>
      {status.drill && <Watermark />}
      {over && (
        <div className="drop-over" aria-hidden>
          {t("drop-now")}
        </div>
      )}
    </div>
  );
}

/** The page of the route, at the height where it was left. */
function Place() {
  const { route, kept } = useRoute();
  const { status } = useSession();
  const scroll = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const offset = kept.get("page-offset") as number | undefined;
    // Setting it has the page laid out at once, which the first page does not need.
    if (scroll.current && offset) scroll.current.scrollTop = offset;
  }, [kept]);
  const { page, ...shown } = route;
  // The route's type says that these are the properties of this very page; the table forgets which of them.
  const { show: Show, database } = PAGES[page] as unknown as Page<object>;
  return (
    <main
      id="page"
      ref={scroll}
      tabIndex={-1}
      onScroll={({ currentTarget, target }) => {
        if (target === currentTarget) kept.set("page-offset", currentTarget.scrollTop);
      }}
    >
      <Fence>
        <Suspense>
          {database && status.database !== "open" ? <Gate /> : <Show {...shown} />}
          <Painted />
        </Suspense>
      </Fence>
    </main>
  );
}

/** Stands beside the page, so that it is there when the page is; then there is time to read what comes next. */
function Painted() {
  useEffect(() => {
    markReady();
    const later = setTimeout(() => void readAhead(), READ_AHEAD_AFTER);
    return () => clearTimeout(later);
  }, []);
  return null;
}

/** A fault in one page is told in its place; the rest of the window goes on. */
class Fence extends Component<{ children: ReactNode }, { refusal: Refusal | null }> {
  override state: { refusal: Refusal | null } = { refusal: null };

  static getDerivedStateFromError(thrown: unknown) {
    return { refusal: refusalOf(thrown) };
  }

  override render() {
    const { refusal } = this.state;
    if (!refusal) return this.props.children;
    return (
      <div className="page">
        <RefusalAlert refusal={refusal} again={() => this.setState({ refusal: null })} />
      </div>
    );
  }
}
