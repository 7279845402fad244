import { useEffect, useRef } from "react";
import type { Settings } from "../../gen/wire";
import { useAct } from "../../rpc";
import { useSession } from "../../session";

/**
 * Changes settings one by one, though they are saved as a whole: what was changed a moment ago and has not come back
 * yet is not undone by the next change.
 */
export function useSettings() {
  const { settings } = useSession().status;
  const save = useAct("session.save_settings");
  const latest = useRef(settings);
  const pending = useRef(0);
  useEffect(() => {
    if (pending.current === 0) latest.current = settings;
  }, [settings]);
  const set = async (change: Partial<Settings>) => {
    const before = latest.current;
    latest.current = { ...before, ...change };
    pending.current += 1;
    try {
      await save.mutateAsync(latest.current);
    } catch (thrown) {
      latest.current = before;
      throw thrown;
    } finally {
      pending.current -= 1;
    }
  };
  return { set, error: save.error };
}
