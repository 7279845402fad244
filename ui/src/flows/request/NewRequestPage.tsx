import { Alert, Button, Input, InputNumber, Select } from "antd";
import { useId, useState } from "react";
import type { Destination } from "../../gen/wire";
import { ConfirmPassphrase } from "../../parts/ConfirmPassphrase";
import { useFlaws } from "../../parts/needed";
import { EmptyState, Field, PageHeader, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { WrittenNote } from "../../parts/written";
import { useAct, useAsk, useHost } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";

/** A request for a dossier: what for, by which checklist, of whom, and until when. */
export function NewRequestPage() {
  const { t } = useText();
  const asked = useAsk("draft.destinations", {});
  return (
    <div className="page">
      {asked.error && <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />}
      {asked.isPending && <EmptyState title={t("loading")} />}
      {asked.data && <Form destinations={asked.data.destinations} />}
    </div>
  );
}

/** Characters of a code; before that many are typed nothing is said about them. */
const WHOLE = 18;

const nameOf = (one: Destination) => `${one.pack_id}@${one.pack_version}/${one.checklist_id}`;

function Form({ destinations }: { destinations: Destination[] }) {
  const { t, say } = useText();
  const { status } = useSession();
  const host = useHost();
  const id = useId();
  const act = useAct("request.new");
  const [name, setName] = useState(() => destinations.map(nameOf)[0] ?? "");
  const [firm, setFirm] = useState("");
  const [days, setDays] = useState(30);
  const [path, setPath] = useState<string | null>(null);
  const chosen = destinations.find((one) => nameOf(one) === name);
  const typed = firm.trim();
  // A code is judged as it is typed, and what is none is asked for again before a file and a passphrase are.
  const judged = useAsk("session.check_uscc", typed === "" ? null : { text: typed });
  const wrong = typed !== "" && judged.data !== undefined && judged.data.uscc === null;
  const whole = Array.from(typed.replace(/\s/g, "")).length >= WHOLE;
  const flaws = useFlaws({ [`${id}-firm`]: wrong ? t("request-firm-wrong") : null });
  const said = flaws.told(`${id}-firm`);
  const begin = async () => {
    if (!chosen || judged.isLoading || !flaws.sound()) return;
    const file = { name: t("request-file"), extensions: ["zzrequest"] };
    const to = await host.saveAs(t("request-save"), `${t("request-file")}.zzrequest`, file);
    if (to) setPath(to);
  };
  useShortcut("Ctrl+Enter", "request-sign", () => void begin());
  const sign = async (passphrase: string) => {
    if (!chosen || path === null) return;
    await act.mutateAsync({
      scenario: chosen.scenario,
      checklist_id: chosen.checklist_id,
      pack_id: chosen.pack_id,
      destination_region: status.profile?.region ?? "",
      firm: firm.trim() || null,
      days,
      passphrase,
      path,
    });
  };
  return (
    <>
      <PageHeader
        title={t("request-new")}
        lead={t("request-new-lead")}
        primary={
          <Button type="primary" disabled={!chosen} onClick={() => void begin()}>
            {t("request-sign")}
          </Button>
        }
      />
      {destinations.length === 0 && <Alert type="warning" showIcon title={t("request-no-checklist")} />}
      {act.data && <WrittenNote written={act.data} />}
      <Section>
        <div className="form-grid">
          <Field label={t("request-checklist")} id={`${id}-list`} required>
            <Select
              id={`${id}-list`}
              value={name || null}
              onChange={setName}
              options={destinations.map((one) => ({
                value: nameOf(one),
                label: `${t(`scenario-${one.scenario}`)} · ${say(one.title)}`,
              }))}
            />
          </Field>
          <Field
            label={t("request-firm")}
            id={`${id}-firm`}
            error={said.error}
            help={
              <span role="status">
                {(whole || !wrong) && judged.data?.remark ? say(judged.data.remark) : t("request-firm-hint")}
              </span>
            }
          >
            <Input
              id={`${id}-firm`}
              {...said.own}
              status={(wrong && whole) || said.error ? "error" : ""}
              value={firm}
              onChange={({ target }) => setFirm(target.value)}
            />
          </Field>
          <Field label={t("request-days")} id={`${id}-days`} required>
            <InputNumber
              id={`${id}-days`}
              min={1}
              max={365}
              precision={0}
              value={days}
              onChange={(next) => setDays(next ?? 30)}
            />
          </Field>
        </div>
      </Section>
      <ConfirmPassphrase
        open={path !== null && !act.data}
        title={t("request-sign")}
        action={t("request-sign")}
        onConfirm={sign}
        onClose={() => setPath(null)}
      >
        {t("request-sign-means")}
      </ConfirmPassphrase>
    </>
  );
}
