// Verified dossiers: the reports are those that the demo's dossiers really give.

import type {
  BatchLine,
  CodeAdvice,
  CredentialView,
  GroundsLine,
  Report,
  Sentence,
  Verified,
} from "../../gen/wire";
import type { Answers } from "../fakeHost";
import hefei from "./hefei.json";
import altered from "./hefei-altered.json";
import stale from "./hefei-stale.json";
import { chinesePdf, PNG } from "./pdf";
import suzhou from "./suzhou.json";

const TITLES: Record<string, Sentence> = {
  "business-licence": { zh: "营业执照", en: "Business licence" },
  "branch-licence": { zh: "分公司营业执照", en: "Branch licence" },
  "incubatee-certificate": { zh: "在孵企业证明", en: "Incubatee certificate" },
  "graduation-certificate": { zh: "毕业证明", en: "Graduation certificate" },
  "high-tech-enterprise": { zh: "高新技术企业证书", en: "High-tech enterprise certificate" },
  "tech-sme": { zh: "科技型中小企业入库登记编号", en: "Technology SME registration" },
  "srdi-sme": { zh: "专精特新中小企业", en: "Specialised SME" },
  patent: { zh: "专利", en: "Patent" },
  "software-copyright": { zh: "软件著作权", en: "Software copyright" },
  "tech-contract-registration": { zh: "技术合同登记证明", en: "Technology contract registration" },
  "management-cert": { zh: "管理体系认证", en: "Management system certificate" },
  "financing-event": { zh: "投融资记录", en: "Financing event" },
};

const titled = (type: string): Sentence => TITLES[type] ?? { zh: type, en: type };

/** The end of the path of an attachment that is a picture. */
export const PICTURE = "photo";

const line = (zh: string, en: string, value: string, path: string, selectable = true) => ({
  label: { zh, en },
  value,
  path,
  selectable,
});

function viewOf({ path, type, number, valid_until, issuer }: Report["credentials"][number]): CredentialView {
  const lines = [
    line("持证企业", "Subject", "合肥星河量子传感技术有限公司【演示】", "subject.name", false),
    line("统一社会信用代码", "Code", "91340100DEM000014D", "subject.uscc", false),
    line("颁发单位", "Issued by", issuer?.name ?? issuer?.uscc ?? "—", "issuing_authority"),
  ];
  if (number) lines.push(line("编号", "Number", number, "number"));
  if (valid_until) lines.push(line("有效期至", "Valid until", valid_until, "valid_until"));
  return { path, kind: type, title: titled(type), lines, hidden: type === "financing-event" ? 3 : 1 };
}

function advised(report: Report): CodeAdvice[] {
  const codes = new Set(report.checks.filter(({ outcome }) => outcome !== "pass").map(({ code }) => code));
  return [...codes].map((code) => ({
    code,
    title: { zh: `${code} 一项`, en: `What ${code} is about` },
    advice: {
      zh: "请企业向出具单位确认后更新材料，再次提交。",
      en: "The firm asks the issuer and submits again.",
    },
  }));
}

/** What the agreement of the demonstration says of each credential with a rule, and of each item. */
const AGREEMENT = "《双方孵化器资质互认协议【演示】》（演示〔2026〕1号）第三条";

function groundsOf({ credentials, items }: Report): GroundsLine[] {
  const taken = credentials.map(({ path, rule_id }) => ({
    subject: path,
    text: rule_id
      ? { zh: `${AGREEMENT}（规则 ${rule_id}）`, en: `${AGREEMENT} (rule ${rule_id})` }
      : { zh: "没有适用的互认规则", en: "no recognition rule applies" },
  }));
  return [
    ...taken,
    ...items.map(({ item_id }) => ({ subject: item_id, text: { zh: AGREEMENT, en: AGREEMENT } })),
  ];
}

