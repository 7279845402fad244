import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import type { FormerName } from "../../gen/wire";
import { Day } from "../../parts/Day";
import { placed } from "../../parts/placed";
import { useText } from "../../text";

/** 曾用名, each with the last day it was in use. */
export function FormerNames({
  names,
  onChange,
}: {
  names: FormerName[];
  onChange: (names: FormerName[]) => void;
}) {
  const { t } = useText();
  const put = (at: number, part: Partial<FormerName>) =>
    onChange(names.map((name, index) => (index === at ? { ...name, ...part } : name)));
  return (
    <fieldset className="former-names">
      <legend>{t("firm-former_names")}</legend>
      {placed(names).map(({ value: name, place: index, key }) => (
        <div className="former-name" key={key}>
          <Input
            aria-label={t("firm-former_name")}
            value={name.name}
            onChange={({ target }) => put(index, { name: target.value })}
          />
          <Day
            aria-label={t("firm-former_until")}
            placeholder={t("firm-former_until")}
            value={name.until}
            onChange={(until) => put(index, { until })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t("firm-former_drop", { name: name.name })}
            onClick={() => onChange(names.filter((_, other) => other !== index))}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined aria-hidden />}
        onClick={() => onChange([...names, { name: "", until: null }])}
      >
        {t("firm-former_add")}
      </Button>
    </fieldset>
  );
}
