import { Alert, Button, Radio, Select } from "antd";
import { useId, useState } from "react";
import type { Attestation, IssuedBatch, Provenance, TypeForm } from "../../gen/wire";
import { ConfirmPassphrase } from "../../parts/ConfirmPassphrase";
import { EmptyState, Field, PageHeader, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { useRoute } from "../../route";
import { useAct, useAsk, useHost } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { AttestationFields, newAttestation } from "./AttestationFields";
import { ClaimFields } from "./ClaimFields";
import { FirmChoice } from "./FirmChoice";
import { IssuedResult } from "./IssuedResult";
import "./issue.css";

/** 签发: a type, the firms, what is the same for all, and the passphrase. */
export function IssuePage({ firms }: { firms: string[] }) {
  const { t, say } = useText();
  const types = useAsk("issue.types", {});
  const [result, setResult] = useState<IssuedBatch | null>(null);
  if (result) return <IssuedResult result={result} />;
  return (
    <div className="page">
      {types.error && <RefusalAlert refusal={types.error.refusal} again={() => void types.refetch()} />}
      {types.isPending && <EmptyState title={t("loading")} />}
      {types.data?.remark && <Alert type="warning" showIcon title={say(types.data.remark)} />}
      {types.data && <Form types={types.data.types} firms={firms} onIssued={setResult} />}
    </div>
  );
}

function Form({
  types,
  firms,
  onIssued,
}: {
  types: TypeForm[];
  firms: string[];
  onIssued: (result: IssuedBatch) => void;
}) {
  const { t, say } = useText();
  const { back } = useRoute();
  const { status } = useSession();
  const host = useHost();
  const id = useId();
  const act = useAct("issue.issue");
  const [chosen, setChosen] = useState(firms);
  const [kind, setKind] = useState(types[0]?.id ?? "");
  const type = types.find((one) => one.id === kind);
  const [provenance, setProvenance] = useState<Provenance>(type?.provenance[0] ?? "direct");
  const [claims, setClaims] = useState<Record<string, string>>({});
  const [attested, setAttested] = useState<Attestation>(() =>
    newAttestation(status.settings.operator, t("attest-method-original")),
  );
  const [folder, setFolder] = useState<string | null>(null);

  const pick = (next: string) => {
    setKind(next);
    setProvenance(types.find((one) => one.id === next)?.provenance[0] ?? "direct");
    setClaims({});
  };
  const begin = async () => {
    const path = chosen.length > 0 && type ? await host.chooseFolder(t("issue-folder")) : null;
    if (path) setFolder(path);
  };
  useShortcut("Ctrl+Enter", "issue-title", () => void begin());
  const issue = async (passphrase: string) => {
    const { number, valid_until, ...rest } = claims;
    const answer = await act.mutateAsync({
      kind,
      provenance,
      firms: chosen,
      claims: Object.entries(rest)
        .filter(([, value]) => value !== "")
        .map(([name, value]) => ({ name, value })),
      number: number || null,
      valid_until: valid_until || null,
      attested: provenance === "attested" ? attested : null,
      passphrase,
      folder: folder ?? "",
    });
    onIssued(answer);
  };
  return (
    <>
      <PageHeader
        title={t("issue-title")}
        lead={t("issue-lead")}
        primary={
          <Button type="primary" disabled={chosen.length === 0 || !type} onClick={() => void begin()}>
            {t("issue-sign", { count: chosen.length })}
          </Button>
        }
        extra={<Button onClick={back}>{t("cancel")}</Button>}
      />
      <Section title={t("issue-what")}>
        <div className="form-grid">
          <Field label={t("issue-type")} id={`${id}-type`} required help={type && say(type.description)}>
            <Select
              id={`${id}-type`}
              showSearch={{ optionFilterProp: "label" }}
              value={kind || null}
              onChange={pick}
              options={types.map((one) => ({ value: one.id, label: say(one.title) }))}
            />
          </Field>
          {type && type.provenance.length > 1 && (
            <fieldset className="plain">
              <legend>{t("issue-provenance")}</legend>
              <Radio.Group
                value={provenance}
                onChange={({ target }) => setProvenance(target.value as Provenance)}
                options={type.provenance.map((value) => ({ value, label: t(`provenance-${value}-means`) }))}
              />
            </fieldset>
          )}
        </div>
        {type && (
          <ClaimFields
            type={type}
            values={claims}
            onChange={(name, value) => setClaims((before) => ({ ...before, [name]: value }))}
          />
        )}
      </Section>
      {provenance === "attested" && (
        <Section title={t("issue-attested")}>
          <AttestationFields value={attested} onChange={setAttested} />
        </Section>
      )}
      <Section title={t("issue-firms", { count: chosen.length })}>
        <FirmChoice chosen={chosen} onChange={setChosen} />
      </Section>
      <ConfirmPassphrase
        open={folder !== null}
        title={t("issue-confirm", { type: type ? say(type.title) : "", count: chosen.length })}
        action={t("issue-do")}
        onConfirm={issue}
        onClose={() => setFolder(null)}
      >
        {t("issue-confirm-means")}
      </ConfirmPassphrase>
    </>
  );
}
