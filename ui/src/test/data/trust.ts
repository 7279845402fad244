// The trust data of the demo, and a register long enough to be windowed.

import type { IssuerLine, PackLine, PackPage, Sentence, TrustPage, TrustSummary } from "../../gen/wire";
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
      province: "310000",
      version: 3,
      publisher: "91310117DEM000030B",
      to_regions: [{ zh: "上海市松江区", en: "上海市松江区" }],
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
      province: "320000",
      version: 1,
      publisher: "91320500DEM000041X",
      to_regions: [{ zh: "江苏省苏州市", en: "江苏省苏州市" }],
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
    refresh_by: null,
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

const both = (zh: string, en: string): Sentence => ({ zh, en });

/** What a pack says: an item of each need, and rules of two kinds. */
const packPage = (pack: PackLine): PackPage => ({
  pack,
  status_max_age_days: 7,
  trust_max_age_days: 30,
  lists: pack.checklists.map((list) => ({
    list,
    items: [
      {
        id: "licence",
        title: both("营业执照", "Business licence"),
        need: "always",
        credentials: [both("营业执照", "Business licence")],
        attachments: [both("营业执照扫描件", "scan of the business licence")],
        any: true,
        provenance: "attested",
        conditions: [both("经营状态须为存续", "the firm must be active")],
        basis: "《市场主体登记管理条例》第十条",
      },
      {
        id: "lease",
        title: both("场地证明", "Premises"),
        need: "sometimes",
        credentials: [],
        attachments: [both("租赁合同", "lease")],
        any: false,
        provenance: null,
        conditions: [],
        basis: null,
      },
      {
        id: "plan",
        title: both("经营计划", "Plan"),
        need: "never",
        credentials: [],
        attachments: [],
        any: false,
        provenance: null,
        conditions: [],
        basis: null,
      },
    ],
  })),
  rules: [
    {
      id: "SJ-E-01",
      credential: both("在孵企业证明", "Incubatee certificate"),
      from: [both("安徽省", "安徽省"), both("长三角三省一市", "the Yangtze River Delta")],
      to: pack.to_regions,
      scenarios: ["branch_operation"],
      mode: "equivalent",
      counts_as: both("毕业企业证明", "Graduate certificate"),
      conditions: [both("须由签发方直签或孵化器核验背书。", "must be signed or attested")],
      supplements: [both("场地合同", "lease")],
      basis: "《双方孵化器资质互认协议【演示】》第三条",
      demo: true,
    },
    {
      id: "SJ-E-02",
      credential: both("高新技术企业证书", "High-tech enterprise"),
      from: [both("任何地区", "everywhere")],
      to: pack.to_regions,
      scenarios: [],
      mode: "reference",
      counts_as: null,
      conditions: [],
      supplements: [],
      basis: null,
      demo: false,
    },
  ],
});

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
    "trust.pack": ({ id }) => {
      const pack = TRUST.packs.find((pack) => pack.id === id);
      if (!pack) refused("RULE-MISSING", "信任数据中没有可用的规则包，无法显示。");
      return packPage(pack);
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
