// A ledger of any length, made row by row, with one case of each state to open.

import type {
  AttachmentView,
  CaseDocument,
  CaseEvent,
  CaseLine,
  CasePage,
  CaseState,
  CaseVersion,
  ComparedVersions,
  DecisionDraft,
  DecisionPage,
  DocumentLine,
  Month,
  Notice,
  Verdict,
  Verified,
} from "../../gen/wire";
import type { Answers } from "../fakeHost";
import { HEFEI, HEFEI_ALTERED, HEFEI_STALE, SUZHOU } from "./verify";

const STATES: CaseState[] = ["received", "accepted", "supplement", "decided", "closed"];
const DOSSIERS: Verified[] = [HEFEI, SUZHOU, HEFEI_STALE, HEFEI_ALTERED];
const ROUTES = ["合肥市 → 松江区", "苏州市 → 余杭区"];

const two = (n: number) => String(n).padStart(2, "0");

/** The case number `n`, counted from the first; the newest has the highest. */
export function caseLine(n: number): CaseLine {
  const dossier = DOSSIERS[n % DOSSIERS.length]?.report.dossier;
  const state = STATES[n % STATES.length] as CaseState;
  const verdict = DOSSIERS[n % DOSSIERS.length]?.report.verdict as Verdict;
  return {
    id: `case-${n}`,
    number: `收〔2026〕${String(n).padStart(4, "0")}`,
    received: `2026-${two((n % 11) + 1)}-${two((n % 27) + 1)}T09:${two(n % 60)}:00+08:00`,
    firm_name: dossier?.firm.name ?? "",
    firm_uscc: dossier?.firm.uscc ?? "",
    scenario: dossier?.scenario ?? null,
    route: ROUTES[dossier?.scenario === "full_relocation" ? 1 : 0] ?? "",
    state,
    verdict,
    due: state === "supplement" || state === "accepted" ? "2026-12-10" : null,
    outcome: state === "decided" || state === "closed" ? "accepted_with_conditions" : null,
    moved: n % 7 === 3,
    overdue: false,
  };
}

const event = (at: string, kind: CaseEvent["kind"], note: string | null = null): CaseEvent => ({
  at: `2026-11-${at}:00+08:00`,
  kind,
  actor: "经办甲【演示】",
  note,
  told: null,
});

export const DECISION: DecisionPage = {
  outcome: "accepted_with_conditions",
  reasons: [
    { code: "DATE-SOON", text: "科技型中小企业入库登记编号有效期至2026年12月31日，届时须在迁入地重新评价。" },
    { code: "DATE-EXPIRED", text: "管理体系认证已于2026年10月20日过期，不予采信；该项为可选，不影响结论。" },
  ],
  supplements: [{ item_id: "quality", text: "有效的管理体系认证证书", due: "2026-12-31" }],
  decided_on: "2026-11-23",
  hands: { operator: "经办甲【演示】", reviewer: "复核乙【演示】" },
  report_sha256: "49bbcbf08f58e1d0bf44bec974998b9ca0614a79f5cfba59496a6003555d9fdf",
  parts: [],
};

export function casePage(line: CaseLine): CasePage {
  const reached = STATES.indexOf(line.state);
  const timeline = [
    event("16T09:12", "received", "U盘递交，一式一份"),
    ...(reached >= 1 ? [event("16T14:30", "accepted")] : []),
    ...(reached === 2 ? [event("17T10:05", "supplement", "请补充有效的管理体系认证证书")] : []),
    ...(line.moved ? [event("20T08:01", "moved", "吊销名单更新：DATE-SOON")] : []),
    ...(reached >= 3 ? [event("23T10:40", "decided")] : []),
    ...(reached >= 4 ? [event("23T16:00", "closed")] : []),
  ];
  const n = Number(line.id.replace("case-", ""));
  return {
    line,
    verified: { ...(DOSSIERS[n % DOSSIERS.length] ?? HEFEI), case_id: line.id },
    timeline,
    moved_since: null,
    judgements: [
      {
        at: "2026-11-20T08:01:00+08:00",
        verdict: line.verdict,
        root_version: 1,
        snapshot_version: 3,
        rule_pack: "sh-songjiang 第3版",
        why: { zh: "吊销名单更新后重新核验", en: "Judged again after new status lists" },
      },
      {
        at: "2026-11-16T09:12:00+08:00",
        verdict: "pending",
        root_version: 1,
        snapshot_version: 2,
        rule_pack: "sh-songjiang 第3版",
        why: { zh: "收件时核验", en: "Judged when it was taken in" },
      },
    ],
    decision: reached >= 3 ? DECISION : null,
    asked: reached === 2 ? DECISION.supplements : [],
    demands: [],
    versions: [{ version: 1, received: line.received, file_name: "星河.zzdossier", verdict: line.verdict }],
    documents: documents(line, reached),
    working_days_left: line.due ? 12 : null,
  };
}

