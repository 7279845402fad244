import type { ReactNode } from "react";
import { TableScroll } from "../../parts/page";
import { useText } from "../../text";

interface Props {
  name: string;
  /** Headings of the second and the fourth column: with whom, and when. */
  whom: string;
  when: string;
  children: ReactNode;
}

/** Messages a row each: what, with whom, how it stands, when, and what can be done. */
export function MessageTable({ name, whom, when, children }: Props) {
  const { t } = useText();
  return (
    <TableScroll name={name}>
      <table className="plain sync-table">
        <thead>
          <tr>
            <th scope="col">{t("sync-what")}</th>
            <th scope="col">{whom}</th>
            <th scope="col">{t("sync-state")}</th>
            <th scope="col">{when}</th>
            <th scope="col">{t("sync-do")}</th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </TableScroll>
  );
}
