import { Alert, Button, Checkbox, Radio, Select } from "antd";
import { useId, useState } from "react";
import type { Attestation, Issue, IssuedBatch, Provenance, TypeForm } from "../../gen/wire";
import { ConfirmPassphrase } from "../../parts/ConfirmPassphrase";
import { useFlaws } from "../../parts/needed";
import { Field, PageHeader, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { Unsaved } from "../../parts/Unsaved";
import { useTyped } from "../../parts/useUnsaved";
import { WhyNot } from "../../parts/WhyNot";
import { WorkBar } from "../../parts/WorkBar";
import { useRoute } from "../../route";
import { useAct, useAsk, useHost } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { AttestationFields, attestationFlaws, newAttestation } from "./AttestationFields";
import { ClaimFields, claimFlaws } from "./ClaimFields";
import { FirmChoice } from "./FirmChoice";
import { inOrder } from "./kinds";
import { NobodyGets, WillSign } from "./WillSign";
import "./issue.css";

/** What was chosen and typed in, so that it is there again after the result was looked at. */
export interface Filled {
  kind: string;
  provenance: Provenance;
  firms: string[];
  claims: Record<string, string>;
  attested: Attestation;
}

interface Props {
  types: TypeForm[];
  /** Whether the register says what may be issued. */
  registered: boolean;
  /** The firms that the page was opened for. */
  firms: string[];
  begun: Filled | null;
  onIssued: (result: IssuedBatch, filled: Filled) => void;
}

/** Firms that are kept with what was typed. */
const MOST_KEPT = 500;

const NO_NEEDS: string[] = [];

/** What the program tells the progress of a batch under. */
const JOB = "issue";

/** What is issued to whom, and the passphrase once all of it can be signed. */
export function IssueForm({ types, registered, firms, begun, onIssued }: Props) {
  const { t, say, language } = useText();
  const { back } = useRoute();
  const { status } = useSession();
  const host = useHost();
  const id = useId();
  // A register of thousands that is on the page would be asked for page by page before the result is shown.
  const act = useAct("issue.issue", { ahead: true });
  const [folder, setFolder] = useState<string | null>(null);
  const { own, copies } = inOrder(types, language, say);
  const attestable = types.filter((one) => one.provenance.includes("attested")).length;
  const waysOf = (kind: string) => types.find((one) => one.id === kind)?.provenance[0] ?? "direct";
  const form = useTyped<Filled>((kept) => {
    // Whoever comes from a firm issues to that one, whatever was typed before.
    if (kept) return { ...kept, firms: firms.length > 0 ? firms : kept.firms };
    const kind = [...own, ...copies][0]?.id ?? "";
    const attested = newAttestation(status.settings.operator, t("attest-method-original"));
    return begun ?? { kind, provenance: waysOf(kind), firms, claims: {}, attested };
  }, "issue");
  const { change: put } = form;
  // So many are chosen again with one click, and would be too much to keep.
  const [many, setMany] = useState<string[] | null>(null);
  const filled = many ? { ...form.typed, firms: many } : form.typed;
  const choose = (next: string[]) => {
    const large = next.length > MOST_KEPT;
    setMany(large ? next : null);
    put({ firms: large ? [] : next });
  };
  const { kind, provenance, firms: chosen, claims, attested } = filled;
  const type = types.find((one) => one.id === kind);
  const said = t("field-needed");
  const needs = provenance === "attested" ? (type?.attested_needs ?? NO_NEEDS) : NO_NEEDS;
  const preview = useAct("issue.preview");
  const restored = useAsk("issue.after_restore", {}).data;
  const [looked, setLooked] = useState(false);
  const [knowing, setKnowing] = useState(false);
  const look =
    restored?.numbers === true &&
    provenance === "direct" &&
    type?.number === true &&
    !restored.series.includes(seriesOf(claims.number));
  const { sound, told, anew } = useFlaws({
    ...(type
      ? claimFlaws(`${id}-claim`, type, claims, { said, percent: t("claim-percent-wrong"), needs })
      : {}),
    ...(provenance === "attested"
      ? attestationFlaws(`${id}-attest`, attested, { needed: said, url: t("attest-url-wrong") })
      : {}),
  });

  const pick = (next: string) => {
    put({ kind: next, provenance: waysOf(next), claims: {} });
    anew();
  };
  const begin = async () => {
    if (chosen.length === 0 || !type || !sound() || (look && !looked)) return;
    // What cannot be signed is said before anything more is asked for.
    const shown = await preview.mutateAsync(asked("", "")).catch(() => null);
    if (!shown || shown.count === 0) return;
    const path = await host.chooseFolder(t("issue-folder"));
    if (!path) return;
    setKnowing(false);
    setFolder(path);
  };
  useShortcut("Ctrl+Enter", "issue-title", () => void begin());
  const asked = (passphrase: string, into: string): Issue => {
    const { number, valid_until, ...rest } = claims;
    return {
      kind,
      provenance,
      firms: chosen,
      claims: Object.entries(rest)
        .filter(([, value]) => value !== "")
        .map(([name, value]) => ({ name, value })),
      number: number || null,
      number_looked_at: looked,
      valid_until: valid_until || null,
      attested: provenance === "attested" ? attested : null,
      passphrase,
      folder: into,
    };
  };
  // The others are looked at again before anything is signed: what differs between them may be less. The folder stays.
  const leaveOut = async (ids: string[]) => {
    const left = chosen.filter((firm) => !ids.includes(firm));
    choose(left);
    const shown =
      left.length > 0 ? await preview.mutateAsync({ ...asked("", ""), firms: left }).catch(() => null) : null;
    if (!shown || shown.count === 0) setFolder(null);
  };
  const issue = async (passphrase: string) => {
    const batch = await act.mutateAsync(asked(passphrase, folder ?? ""));
    form.drop();
    onIssued(batch, filled);
  };
  const getting = preview.data?.count ?? chosen.length;
  const named = (some: TypeForm[]) => some.map((one) => ({ value: one.id, label: say(one.title) }));
  const groups = [
    { label: t("issue-types-own"), options: named(own) },
    { label: t("issue-types-copies"), options: named(copies) },
  ].filter(({ options }) => options.length > 0);
  return (
    <>
      <PageHeader
        title={t("issue-title")}
        lead={t("issue-lead")}
        primary={
          <Button
            type="primary"
            disabled={chosen.length === 0 || !type || (look && !looked)}
            onClick={() => void begin()}
          >
            {t("issue-sign", { count: folder === null ? chosen.length : getting })}
          </Button>
        }
        extra={<Button onClick={back}>{t("cancel")}</Button>}
      />
      {form.again && (
        <Unsaved
          onDrop={() => {
            setMany(null);
            form.anew();
            anew();
          }}
        />
      )}
      <WhyNot
        reasons={[chosen.length === 0 && t("issue-not-firm"), look && !looked && t("issue-not-number")]}
      />
      {preview.error && <RefusalAlert refusal={preview.error.refusal} />}
      {preview.data?.count === 0 && <NobodyGets refused={preview.data.refused} />}
      <Section title={t("issue-what")}>
        <div className="form-grid">
          <Field label={t("issue-type")} id={`${id}-type`} required help={type && say(type.description)}>
            <Select
              id={`${id}-type`}
              showSearch={{ optionFilterProp: "label" }}
              value={kind || null}
              onChange={pick}
              options={groups}
            />
          </Field>
          {type && type.provenance.length > 1 && (
            <fieldset className="plain">
              <legend>{t("issue-provenance")}</legend>
              <Radio.Group
                value={provenance}
                onChange={({ target }) => put({ provenance: target.value as Provenance })}
                options={type.provenance.map((value) => ({ value, label: t(`provenance-${value}-means`) }))}
              />
            </fieldset>
          )}
        </div>
        {registered && (
          <p className="quiet">{t("issue-types-scope", { own: own.length, attested: attestable })}</p>
        )}
        {look && (
          <Alert
            type="warning"
            showIcon
            title={t("restored-numbers")}
            description={t("restored-numbers-means")}
          />
        )}
        {type && (
          <ClaimFields
            id={`${id}-claim`}
            type={type}
            values={claims}
            needs={needs}
            told={told}
            ofNumber={
              look && (
                <Checkbox checked={looked} onChange={({ target }) => setLooked(target.checked)}>
                  {t("restored-numbers-looked")}
                </Checkbox>
              )
            }
            onChange={(name, value) => put((before) => ({ claims: { ...before.claims, [name]: value } }))}
          />
        )}
      </Section>
      {provenance === "attested" && (
        <Section title={t("issue-attested")}>
          <AttestationFields
            id={`${id}-attest`}
            value={attested}
            told={told}
            onChange={(next) => put({ attested: next })}
          />
        </Section>
      )}
      <Section title={t("issue-firms", { count: chosen.length })}>
        <FirmChoice chosen={chosen} onChange={choose} />
      </Section>
      <ConfirmPassphrase
        wide
        open={folder !== null}
        ready={preview.data !== undefined && (preview.data.revoked.length === 0 || knowing)}
        title={t("issue-confirm", {
          type: type ? say(type.title) : "",
          count: getting,
        })}
        action={t("issue-do")}
        onConfirm={issue}
        onClose={() => setFolder(null)}
      >
        {preview.data && (
          <WillSign
            preview={preview.data}
            onLeaveOut={(ids) => void leaveOut(ids)}
            knowing={knowing}
            onKnowing={setKnowing}
          />
        )}
        <p>{t("issue-confirm-means")}</p>
        {act.isPending && <WorkBar job={JOB} name={t("issue-progress")} />}
      </ConfirmPassphrase>
    </>
  );
}

/** A number that counts, with `{}` where it does: every batch of a series is the same there. */
const seriesOf = (number = ""): string => number.trim().replace(/\{\d+\}/, "{}");
