// The trust data of the demo, and a register long enough to be windowed.

import type { IssuerLine, TrustPage, TrustSummary } from "../../gen/wire";
import { type Answers, refused } from "../fakeHost";
import { session } from "./session";

const OTHER_ROOT = "0000 1111 2222 3333 4444 5555 6666 7777 8888 9999 aaaa bbbb cccc dddd eeee ffff";

const present: TrustSummary = session().trust;

export const TRUST: TrustPage = {
  summary: present,
  source: "/demo/长三角信任数据-20261122【演示】.zztrust",
  imported_at: "2026-11-22T15:04:00+08:00",
  disabled: [
    {
      province: "33",
      why: {
        zh: "该省的名录和规则不能使用，涉及该省的结论为待复核。原因：签名不足两个",
        en: "its register and rules cannot be used; what rests on them is pending: fewer than two signatures",
      },
    },
  ],
  packs: [
    {
      id: "yrd-songjiang-2026",
      version: 3,
      publisher: "91310117DEM000030B",
      to_regions: ["310117"],
      valid_from: "2026-01-01",
      valid_until: "2026-12-31",
      checklists: [
        {
          id: "SJ-BRANCH",
          title: { zh: "松江异地经营材料清单", en: "Checklist for operating in Songjiang" },
          scenario: "branch_operation",
        },
        {
          id: "songjiang-move",
          title: { zh: "松江整体迁移材料清单", en: "Checklist for moving to Songjiang" },
          scenario: "full_relocation",
        },
      ],
    },
    {
      id: "yrd-suzhou-2026",
      version: 1,
      publisher: "91320500DEM000041X",
      to_regions: ["3205*"],
      valid_from: "2026-03-01",
      valid_until: null,
      checklists: [
        {
          id: "suzhou-voucher",
          title: { zh: "苏州创新券兑付材料清单", en: "Checklist for vouchers in Suzhou" },
          scenario: "voucher_redemption",
        },
      ],
    },
  ],
  status_lists: [
    {
      uri: "urn:zizhi:status:91340100DEM000022X:1",
      issuer: "91340100DEM000022X",
      iat: "2026-11-22T08:00:00+08:00",
      age_seconds: 93_600,
    },
    {
      uri: "urn:zizhi:status:91310117DEM000030B:1",
      issuer: "91310117DEM000030B",
      iat: "2026-11-14T08:00:00+08:00",
      age_seconds: 784_800,
    },
  ],
};

export const NO_TRUST: TrustPage = {
  summary: {
    present: false,
    timestamp: null,
    age_seconds: null,
    expired: false,
    issuers: 0,
    rule_packs: 0,
    root: null,
  },
  source: null,
  imported_at: null,
  disabled: [],
  packs: [],
  status_lists: [],
};

const issuer = (index: number): IssuerLine => ({
  uscc: `91340100DEM${String(100 + index).padStart(6, "0")}D`,
  name: `样例签发方第 ${index + 1} 号【演示】`,
  region: index % 2 === 0 ? "340104" : "310117",
  roles: index % 3 === 0 ? ["authority"] : ["incubator"],
  level: index % 3 === 0 ? null : "省级",
  fingerprints: index % 7 === 6 ? [] : [OTHER_ROOT],
});

export const ISSUERS: IssuerLine[] = [
  {
    uscc: "91310117DEM000030B",
    name: "松江科创孵化器【演示】",
    region: "310117",
    roles: ["incubator"],
    level: "ministry_standard",
    fingerprints: [String(present.root)],
  },
  ...Array.from({ length: 240 }, (_, index) => issuer(index)),
];

/** The file that is always the first one, and has to be confirmed. */
export const FIRST_FILE = "/demo/首次【演示】.zztrust";
/** The file whose import is refused. */
export const BAD_FILE = "/demo/被改动【演示】.zztrust";

export function answers(page: TrustPage = TRUST): Answers {
  let now = page;
  return {
    "trust.page": () => now,
    "trust.import": ({ path, confirmed_root }) => {
      if (path === BAD_FILE) refused("TRUST-SIGNATURE", "信任数据的签名不成立，没有导入，原有数据不变。");
      const first = !now.summary.present || path === FIRST_FILE;
      if (first && confirmed_root === null)
        return { summary: now.summary, confirm_root: present.root, rejudged: 0, moved: 0 };
      now = { ...TRUST, source: path };
      return { summary: present, confirm_root: null, rejudged: first ? 0 : 7, moved: first ? 0 : 2 };
    },
    "trust.issuers": ({ text, after, limit }) => {
      const fit = ISSUERS.filter(({ name, uscc }) => name.includes(text) || uscc.startsWith(text));
      const from = after === null ? 0 : fit.findIndex(({ uscc }) => uscc === after) + 1;
      const issuers = fit.slice(from, from + limit);
      const last = issuers[issuers.length - 1];
      return { issuers, next: last && from + limit < fit.length ? last.uscc : null };
    },
  };
}
