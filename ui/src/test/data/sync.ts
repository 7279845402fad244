// A device that has joined Shanghai's hub: one message sent, one that waits, one that a person has to decide about.

import type { AuthorityLine, Devices, Inbox, Outbox, OutboxLine, SyncStatus } from "../../gen/wire";
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
  withheld: [],
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
    ca: [],
  },
  synced: "2026-11-23T09:58:00+08:00",
  next: "2026-11-23T10:13:00+08:00",
};

/** A province's own CA. */
export const AUTHORITY: AuthorityLine = {
  name: "上海市演示政务 CA【演示】",
  until: "2036-11-23T09:58:00+08:00",
  fingerprint: "a1b2 c3d4 e5f6 0718 293a 4b5c 6d7e 8f90 a1b2 c3d4 e5f6 0718 293a 4b5c 6d7e 8f90",
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
    line({
      id: "019a0000-0000-7000-8000-000000000004",
      state: "refused",
      sent: "2026-11-22T09:31:00+08:00",
      kind: "decision",
      why: {
        code: "AUTH-FORBIDDEN",
        fact: both("收件单位的枢纽拒收，对方没有收到", "the recipient's hub refuses it"),
        advice: both("请把代码告诉运维人员", "tell the operator the code"),
        cause: null,
      },
    }),
    line({
      id: "019a0000-0000-7000-8000-000000000005",
      state: "resent",
      sent: "2026-11-21T09:31:00+08:00",
      kind: "decision",
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

/** Where this computer has joined nothing. */
export const NO_DEVICES: Devices = { devices: [], asked: null, inbox_missing: false, ledgers: [] };

const FINGERPRINTS = [
  "7c1a 03de 55b2 9f40 61c8 d27e 8a13 f6b9 04e5 cc72 3b98 15fd a640 2e7b 91d3 58af",
  "e04b 7713 2c9d a85f 6612 38f0 bd47 91ce 5a20 0f8b d3c6 7e14 49a2 b65d 80f7 1c39",
];

/** Two computers of one organisation; this is the first. */
export const DEVICES: Devices = {
  devices: ["前台电脑", "二楼电脑"].map((name, place) => ({
    kid: `kid-${place}`,
    name,
    added: "2026-11-20T09:00:00+08:00",
    fingerprint: FINGERPRINTS[place] as string,
    own: place === 0,
    mail: place === 0,
  })),
  asked: null,
  inbox_missing: false,
  ledgers: ["33-main"],
};

/** A third computer that asks. */
export const ASKING = {
  kid: "kid-2",
  name: "三楼电脑",
  at: "2026-11-23T09:50:00+08:00",
  fingerprint: "19d2 66f3 a07b 4e58 c1b4 8d90 23ea 7f65 d81c 0b37 95a6 42ef 3c7d 60b8 e914 572a",
};

/** What the first computer answers the third. */
export const ANSWERED = {
  hub: "31-main",
  hub_key: JOINED.hub?.key as string,
  by: "前台电脑",
  by_fingerprint: FINGERPRINTS[0] as string,
  mail: "前台电脑",
};

export function answers(begin: SyncStatus = NO_HUB, known: Devices | null = null): Answers {
  let status = begin;
  let devices = known ?? (begin.hub ? DEVICES : NO_DEVICES);
  let outbox = OUTBOX;
  let inbox = INBOX;
  const put = new Set<string>();
  return {
    "sync.status": () => status,
    "sync.join": ({ url }) => {
      status = { ...JOINED, hub: { ...(JOINED.hub as NonNullable<SyncStatus["hub"]>), url } };
      return status;
    },
    "sync.authority": ({ path }) => {
      const hub = status.hub as NonNullable<SyncStatus["hub"]>;
      status = { ...status, hub: { ...hub, ca: path ? [AUTHORITY] : [] } };
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
    "sync.send": ({ ids, again }) => {
      const before = again ? 0 : ids.filter((id) => put.has(id)).length;
      for (const id of ids) put.add(id);
      return { queued: ids.length - before, before, state: status.state };
    },
    "sync.send_lists": () => ({ queued: 1, before: 0, state: status.state }),
    "sync.export": ({ path }) => ({
      path: `${path}/zizhitong-exchange`,
      messages: 2,
      left_out: 1,
      public_files: 31,
    }),
    "sync.import": () => ({
      received: 2,
      taken: 1,
      parked: 1,
      refused: ["x.zzmsg"],
      trust: true,
      trust_older: false,
      trust_refused: null,
    }),
    "sync.invite": ({ path }) => ({ path, sha256: null, count: 1 }),
    "sync.devices": () => devices,
    "sync.device_request": ({ name }) => {
      devices = { ...devices, asked: { ...ASKING, name } };
      return { ...ASKING, name };
    },
    "sync.device_read": () => ASKING,
    "sync.device_add": ({ path }) => {
      const added = { ...ASKING, kid: "kid-2", added: ASKING.at, own: false, mail: false };
      devices = { ...devices, devices: [...devices.devices, added] };
      return { path, sha256: null, count: 1 };
    },
    "sync.device_answer": () => ANSWERED,
    "sync.device_accept": () => {
      status = JOINED;
      devices = {
        ...DEVICES,
        devices: DEVICES.devices.map((device) => ({ ...device, own: !device.own })),
      };
      return ANSWERED;
    },
    "sync.device_remove": ({ kid }) => {
      const name = devices.devices.find((device) => device.kid === kid)?.name as string;
      devices = { ...devices, devices: devices.devices.filter((device) => device.kid !== kid) };
      return { name, to_ask_again: ["三楼电脑"], ledgers: devices.ledgers };
    },
    "sync.device_renew": () => {
      devices = { ...devices, inbox_missing: false };
      return { to_ask_again: ["二楼电脑"] };
    },
  };
}
