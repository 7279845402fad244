import { DiffOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { CasePage } from "../../gen/wire";
import { VerdictMark } from "../../parts/marks";
import { Section } from "../../parts/page";
import { Data, Instant } from "../../parts/values";
import { useRoute } from "../../route";
import { useText } from "../../text";

/** 历次档案: every dossier of a case, the newest first; none where there is only one. */
export function Versions({ page }: { page: CasePage }) {
  const { t } = useText();
  const { go } = useRoute();
  const { line, versions } = page;
  const newest = versions.at(-1);
  if (versions.length < 2 || !newest) return null;
  return (
    <Section
      title={t("versions")}
      extra={
        <Button
          size="small"
          icon={<DiffOutlined aria-hidden />}
          onClick={() => go({ page: "versions", id: line.id })}
        >
          {t("versions-compare")}
        </Button>
      }
    >
      <ul className="judgements">
        {[...versions].reverse().map(({ version, received, file_name, verdict }) => (
          <li key={version}>
            <p className="row">
              <strong>{t("version", { version })}</strong>
              <VerdictMark verdict={verdict} />
              {version === newest.version && <span className="quiet">{t("version-newest")}</span>}
            </p>
            <p className="quiet">
              <Instant at={received} /> · <Data>{file_name}</Data>
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
