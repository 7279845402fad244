import { EllipsisOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import type { CasePage } from "../../gen/wire";
import { DOSSIER_ENDINGS } from "../../parts/kinds";
import { RefusalAlert } from "../../parts/refusal";
import { useShortcut } from "../../parts/shortcuts";
import { useRoute } from "../../route";
import { useAct, useHost } from "../../rpc";
import { useText } from "../../text";
import { Resume } from "./Resume";
import { StepDialog } from "./StepDialog";

type Taken = "accept" | "resume" | "close";

/** What can be done with a case in its state; the next step is the primary one. */
export function CaseActions({ page }: { page: CasePage }) {
  const { t } = useText();
  const { go } = useRoute();
  const host = useHost();
  const { id, state, outcome, due } = page.line;
  const [step, setStep] = useState<Taken | null>(null);
  const decide = () => go({ page: "decide", id });
  const resume = () => setStep("resume");
  const waits = state === "supplement";
  const came = page.demands.length > 0;
  const undecided = state === "received" || state === "accepted" || waits;
  // The decision asked for more, and no dossier came since.
  const owed = state === "decided" && outcome === "supplement_required" && due !== null;
  // What the firm brings is looked at like any dossier; there it is proposed for a case that waits.
  const bring = async (title: string) => {
    const kind = { name: t("kind-dossier"), extensions: DOSSIER_ENDINGS };
    const path = await host.chooseFile(t(title), [kind]);
    if (path) go({ page: "verify", path });
  };
  useShortcut("Ctrl+Enter", "case-decide", decide, state === "accepted" || waits);
  return (
    <>
      {undecided && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: [
              {
                key: "supplement",
                label: t("case-supplement"),
                onClick: () => go({ page: "supplement", id }),
              },
              ...(waits && !came ? [{ key: "accept", label: t("case-resume"), onClick: resume }] : []),
              ...(state === "received" ? [{ key: "reject", label: t("case-reject"), onClick: decide }] : []),
              { type: "divider" },
              { key: "close", label: t("case-close-undecided"), onClick: () => setStep("close") },
            ],
          }}
        >
          <Button icon={<EllipsisOutlined aria-hidden />}>{t("case-more")}</Button>
        </Dropdown>
      )}
      <TakeVoucher page={page} />
      {state === "received" && (
        <Button type="primary" onClick={() => setStep("accept")}>
          {t("case-accept")}
        </Button>
      )}
      {(state === "accepted" || waits) && (
        <Button type={waits ? "default" : "primary"} onClick={decide}>
          {t("case-decide")}
        </Button>
      )}
      {waits && (
        <Button type="primary" onClick={came ? resume : () => void bring("case-bring")}>
          {t(came ? "case-resume" : "case-bring")}
        </Button>
      )}
      {state === "decided" && (
        <Button type={owed ? "default" : "primary"} onClick={() => setStep("close")}>
          {t("case-close")}
        </Button>
      )}
      {owed && (
        <Button type="primary" onClick={() => void bring("case-bring-next")}>
          {t("case-bring-next")}
        </Button>
      )}
      {step === "resume" && <Resume page={page} onClose={() => setStep(null)} />}
      {step && step !== "resume" && <Step page={page} step={step} onClose={() => setStep(null)} />}
    </>
  );
}

/** 登记创新券, where the case presents one and passes: from there it is redeemed. */
function TakeVoucher({ page }: { page: CasePage }) {
  const { t } = useText();
  const { go } = useRoute();
  const { id, scenario, verdict } = page.line;
  const act = useAct("vouchers.take");
  if (scenario !== "voucher_redemption" || (verdict !== "passed" && verdict !== "passed_with_conditions"))
    return null;
  const take = () => act.mutate({ id }, { onSuccess: ({ line }) => go({ page: "voucher", id: line.id }) });
  return (
    <>
      {act.error && <RefusalAlert refusal={act.error.refusal} />}
      <Button loading={act.isPending} onClick={take}>
        {t("voucher-take")}
      </Button>
    </>
  );
}

interface StepProps {
  page: CasePage;
  step: Exclude<Taken, "resume">;
  onClose: () => void;
}

/** 受理 or 归档: by whom, with a remark. */
function Step({ page, step, onClose }: StepProps) {
  const { t } = useText();
  // Put away without a decision, a case has to say why.
  const why = step === "close" && page.line.state !== "decided";
  return (
    <StepDialog
      page={page}
      act={`cases.${step}`}
      title={t(`case-${step}-title`, { number: page.line.number })}
      action={t(`case-${step}`)}
      why={why}
      onClose={onClose}
    >
      <p>{t(why ? "case-close-undecided-means" : `case-${step}-means`)}</p>
    </StepDialog>
  );
}