/** What a case has to print: of its report two, since it was judged twice. */
function documents(line: CaseLine, reached: number): DocumentLine[] {
  const one = (document: CaseDocument, book: string, nth = 1): DocumentLine => ({
    document,
    nth,
    number: line.number.replace("收", book) + (nth > 1 ? `-${nth}` : ""),
    at: `2026-11-${nth > 1 ? 20 : 16}T09:12:00+08:00`,
  });
  return [
    one("report", "核", 2),
    one("report", "核"),
    one("receipt", "收"),
    ...(reached === 2 ? [one("supplement_notice", "补")] : []),
    ...(reached >= 3 ? [one("decision_notice", "决"), one("signed_decision", "决")] : []),
    one("report_json", "核", 2),
  ];
}

const attachment = (name: string, preview: boolean): AttachmentView => ({
  path: `attachments/${name}`,
  name,
  kind: "lease",
  media_type: preview ? "image/png" : "application/ofd",
  size: 204_800,
  intact: true,
  remark: null,
  preview,
});

/** Two versions of a case that waited for a better certificate. */
export const VERSIONS: CaseVersion[] = [
  { version: 1, received: "2026-11-16T09:12:00+08:00", file_name: "星河.zzdossier", verdict: "failed" },
  { version: 2, received: "2026-11-20T15:40:00+08:00", file_name: "星河-补正.zzdossier", verdict: "passed" },
];

export const COMPARED: ComparedVersions = {
  older: VERSIONS[0] as CaseVersion,
  newer: VERSIONS[1] as CaseVersion,
  items: [
    {
      title: { zh: "管理体系认证", en: "Management system" },
      required: true,
      older: "missing",
      newer: "met",
    },
  ],
  same_items: 9,
  credentials: [
    {
      title: { zh: "管理体系认证", en: "Management system certificate" },
      older: { number: "QMS-2023-0001", valid_until: "2026-10-20", verdict: "failed" },
      newer: { number: "QMS-2026-0002", valid_until: "2029-10-20", verdict: "passed" },
      lines: [{ label: { zh: "认证范围", en: "Scope" }, older: null, newer: "传感器的设计和生产" }],
    },
    {
      title: { zh: "投融资记录", en: "Financing event" },
      older: { number: null, valid_until: null, verdict: "passed" },
      newer: null,
      lines: [],
    },
  ],
  same_credentials: 7,
  attachments: [
    { older: attachment("租赁合同.png", true), newer: attachment("租赁合同.png", true) },
    { older: null, newer: attachment("情况说明.ofd", false) },
  ],
  same_attachments: 2,
  facts: [
    {
      label: { zh: "迁入地研发人员占比", en: "Share of R&D staff at the destination" },
      older: "60",
      newer: "40",
    },
  ],
  same_facts: 3,
};

export const DRAFT: DecisionDraft = {
  judgement: 1,
  suggested: "accepted_with_conditions",
  reasons: DECISION.reasons.slice(1),
  remarks: DECISION.reasons.slice(0, 1),
  supplements: DECISION.supplements,
  unregistered: null,
};

export const MONTH: Month = {
  month: "2026-11",
  received: 37,
  verdicts: [14, 13, 6, 4],
  passed_tenths: 730,
  decided: 29,
  average_tenths: 42,
  problems: [
    { code: "DATE-SOON", title: { zh: "即将到期", en: "Ends soon" }, count: 17 },
    { code: "STAT-STALE", title: { zh: "吊销名单过旧", en: "Status list too old" }, count: 6 },
    { code: "CHK-MISSING", title: { zh: "材料缺项", en: "Item missing" }, count: 5 },
    { code: "SUBJ-NAME", title: { zh: "名称与现名不符", en: "Another name" }, count: 3 },
    { code: "HASH-ATTACH", title: { zh: "附件与签名不一致", en: "Attachment altered" }, count: 1 },
  ],
  park: {
    as_of: "2026-11-23",
    high_tech: { firms: 20, met: 6, lapsed: 2, unrecorded: 12, tenths: 300, reference: 40 },
    financed: { firms: 20, met: 11, lapsed: 0, unrecorded: 9, tenths: 550, reference: 50 },
    definition: { zh: "在园企业：名册中状态为在孵的企业。", en: "In incubation: firms that are in." },
    source: {
      zh: "参考线出自韦一玉，2020浦江创新论坛，仅供对照。",
      en: "Reference lines: told in 2020, for orientation only.",
    },
  },
  definition: {
    zh: "收件数按收件日期计；通过率＝（通过＋有条件通过）÷ 已核验件数；平均用时自收件至决定，按工作日计，未办结的不计入。",
    en: "Received counts by the day of receipt; passed counts conditions in; average time is from receipt to decision in working days, undecided cases left out.",
  },
};

