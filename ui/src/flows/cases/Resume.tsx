import { Alert } from "antd";
import type { CasePage } from "../../gen/wire";
import { shanghaiInstant } from "../../parts/values";
import { useText } from "../../text";
import { Demands } from "./Demands";
import { StepDialog } from "./StepDialog";
import { Supplements } from "./Supplements";

/** 已补正，恢复受理: what the firm supplied and which demands are met, before somebody says that it goes on. */
export function Resume({ page, onClose }: { page: CasePage; onClose: () => void }) {
  const { t } = useText();
  const { line, demands, versions, asked } = page;
  const newest = versions.at(-1);
  const came = demands.length > 0;
  const open = demands.some(({ state }) => state === "open");
  return (
    <StepDialog
      page={page}
      act="cases.accept"
      title={t("case-resume-title", { number: line.number })}
      action={t("case-resume-do")}
      // Where the program saw nothing come, or something still open, the books say why it goes on all the same.
      why={!came || open}
      onClose={onClose}
    >
      {came && newest ? (
        <>
          <p>
            {t("case-resume-came", {
              day: shanghaiInstant(newest.received).slice(0, 10),
              version: newest.version,
            })}
          </p>
          <Demands page={page} />
          {open && <Alert type="warning" showIcon title={t("case-resume-still-open")} />}
        </>
      ) : (
        <>
          <p>{t("case-resume-nothing-came")}</p>
          <Supplements lines={asked} />
        </>
      )}
      <p className="quiet">{t("case-resume-means")}</p>
    </StepDialog>
  );
}
