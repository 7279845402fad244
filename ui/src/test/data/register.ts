// A register of any length, made row by row, and a table with bad cells.

import type { Firm, RosterPreview } from "../../gen/wire";
import type { Answers } from "../fakeHost";

const NAMES = ["星河量子传感", "云栈机器人", "澄波新材料", "砚田智能", "青禾生物"];
export const FIRMS = 240;

/** The firm number `n` of the register. */
export function firm(n: number): Firm {
  return {
    id: `firm-${n}`,
    uscc: "91340100DEM000014D",
    name: `合肥${NAMES[n % NAMES.length]}有限公司【演示】${n}`,
    former_names: n % 5 === 1 ? [{ name: "合肥旧名有限公司【演示】", until: "2025-06-30" }] : [],
    region: "340104",
    established_on: "2024-03-18",
    entered_on: "2024-12-16",
    site_address: "合肥市蜀山区望江西路 1 号【演示】",
    area_sqm: 120,
    rd_on_site: true,
    field: "量子信息",
    agreement_no: `HFUSP-XY-${n}`,
    incubation_deadline: "2028-12-15",
    contact_name: "联系人",
    contact_phone: "138****0012",
    holder_jwk: n % 4 === 3 ? null : '{"kty":"EC"}',
    state: n % 9 === 8 ? "graduated" : "in",
    issued: n % 3,
  };
}

export const ROSTER: RosterPreview = {
  id: "roster-1",
  headings: ["统一社会信用代码", "企业名称", "入驻日期", "备注"],
  mapping: [
    { column: 0, field: "uscc" },
    { column: 1, field: "name" },
    { column: 2, field: "entered_on" },
    { column: 3, field: null },
  ],
  sample: [
    {
      row: 2,
      cells: ["91340100DEM000014D", "合肥星河量子传感技术有限公司【演示】", "2024-12-16", ""],
      usable: true,
    },
    { row: 3, cells: ["91340100DEM0000140", "合肥错码有限公司【演示】", "2024-13-01", "x"], usable: false },
  ],
  problems: [
    {
      row: 3,
      column: 0,
      text: "91340100DEM0000140",
      problem: { zh: "校验码不符，应为 D", en: "the check character is wrong, D is right" },
      left_out: "row",
    },
    {
      row: 3,
      column: 2,
      text: "2024-13-01",
      problem: { zh: "没有这一天", en: "there is no such day" },
      left_out: "row",
    },
  ],
  new: 1,
  changed: 0,
  same: 0,
  refused: 1,
};

export const answers = (): Answers => ({
  "register.export": ({ path }) => ({ path, sha256: null, count: FIRMS }),
  "register.list": ({ text, state, after, limit }) => {
    const from = after === null ? 0 : Number(after);
    const all = Array.from({ length: FIRMS }, (_, n) => firm(n)).filter(
      (one) => one.name.includes(text) && (state === null || one.state === state),
    );
    const firms = all.slice(from, from + limit);
    return { firms, next: from + limit < all.length ? String(from + limit) : null, total: FIRMS };
  },
  "register.get": ({ id }) => firm(Number(id.split("-")[1])),
  "register.save": (saved) => ({ ...saved, id: saved.id || "firm-999" }),
  "register.read_key": () => ({ jwk: '{"kty":"EC","crv":"P-256"}' }),
  "register.fingerprint": () => ({ text: "0a1b 2c3d 4e5f 6071", warning: null }),
  "register.preview": ({ mapping }) => ({ ...ROSTER, mapping: mapping ?? ROSTER.mapping }),
  "register.import": () => ({ new: 1, changed: 0, refused: 1 }),
});