export const NOTICES: Notice[] = [
  {
    id: "notice-1",
    case_id: "case-17",
    number: "收〔2026〕0017",
    firm_name: "合肥星河量子传感技术有限公司【演示】",
    from: "pending",
    to: "passed_with_conditions",
    told: {
      zh: "合肥星河量子传感技术有限公司【演示】的办件 收〔2026〕0017，核验结论由“待联网复核”变为“有条件通过”。吊销名单更新后，原来的这些情况已不存在：在孵企业证明的吊销名单已超过 7 天。",
      en: "Case 收〔2026〕0017: the verdict went from “pending” to “passed with conditions”. After a status list changed, this is no longer the case: the status list is older than 7 days.",
    },
    at: "2026-11-22T10:30:00+08:00",
    seen: false,
  },
  {
    id: "notice-2",
    case_id: "case-11",
    number: "收〔2026〕0011",
    firm_name: "杭州云栈机器人科技有限公司【演示】",
    from: "passed",
    to: "failed",
    told: {
      zh: "杭州云栈机器人科技有限公司【演示】的办件 收〔2026〕0011，核验结论由“通过”变为“不通过”。吊销名单更新后，新发现：在孵企业证明已被签发方撤销。",
      en: "Case 收〔2026〕0011: the verdict went from “passed” to “failed”. After a status list changed, this was found: the certificate was revoked.",
    },
    at: "2026-11-20T08:01:00+08:00",
    seen: true,
  },
];

/** How many cases the ledger has. */
export const IN_ALL = 100_000;

export function answers(total = IN_ALL): Answers {
  const pages = new Map<string, CasePage>();
  const page = (id: string): CasePage => {
    const known = pages.get(id) ?? casePage(caseLine(Number(id.replace("case-", "")) || 17));
    pages.set(id, known);
    return known;
  };
  const move = (id: string, state: CaseState, decision: DecisionPage | null = null) => {
    const before = page(id);
    const changed = { ...casePage({ ...before.line, state }), decision };
    pages.set(id, changed);
    return changed;
  };
  let notices = NOTICES;
  return {
    "cases.list": ({ after, limit, text }) => {
      const from = after ? Number(after) : total;
      const lines: CaseLine[] = [];
      let n = from;
      for (; n > 0 && lines.length < limit; n -= 1) {
        const line = lineNow(pages, n);
        if (`${line.firm_name} ${line.number} ${line.firm_uscc}`.includes(text)) lines.push(line);
        if (text !== "" && from - n > 5000) break;
      }
      return { cases: lines, next: n > 0 && lines.length === limit ? String(n) : null };
    },
    "cases.get": ({ id }) => page(id),
    "cases.receive": ({ continues }) => page(continues ?? "case-17"),
    "cases.join": ({ id }) => page(id),
    "cases.compare": () => COMPARED,
    "cases.on_paper": () => ({
      id: "case-17",
      number: "收〔2026〕0017",
      firm_name: HEFEI.report.dossier?.firm.name ?? "",
    }),
    "cases.accept": ({ id }) => move(id, "accepted"),
    "cases.request_supplement": ({ id }) => move(id, "supplement"),
    "cases.close": ({ id }) => move(id, "closed", DECISION),
    "cases.rejudge": ({ id }) => page(id),
    "cases.decision_draft": () => DRAFT,
    "cases.decide": ({ id, outcome, reasons, supplements, hands }) =>
      move(id, "decided", { ...DECISION, outcome, reasons, supplements, hands }),
    "cases.save_document": ({ path }) => ({ path, sha256: DECISION.report_sha256, count: 1 }),
    "cases.export": ({ path }) => ({ path, sha256: DECISION.report_sha256, count: total }),
    "cases.month": ({ month }) => ({ ...MONTH, month }),
    "cases.export_month": ({ path }) => ({ path, sha256: null, count: 16 }),
    "cases.notices": () => ({ notices }),
    "cases.notice_seen": ({ id }) => {
      notices = notices.map((notice) => (notice.id === id ? { ...notice, seen: true } : notice));
      return {};
    },
  };
}

function lineNow(pages: Map<string, CasePage>, n: number): CaseLine {
  return pages.get(`case-${n}`)?.line ?? caseLine(n);
}
