import { Input } from "antd";
import { useState } from "react";
import type { DifferingClaim, GettingFirm } from "../../gen/wire";
import { Two } from "../../parts/columns";
import { EmptyState } from "../../parts/page";
import { Data } from "../../parts/values";
import { type Column, WindowedTable } from "../../parts/WindowedTable";
import { useText } from "../../text";

/** Claims that stand in the first column. */
const WHO = ["name", "sub"];

/** From so many firms on one is looked for by words. */
const MANY = 8;

/** Every firm that gets a credential, with what its own says where they differ. */
export function GettingFirms({ firms, differing }: { firms: GettingFirm[]; differing: DifferingClaim[] }) {
  const { t, say } = useText();
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const rows = firms.filter(({ name, uscc, values }) =>
    [name, uscc, ...values].some((said) => said.toLowerCase().includes(wanted)),
  );
  const columns: Column<GettingFirm>[] = [
    {
      key: "firm",
      title: t("issue-will-firm"),
      width: "minmax(240px, 2fr)",
      cell: ({ name, uscc }) => <Two first={<Data>{name}</Data>} second={<Data>{uscc}</Data>} />,
    },
    ...differing.flatMap(({ name, label }, place): Column<GettingFirm>[] =>
      WHO.includes(name)
        ? []
        : [
            {
              key: name,
              title: say(label),
              width: "minmax(140px, 1fr)",
              wraps: true,
              cell: ({ values }) => {
                const value = values[place] ?? "";
                return value === "" ? "—" : <span title={value}>{<Data>{value}</Data>}</span>;
              },
            },
          ],
    ),
  ];
  return (
    <>
      {firms.length >= MANY && (
        <Input
          allowClear
          aria-label={t("issue-will-search")}
          placeholder={t("issue-will-search")}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      )}
      <div className="issue-getting">
        <WindowedTable
          name={t("issue-will-table")}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          lines={2}
          more={() => {}}
          whole
          busy={false}
          empty={<EmptyState title={t("issue-will-none")} />}
        />
      </div>
    </>
  );
}
