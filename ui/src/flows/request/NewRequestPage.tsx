import { Alert, Button, Input, InputNumber, Select } from "antd";
import { useId, useState } from "react";
import type { CheckedUscc, Destination } from "../../gen/wire";
import { ConfirmPassphrase } from "../../parts/ConfirmPassphrase";
import { inDays } from "../../parts/clock";
import { useFlaws } from "../../parts/needed";
import { EmptyState, Facts, Field, PageHeader, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { Unsaved } from "../../parts/Unsaved";
import { useTyped } from "../../parts/useUnsaved";
import { CivilDate, Data } from "../../parts/values";
import { WrittenNote } from "../../parts/written";
import { useRoute } from "../../route";
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
      {asked.data && <Form destinations={asked.data.destinations.filter((one) => one.own)} />}
    </div>
  );
}

/** Characters of a code; before that many are typed nothing is said about them. */
const WHOLE = 18;

/** Days that a request may be answered at most. */
const MOST_DAYS = 365;

const nameOf = (one: Destination) => `${one.pack_id}@${one.pack_version}/${one.checklist_id}`;

/** What was chosen and typed. */
interface Asking {
  /** The checklist. */
  name: string;
  firm: string;
  days: number | null;
}

/** Days that a request may be answered, unless somebody says otherwise. */
const DAYS = 30;

function Form({ destinations }: { destinations: Destination[] }) {
  const { t } = useText();
  const titleOf = useListTitle();
  const { status } = useSession();
  const { begin: leaveTo } = useRoute();
  const host = useHost();
  const id = useId();
  const act = useAct("request.new");
  const form = useTyped<Asking>(
    (kept) => kept ?? { name: destinations.map(nameOf)[0] ?? "", firm: "", days: DAYS },
    "request",
  );
  const { name, firm, days } = form.typed;
  const [path, setPath] = useState<string | null>(null);
  const chosen = destinations.find((one) => nameOf(one) === name);
  const typed = firm.trim();
  // A code is judged as it is typed, and what is none is asked for again before a file and a passphrase are.
  const judged = useAsk("session.check_uscc", typed === "" ? null : { text: typed });
  const wrong = typed !== "" && judged.data !== undefined && judged.data.uscc === null;
  const whole = Array.from(typed.replace(/\s/g, "")).length >= WHOLE;
  const outside = days === null || days < 1 || days > MOST_DAYS;
  const flaws = useFlaws({
    [`${id}-firm`]: wrong ? t("request-firm-wrong") : null,
    [`${id}-days`]: outside ? t("request-days-wrong", { most: MOST_DAYS }) : null,
  });
  const said = flaws.told(`${id}-firm`);
  const ofDays = flaws.told(`${id}-days`);
  const begin = async () => {
    if (act.data || !chosen || judged.isLoading || !flaws.sound()) return;
    const file = { name: t("request-file"), extensions: ["zzrequest"] };
    const to = await host.saveAs(t("request-save"), `${t("request-file")}.zzrequest`, file);
    if (to) setPath(to);
  };
  useShortcut("Ctrl+Enter", "request-sign", () => void begin());
  const sign = async (passphrase: string) => {
    if (!chosen || path === null || days === null) return;
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
    form.drop();
  };
  const anew = () => {
    form.change({ firm: "" });
    form.drop();
    setPath(null);
    act.reset();
  };
  const terms = chosen && <Terms of={chosen} firm={judged.data} days={days ?? 0} />;
  if (act.data)
    return (
      <>
        <PageHeader
          key="made"
          title={t("request-made")}
          extra={<Button onClick={anew}>{t("request-another")}</Button>}
          primary={
            <Button type="primary" onClick={() => leaveTo({ page: "requests" })}>
              {t("request-to-list")}
            </Button>
          }
        />
        <WrittenNote written={act.data} />
        <Section>{terms}</Section>
      </>
    );
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
      {form.again && <Unsaved onDrop={form.anew} />}
      {destinations.length === 0 && <Alert type="warning" showIcon title={t("request-no-checklist")} />}
      <Section>
        <div className="form-grid">
          <Field label={t("request-checklist")} id={`${id}-list`} required>
            <Select
              id={`${id}-list`}
              value={name || null}
              onChange={(next) => form.change({ name: next })}
              options={destinations.map((one) => ({
                value: nameOf(one),
                label: titleOf(one),
              }))}
            />
          </Field>
          <Field
            label={t("request-firm")}
            id={`${id}-firm`}
            error={said.error}
            help={
              <span role="status">
                <AboutFirm firm={judged.data} quiet={wrong && !whole} />
              </span>
            }
          >
            <Input
              id={`${id}-firm`}
              {...said.own}
              status={(wrong && whole) || said.error ? "error" : ""}
              value={firm}
              onChange={({ target }) => form.change({ firm: target.value })}
            />
          </Field>
          <Field label={t("request-days")} id={`${id}-days`} required error={ofDays.error}>
            <InputNumber
              id={`${id}-days`}
              {...ofDays.own}
              precision={0}
              value={days}
              onChange={(next) => form.change({ days: next })}
            />
          </Field>
        </div>
      </Section>
      <ConfirmPassphrase
        open={path !== null}
        title={t("request-sign")}
        action={t("request-sign")}
        onConfirm={sign}
        onClose={() => setPath(null)}
      >
        {terms}
        <p>{t("request-sign-means")}</p>
      </ConfirmPassphrase>
    </>
  );
}

function useListTitle() {
  const { t, say } = useText();
  return ({ scenario, title }: Destination) => `${t(`scenario-${scenario}`)} · ${say(title)}`;
}

/** What is to be said of the code that was typed; while somebody still types it, only what belongs there. */
function AboutFirm({ firm, quiet }: { firm: CheckedUscc | undefined; quiet: boolean }) {
  const { t, say } = useText();
  if (!firm || quiet) return t("request-firm-hint");
  if (firm.remark) return say(firm.remark);
  return firm.name ? <Data>{firm.name}</Data> : t("request-firm-unknown");
}

/** What is signed: by which list, of whom, until when. */
function Terms({ of, firm, days }: { of: Destination; firm: CheckedUscc | undefined; days: number }) {
  const { t } = useText();
  const titleOf = useListTitle();
  return (
    <Facts
      rows={[
        [t("request-checklist"), titleOf(of)],
        [
          t("request-firm"),
          firm?.uscc ? (
            <>
              {firm.name ? <Data>{firm.name}</Data> : t("request-firm-unknown")}{" "}
              <code>
                <Data>{firm.uscc}</Data>
              </code>
            </>
          ) : (
            t("request-anybody")
          ),
        ],
        [t("request-expires"), <CivilDate key="expires" date={inDays(days)} />],
      ]}
    />
  );
}
