// What a firm holds, was asked for and has in work.

import type { DraftLine, HeldLine, RequestLine, Sentence } from "../../gen/wire";
import type { Answers } from "../fakeHost";

const AUTHORITY = "安徽省高新技术企业认定机构【演示】";
const PARK = "合肥蜀山科创园孵化器【演示】";

const held = (id: string, title: Sentence, own: Partial<HeldLine> = {}): HeldLine => ({
  id,
  kind: id,
  title,
  number: null,
  issuer: AUTHORITY,
  provenance: "direct",
  issued_on: "2024-11-30",
  valid_until: null,
  days_left: null,
  standing: "valid",
  remark: null,
  other_name: null,
  moved: null,
  ...own,
});

export const HELD: HeldLine[] = [
  held(
    "tech-sme",
    { zh: "科技型中小企业入库登记编号", en: "Technology SME registration" },
    { valid_until: "2026-11-10", days_left: -13, standing: "expired" },
  ),
  held(
    "incubatee-certificate",
    { zh: "在孵企业证明", en: "Incubatee certificate" },
    { issuer: PARK, provenance: "attested", valid_until: "2026-12-31", days_left: 38, standing: "expiring" },
  ),
  held(
    "high-tech-enterprise",
    { zh: "高新技术企业证书", en: "High-tech enterprise certificate" },
    { number: "GR202434000007", valid_until: "2027-11-29", days_left: 371 },
  ),
  held("business-licence", { zh: "营业执照", en: "Business licence" }),
];

export const REQUESTS: RequestLine[] = [
  {
    id: "req-1",
    ours: false,
    other: "松江科创孵化器【演示】",
    scenario: "branch_operation",
    destination_region: "310117",
    checklist_id: "SJ-BRANCH",
    expires: "2026-12-20T18:00:00+08:00",
    answered: false,
    draft_id: null,
    over: false,
    queued: false,
    remark: null,
  },
];

export const DRAFTS: DraftLine[] = [
  {
    id: "draft-1",
    title: "合肥星河 · 松江异地经营【演示】",
    scenario: "branch_operation",
    destination_region: "310117",
    destination: "上海市松江区 松江科创孵化器【演示】",
    updated: "2026-11-22T16:20:00+08:00",
    signed: null,
    number: null,
    overtaken: null,
    state: "draft",
    outcome: null,
    differ: false,
    due: null,
    days_left: null,
  },
  {
    id: "draft-2",
    title: "合肥星河 · 苏州整体迁移【演示】",
    scenario: "full_relocation",
    destination_region: "320500",
    destination: "江苏省苏州市 苏州工业园孵化器【演示】",
    updated: "2026-10-08T11:05:00+08:00",
    signed: "2026-10-09T15:30:00+08:00",
    number: null,
    overtaken: null,
    state: "decided",
    outcome: null,
    differ: false,
    due: null,
    days_left: null,
  },
];

export function answers(): Answers {
  return {
    "hold.list": () => ({ credentials: HELD }),
    "request.list": () => ({ requests: REQUESTS }),
    "draft.list": () => ({ drafts: DRAFTS }),
  };
}
