import { Button, Modal } from "antd";
import { useState } from "react";
import type { IssuerLine } from "../../gen/wire";
import { ListSearch } from "../../parts/ListSearch";
import { EmptyState, Facts, PageHeader } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useSearch } from "../../parts/useSearch";
import { Data } from "../../parts/values";
import { useChosen } from "../../parts/views";
import { type Column, WindowedTable } from "../../parts/WindowedTable";
import { useText } from "../../text";
import { Fingerprint } from "./Fingerprint";
import { Level } from "./Level";
import { Roles } from "./Roles";
import { useRegionName } from "./regions";
import "./trust.css";

const EVERYTHING = { text: "" };

const rowsOf = ({ issuers }: { issuers: IssuerLine[] }) => issuers;

/** The register of issuers: found by name, pinyin or code; each with its keys' fingerprints for the paper. */
export function IssuersPage() {
  const { t } = useText();
  const [open, setOpen] = useState<IssuerLine | null>(null);
  const { filter, search, rows, more, whole, query } = useSearch(
    "issuers-filter",
    "trust.issuers",
    EVERYTHING,
    rowsOf,
  );
  const { text } = filter;
  const columns = useColumns();
  const [chosen, choose] = useChosen(search);
  return (
    <div className="page fills">
      <PageHeader title={t("trust-issuers")} lead={t("trust-issuers-lead")} />
      <div className="stack">
        <ListSearch
          key={chosen}
          label={t("trust-issuers-text")}
          example={t("trust-issuers-example")}
          sought={{ text, state: null }}
          onSearch={({ text }) => search({ text: text.trim() })}
          onReset={() => search({ text: "" })}
        />
        {query.error && <RefusalAlert refusal={query.error.refusal} again={() => void query.refetch()} />}
      </div>
      <WindowedTable
        key={text}
        name={t("trust-issuers")}
        columns={columns}
        rows={rows}
        rowKey={({ uscc }) => uscc}
        onOpen={(issuer) => setOpen(issuer)}
        more={more}
        whole={whole}
        busy={query.isFetching}
        empty={
          text === "" ? (
            <EmptyState title={t("trust-issuers-none")} hint={t("trust-nothing-hint")} />
          ) : (
            <EmptyState
              title={t("trust-issuers-not-found")}
              hint={t("trust-issuers-not-found-hint")}
              action={<Button onClick={() => choose(EVERYTHING)}>{t("reset")}</Button>}
            />
          )
        }
      />
      {open && <Issuer issuer={open} onClose={() => setOpen(null)} />}
    </div>
  );
}

function useColumns(): Column<IssuerLine>[] {
  const { t } = useText();
  const nameOf = useRegionName();
  return [
    {
      key: "name",
      title: t("trust-issuer-name"),
      width: "minmax(220px, 2fr)",
      cell: ({ name }) => <Data>{name}</Data>,
    },
    {
      key: "uscc",
      title: t("uscc"),
      width: "176px",
      under: "name",
      cell: ({ uscc }) => (
        <code>
          <Data>{uscc}</Data>
        </code>
      ),
    },
    {
      key: "region",
      title: t("trust-issuer-region"),
      width: "minmax(140px, 1fr)",
      cell: ({ region }) => <Data>{nameOf(region)}</Data>,
    },
    {
      key: "roles",
      title: t("trust-issuer-roles"),
      width: "108px",
      cell: ({ roles }) => <Roles roles={roles} />,
    },
    {
      key: "keys",
      title: t("trust-issuer-keys"),
      width: "80px",
      align: "end",
      cell: ({ fingerprints }) => <span className="figure">{fingerprints.length}</span>,
    },
  ];
}

/** One issuer, with the fingerprints of the keys that may sign now. */
function Issuer({ issuer, onClose }: { issuer: IssuerLine; onClose: () => void }) {
  const { t } = useText();
  const nameOf = useRegionName();
  return (
    <Modal
      open
      width={680}
      title={<Data>{issuer.name}</Data>}
      onCancel={onClose}
      footer={<Button onClick={onClose}>{t("close")}</Button>}
    >
      <div className="stack">
        <Facts
          rows={[
            [t("uscc"), <code key="uscc">{issuer.uscc}</code>],
            [t("trust-issuer-region"), <Data key="region">{nameOf(issuer.region)}</Data>],
            [t("trust-issuer-roles"), <Roles key="roles" roles={issuer.roles} />],
            [t("trust-issuer-level"), issuer.level ? <Level key="level" level={issuer.level} /> : "—"],
          ]}
        />
        <div className="issuer-keys">
          <p className="quiet">{t("trust-issuer-keys-hint")}</p>
          {issuer.fingerprints.length === 0 && <p>{t("trust-issuer-no-keys")}</p>}
          {issuer.fingerprints.map((fingerprint) => (
            <Fingerprint key={fingerprint} value={fingerprint} />
          ))}
        </div>
      </div>
    </Modal>
  );
}
