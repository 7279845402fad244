// Backups, the activity log, and what the palette finds.

import type { ActivityLine, BackupStatus, Hit, Sentence } from "../../gen/wire";
import type { Answers } from "../fakeHost";
import { PASSPHRASE, session, wrongPassphrase } from "./session";

export const BACKUPS: BackupStatus = {
  folder: "E:\\备份",
  backups: [
    { path: "E:\\备份\\zizhi-20261122.zzbackup", at: "2026-11-22T09:02:00+08:00", size: 18_400_256 },
    { path: "E:\\备份\\zizhi-20261121.zzbackup", at: "2026-11-21T08:58:00+08:00", size: 18_302_976 },
  ],
  drilled_at: null,
  due: null,
};

export const NO_BACKUPS: BackupStatus = {
  folder: null,
  backups: [],
  drilled_at: null,
  due: {
    zh: "还没有备份：这台机器坏了，密钥和数据就没有了。",
    en: "There is no backup yet: if this machine breaks, keys and data are gone.",
  },
};

const ACTIONS: [string, string, string][] = [
  ["case.received", "登记收件", "Took a dossier in"],
  ["case.decided", "签署决定", "Signed a decision"],
  ["trust.imported", "导入信任数据", "Imported trust data"],
  ["backup.made", "制作备份", "Made a backup"],
];

/** What a clerk reads of an entry, and the id that stands behind it. */
function toldOf(
  action: string,
  title: Sentence,
  n: string,
): Pick<ActivityLine, "done" | "about" | "reason" | "object"> {
  if (!action.startsWith("case")) return { done: title, about: null, reason: null, object: "" };
  const name = `收〔2026〕${n}（合肥星河【演示】）`;
  const decided = action === "case.decided";
  return {
    done: decided ? { zh: "签署决定：有条件认可", en: "Signed a decision: accepted with conditions" } : title,
    about: { zh: name, en: name },
    reason: decided ? `理由 ${n}` : null,
    object: `case 0193aaaa-0000-7000-8000-00000000${n}`,
  };
}

export const ACTIVITY: ActivityLine[] = Array.from({ length: 180 }, (_, index) => {
  const seq = 180 - index;
  const [action = "", zh = "", en = ""] = ACTIONS[seq % ACTIONS.length] ?? [];
  return {
    seq,
    at: new Date(Date.UTC(2026, 10, 22, 9, 0) - index * 3_600_000).toISOString(),
    actor: seq % 5 === 0 ? "" : "经办甲【演示】",
    action,
    title: { zh, en },
    ...toldOf(action, { zh, en }, String(seq).padStart(4, "0")),
    hash: (seq * 2_654_435_761).toString(16).slice(-8).padStart(8, "0"),
  };
});

export const HITS: Hit[] = [
  {
    kind: "case",
    id: "case-17",
    title: "合肥星河量子传感技术有限公司【演示】",
    detail: "收〔2026〕0017 2026-11-20",
  },
  { kind: "case", id: "case-9", title: "合肥星桥软件有限公司【演示】", detail: "收〔2026〕0009 2026-11-12" },
];

export function answers(begin: BackupStatus = BACKUPS): Answers {
  let backups = begin;
  return {
    "upkeep.backups": () => backups,
    "upkeep.backup": ({ path }) => {
      const folder = path || (backups.folder ?? "");
      const made = {
        path: `${folder}\\zizhi-20261123.zzbackup`,
        at: "2026-11-23T10:00:00+08:00",
        size: 18_500_000,
      };
      // A second one of the day takes the place of the first.
      const others = backups.backups.filter((line) => line.path !== made.path);
      backups = { ...backups, folder, backups: [made, ...others], due: null };
      return { made, status: backups };
    },
    "upkeep.drill": ({ secret }) => {
      if (secret !== PASSPHRASE) wrongPassphrase();
      backups = { ...backups, drilled_at: "2026-11-23T10:05:00+08:00" };
      return {
        at: "2026-11-22T09:02:00+08:00",
        contents: [
          { zh: "收件 42 件", en: "42 cases" },
          { zh: "凭证 310 份", en: "310 credentials" },
        ],
        log_whole: true,
      };
    },
    "upkeep.restore": ({ secret }) => (secret === PASSPHRASE ? session() : wrongPassphrase()),
    "upkeep.activity": ({ text, action, before, limit }) => {
      const fit = ACTIVITY.filter(
        (line) =>
          (action === null || line.action === action) &&
          (line.actor.includes(text) || line.object.includes(text)),
      );
      const rest = before === null ? fit : fit.filter(({ seq }) => seq < before);
      const entries = rest.slice(0, limit);
      return { entries, next: rest.length > limit ? (entries[entries.length - 1]?.seq ?? null) : null };
    },
    "upkeep.export_activity": ({ path }) => ({ path, sha256: "ab".repeat(32), count: 180 }),
    "upkeep.check": () => ({ whole: true, entries: 180, findings: [] }),
    "upkeep.find": ({ text }) => ({
      hits: HITS.filter(({ title }) => title.includes(text) || "hfxh hefeixinghe".includes(text)),
    }),
  };
}
