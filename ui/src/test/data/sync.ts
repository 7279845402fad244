// A device that has joined Shanghai's hub: one message sent, one that waits, one that a person has to decide about.

import type { Inbox, Outbox, OutboxLine, SyncStatus } from "../../gen/wire";
import type { Answers } from "../fakeHost";
import { FIRM, INCUBATOR } from "./session";

const both = (zh: string, en: string) => ({ zh, en });

export const NO_HUB: SyncStatus = {
  state: "none",
  hub: null,
  synced: null,
  next: null,
  refused: null,
  remarks: [],
  waiting: 0,
  outbox_parked: 0,
  stored: 0,
  inbox_parked: 0,
};

/** A hub as it stands with nothing to do. */
export const JOINED: SyncStatus = {
  ...NO_HUB,
  state: "synced",
  hub: {
    id: "31-main",
    url: "https://hub.example",
    key: "5f1c 77ab 0d24 9e61 8b3a 41c0 d6f2 0e57 91aa 3c58 77e0 42bd 6a19 c0f3 88d1 25e4",
    invites: false,
  },
  synced: "2026-11-23T09:58:00+08:00",
  next: "2026-11-23T10:13:00+08:00",
};

const line = (own: Partial<OutboxLine>): OutboxLine => ({
  id: "019a0000-0000-7000-8000-000000000001",
  to: INCUBATOR.uscc,
  to_name: INCUBATOR.name,
  kind: "dossier",
  state: "waiting",
  created: "2026-11-23T09:30:00+08:00",
  sent: null,
  attempts: 0,
  next: null,
  why: null,
  reason: null,
  ...own,
});

export const OUTBOX: Outbox = {
  messages: [
    line({
      id: "019a0000-0000-7000-8000-000000000003",
      state: "parked",
      attempts: 1,
      why: {
        code: "ORG-UNKNOWN",
        fact: both("枢纽不认识收件单位", "the hub does not know the recipient"),
        advice: both("请收件单位先加入枢纽，再重试", "have the recipient join the hub, and retry"),
        cause: null,
      },
    }),
    line({ id: "019a0000-0000-7000-8000-000000000002", next: "2026-11-23T10:05:00+08:00" }),
    line({ state: "sent", sent: "2026-11-23T09:31:00+08:00" }),
    line({
      id: "019a0000-0000-7000-8000-000000000000",
      state: "discarded",
      kind: "request",
      to_name: null,
      reason: "已当面递交",
    }),
  ],
};

export const INBOX: Inbox = {
  messages: [
    {
      id: "019a0000-0000-7000-8000-000000000009",
      from: FIRM.uscc,
      from_name: FIRM.name,
      kind: "credential",
      parked: true,
      received: "2026-11-23T09:40:00+08:00",
      why: {
        code: "HOLDER-KEY",
        fact: both("凭证不是签发给本机密钥的", "the credential is for another key"),
        advice: both("请签发方按本机公钥重新签发", "have it issued for this key"),
        cause: null,
      },
    },
  ],
};

export function answers(begin: SyncStatus = NO_HUB): Answers {
  let status = begin;
  let outbox = OUTBOX;
  let inbox = INBOX;
  return {
    "sync.status": () => status,
    "sync.join": ({ url }) => {
      status = { ...JOINED, hub: { ...(JOINED.hub as NonNullable<SyncStatus["hub"]>), url } };
      return status;
    },
    "sync.now": () => {
      status = { ...status, state: "synced" };
      return status;
    },
    "sync.outbox": () => outbox,
    "sync.retry": ({ id }) => {
      outbox = { messages: outbox.messages.map((one) => (one.id === id ? line({ id }) : one)) };
      return outbox;
    },
    "sync.discard": ({ id, reason }) => {
      const left = (one: OutboxLine) => (one.id === id ? line({ id, state: "discarded", reason }) : one);
      outbox = { messages: outbox.messages.map(left) };
      return outbox;
    },
    "sync.inbox": () => inbox,
    "sync.inbox_retry": () => {
      inbox = { messages: [] };
      return inbox;
    },
    "sync.send": () => ({ ...status, waiting: status.waiting + 1 }),
    "sync.export": ({ path }) => ({
      path: `${path}/zizhitong-exchange`,
      messages: 2,
      left_out: 1,
      public_files: 31,
    }),
    "sync.import": () => ({ received: 2, taken: 1, parked: 1, refused: ["x.zzmsg"], trust: true }),
    "sync.invite": ({ path }) => ({ path, sha256: null, count: 1 }),
  };
}
