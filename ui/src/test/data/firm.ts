// The firm's side of the first story: what it holds, a draft for Songjiang, and a request that came.

import type {
  DecisionPage,
  Destination,
  DraftPage,
  HeldLine,
  IssuerLine,
  RequestLine,
  SigningPage,
  TypeForm,
} from "../../gen/wire";
import type { Answers } from "../fakeHost";
import { TYPES } from "./issue";
import { HEFEI } from "./verify";

const both = (zh: string, en: string) => ({ zh, en });

export const SONGJIANG: IssuerLine = {
  uscc: "91310117DEM000030B",
  name: "松江科创孵化器【演示】",
  region: "310117",
  roles: ["incubator"],
  level: "provincial",
  fingerprints: ["49bb cbf0 8f58 e1d0"],
};

export const HELD: HeldLine[] = [
  {
    id: "held-1",
    kind: "management-cert",
    title: both("管理体系认证证书", "Management system certificate"),
    number: "99026Q90001R0S",
    issuer: "合肥国家大学科技园【演示】",
    provenance: "attested",
    issued_on: "2023-10-21",
    valid_until: "2026-10-20",
    days_left: -34,
    standing: "expired",
    remark: both("已过期，请办理续期后重新取得凭证。", "It has ended; renew it and get a new credential."),
    other_name: null,
    moved: null,
  },
  {
    id: "held-2",
    kind: "incubatee-certificate",
    title: both("在孵企业证明", "Incubatee certificate"),
    number: "HFUSP-2026-0117",
    issuer: "合肥国家大学科技园【演示】",
    provenance: "direct",
    issued_on: "2026-01-05",
    valid_until: "2027-01-04",
    days_left: 42,
    standing: "expiring",
    remark: null,
    other_name: "合肥旧名有限公司【演示】",
    moved: null,
  },
];

export const DESTINATIONS: Destination[] = [
  {
    scenario: "branch_operation",
    pack_id: "sh-songjiang",
    pack_version: 3,
    checklist_id: "SJ-BRANCH",
    title: both("异地经营材料清单", "Branch checklist"),
    regions: "上海市松江区",
    region_codes: ["310117"],
    incubators: [SONGJIANG],
    request_id: null,
    own: true,
  },
];

