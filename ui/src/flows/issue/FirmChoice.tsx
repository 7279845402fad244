import { Button, Checkbox, Input } from "antd";
import { useState } from "react";
import type { FindFirms, Firm, Firms, Refusal } from "../../gen/wire";
import { refusalOf } from "../../host/types";
import { EmptyState } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Data } from "../../parts/values";
import { type Column, WindowedTable } from "../../parts/WindowedTable";
import { useHost, usePages } from "../../rpc";
import { useText } from "../../text";

/** Firms that one answer holds at most. */
const MOST = 500;

const rowsOf = ({ firms }: { firms: Firm[] }) => firms;

/** A firm without a key gets none: it is not chosen with the others, and can be chosen by itself. */
const withKey = (firms: Firm[]) => firms.filter(({ holder_jwk }) => holder_jwk !== null).map(({ id }) => id);

/** The firms that get the credential: some of the register, or all that the search leaves. */
export function FirmChoice({ chosen, onChange }: { chosen: string[]; onChange: (chosen: string[]) => void }) {
  const { t } = useText();
  const host = useHost();
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<Refusal | null>(null);
  const [text, setText] = useState("");
  const filter: Omit<FindFirms, "after" | "limit"> = { text, state: "in", by_name: false };
  const { rows, more, whole, query, anew } = usePages("register.list", filter, rowsOf);
  const set = new Set(chosen);
  const toggle = ({ id }: Firm) =>
    onChange(set.has(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  const columns: Column<Firm>[] = [
    {
      key: "chosen",
      title: t("issue-chosen"),
      width: "70px",
      cell: (firm) => (
        <Checkbox
          checked={set.has(firm.id)}
          aria-label={t("issue-choose", { name: firm.name })}
          onClick={(event) => event.stopPropagation()}
          onChange={() => toggle(firm)}
        />
      ),
    },
    {
      key: "name",
      title: t("firm-name"),
      width: "minmax(220px, 2fr)",
      cell: ({ name }) => <Data>{name}</Data>,
    },
    {
      key: "uscc",
      title: t("uscc"),
      width: "180px",
      cell: ({ uscc }) => (
        <code>
          <Data>{uscc}</Data>
        </code>
      ),
    },
    {
      key: "key",
      title: t("issue-key"),
      width: "120px",
      cell: ({ holder_jwk }) => t(holder_jwk ? "issue-key-there" : "issue-key-missing"),
    },
  ];
  const shown = withKey(rows);
  const keyless = rows.length - shown.length;
  /** Those that are not listed yet are asked for, as many at once as the program gives. */
  const chooseAll = async () => {
    setAsking(true);
    setRefused(null);
    try {
      const all = new Set(chosen);
      let after: string | null = null;
      do {
        const page: Firms = await host.call("register.list", { ...filter, after, limit: MOST });
        for (const id of withKey(page.firms)) all.add(id);
        after = page.next;
      } while (after !== null);
      onChange([...all]);
    } catch (thrown) {
      setRefused(refusalOf(thrown));
    } finally {
      setAsking(false);
    }
  };
  return (
    <div className="stack">
      <div className="firm-choice">
        <Input.Search
          aria-label={t("register-text")}
          placeholder={t("register-text-example")}
          enterButton={<Button>{t("search")}</Button>}
          onSearch={(next) => {
            setText(next);
            anew({ ...filter, text: next });
          }}
        />
        {whole ? (
          <Button disabled={shown.length === 0} onClick={() => onChange([...new Set([...chosen, ...shown])])}>
            {t("issue-choose-shown", { count: shown.length })}
          </Button>
        ) : (
          <Button loading={asking} onClick={() => void chooseAll()}>
            {t("issue-choose-all")}
          </Button>
        )}
        <Button disabled={chosen.length === 0} onClick={() => onChange([])}>
          {t("issue-choose-none")}
        </Button>
      </div>
      {keyless > 0 && <p className="quiet">{t("issue-keyless", { count: keyless })}</p>}
      {refused && <RefusalAlert refusal={refused} />}
      {query.error && <RefusalAlert refusal={query.error.refusal} again={() => void query.refetch()} />}
      <div className="firm-choice-table">
        <WindowedTable
          key={text}
          name={t("issue-firms-table")}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          onOpen={toggle}
          more={more}
          whole={whole}
          busy={query.isFetching}
          empty={<EmptyState title={t("register-none-found")} hint={t("issue-no-firm-hint")} />}
        />
      </div>
    </div>
  );
}
