import type { About } from "../../gen/wire";
import { Disclosure } from "../../parts/Disclosure";
import { Facts, PageHeader, Section } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Copy, Data, FilePath } from "../../parts/values";
import { useAsk } from "../../rpc";
import { Logo } from "../../shell/Logo";
import { useText } from "../../text";
import "./about.css";

/** 关于: which program this is, what it claims and what it does not, what it is made of. */
export function AboutPage() {
  const { t } = useText();
  const asked = useAsk("session.about", {});
  return (
    <div className="page about">
      <PageHeader
        title={t("about-menu")}
        lead={asked.data && <Data>{asked.data.software}</Data>}
        extra={<Logo />}
      />
      {asked.error && <RefusalAlert refusal={asked.error.refusal} again={() => void asked.refetch()} />}
      {asked.data && <Told about={asked.data} />}
    </div>
  );
}

function Told({ about }: { about: About }) {
  const { t, say } = useText();
  return (
    <>
      <Section title={t("about-statements")}>
        <div className="about-statements">
          {about.statements.map((statement) => (
            <p key={statement.zh}>{say(statement)}</p>
          ))}
        </div>
      </Section>
      <Section title={t("about-this-machine")}>
        <Facts
          rows={[
            [
              t("about-version"),
              <span key="version">
                <Data>{about.software}</Data>
                <Copy text={about.software} label={t("about-copy-version")} />
              </span>,
            ],
            [t("about-folder"), <FilePath key="folder" path={about.data_folder} />],
          ]}
        />
      </Section>
      <Section title={t("about-licences")}>
        <p className="quiet about-licences-hint">{t("about-licences-hint")}</p>
        <ul className="about-licences">
          {about.licences.map(({ licence, components }) => (
            <li key={licence}>
              <Disclosure
                summary={
                  <span>
                    <Data>{licence}</Data> · {t("about-components", { count: components.length })}
                  </span>
                }
              >
                <p className="quiet">
                  <Data>{components.join(" · ")}</Data>
                </p>
              </Disclosure>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