export function verified(report: Report, own: Partial<Verified> = {}): Verified {
  const broken = new Set(
    report.checks.filter(({ outcome }) => outcome === "fail").map(({ subject }) => subject),
  );
  const signer = report.dossier?.firm;
  return {
    report,
    path: `/demo/${report.file.name}`,
    grounds: groundsOf(report),
    credentials: report.credentials.map(viewOf),
    signatures: [
      {
        subject: "manifest.jwt",
        title: { zh: "档案清单", en: "Manifest" },
        signer: signer?.uscc ?? "",
        signer_name: signer?.name ?? null,
        signed_at: "2026-11-23T09:00:00+08:00",
        algorithm: "ES256",
        kid: "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
        answer: "pass",
      },
      ...report.credentials.map(({ path, type, issuer }, index) => ({
        subject: path,
        title: titled(type),
        signer: issuer?.uscc ?? "",
        signer_name: issuer?.name ?? null,
        signed_at: "2026-10-20T09:00:00+08:00",
        algorithm: index % 3 === 0 ? "SM2-SM3" : "ES256",
        kid: "9p2V0LrZQ1bqk3m7nB8xk1QeWvY2c4T6hJ5sD0fGaUo",
        answer: "pass" as const,
      })),
    ],
    attachments: [
      ...(report.dossier?.attachments ?? []).map((attachment) => ({
        ...attachment,
        intact: !broken.has(attachment.path),
        remark: null,
        preview: true,
      })),
      {
        path: `attachments/${PICTURE}`,
        name: "办公场所照片【演示】.png",
        kind: "photo",
        media_type: "image/png",
        size: 68,
        intact: true,
        remark: null,
        preview: true,
      },
      {
        path: "attachments/licence.ofd",
        name: "营业执照电子文件【演示】.ofd",
        kind: "business_licence_scan",
        media_type: "application/ofd",
        size: 182_044,
        intact: true,
        remark: {
          zh: "含签章，未在本软件内验签，请用版式软件核对",
          en: "Carries a seal that was not verified here; check it with a reader of that format",
        },
        preview: false,
      },
    ],
    advice: advised(report),
    case_id: null,
    waiting: [],
    demo: true,
    ...own,
  };
}

export const HEFEI = verified(hefei as unknown as Report);
export const HEFEI_STALE = verified(stale as unknown as Report);
export const HEFEI_ALTERED = verified(altered as unknown as Report);
export const SUZHOU = verified(suzhou as unknown as Report);

/** Dossiers by their paths. */
export const DOSSIERS = new Map([HEFEI, HEFEI_STALE, HEFEI_ALTERED, SUZHOU].map((one) => [one.path, one]));

/** A folder's result: one dossier of each verdict, and one that could not be read. */
export const BATCH: BatchLine[] = [
  ...[...DOSSIERS.values()].map(({ report, path }) => {
    const worst = report.checks.find(({ outcome }) => outcome === "fail" || outcome === "pending");
    return {
      path,
      name: report.file.name,
      verdict: report.verdict,
      firm: report.dossier?.firm.name ?? null,
      reason: worst ? { zh: worst.message.zh, en: worst.message.en ?? worst.message.zh } : null,
      code: worst?.code ?? null,
    };
  }),
  {
    path: "/demo/截断【演示】.zzdossier",
    name: "截断【演示】.zzdossier",
    verdict: null,
    firm: null,
    reason: { zh: "文件在目录之前就结束了。", en: "The file ends before its table of contents." },
    code: "ZIP-CORRUPT",
  },
];

export function answers(): Answers {
  return {
    "verify.file": ({ path }) => DOSSIERS.get(path) ?? HEFEI,
    "verify.folder": () => ({ job: "job-1" }),
    "session.stop": () => ({}),
    "verify.export_batch": ({ path, lines }) => ({ path, sha256: "ab".repeat(32), count: lines.length }),
    "verify.save_report": ({ path }) => ({ path, sha256: "cd".repeat(32), count: 1 }),
    "verify.attachment": ({ path }) =>
      path.endsWith(PICTURE)
        ? { media_type: "image/png", base64: PNG }
        : { media_type: "application/pdf", base64: chinesePdf() },
    "verify.save_attachment": ({ to }) => ({ path: to, sha256: "ef".repeat(32), count: 1 }),
  };
}