export const DRAFT: DraftPage = {
  line: {
    id: "draft-1",
    title: "松江异地经营",
    scenario: "branch_operation",
    destination_region: "310117",
    destination: "上海市松江区",
    updated: "2026-11-23T10:00:00+08:00",
    signed: null,
    number: null,
    overtaken: null,
    state: "draft",
    outcome: null,
    differ: false,
    due: null,
    days_left: null,
  },
  fields: {
    title: "松江异地经营",
    name: "合肥星河量子传感技术有限公司【演示】",
    origin_region: "340104",
    former_names: [],
    facts: [],
    consents: [],
  },
  items: [
    {
      item_id: "licence",
      title: both("营业执照", "Business licence"),
      required: true,
      state: "missing",
      accepted: [],
      by: [],
      remark: both("还没有可以证明该项的凭证，请向孵化器索取。", "No credential answers it yet."),
      to_state: [],
      candidates: [],
      attachment_kinds: ["business_licence_scan"],
      basis: "市场主体登记管理条例 第23条",
      asked: [],
    },
    {
      item_id: "incubatee",
      title: both("在孵企业证明", "Incubatee certificate"),
      required: true,
      state: "ready",
      accepted: [
        {
          title: both("在孵企业证明", "Incubatee certificate"),
          mode: "equivalent",
          supplements: [both("租赁合同", "lease")],
          rule_id: "SJ-E-01",
          grounds: both("《双方协议》（规则 SJ-E-01）", "《双方协议》 (rule SJ-E-01)"),
          counts_as: both("市级", "municipal"),
        },
      ],
      by: ["在孵企业证明 HFUSP-2026-0117"],
      remark: null,
      to_state: [],
      candidates: ["held-2"],
      attachment_kinds: [],
      basis: null,
      asked: [],
    },
  ],
  beyond: [],
  credentials: [
    {
      credential_id: "held-2",
      title: both("在孵企业证明", "Incubatee certificate"),
      number: "HFUSP-2026-0117",
      provenance: "direct",
      claims: [
        {
          line: {
            label: both("入驻日期", "Entered on"),
            value: "2024-12-16",
            path: "entered_on",
            selectable: true,
          },
          shown: true,
          needed: true,
        },
        {
          line: { label: both("场地面积", "Area"), value: "120", path: "area_sqm", selectable: true },
          shown: false,
          needed: false,
        },
        {
          line: {
            label: both("签发方", "Issuer"),
            value: "91340100DEM0000228",
            path: "iss",
            selectable: false,
          },
          shown: true,
          needed: false,
        },
      ],
      answers: ["incubatee"],
      demands: [],
    },
  ],
  attachments: [
    {
      view: {
        path: "attachment-1",
        name: "lease.pdf",
        kind: "lease",
        media_type: "application/pdf",
        size: 8247,
        intact: true,
        remark: both(
          "含签章，未在本软件内验签，请用版式软件核对",
          "carries a seal that is not verified here",
        ),
        preview: true,
      },
      answers: [],
      beyond: false,
      demands: [],
    },
  ],
  destination: SONGJIANG,
  can_seal: true,
  timeline: [
    { at: "2026-11-23T10:00:00+08:00", kind: "begun", actor: "经办甲【演示】", note: null, told: null },
  ],
  decision: null,
  decision_signed_at: null,
  declared_until: null,
  other_decisions: [],
  drill_answer: null,
  signed_sha256: null,
  fact_fields: [
    {
      name: "rd_staff_at_destination_percent",
      label: both("在迁入地的研发人员占比", "Research staff at the destination, per cent"),
      kind: "integer",
      required: false,
      choices: [],
    },
  ],
  attachment_kinds: [
    { kind: "lease", title: both("租赁合同", "Lease") },
    { kind: "business_licence_scan", title: both("营业执照扫描件", "Scan of the licence") },
  ],
  remarks: [],
};

/** What both decisions below ask for. */
const WANTED = {
  label: both("需补充", "To be added"),
  values: [both("补交营业执照扫描件，期限 2026-12-31", "…")],
};

/** Who made them, and on which report. */
const ADDED = {
  supplements: [],
  decided_on: "2026-11-25",
  hands: { operator: "经办", reviewer: "复核" },
  report_sha256: "cd".repeat(32),
};

export const SIGNED: DraftPage = {
  ...DRAFT,
  line: {
    ...DRAFT.line,
    id: "draft-2",
    state: "decided",
    outcome: "accepted_with_conditions",
    due: "2026-12-31",
    days_left: 38,
  },
  decision_signed_at: null,
  other_decisions: [],
  drill_answer: null,
  signed_sha256: "ab".repeat(32),
  timeline: [
    { at: "2026-11-23T10:00:00+08:00", kind: "signed", actor: "经办甲【演示】", note: null, told: null },
    {
      at: "2026-11-25T10:00:00+08:00",
      kind: "decided",
      actor: "松江科创孵化器【演示】",
      note: "有条件认可",
      told: null,
    },
  ],
  decision: {
    outcome: "accepted_with_conditions",
    reasons: [],
    ...ADDED,
    parts: [
      { label: both("理由", "Reasons"), values: [both("科技型中小企业编号年底到期（DATE-SOON）", "…")] },
      WANTED,
    ],
  },
};

/** A decision that opens a dossier again. */
export const SUPPLEMENT: DecisionPage = {
  outcome: "supplement_required",
  reasons: [],
  ...ADDED,
  parts: [
    { label: both("理由", "Reasons"), values: [both("营业执照没有附上（REQUIRED-MISSING）", "…")] },
    WANTED,
  ],
};

