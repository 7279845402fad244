import type { CheckedUscc, Profile, RegionChoice, SessionStatus } from "../../gen/wire";
import { Refused } from "../../host/types";
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
    refresh_by: "2026-12-06T10:00:00+08:00",
    age_seconds: 86_400,
    expired: false,
    issuers: 13,
    rule_packs: 6,
    root: "49bb cbf0 8f58 e1d0 bf44 bec9 7499 8b9c a061 4a79 f5cf ba59 496a 6003 555d 9fdf",
  },
  drill: false,
  remembered: { on: false, asking: false, why_not: null },
  damaged: null,
  clock_behind: false,
  waiting: {
    open_cases: 7,
    overdue: 0,
    notices: 2,
    expiring: 3,
    requests: 1,
    backup_due: false,
    after_restore: 0,
  },
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
  linked: null,
  ...own,
});

/** As the program makes it: eleven groups of five. */
export const RECOVERY_KEY = "4QK7M-0A2ZT-9RWXE-B6HNC-3V8PD-5YJ1G-XK2M4-7T9QW-E0R3H-CN6BA-8ZP5F";

/** The passphrase of every drill. */
export const PASSPHRASE = "演练口令";

export const REGIONS: RegionChoice[] = [
  ["310000", "上海市"],
  ["310117", "上海市松江区"],
  ["310118", "上海市青浦区"],
  ["320000", "江苏省"],
  ["320500", "江苏省苏州市"],
  ["320509", "江苏省苏州市吴江区"],
  ["330000", "浙江省"],
  ["330100", "浙江省杭州市"],
  ["340000", "安徽省"],
  ["340100", "安徽省合肥市"],
  ["340104", "安徽省合肥市蜀山区"],
].map(([code = "", name = ""]) => ({ code, name }));

/** What the program says to a wrong passphrase. */
export function wrongPassphrase(): never {
  throw new Refused({
    code: "KEY-PASSPHRASE",
    fact: {
      zh: "口令不对，没有打开，也没有改动任何内容。",
      en: "The passphrase is wrong; nothing was opened or changed.",
    },
    advice: { zh: "请检查大小写和输入法后重试。", en: "Check case and input method and try again." },
    cause: null,
  });
}

/** Not the real check: only the demo's own codes are right. */
function checkUscc(text: string): CheckedUscc {
  const bare = text.replace(/\s/g, "").toUpperCase();
  const known = [INCUBATOR, FIRM].find(({ uscc }) => uscc === bare);
  if (known) return { uscc: bare, name: known.name, remark: null };
  const zh =
    bare.length === 18
      ? "校验不符：若前17位无误，最后一位应为D，请检查是否有一位输错。"
      : `统一社会信用代码有18位，这里是${bare.length}位。`;
  return { uscc: null, name: null, remark: { zh, en: "the check character does not fit" } };
}

/** While no database is open, nothing of it is told. */
const shut = { profile: null, waiting: null };

export function answers(begin: SessionStatus = session()): Answers {
  let status = begin;
  const forms = new Map<string, string>();
  const become = (change: Partial<SessionStatus>) => {
    status = { ...status, ...change };
    return status;
  };
  const open = { database: "open", profile: INCUBATOR, waiting: session().waiting } as const;
  return {
    "session.status": () => status,
    "session.listening": () => ({ files: [] }),
    "views.get": ({ table }) => ({ table, filters: [], hidden: [] }),
    "views.save": (views) => views,
    "unsaved.read": () => ({ forms: [...forms].map(([form, typed]) => ({ form, typed })) }),
    "unsaved.keep": ({ form, typed }) => {
      forms.set(form, typed);
      return {};
    },
    "unsaved.drop": ({ form }) => {
      forms.delete(form);
      return {};
    },
    "session.kept": () => ({}),
    "session.lock": () => become({ database: "locked", ...shut }),
    "session.unlock": ({ remember }) => {
      const on = remember ?? status.remembered.on;
      return become({ ...open, remembered: { on, asking: false, why_not: null } });
    },
    "session.forget": () => become({ remembered: { on: false, asking: false, why_not: null } }),
    "session.drill": ({ role }) => {
      // Its database is another one.
      forms.clear();
      return become({ ...open, profile: role === "firm" ? FIRM : INCUBATOR, drill: true });
    },
    "session.end_drill": () => become({ database: "none", drill: false, ...shut }),
    "session.save_settings": (settings) => become({ settings }),
    "session.correct_name": ({ name }) => become({ profile: { ...(status.profile ?? FIRM), name } }),
    "session.create": ({ profile }) => ({
      recovery_key: RECOVERY_KEY,
      kid: "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
      status: become({
        database: "open",
        profile: {
          ...profile,
          region_name: REGIONS.find(({ code }) => code === profile.region)?.name ?? "",
        },
        waiting: {
          open_cases: 0,
          overdue: 0,
          notices: 0,
          expiring: 0,
          requests: 0,
          backup_due: true,
          after_restore: 0,
        },
      }),
    }),
    "session.change_passphrase": ({ present }) => (present === PASSPHRASE ? {} : wrongPassphrase()),
    "session.check_uscc": ({ text }) => checkUscc(text),
    "session.regions": () => ({ regions: REGIONS }),
    "upkeep.diagnostics": () => ({ text: "zizhi 0.1.0 · linux x86_64" }),
  };
}
