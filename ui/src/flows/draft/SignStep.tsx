import { Alert, Button, Checkbox } from "antd";
import { useState } from "react";
import type { DraftPage, Refusal, RefusalCode, SigningPage, Written } from "../../gen/wire";
import { type Refused, refusalOf } from "../../host/types";
import { ConfirmPassphrase } from "../../parts/ConfirmPassphrase";
import { EmptyState, Facts, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { Data, Thumbprint } from "../../parts/values";
import { useAct, useAsk, useHost } from "../../rpc";
import { useText } from "../../text";
import { Claims } from "../verify/Credentials";
import { useChecked } from "./CheckStep";
import { OpenDemands } from "./Demands";
import { Lacking } from "./Lacking";
import { openOf } from "./marks";
import { BASICS, type GoTo, MATERIALS, type Missing } from "./places";
import { Sealed } from "./Sealed";
import { SignFiles } from "./SignFiles";

/** The line that names the key, as the manifest calls it. */
const KEY = "cnf";

interface Props {
  page: DraftPage;
  /** What came of it, once it is signed: this step is gone by then. Nothing as long as it is not. */
  onSigned: (signed: Signed | null) => void;
  /** Starred fields that have nothing in them. */
  lacking: Missing[];
  /** To another step, and to what is missing there. */
  onGo: GoTo;
}

/** What was written, or why a dossier that is signed was not. */
export type Signed = { written: Written; sealed: boolean } | { refusal: Refusal };

/** 签署: exactly what will be signed, then the passphrase. It cannot be taken back. */
export function SignStep({ page, ...rest }: Props) {
  const { t } = useText();
  const asked = useAsk("draft.signing_page", { id: page.line.id });
  if (asked.error) return <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />;
  return asked.data ? (
    <Signing page={page} signing={asked.data} {...rest} />
  ) : (
    <EmptyState title={t("loading")} />
  );
}

function Signing({ page, signing, lacking, onSigned, onGo }: Props & { signing: SigningPage }) {
  const { t, say } = useText();
  const host = useHost();
  const act = useAct("draft.sign");
  const open = openOf(page, say);
  const [verdict] = useChecked(page);
  const [seal, setSeal] = useState(page.can_seal);
  const [path, setPath] = useState<string | null>(null);
  const begin = async () => {
    const extension = seal ? "zzdossier.age" : "zzdossier";
    const to = await host.saveAs(t("sign-save"), `${page.line.title}.${extension}`, {
      name: t("kind-dossier"),
      extensions: [extension],
    });
    if (to) setPath(to);
  };
  useShortcut("Ctrl+Enter", "sign-do", () => void begin());
  return (
    <>
      <Lacking
        title={t("basics-open", { count: lacking.length })}
        missing={lacking}
        onGo={(place) => onGo(BASICS, place)}
      />
      <Lacking
        title={t("materials-open", { count: open.length })}
        missing={open}
        onGo={(place) => onGo(MATERIALS, place)}
      />
      <OpenDemands page={page} />
      {verdict === null && <Alert type="info" showIcon title={t("sign-unchecked")} />}
      {(verdict === "failed" || verdict === "pending") && (
        <Alert type="error" showIcon title={t("sign-checked", { verdict: t(`verdict-${verdict}`) })} />
      )}
      <Alert type="warning" showIcon title={say(signing.statement)} />
      <Section title={t("sign-manifest")}>
        <Facts
          rows={signing.lines.map(({ label, value, path: key }) => [
            say(label),
            key === KEY ? <Thumbprint key={key} kid={value} /> : <Data key={key}>{value}</Data>,
          ])}
        />
      </Section>
      <Section title={t("sign-credentials", { count: signing.credentials.length })}>
        {signing.credentials.map((view) => (
          <details key={view.path} className="chosen" open>
            <summary>
              <strong>{say(view.title)}</strong>
            </summary>
            <Claims view={view} />
          </details>
        ))}
      </Section>
      <Section title={t("sign-files", { count: signing.attachments.length })}>
        <SignFiles page={page} files={signing.attachments} />
      </Section>
      <div className="sign-bar card">
        <Checkbox checked={seal} disabled={!page.can_seal} onChange={({ target }) => setSeal(target.checked)}>
          {t(page.can_seal ? "sign-seal" : "sign-seal-cannot")}
        </Checkbox>
        <Button type="primary" size="large" onClick={() => void begin()}>
          {t("sign-do")}
        </Button>
      </div>
      <ConfirmPassphrase
        open={path !== null}
        title={t("sign-title", { title: page.line.title })}
        action={t("sign-do")}
        onConfirm={async (passphrase) => {
          onSigned(null);
          try {
            onSigned({
              written: await act.mutateAsync({ id: page.line.id, passphrase, path: path ?? "", seal }),
              sealed: seal,
            });
          } catch (thrown) {
            const refusal = refusalOf(thrown as Refused);
            if (refusal.code !== ("SIGNED-UNWRITTEN" satisfies RefusalCode)) throw thrown;
            onSigned({ refusal });
          }
        }}
        onClose={() => setPath(null)}
      >
        <div className="stack">
          <p>{say(signing.statement)}</p>
          <Facts
            rows={[
              [t("signed-to"), page.destination ? <Data key="to">{page.destination.name}</Data> : "—"],
              [t("signed-credentials"), String(signing.credentials.length)],
              [t("signed-files"), String(signing.attachments.length)],
              [t("sign-save"), <Data key="path">{path ?? ""}</Data>],
              [t("sign-sealed"), <Sealed key="sealed" sealed={seal} />],
            ]}
          />
        </div>
      </ConfirmPassphrase>
    </>
  );
}
