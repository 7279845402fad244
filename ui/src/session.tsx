import { createContext, useContext } from "react";
import type { SessionStatus } from "./gen/wire";

/** The session as the whole window knows it. */
export interface Session {
  status: SessionStatus;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("no session above this component");
  return session;
}
