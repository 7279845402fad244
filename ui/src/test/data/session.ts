import type { Profile, SessionStatus } from "../../gen/wire";
import type { Answers } from "../fakeHost";

export const INCUBATOR: Profile = {
  uscc: "91310117DEM000030B",
  name: "松江科创孵化器【演示】",
  role: "incubator",
  region: "310117",
  region_name: "上海市松江区",
};

export const FIRM: Profile = {
  uscc: "91340100DEM000014D",
  name: "合肥星河量子传感技术有限公司【演示】",
  role: "firm",
  region: "340104",
  region_name: "安徽省合肥市蜀山区",
};

/** A session: by default the incubator's, open, with trust data of yesterday. */
export const session = (own: Partial<SessionStatus> = {}): SessionStatus => ({
  database: "open",
  profile: INCUBATOR,
  trust: {
    present: true,
    timestamp: "2026-11-22T10:00:00+08:00",
    age_seconds: 86_400,
    expired: false,
    issuers: 13,
    rule_packs: 6,
    root: "49bb cbf0 8f58 e1d0 bf44 bec9 7499 8b9c a061 4a79 f5cf ba59 496a 6003 555d 9fdf",
  },
  drill: false,
  clock_behind: false,
  waiting: { open_cases: 7, notices: 2, expiring: 3, requests: 1, backup_due: false },
  settings: {
    language: "zh",
    theme: "light",
    large_text: false,
    idle_minutes: 10,
    four_eyes: true,
    backup_folder: null,
    operator: "经办甲【演示】",
  },
  opened: [],
  ...own,
});

/** While no database is open, nothing of it is told. */
const shut = { profile: null, waiting: null };

export function answers(begin: SessionStatus = session()): Answers {
  let status = begin;
  const become = (change: Partial<SessionStatus>) => {
    status = { ...status, ...change };
    return status;
  };
  const open = { database: "open", profile: INCUBATOR, waiting: session().waiting } as const;
  return {
    "session.status": () => status,
    "session.lock": () => become({ database: "locked", ...shut }),
    "session.unlock": () => become(open),
    "session.drill": ({ role }) =>
      become({ ...open, profile: role === "firm" ? FIRM : INCUBATOR, drill: true }),
    "session.end_drill": () => become({ database: "none", drill: false, ...shut }),
    "session.save_settings": (settings) => become({ settings }),
    "upkeep.diagnostics": () => ({ text: "zizhi 0.1.0 · linux x86_64" }),
  };
}
