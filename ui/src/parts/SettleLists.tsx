import { Alert, Button, Input, Modal, Select } from "antd";
import { type ReactNode, useId, useState } from "react";
import type { CredentialStatus, IssuedLine, AfterRestore as Open, ReadList } from "../gen/wire";
import { useAct, useAsk, useHost } from "../rpc";
import { useText } from "../text";
import { ConfirmPassphrase } from "./ConfirmPassphrase";
import { ListName } from "./ListName";
import { Facts, Field } from "./page";
import { RefusalAlert } from "./refusal";
import { Data, Instant } from "./values";

/** What a credential may have become since the backup. */
const BECAME: CredentialStatus[] = ["revoked", "suspended", "ended"];

/** How many credentials are named before the rest is only counted. */
const NAMED = 10;

/** Where lists were read: a file, or the trust data at hand. */
interface Read {
  path: string | null;
  lists: ReadList[];
}

/** 核对吊销名单: the list that was exported last, or a statement of what changed. */
export function SettleLists({ open, onClose }: { open: Open; onClose: () => void }) {
  const { t } = useText();
  const host = useHost();
  const read = useAct("issue.read_lists");
  const [given, setGiven] = useState<Read | null>(null);
  const [stating, setStating] = useState<"nothing" | "some" | null>(null);
  const take = (path: string | null) =>
    read.mutate({ path }, { onSuccess: ({ lists }) => setGiven({ path, lists }) });
  const choose = async () => {
    const kind = { name: t("kind-status-list"), extensions: ["jwt", "zztrust"] };
    const path = await host.chooseFile(t("restored-file"), [kind]);
    if (path) take(path);
  };
  const inTrust = open.lists.some(({ in_trust }) => in_trust !== null);
  const settled = open.lists.length === 0;
  // One dialog at a time: what is to be confirmed takes the place of the choice.
  if (given) return <ByLists {...given} onClose={() => setGiven(null)} />;
  if (stating) return <Stated open={open} some={stating === "some"} onClose={() => setStating(null)} />;
  return (
    <Modal open title={t("restored-settle")} footer={null} onCancel={onClose} mask={{ closable: false }}>
      <div className="stack">
        {read.error && <RefusalAlert refusal={read.error.refusal} />}
        {settled ? (
          <>
            <Alert type="success" showIcon role="status" title={t("restored-settled")} />
            <p>{t("restored-settled-next")}</p>
            <p>
              <Button onClick={onClose}>{t("close")}</Button>
            </p>
          </>
        ) : (
          <>
            <p>{t("restored-why")}</p>
            <ul>
              {open.lists.map((list) => (
                <li key={list.uri}>
                  <ListName uri={list.uri} />
                  <br />
                  <span className="quiet">
                    {t("restored-known", { count: list.not_valid })}{" "}
                    {list.known_until && <Instant at={list.known_until} />}
                  </span>
                </li>
              ))}
            </ul>
            {inTrust && <p>{t("restored-in-trust")}</p>}
            <p className="row">
              {inTrust && (
                <Button type="primary" loading={read.isPending} onClick={() => take(null)}>
                  {t("restored-in-trust-do")}
                </Button>
              )}
              <Button
                type={inTrust ? "default" : "primary"}
                loading={read.isPending}
                onClick={() => void choose()}
              >
                {t("restored-file")}
              </Button>
            </p>
            <p>{t(open.unknown ? "restored-first" : "restored-nothing-means")}</p>
            {!open.unknown && (
              <p className="row">
                <Button onClick={() => setStating("some")}>{t("restored-some")}</Button>
                <Button onClick={() => setStating("nothing")}>{t("restored-nothing")}</Button>
              </p>
            )}
          </>
        )}
      </div>
    </Modal>
  );
}

/** What lists that were chosen say, before they count. */
function ByLists({ path, lists, onClose }: Read & { onClose: () => void }) {
  const { t } = useText();
  const act = useAct("issue.settle");
  const read = { path, sha256: lists.map(({ sha256 }) => sha256) };
  return (
    <ConfirmPassphrase
      open
      wide
      title={t("restored-file-title")}
      action={t("restored-file-do")}
      onConfirm={(passphrase) => act.mutateAsync({ read, since: [], reason: null, passphrase })}
      onClose={onClose}
    >
      <div className="stack">
        {lists.map((list) => (
          <OneList key={list.uri} list={list} />
        ))}
        <Alert type="warning" showIcon title={t("restored-file-last")} />
      </div>
    </ConfirmPassphrase>
  );
}

