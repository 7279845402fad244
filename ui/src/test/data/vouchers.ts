// A Zhejiang voucher at a provider's desk in Shanghai: one redeemed, one provisional, one that the fund has to decide.

import type { VoucherAccounts, VoucherLine, VoucherPage } from "../../gen/wire";
import type { Answers } from "../fakeHost";

const both = (zh: string, en: string) => ({ zh, en });

export const FUND = "11330000DEM000102T";
const PLATFORM = "12310000DEM00009XN";
const OTHER = "91310117DEM000030B";

export const LINE: VoucherLine = {
  id: "CSJQ-330421-2026-000017",
  part: "redeemer",
  fund: FUND,
  fund_name: "浙江券管理方【演示】",
  firm: "91330421DEM0000814",
  amount: "¥100,000.00",
  free: "¥76,600.00",
  provisional: "¥9,000.00",
  from: "2026-03-01",
  until: "2026-12-31",
  seen: "2026-11-23T09:40:00+08:00",
  state: "open",
  undecided: 1,
};

const RECEIPT = {
  id: "019a0000-0000-7000-8000-0000000000a1",
  redeemer: PLATFORM,
  seq: 1,
  amount: "¥14,400.00",
  at: "2026-11-18T10:00:00+08:00",
};

export const PAGE: VoucherPage = {
  line: LINE,
  spent: "¥14,400.00",
  held: "¥0.00",
  revoked: null,
  kinds: ["检验检测", "研究开发"],
  regions: ["31", "33"],
  redeemers: [PLATFORM, OTHER],
  redemptions: [
    {
      key: "key-2",
      amount: "¥9,000.00",
      kind: "检验检测",
      day: "2026-11-20",
      document: "发票2.pdf",
      made: "2026-11-20T16:00:00+08:00",
      state: "provisional",
      redeemed: null,
      withdrawable: true,
      same_document: true,
      why: null,
      reason: null,
    },
    {
      key: "key-1",
      amount: "¥14,400.00",
      kind: "检验检测",
      day: "2026-11-16",
      document: "发票1.pdf",
      made: "2026-11-18T09:58:00+08:00",
      state: "redeemed",
      redeemed: "2026-11-18T10:00:00+08:00",
      withdrawable: false,
      same_document: false,
      why: null,
      reason: null,
    },
  ],
  holds: [],
  receipts: [RECEIPT],
  conflicts: [
    {
      id: "019a0000-0000-7000-8000-0000000000c1",
      redeemer: OTHER,
      amount: "¥90,000.00",
      kind: "检验检测",
      day: "2026-11-17",
      made: "2026-11-17T15:00:00+08:00",
      why: {
        code: "VOUCHER-OVERDRAWN",
        fact: both("超过这张券的余额", "more than is left of the voucher"),
        advice: both("由发券单位裁定", "the fund decides"),
        cause: null,
      },
      accepted: null,
      reason: null,
    },
  ],
};

export const ACCOUNTS: VoucherAccounts = {
  settlements: [
    {
      id: "019a0000-0000-7000-8000-0000000000b1",
      made: false,
      other: OTHER,
      amount: "¥7,500.50",
      at: "2026-11-22T09:00:00+08:00",
      state: "waiting",
      day: null,
      said: null,
      look: null,
      parts: [{ voucher: "CSJQ-330421-2026-000009", amount: "¥7,500.50" }],
    },
  ],
  ledgers: [{ hub: "31-main", url: "https://hub.example", key: "5f1c 77ab", own: true, ca: [] }],
  owed: [{ fund: FUND, amount: "¥14,400.00", count: 1 }],
};

export const answers = (
  page: VoucherPage = PAGE,
  accounts: VoucherAccounts = ACCOUNTS,
  vouchers: VoucherLine[] = [LINE],
): Answers => ({
  "vouchers.list": ({ text }) => ({ vouchers: vouchers.filter(({ id }) => id.startsWith(text)), next: null }),
  "vouchers.accounts": () => accounts,
  "vouchers.page": () => page,
  "vouchers.ask": () => page,
  "vouchers.take": () => page,
  "vouchers.redeem": () => page,
  "vouchers.withdraw": () => page,
  "vouchers.hold": () => page,
  "vouchers.release": () => page,
  "vouchers.enter": () => page,
  "vouchers.revoke": () => page,
  "vouchers.close_hold": () => page,
  "vouchers.decide": () => page,
  "vouchers.settle": () => accounts,
  "vouchers.answer": () => accounts,
  "vouchers.join": () => accounts,
  "vouchers.authority": () => accounts,
  "vouchers.export": ({ path }) => ({ path, sha256: null, count: 2 }),
});
