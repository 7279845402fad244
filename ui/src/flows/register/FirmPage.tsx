import { Button, Input, InputNumber, Select } from "antd";
import { type ReactNode, useId, useState } from "react";
import type { Firm, FirmState } from "../../gen/wire";
import { Day } from "../../parts/Day";
import { EmptyState, Field, PageHeader, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { Unsaved } from "../../parts/Unsaved";
import { useUnsaved } from "../../parts/useUnsaved";
import { useRoute } from "../../route";
import { useAct, useAsk } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { FormerNames } from "./FormerNames";
import { HolderKey } from "./HolderKey";
import { STATES } from "./marks";
import { UsccField } from "./UsccField";
import "./register.css";

/** A firm of the register, to be read, changed or added. */
export function FirmPage({ id }: { id: string | null }) {
  const { status } = useSession();
  const asked = useAsk("register.get", id === null ? null : { id });
  if (id === null) return <Form firm={newFirm(status.profile?.region ?? "")} />;
  if (asked.error)
    return (
      <div className="page">
        <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />
      </div>
    );
  return asked.data ? <Form key={asked.data.id} firm={asked.data} /> : <Loading />;
}

function Loading() {
  const { t } = useText();
  return (
    <div className="page">
      <EmptyState title={t("loading")} />
    </div>
  );
}

const newFirm = (region: string): Firm => ({
  id: "",
  uscc: "",
  name: "",
  former_names: [],
  region,
  established_on: null,
  entered_on: null,
  site_address: null,
  area_sqm: null,
  rd_on_site: null,
  field: null,
  agreement_no: null,
  incubation_deadline: null,
  contact_name: null,
  contact_phone: null,
  holder_jwk: null,
  state: "in",
  issued: 0,
});

type TextMember = "site_address" | "field" | "agreement_no" | "contact_name" | "contact_phone";
type DateMember = "established_on" | "entered_on" | "incubation_deadline";

function Form({ firm }: { firm: Firm }) {
  const { t } = useText();
  const { back, begin, go } = useRoute();
  const id = useId();
  // Only what was changed: the rest stays as the register has it, however long this lies.
  const unsaved = useUnsaved<Partial<Firm>>("register", firm.id);
  const [changes, setChanges] = useState(unsaved.kept ?? {});
  const typed = { ...firm, ...changes };
  const save = useAct("register.save", { saved: unsaved.drop });
  const regions = useAsk("session.regions", {});
  const change = (part: Partial<Firm>) => {
    // What was refused is no longer what stands here.
    save.reset();
    const next = { ...changes, ...part };
    // A key is kept nowhere before it was read: whoever pastes a whole pair has a secret in the field.
    const { holder_jwk: _, ...rest } = next;
    unsaved.keep(rest);
    setChanges(next);
  };
  const done = () =>
    save.mutate(typed, {
      onSuccess: () => {
        if (firm.id) back();
        else begin({ page: "register" });
      },
    });
  useShortcut("Ctrl+S", "register-save", done);
  useShortcut("Ctrl+Enter", "register-save", done);

  const labelled = (name: string, field: ReactNode, required = false, help?: string) => (
    <Field label={t(`firm-${name}`)} id={`${id}-${name}`} required={required} help={help}>
      {field}
    </Field>
  );
  const text = (name: TextMember) =>
    labelled(
      name,
      <Input
        id={`${id}-${name}`}
        value={typed[name] ?? ""}
        onChange={({ target }) => change({ [name]: target.value || null })}
      />,
    );
  const date = (name: DateMember) =>
    labelled(
      name,
      <Day id={`${id}-${name}`} value={typed[name]} onChange={(day) => change({ [name]: day })} />,
    );
  return (
    <div className="page">
      <PageHeader
        title={firm.id ? t("register-firm", { name: firm.name }) : t("register-add")}
        primary={
          <Button type="primary" loading={save.isPending} onClick={done}>
            {t("register-save")}
          </Button>
        }
        extra={
          firm.id && (
            <Button onClick={() => go({ page: "issue", firms: [firm.id] })}>{t("register-issue")}</Button>
          )
        }
      />
      {save.error && <RefusalAlert refusal={save.error.refusal} />}
      {unsaved.kept && (
        <Unsaved
          onDrop={() => {
            unsaved.drop();
            setChanges({});
          }}
        />
      )}
      <Section title={t("register-who")}>
        <div className="form-grid">
          <UsccField value={typed.uscc} fixed={firm.id !== ""} onChange={(uscc) => change({ uscc })} />
          {labelled(
            "name",
            <Input
              id={`${id}-name`}
              value={typed.name}
              onChange={({ target }) => change({ name: target.value })}
            />,
            true,
          )}
          {labelled(
            "region",
            <Select
              id={`${id}-region`}
              showSearch={{ optionFilterProp: "label" }}
              allowClear
              value={typed.region || null}
              onChange={(region) => change({ region: region ?? "" })}
              options={(regions.data?.regions ?? []).map(({ code, name }) => ({
                value: code,
                label: `${name} ${code}`,
              }))}
            />,
            false,
            t("firm-region-hint"),
          )}
          {labelled(
            "state",
            <Select<FirmState>
              id={`${id}-state`}
              value={typed.state}
              onChange={(state) => change({ state })}
              options={STATES.map((value) => ({ value, label: t(`firm-state-${value}`) }))}
            />,
          )}
          {date("established_on")}
          {text("field")}
        </div>
        <FormerNames names={typed.former_names} onChange={(former_names) => change({ former_names })} />
      </Section>
      <Section title={t("register-incubation")}>
        <div className="form-grid">
          {date("entered_on")}
          {date("incubation_deadline")}
          {text("agreement_no")}
          {text("site_address")}
          {labelled(
            "area_sqm",
            <InputNumber
              id={`${id}-area_sqm`}
              min={0}
              precision={0}
              value={typed.area_sqm}
              onChange={(area_sqm) => change({ area_sqm })}
            />,
          )}
          {labelled(
            "rd_on_site",
            <Select
              id={`${id}-rd_on_site`}
              allowClear
              placeholder={t("claim-choose")}
              value={typed.rd_on_site === null ? null : String(typed.rd_on_site)}
              onChange={(said?: string) =>
                change({ rd_on_site: said === undefined ? null : said === "true" })
              }
              options={[
                { value: "true", label: t("firm-rd_on_site-yes") },
                { value: "false", label: t("firm-rd_on_site-no") },
              ]}
            />,
          )}
        </div>
      </Section>
      <Section title={t("register-contact")}>
        <div className="form-grid">
          {text("contact_name")}
          {text("contact_phone")}
        </div>
        <HolderKey
          value={typed.holder_jwk}
          uscc={typed.uscc}
          onChange={(holder_jwk) => change({ holder_jwk })}
        />
      </Section>
    </div>
  );
}
