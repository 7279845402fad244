// Two types as forms, and a list of issued credentials.

import type { CredentialStatus, IssuedLine, TypeForm } from "../../gen/wire";
import type { Answers } from "../fakeHost";

const STATUS: CredentialStatus[] = ["valid", "valid", "suspended", "revoked", "ended"];
const both = (zh: string, en: string) => ({ zh, en });

export const TYPES: TypeForm[] = [
  {
    id: "incubatee-certificate",
    title: both("在孵企业证明", "Incubatee certificate"),
    description: both("证明企业在本孵化器内孵化", "Says that the firm is incubated here"),
    provenance: ["direct"],
    number: true,
    valid_until: true,
    from_register: ["entered_on", "established_on"],
    number_sample: "HFUSP-2026-{0001}",
    attested_needs: [],
    hints: [
      {
        name: "valid_until",
        hint: both("不填时签到 2027 年 11 月 22 日", "left empty it is 2027-11-22"),
      },
    ],
    claims: [
      {
        name: "entered_on",
        label: both("入驻日期", "Entered on"),
        kind: "date",
        required: true,
        choices: [],
      },
      {
        name: "rd_on_site",
        label: both("主要研发在场地内", "Research on site"),
        kind: "boolean",
        required: false,
        choices: [],
      },
      {
        name: "incubator_level",
        label: both("孵化器级别", "Level"),
        kind: "text",
        required: false,
        choices: [{ value: "provincial", label: both("省级", "Provincial") }],
      },
    ],
  },
  {
    id: "high-tech-enterprise",
    title: both("高新技术企业证书", "High-tech enterprise certificate"),
    description: both("由认定机构颁发，本单位只作核验背书", "Decided elsewhere; attested here"),
    provenance: ["attested"],
    number: true,
    valid_until: true,
    from_register: [],
    number_sample: "GR202534990001",
    attested_needs: ["valid_until"],
    hints: [],
    claims: [
      { name: "amount_fen", label: both("金额", "Amount"), kind: "money", required: false, choices: [] },
      { name: "region_of", label: both("地区", "Region"), kind: "region", required: false, choices: [] },
      { name: "owners", label: both("权利人", "Owners"), kind: "text_list", required: false, choices: [] },
      { name: "score", label: both("评分", "Score"), kind: "integer", required: false, choices: [] },
      { name: "batch", label: both("批次", "Batch"), kind: "text", required: true, choices: [] },
    ],
  },
];

export function issuedLine(n: number): IssuedLine {
  const status = STATUS[n % STATUS.length] as CredentialStatus;
  return {
    id: `issued-${n}`,
    kind: "incubatee-certificate",
    title: both("在孵企业证明", "Incubatee certificate"),
    number: `HFUSP-2026-${String(n).padStart(4, "0")}`,
    firm_uscc: "91340100DEM000014D",
    firm_name: `合肥星河量子传感技术有限公司【演示】${n}`,
    issued: "2026-11-20T09:30:00+08:00",
    valid_until: "2027-11-19",
    status,
    reason: status === "valid" ? null : "已毕业",
    changed: status === "valid" ? null : "2026-11-22T15:00:00+08:00",
    status_list: null,
    status_place: null,
    provenance: "direct",
  };
}

const NEVER_RESTORED = {
  at: null,
  made: null,
  lists: [],
  numbers: false,
  series: [],
  unknown: false,
  next_case: null,
};

export const answers = (): Answers => ({
  "issue.types": () => ({ types: TYPES, remark: null }),
  "issue.preview": ({ firms }) => ({
    count: firms.length,
    firms: firms.map((id, n) => ({
      id,
      name: `企业 ${id}【演示】`,
      uscc: `91340100DEM${String(n).padStart(7, "0")}`,
      values: [`企业 ${id}【演示】`, `HFUSP-2026-${String(n + 1).padStart(4, "0")}`],
    })),
    refused: [],
    holding: [],
    revoked: [],
    first: [
      { label: both("孵化器级别", "Level"), value: "省级", path: "incubator_level", selectable: false },
      { label: both("有效期至", "Valid until"), value: "2027-11-22", path: "valid_until", selectable: false },
    ],
    sharing: [],
    differing: [
      { name: "name", label: both("名称", "Name") },
      { name: "number", label: both("证明编号", "Number") },
    ],
  }),
  "issue.issue": ({ firms, folder }) => ({
    issued: firms.length - 1,
    ids: firms.slice(1),
    refused: [
      {
        id: "firm-3",
        name: "合肥砚田智能有限公司【演示】",
        why: both("企业没有交来公钥，不能签发", "the firm has given no public key"),
        code: "ISSUE-HOLDER",
      },
    ],
    folder,
    status_list: "https://status.example/91340100DEM0000228/1",
  }),
  "issue.export_table": ({ path }) => ({ path, sha256: null, count: 3 }),
  "issue.list": ({ status, after, limit }) => {
    const from = after === null ? 0 : Number(after);
    const all = Array.from({ length: 120 }, (_, n) => issuedLine(n)).filter(
      (line) => status === null || line.status === status,
    );
    return {
      credentials: all.slice(from, from + limit),
      next: from + limit < all.length ? String(from + limit) : null,
    };
  },
  "issue.get": ({ id }) => ({
    path: `${id}.zzcred`,
    kind: "incubatee-certificate",
    title: both("在孵企业证明", "Incubatee certificate"),
    lines: [{ label: both("编号", "Number"), value: "HFUSP-2026-0000", path: "number", selectable: true }],
    hidden: 0,
  }),
  "issue.list_standing": () => ({ not_exported_since: null }),
  "issue.export_keys": ({ path }) => ({
    written: { path, sha256: null, count: 1 },
    fingerprints: ["0a1b 2c3d 4e5f 6071"],
  }),
  "issue.after_restore": () => NEVER_RESTORED,
  "issue.settle": () => NEVER_RESTORED,
  "issue.look_back": () => NEVER_RESTORED,
  "issue.recover": () => ({ taken: [], known: 0, refused: [], firms: 0, remarks: [] }),
  "issue.set_status": () => ({ credentials: [], next: null }),
  "issue.export_status_list": ({ path }) => ({ path, sha256: null, count: 1 }),
  "issue.export": ({ folder }) => ({ path: folder, sha256: null, count: 1 }),
});
