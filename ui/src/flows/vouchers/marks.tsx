import type { RedemptionState, SettlementState, VoucherHoldState, VoucherState } from "../../gen/wire";
import { Mark } from "../../parts/marks";
import type { Tone } from "../../parts/theme";
import { useText } from "../../text";

const VOUCHER: Record<VoucherState, Tone> = {
  open: "pass",
  early: "pending",
  over: "none",
  revoked: "fail",
  spent: "none",
};

/** Only what the ledger has receipted is green: 预核销 is not paid. */
const REDEMPTION: Record<RedemptionState, Tone> = {
  provisional: "pending",
  redeemed: "pass",
  conflicted: "warning",
  rejected: "fail",
  withdrawn: "none",
  settlement_requested: "info",
  settled: "pass",
};

const HOLD: Record<VoucherHoldState, Tone> = {
  asked: "pending",
  open: "info",
  redeemed: "pass",
  released: "none",
  closed: "none",
  refused: "fail",
};

const SETTLEMENT: Record<SettlementState, Tone> = { waiting: "pending", paid: "pass", returned: "warning" };

export function VoucherMark({ state }: { state: VoucherState }) {
  const { t } = useText();
  return <Mark tone={VOUCHER[state]}>{t(`voucher-state-${state}`)}</Mark>;
}

export function RedemptionMark({ state }: { state: RedemptionState }) {
  const { t } = useText();
  return <Mark tone={REDEMPTION[state]}>{t(`redemption-${state}`)}</Mark>;
}

export function HoldMark({ state }: { state: VoucherHoldState }) {
  const { t } = useText();
  return <Mark tone={HOLD[state]}>{t(`voucher-hold-${state}`)}</Mark>;
}

export function SettlementMark({ state }: { state: SettlementState }) {
  const { t } = useText();
  return <Mark tone={SETTLEMENT[state]}>{t(`settlement-${state}`)}</Mark>;
}
