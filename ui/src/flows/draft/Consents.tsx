import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import type { Consent, DraftPage } from "../../gen/wire";
import { Day } from "../../parts/Day";
import { placed } from "../../parts/placed";
import { useText } from "../../text";

/** 单独同意: for attachments that are about persons (个人信息保护法 art. 23). */
export function Consents({
  page,
  consents,
  onChange,
}: {
  page: DraftPage;
  consents: Consent[];
  onChange: (consents: Consent[]) => void;
}) {
  const { t, say } = useText();
  const put = (at: number, part: Partial<Consent>) =>
    onChange(consents.map((one, index) => (index === at ? { ...one, ...part } : one)));
  const add = () =>
    onChange([...consents, { recipient: page.destination?.uscc ?? "", purpose: "", kinds: [], until: null }]);
  return (
    <div className="stack">
      <p className="quiet">{t("draft-consents-means")}</p>
      {placed(consents).map(({ value: consent, place: index, key }) => (
        <div className="consent" key={key}>
          <Input
            aria-label={t("consent-purpose")}
            placeholder={t("consent-purpose")}
            value={consent.purpose}
            onChange={({ target }) => put(index, { purpose: target.value })}
          />
          <Select
            mode="tags"
            aria-label={t("consent-kinds")}
            placeholder={t("consent-kinds")}
            value={consent.kinds}
            onChange={(kinds) => put(index, { kinds })}
            options={page.attachment_kinds.map(({ kind, title }) => ({ value: kind, label: say(title) }))}
          />
          <Day
            aria-label={t("consent-until")}
            placeholder={t("consent-until")}
            value={consent.until}
            onChange={(until) => put(index, { until })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t("consent-drop", { purpose: consent.purpose })}
            onClick={() => onChange(consents.filter((_, other) => other !== index))}
          />
        </div>
      ))}
      <Button size="small" className="self-start" icon={<PlusOutlined aria-hidden />} onClick={add}>
        {t("consent-add")}
      </Button>
    </div>
  );
}
