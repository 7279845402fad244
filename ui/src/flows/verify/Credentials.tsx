import type { CredentialView, ReportCredential, Verified } from "../../gen/wire";
import { Disclosure } from "../../parts/Disclosure";
import { FindingList } from "../../parts/FindingList";
import { endOf, open, ordered } from "../../parts/findings";
import { Mark, VerdictMark } from "../../parts/marks";
import { Named } from "../../parts/Named";
import { EmptyState, Facts, Section } from "../../parts/page";
import { CivilDate, Data, Id, ProvenanceTag } from "../../parts/values";
import { ModeMark } from "../../parts/words";
import { useText } from "../../text";

/** The credentials in the order of the dossier: in a line each, and in full when opened. */
export function Credentials({ verified }: { verified: Verified }) {
  const { t } = useText();
  const views = new Map(verified.credentials.map((view) => [view.path, view]));
  if (verified.report.credentials.length === 0)
    return (
      <Section>
        <EmptyState title={t("credentials-none")} />
      </Section>
    );
  return (
    <Section>
      <ul className="credentials">
        {verified.report.credentials.map((credential) => (
          <Credential
            key={credential.path}
            credential={credential}
            view={views.get(credential.path)}
            verified={verified}
          />
        ))}
      </ul>
    </Section>
  );
}

interface Props {
  credential: ReportCredential;
  view: CredentialView | undefined;
  verified: Verified;
}

function Credential({ credential, view, verified }: Props) {
  const { t, say } = useText();
  const { issuer, provenance, checks, supplements, rule_id, maps_to } = credential;
  const found = open(checks);
  const end = endOf(checks);
  const grounds = verified.grounds.find(({ subject }) => subject === credential.path);
  // It counts as a level or as a type: of the types here the names are known.
  const titleOf = (kind: string) => {
    const known = verified.credentials.find((other) => other.kind === kind);
    return known ? say(known.title) : kind;
  };
  return (
    <li>
      <Disclosure
        className="credential"
        begin={found.some(({ outcome }) => outcome === "fail")}
        summary={
          <>
            {end ? (
              <Mark tone="fail">{t(`standing-${end}`)}</Mark>
            ) : (
              <VerdictMark verdict={credential.verdict} />
            )}
            <span className="credential-title">
              <strong>{view ? say(view.title) : <Data>{credential.type}</Data>}</strong>
              {provenance && <ProvenanceTag of={provenance} />}
              {credential.number && (
                <span className="figure">
                  <Data>{credential.number}</Data>
                </span>
              )}
            </span>
            <span className="credential-issuer quiet">
              <Data>{issuer?.name ?? issuer?.uscc ?? t("issuer-unknown")}</Data>
            </span>
            <span className="credential-until">
              <span className="quiet">{t("until")}</span> <CivilDate date={credential.valid_until} />
            </span>
            {/* How it would be taken is no question for what does not hold. */}
            <span className="credential-mode">
              {credential.verdict !== "failed" && (
                <ModeMark mode={credential.mode} holds={credential.verdict !== "pending"} />
              )}
            </span>
          </>
        }
      >
        <div className="credential-body">
          {view && <Claims view={view} />}
          {(grounds || rule_id || maps_to || supplements.length > 0) && (
            <Facts
              rows={[
                [t("grounds"), grounds ? <Data key="grounds">{say(grounds.text)}</Data> : "—"],
                [t("rule"), rule_id ? <Id key="rule" text={rule_id} /> : "—"],
                [t("maps-to"), maps_to ? <Data key="maps">{titleOf(maps_to)}</Data> : "—"],
                [t("supplements"), supplements.map(({ title }) => say(title)).join(t("list-comma")) || "—"],
              ]}
            />
          )}
          {found.length > 0 && <FindingList checks={found} advice={verified.advice} />}
          <Disclosure summary={t("checks-all", { count: ordered(checks).length })}>
            <FindingList checks={checks} advice={verified.advice} />
          </Disclosure>
        </div>
      </Disclosure>
    </li>
  );
}

/** What a credential shows, as text and nothing else. */
export function Claims({ view }: { view: CredentialView }) {
  const { t, say } = useText();
  return (
    <>
      <dl className="facts">
        {view.lines.map(({ path, label, value }) => (
          <div key={path}>
            <dt>{say(label)}</dt>
            <dd>
              <Named>{value}</Named>
            </dd>
          </div>
        ))}
      </dl>
      {view.hidden > 0 && <p className="quiet">{t("claims-hidden", { count: view.hidden })}</p>}
    </>
  );
}
