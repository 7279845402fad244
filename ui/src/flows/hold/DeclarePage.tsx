import { Button, Select } from "antd";
import { useId, useState } from "react";
import type { TypeForm } from "../../gen/wire";
import { ConfirmPassphrase } from "../../parts/ConfirmPassphrase";
import { useFlaws } from "../../parts/needed";
import { EmptyState, Field, PageHeader, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { Unsaved } from "../../parts/Unsaved";
import { useTyped } from "../../parts/useUnsaved";
import { useRoute } from "../../route";
import { useAct, useAsk } from "../../rpc";
import { useText } from "../../text";
import { ClaimFields, claimFlaws } from "../issue/ClaimFields";

/** 企业自述: what the firm says of itself, signed with its own key. */
export function DeclarePage() {
  const { t } = useText();
  const types = useAsk("hold.types", {});
  return (
    <div className="page">
      {types.error && <RefusalAlert refusal={types.error.refusal} again={() => void types.refetch()} />}
      {types.isPending && <EmptyState title={t("loading")} />}
      {types.data && <Form types={types.data.types} />}
    </div>
  );
}

/** What was chosen and typed. */
interface Said {
  kind: string;
  values: Record<string, string>;
}

function Form({ types }: { types: TypeForm[] }) {
  const { t, say } = useText();
  const { begin } = useRoute();
  const id = useId();
  const act = useAct("hold.declare");
  const form = useTyped<Said>((kept) => kept ?? { kind: types[0]?.id ?? "", values: {} }, "hold");
  const { kind, values } = form.typed;
  const [signing, setSigning] = useState(false);
  const type = types.find((one) => one.id === kind);
  const { sound, told, anew } = useFlaws(
    type
      ? claimFlaws(`${id}-claim`, type, values, {
          said: t("field-needed"),
          percent: t("claim-percent-wrong"),
          ownWords: true,
        })
      : {},
  );
  const ask = () => {
    if (type && sound()) setSigning(true);
  };
  const sign = async (passphrase: string) => {
    const { valid_until, ...rest } = values;
    const { id: made } = await act.mutateAsync({
      kind,
      claims: Object.entries(rest)
        .filter(([, value]) => value !== "")
        .map(([name, value]) => ({ name, value })),
      valid_until: valid_until || null,
      passphrase,
    });
    form.drop();
    begin({ page: "credential", id: made });
  };
  useShortcut("Ctrl+Enter", "hold-declare-sign", ask);
  return (
    <>
      <PageHeader
        title={t("hold-declare")}
        lead={t("hold-declare-lead")}
        primary={
          <Button type="primary" disabled={!type} onClick={ask}>
            {t("hold-declare-sign")}
          </Button>
        }
      />
      {form.again && (
        <Unsaved
          onDrop={() => {
            form.anew();
            anew();
          }}
        />
      )}
      <Section>
        <div className="form-grid">
          <Field label={t("issue-type")} id={`${id}-type`} required help={type && say(type.description)}>
            <Select
              id={`${id}-type`}
              showSearch={{ optionFilterProp: "label" }}
              value={kind || null}
              onChange={(next) => {
                form.change({ kind: next, values: {} });
                anew();
              }}
              options={types.map((one) => ({ value: one.id, label: say(one.title) }))}
            />
          </Field>
        </div>
        {type && (
          <ClaimFields
            ownWords
            id={`${id}-claim`}
            told={told}
            type={type}
            values={values}
            onChange={(name, value) =>
              form.change((before) => ({ values: { ...before.values, [name]: value } }))
            }
          />
        )}
      </Section>
      <ConfirmPassphrase
        open={signing}
        title={t("hold-declare-title", { type: type ? say(type.title) : "" })}
        action={t("hold-declare-sign")}
        onConfirm={sign}
        onClose={() => setSigning(false)}
      >
        {t("hold-declare-means")}
      </ConfirmPassphrase>
    </>
  );
}