export const REQUEST: RequestLine = {
  id: "request-1",
  ours: false,
  other: SONGJIANG.name,
  scenario: "branch_operation",
  destination_region: "310117",
  checklist_id: "SJ-BRANCH",
  expires: "2026-12-23T10:00:00+08:00",
  answered: false,
  draft_id: null,
  over: false,
  queued: false,
  remark: null,
};

export const SIGNING: SigningPage = {
  lines: [
    { label: both("接收方", "Destination"), value: SONGJIANG.name, path: "aud", selectable: false },
    {
      label: both("签名密钥指纹", "Fingerprint of the key"),
      value: "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
      path: "cnf",
      selectable: false,
    },
  ],
  credentials: HEFEI.credentials.slice(0, 1),
  attachments: DRAFT.attachments.map(({ view }) => view),
  statement: both("签署后不能撤回。", "A signature cannot be taken back."),
};

/** What a firm may say of itself: here the number is one of the claims. */
const DECLARED: TypeForm[] = TYPES.slice(1).map((type) => ({
  ...type,
  claims: [
    ...type.claims,
    {
      name: "number",
      label: { zh: "证书编号", en: "Certificate number" },
      kind: "text",
      required: true,
      choices: [],
    },
  ],
}));

export const answers = (): Answers => ({
  "hold.export": ({ path }) => ({ path, sha256: null, count: HELD.length }),
  "hold.list": ({ text }) => ({ credentials: HELD.filter(({ title }) => title.zh.includes(text)) }),
  "hold.get": ({ id }) => ({
    line: HELD.find((line) => line.id === id) ?? (HELD[0] as HeldLine),
    view: HEFEI.credentials[0] as (typeof HEFEI.credentials)[number],
    status_uri: "https://status.example/1",
    status: both("有效（名单为1天前）", "valid (list of yesterday)"),
  }),
  "hold.import": ({ paths }) => ({
    imported: HELD.slice(0, paths.length - 1),
    refused: [
      {
        path: paths[paths.length - 1] ?? "",
        refusal: {
          code: "HOLD-SUBJECT",
          fact: both("凭证属于另一家企业，没有导入。", "It is about another firm; it was not imported."),
          advice: both("请核对文件。", "Check the file."),
          cause: null,
        },
      },
    ],
  }),
  "hold.types": () => ({ types: DECLARED, remark: null }),
  "hold.declare": () => HELD[0] as HeldLine,
  "hold.remove": () => ({}),
  "hold.seen": () => ({}),
  "hold.fingerprint": () => ({ text: "0a1b 2c3d 4e5f 6071" }),
  "hold.export_key": ({ path }) => ({ path, sha256: null, count: 1 }),
  "draft.destinations": () => ({ destinations: DESTINATIONS }),
  "draft.begin": () => DRAFT,
  "draft.again": () => DRAFT,
  "draft.list": () => ({ drafts: [DRAFT.line, SIGNED.line] }),
  "draft.get": ({ id }) => (id === SIGNED.line.id ? SIGNED : DRAFT),
  "draft.save": ({ fields }) => ({ ...DRAFT, fields }),
  "draft.remove": () => ({}),
  "draft.choose": () => DRAFT,
  "draft.drop": () => DRAFT,
  "draft.attach": () => DRAFT,
  "draft.change_attachment": () => DRAFT,
  "draft.check": () => ({ report: HEFEI.report, advice: HEFEI.advice }),
  "draft.signing_page": () => SIGNING,
  "draft.sign": ({ path }) => ({ path, sha256: "ab".repeat(32), count: 1 }),
  "draft.save_form": ({ path }) => ({ path, sha256: "ab".repeat(32), count: 1 }),
  "draft.export": ({ path }) => ({ path, sha256: "ab".repeat(32), count: 1 }),
  "request.list": () => ({ requests: [REQUEST, { ...REQUEST, id: "request-2", over: true }] }),
  "request.import": () => REQUEST,
  "request.new": ({ path }) => ({ path, sha256: null, count: 1 }),
});
