import type { SyncStatus } from "../../gen/wire";
import { useAsk } from "../../rpc";
import { useSession } from "../../session";

/** How this device stands with its hub. Nothing is asked while no database is open, and in a drill there is no hub. */
export function useSync() {
  const { status } = useSession();
  return useAsk("sync.status", status.database === "open" && !status.drill ? {} : null);
}

/** Messages that a person has to do something about. */
export const toDecide = ({ outbox_parked, inbox_parked }: SyncStatus): number => outbox_parked + inbox_parked;
