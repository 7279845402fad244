// Single values as people read them: text of others, dates, instants, money, digests.

import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import type { Provenance } from "../gen/wire";
import { useHost } from "../rpc";
import { type Speech, useText, visible } from "../text";
import { inShanghai } from "./clock";

/** Text that others wrote. It stays text, keeps to its own direction, and shows what would be invisible. */
export function Data({ children }: { children: string }) {
  return <bdi className="data">{visible(children)}</bdi>;
}

const CIVIL = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);

/** A civil date in running text: 2026年11月23日, 23 November 2026. What is no date stays as it is. */
export function civilProse({ t, language }: Speech, date: string): string {
  const parts = CIVIL.exec(date);
  if (!parts) return visible(date);
  const [year = "", month = "", day = ""] = parts.slice(1).map((part) => String(Number(part)));
  return t("civil-date", {
    year,
    month: language === "en" ? (MONTHS[Number(month) - 1] ?? month) : month,
    day,
  });
}

/** A civil date: 2026-11-23 in tables, 2026年11月23日 in prose. */
export function CivilDate({ date, prose = false }: { date: string | null; prose?: boolean }) {
  const speech = useText();
  if (!date) return <span className="quiet">—</span>;
  return (
    <time className="figure" dateTime={date}>
      {prose ? civilProse(speech, date) : visible(date)}
    </time>
  );
}

/** `2026-11-23 10:00` in Asia/Shanghai; what is no moment stays as it is. */
export const shanghaiInstant = (at: string): string => inShanghai(at) ?? visible(at);

/** `2026-11-23 02:00:00 UTC` */
export function utcInstant(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime())
    ? visible(at)
    : `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** A moment as Shanghai has it, with UTC on hover. */
export function Instant({ at }: { at: string | null }) {
  if (!at) return <span className="quiet">—</span>;
  return (
    <time className="figure" dateTime={at} title={utcInstant(at)}>
      {shanghaiInstant(at)}
    </time>
  );
}

const DAY = 86_400;

/** How old something is, in the largest unit that is not nought. */
export function Age({ seconds }: { seconds: number | null }) {
  const { t } = useText();
  if (seconds === null) return null;
  const days = Math.floor(seconds / DAY);
  const hours = Math.floor(seconds / 3600);
  if (days > 0) return <>{t("age-days", { count: days })}</>;
  return <>{hours > 0 ? t("age-hours", { count: hours }) : t("age-now")}</>;
}

const grouping = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** An amount in 分: `120.00` in 万元 for tables, `¥14,400.00` for vouchers and invoices. */
export function Money({ fen, unit }: { fen: number; unit: "wan" | "yuan" }) {
  const text = unit === "wan" ? (fen / 1_000_000).toFixed(2) : `¥${grouping.format(fen / 100)}`;
  return <span className="figure">{text}</span>;
}

/** A size in bytes, with the unit that leaves up to four digits. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** A digest as hexadecimal in groups of four, whatever it came as. */
export function digestText(value: string): string {
  const bare = value.replace(/\s/g, "");
  const hex = /^[0-9a-f]+$/i.test(bare) ? bare.toLowerCase() : hexOfBase64url(bare);
  return hex?.replace(/(.{4})(?=.)/g, "$1 ") ?? visible(value);
}

function hexOfBase64url(text: string): string | null {
  try {
    const bytes = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  } catch {
    return null;
  }
}

/** A button that copies, and says so in its own place. */
export function Copy({ text, label }: { text: string | (() => Promise<string>); label: string }) {
  const host = useHost();
  const { t } = useText();
  const [done, setDone] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async () => {
    await host.copy(typeof text === "string" ? text : await text());
    setDone(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setDone(false), 2000);
  };
  const name = done ? t("copied") : label;
  return (
    <Button
      className="copy"
      type="text"
      size="small"
      icon={done ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
      title={name}
      aria-label={name}
      onClick={() => void copy()}
    />
  );
}

/** Where a file or a folder is, with a button that copies it: the window opens nothing outside itself. */
export function FilePath({ path }: { path: string }) {
  const { t } = useText();
  return (
    <span className="file-path">
      <Data>{path}</Data>
      <Copy text={path} label={t("copy-path")} />
    </span>
  );
}

/** The two ends of what stands in groups of four, where there is no room for all of it. */
function ends(text: string): string {
  const groups = text.split(" ");
  return groups.length > 4 ? `${groups.slice(0, 2).join(" ")} … ${groups.slice(-2).join(" ")}` : text;
}

/** An id as others quote it, among details and never in a name's place; with a button that copies it. */
export function Id({ text }: { text: string }) {
  const { t } = useText();
  return (
    <span className="digest">
      <code>
        <Data>{text}</Data>
      </code>
      <Copy text={text} label={t("copy-id", { id: text })} />
    </span>
  );
}

/** A digest in groups of four, with a button that copies it without the spaces. */
export function Digest({ value, short = false }: { value: string; short?: boolean }) {
  const { t } = useText();
  const text = digestText(value);
  return (
    <span className="digest">
      <code title={text}>{short ? ends(text) : text}</code>
      <Copy text={text.replace(/ /g, "")} label={t("copy-digest")} />
    </span>
  );
}

/** A key's fingerprint in groups of four, as the paper agreement and the register print it; it is copied like that. */
export function Thumbprint({ kid, short = false }: { kid: string; short?: boolean }) {
  const { t } = useText();
  const text = digestText(kid);
  return (
    <span className="digest">
      <code title={text}>{short ? ends(text) : text}</code>
      <Copy text={text} label={t("copy-key")} />
    </span>
  );
}

/** 【直签】【背书】【自述】, with what that means on hover. */
export function ProvenanceTag({ of }: { of: Provenance }) {
  const { t } = useText();
  return (
    <span className={`provenance ${of}`} title={t(`provenance-${of}-means`)}>
      {t(`provenance-${of}`)}
    </span>
  );
}