/** What one of them says. */
function OneList({ list }: { list: ReadList }) {
  const { t } = useText();
  return (
    <>
      <Facts
        rows={[
          ...(list.made
            ? [[t("restored-made"), <Instant key="m" at={list.made} />] as [string, ReactNode]]
            : []),
          [t("restored-signed"), <Instant key="s" at={list.signed_at} />],
          [t("restored-adds"), t("restored-adds-count", { count: list.adds.length + list.unknown })],
        ]}
      />
      {list.adds.length > 0 && (
        <ul>
          {list.adds.slice(0, NAMED).map((line) => (
            <li key={line.id}>
              <Named line={line} /> — {t(`issued-status-${line.status}`)}
            </li>
          ))}
          {list.adds.length > NAMED && (
            <li>{t("restored-adds-more", { count: list.adds.length - NAMED })}</li>
          )}
        </ul>
      )}
      {list.unknown > 0 && <p>{t("restored-adds-unknown", { count: list.unknown })}</p>}
    </>
  );
}

/** What became of credentials since the backup, or that nothing did, and how that is known. */
function Stated({ open, some, onClose }: { open: Open; some: boolean; onClose: () => void }) {
  const { t } = useText();
  const [id, reasonId] = [useId(), useId()];
  const act = useAct("issue.settle");
  const [text, setText] = useState("");
  const [reason, setReason] = useState("");
  const [since, setSince] = useState<{ line: IssuedLine; status: CredentialStatus }[]>([]);
  const found = useAsk("issue.list", {
    text,
    kind: null,
    status: null,
    firm: null,
    by_name: false,
    after: null,
    limit: 20,
  });
  const lines = found.data?.credentials ?? [];
  const uris = open.lists.map(({ uri }) => uri);
  const unsettled = ({ status_list }: IssuedLine) => status_list !== null && uris.includes(status_list);
  const offered = lines.filter(
    (line) => unsettled(line) && line.status !== "revoked" && line.status !== "ended",
  );
  const choose = (ids: string[]) =>
    setSince(
      ids.flatMap((id) => {
        const chosen = since.find(({ line }) => line.id === id);
        const line = offered.find((line) => line.id === id);
        return chosen ? [chosen] : line ? [{ line, status: "revoked" as const }] : [];
      }),
    );
  return (
    <ConfirmPassphrase
      open
      wide
      danger
      title={t(some ? "restored-some-title" : "restored-nothing-title")}
      action={t(some ? "restored-some-do" : "restored-nothing-do")}
      ready={reason.trim() !== "" && (!some || since.length > 0)}
      first={some ? id : reasonId}
      onConfirm={(passphrase) =>
        act.mutateAsync({
          read: null,
          since: since.map(({ line, status }) => ({ credential_id: line.id, status })),
          reason,
          passphrase,
        })
      }
      onClose={onClose}
    >
      <div className="stack">
        <p>{t(some ? "restored-some-means" : "restored-nothing-sure")}</p>
        {some && (
          <Field label={t("restored-some-which")} id={id} required>
            <Select
              id={id}
              mode="multiple"
              style={{ width: "100%" }}
              filterOption={false}
              searchValue={text}
              onSearch={setText}
              notFoundContent={t("restored-some-none")}
              placeholder={t("restored-some-search")}
              value={since.map(({ line }) => line.id)}
              onChange={choose}
              options={[
                ...since.map(({ line }) => line),
                ...offered.filter((line) => since.every((chosen) => chosen.line.id !== line.id)),
              ].map((line) => ({ value: line.id, label: <Named line={line} /> }))}
            />
          </Field>
        )}
        {since.length > 0 && (
          <ul className="stack">
            {since.map(({ line, status }) => (
              <li key={line.id} className="row">
                <Named line={line} />
                <Select
                  aria-label={t("restored-some-status", { number: line.number ?? line.firm_name })}
                  value={status}
                  onChange={(status) =>
                    setSince(since.map((one) => (one.line.id === line.id ? { line, status } : one)))
                  }
                  options={BECAME.map((value) => ({ value, label: t(`issued-status-${value}`) }))}
                />
              </li>
            ))}
          </ul>
        )}
        <Field label={t("restored-reason")} id={reasonId} help={t("restored-reason-example")} required>
          <Input id={reasonId} value={reason} onChange={({ target }) => setReason(target.value)} />
        </Field>
      </div>
    </ConfirmPassphrase>
  );
}

/** A credential as people tell it from others. */
function Named({ line }: { line: IssuedLine }) {
  return (
    <span>
      <Data>{line.number ?? ""}</Data> <Data>{line.firm_name}</Data>
    </span>
  );
}
