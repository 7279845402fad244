import type { ReactNode } from "react";
import { Section } from "../../parts/page";
import { useText } from "../../text";

/** Something that differs, as it was and as it is; nothing where that version has it not. */
export interface Row {
  key: string;
  what: ReactNode;
  older: ReactNode;
  newer: ReactNode;
}

interface Props {
  name: string;
  /** Which version each column is of. */
  heads: [ReactNode, ReactNode];
  rows: Row[];
  /** How much is the same: counted, and not listed. */
  same: number;
  /** What stands below the table. */
  children?: ReactNode;
}

/** One kind of thing in two versions: the older left, the newer right. */
export function Differences({ name, heads, rows, same, children }: Props) {
  const { t } = useText();
  const [older, newer] = heads;
  return (
    <Section
      title={name}
      extra={same > 0 && <span className="quiet">{t("versions-same", { count: same })}</span>}
    >
      {rows.length === 0 ? (
        <p className="quiet">{t("versions-none-differ")}</p>
      ) : (
        <table className="plain compare">
          <caption className="only-heard">{name}</caption>
          <thead>
            <tr>
              <th scope="col">{t("versions-what")}</th>
              <th scope="col">{older}</th>
              <th scope="col">{newer}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.what}</th>
                <td>{row.older ?? <None />}</td>
                <td>{row.newer ?? <None />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {children}
    </Section>
  );
}

function None() {
  const { t } = useText();
  return <span className="quiet">{t("versions-absent")}</span>;
}
