import { Alert, Checkbox, Input, Modal, Select } from "antd";
import { useId, useState } from "react";
import type { VoucherHold, VoucherPage } from "../../gen/wire";
import { Day } from "../../parts/Day";
import { FileField } from "../../parts/FileField";
import { begun } from "../../parts/names";
import { needed, useFlaws } from "../../parts/needed";
import { Field } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { useAct, useAsk, useHost } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";

interface Props {
  page: VoucherPage;
  /** The hold to use; without one the free amount is. */
  hold: VoucherHold | null;
  onClose: () => void;
}

/** 核销: books an amount and asks the ledger; without a network it is 预核销, and the form says what that means. */
export function Redeem({ page, hold, onClose }: Props) {
  const { t } = useText();
  const host = useHost();
  const { status } = useSession();
  const id = useId();
  const act = useAct("vouchers.redeem");
  const regions = useAsk("session.regions", {});
  const [amount, setAmount] = useState("");
  const [kind, setKind] = useState(page.kinds.length === 1 ? (page.kinds[0] ?? "") : "");
  const [day, setDay] = useState<string | null>(null);
  const [region, setRegion] = useState(status.profile?.region ?? "");
  const [file, setFile] = useState("");
  const [offline, setOffline] = useState(false);
  const ids = {
    sum: `${id}-sum`,
    kind: `${id}-kind`,
    day: `${id}-day`,
    region: `${id}-region`,
    file: `${id}-file`,
  };
  const flaws = useFlaws({
    [ids.sum]: needed(amount, t("voucher-sum-needed")),
    [ids.kind]: needed(kind, t("redeem-kind-needed")),
    [ids.day]: needed(day ?? "", t("voucher-day-needed")),
    [ids.region]: needed(region, t("redeem-region-needed")),
    [ids.file]: needed(file, t("redeem-file-needed")),
  });
  const choose = async () => {
    const path = await host.chooseFile(t("redeem-file"), []);
    if (path) setFile(path);
  };
  const redeem = () => {
    if (act.isPending || !flaws.sound()) return;
    act.mutate(
      {
        id: page.line.id,
        amount,
        kind,
        day: day ?? "",
        region,
        document: file,
        hold: hold?.id ?? null,
        offline,
      },
      { onSuccess: onClose },
    );
  };
  useShortcut("Ctrl+Enter", "shortcut-confirm", redeem);
  return (
    <Modal
      open
      title={begun(t("voucher-redeem"))}
      okText={begun(t(offline ? "redeem-offline-do" : "voucher-redeem"))}
      cancelText={t("cancel")}
      confirmLoading={act.isPending}
      mask={{ closable: false }}
      onOk={redeem}
      onCancel={onClose}
    >
      <div className="stack">
        <p>
          {hold
            ? t("redeem-from-hold", { amount: hold.amount })
            : page.line.seen
              ? t("redeem-from-free", { amount: page.line.free })
              : t("voucher-never-seen-means")}
        </p>
        {act.error && <RefusalAlert refusal={act.error.refusal} />}
        <Field label={t("voucher-sum-yuan")} id={ids.sum} required error={flaws.told(ids.sum).error}>
          <Input
            id={ids.sum}
            autoFocus
            inputMode="decimal"
            value={amount}
            onChange={({ target }) => setAmount(target.value)}
            {...flaws.told(ids.sum).own}
          />
        </Field>
        <Field label={t("redeem-kind")} id={ids.kind} required error={flaws.told(ids.kind).error}>
          <Select<string>
            id={ids.kind}
            value={kind === "" ? null : kind}
            onChange={setKind}
            options={page.kinds.map((value) => ({ value, label: value }))}
          />
        </Field>
        <Field label={t("redeem-day")} id={ids.day} required error={flaws.told(ids.day).error}>
          <Day id={ids.day} value={day} onChange={setDay} />
        </Field>
        <Field label={t("redeem-region")} id={ids.region} required error={flaws.told(ids.region).error}>
          <Select<string>
            id={ids.region}
            showSearch={{
              filterOption: (typed, option) =>
                `${option?.label ?? ""} ${option?.value ?? ""}`.includes(typed.trim()),
            }}
            value={region === "" ? null : region}
            onChange={setRegion}
            options={(regions.data?.regions ?? []).map(({ code, name }) => ({ value: code, label: name }))}
          />
        </Field>
        <FileField
          label={t("redeem-file")}
          choose={t("redeem-file-choose")}
          id={ids.file}
          help={t("redeem-file-hint")}
          told={flaws.told(ids.file)}
          path={file}
          onChoose={() => void choose()}
        />
        <Checkbox checked={offline} onChange={({ target }) => setOffline(target.checked)}>
          {t("redeem-offline")}
        </Checkbox>
        {offline && (
          <Alert
            type="warning"
            showIcon
            title={t("redeem-offline-risk")}
            description={t("redeem-offline-means")}
          />
        )}
      </div>
    </Modal>
  );
}
