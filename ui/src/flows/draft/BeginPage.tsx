import { Alert, Button, Radio, Select } from "antd";
import { useId, useState } from "react";
import type { Destination } from "../../gen/wire";
import { needed, useFlaws } from "../../parts/needed";
import { EmptyState, Field, PageHeader, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { useRoute } from "../../route";
import { useAct, useAsk } from "../../rpc";
import { useText } from "../../text";

/** Provinces may publish packs of one name, each for its own regions. */
const nameOf = (one: Destination) =>
  one.request_id ?? `${one.pack_id}@${one.pack_version}/${one.checklist_id} ${one.region_codes.join(" ")}`;

/** Where to go and how: a checklist of a destination, or a request that came. */
export function BeginPage() {
  const { t } = useText();
  const asked = useAsk("draft.destinations", {});
  return (
    <div className="page">
      {asked.error && <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />}
      {asked.isPending && <EmptyState title={t("loading")} />}
      {asked.data && asked.data.destinations.length === 0 && (
        <>
          <PageHeader title={t("draft-new")} />
          <EmptyState title={t("begin-none")} hint={t("begin-none-hint")} />
        </>
      )}
      {asked.data && asked.data.destinations.length > 0 && <Form destinations={asked.data.destinations} />}
    </div>
  );
}

function Form({ destinations }: { destinations: Destination[] }) {
  const { t, say } = useText();
  const { go } = useRoute();
  const id = useId();
  const act = useAct("draft.begin");
  const regions = useAsk("session.regions", {});
  const [name, setName] = useState(() => destinations.map(nameOf)[0] ?? "");
  const [region, setRegion] = useState<string | null>(null);
  const [aud, setAud] = useState<string | null>(null);
  const chosen = destinations.find((one) => nameOf(one) === name);
  const requested = chosen?.request_id ?? null;
  const codes = chosen?.region_codes ?? [];
  const regionName = (code: string) => regions.data?.regions.find((one) => one.code === code)?.name ?? code;
  const place = region ?? (codes.length === 1 ? (codes[0] ?? null) : null);
  const incubators = chosen?.incubators ?? [];
  const incubator = aud ?? (incubators.length === 1 ? (incubators[0]?.uscc ?? null) : null);
  const said = t("field-needed");
  const { sound, told, anew } = useFlaws(
    requested
      ? {}
      : { [`${id}-region`]: needed(place ?? "", said), [`${id}-aud`]: needed(incubator ?? "", said) },
  );
  const [ofPlace, ofIncubator] = [told(`${id}-region`), told(`${id}-aud`)];
  const begin = () => {
    if (!chosen || !sound()) return;
    const unasked = {
      scenario: chosen.scenario,
      destination_region: place,
      aud: incubator,
      checklist_id: chosen.checklist_id,
      pack_id: chosen.pack_id,
    };
    const nothing = {
      scenario: null,
      destination_region: null,
      aud: null,
      checklist_id: null,
      pack_id: null,
    };
    act.mutate(
      { request_id: requested, ...(requested ? nothing : unasked) },
      { onSuccess: ({ line }) => go({ page: "draft", id: line.id }) },
    );
  };
  useShortcut("Ctrl+Enter", "begin-begin", begin);
  return (
    <>
      <PageHeader
        title={t("draft-new")}
        lead={t("begin-lead")}
        primary={
          <Button type="primary" disabled={!chosen} loading={act.isPending} onClick={begin}>
            {t("begin-begin")}
          </Button>
        }
      />
      {act.error && <RefusalAlert refusal={act.error.refusal} />}
      <Section title={t("begin-what")}>
        <Radio.Group
          className="begin-choices"
          value={name}
          onChange={({ target }) => {
            setName(target.value as string);
            setRegion(null);
            setAud(null);
            anew();
          }}
        >
          {destinations.map((one) => (
            <Radio key={nameOf(one)} value={nameOf(one)}>
              <strong>
                {t(`scenario-${one.scenario}`)} · {say(one.title)}
              </strong>
              <br />
              <span className="quiet">
                {one.regions}
                {one.request_id && ` · ${t("begin-requested")}`}
              </span>
            </Radio>
          ))}
        </Radio.Group>
      </Section>
      {chosen && !requested && (
        <Section title={t("begin-where")}>
          <div className="form-grid">
            <Field label={t("draft-destination")} id={`${id}-region`} required error={ofPlace.error}>
              <Select
                id={`${id}-region`}
                {...ofPlace.own}
                showSearch={{ optionFilterProp: "label" }}
                value={place}
                onChange={setRegion}
                options={codes.map((code) => ({ value: code, label: `${regionName(code)} ${code}` }))}
              />
            </Field>
            <Field label={t("begin-incubator")} id={`${id}-aud`} required error={ofIncubator.error}>
              <Select
                id={`${id}-aud`}
                {...ofIncubator.own}
                showSearch={{ optionFilterProp: "label" }}
                value={incubator}
                onChange={setAud}
                options={incubators.map((one) => ({ value: one.uscc, label: one.name }))}
              />
            </Field>
          </div>
          {incubators.length === 0 && <Alert type="warning" showIcon title={t("begin-no-incubator")} />}
        </Section>
      )}
    </>
  );
}
