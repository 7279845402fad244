import { useEffect, useRef } from "react";
import { type Keys, press } from "../../parts/shortcuts";
import { type Route, useRoute } from "../../route";
import { useHost } from "../../rpc";
import { useText } from "../../text";
import { useRecoveryKey } from "../session/created";

/** Entries of the window's own menu that are keys. */
const KEYS: Record<string, Keys> = {
  open: "Ctrl+O",
  lock: "Ctrl+L",
  palette: "Ctrl+K",
  reload_verdict: "F5",
  settings: "Ctrl+,",
  shortcuts: "Ctrl+/",
};

/**
 * The window's own menu: an entry does what its key does, or goes where the menu at the left goes. It lies outside the
 * page, so the dialog of the recovery key does not cover it: while that stands, the menu does nothing.
 */
export function useProgramMenu() {
  const host = useHost();
  const { t } = useText();
  const { go, begin } = useRoute();
  const { key } = useRecoveryKey();
  const folder = async () => {
    const path = await host.chooseFolder(t("batch-choose"));
    if (path) begin({ page: "batch", path });
  };
  const trust = async () => {
    const kind = { name: t("kind-trust"), extensions: ["zztrust"] };
    const from = await host.chooseFile(t("trust-import"), [kind]);
    if (from) begin({ page: "trust", from });
  };
  const page = (route: Route) => () => go(route);
  const entries: Record<string, () => unknown> = {
    open_folder: folder,
    import_trust: trust,
    help: page({ page: "help", topic: null }),
    about: page({ page: "about" }),
  };
  const latest = useRef(entries);
  useEffect(() => {
    latest.current = entries;
  });
  useEffect(
    () =>
      host.on((event) => {
        if (event.event !== "menu" || key !== null) return;
        const keys = KEYS[event.entry];
        if (keys) press(keys);
        else latest.current[event.entry]?.();
      }),
    [host, key],
  );
}
