import { Alert, Button } from "antd";
import { useText } from "../../text";
import type { Missing } from "./places";

/** What is still missing, each a way to its place; nothing where nothing is. */
export function Lacking({
  title,
  missing,
  onGo,
}: {
  title: string;
  missing: Missing[];
  onGo: (place: string) => void;
}) {
  const { t } = useText();
  if (missing.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={title}
      description={
        <ul className="lacking" aria-label={t("lacking-go")}>
          {missing.map(({ place, title: name }) => (
            <li key={place}>
              <Button type="link" size="small" onClick={() => onGo(place)}>
                {name}
              </Button>
            </li>
          ))}
        </ul>
      }
    />
  );
}
