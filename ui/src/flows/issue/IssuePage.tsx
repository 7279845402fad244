import { Alert, Button } from "antd";
import { useState } from "react";
import type { IssuedBatch } from "../../gen/wire";
import { EmptyState } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Unregistered } from "../../parts/Unregistered";
import { useAsk } from "../../rpc";
import { useText } from "../../text";
import { IssuedResult } from "./IssuedResult";
import { type Filled, IssueForm } from "./IssueForm";

/** 签发: a type, the firms, what is the same for all, and the passphrase; then what came of it. */
export function IssuePage({ firms }: { firms: string[] }) {
  const { t } = useText();
  const types = useAsk("issue.types", {});
  const [filled, setFilled] = useState<Filled | null>(null);
  const [result, setResult] = useState<IssuedBatch | null>(null);
  const [before, setBefore] = useState<number | null>(null);
  // Who came to issue to some firms has done so: another batch begins without them.
  const [chosen, setChosen] = useState(firms);
  const backTo = (form: Filled | null) => {
    setBefore(form && result ? result.issued : null);
    setFilled(form);
    setResult(null);
  };
  if (result)
    return <IssuedResult result={result} onBack={() => backTo(filled)} onNew={() => backTo(null)} />;
  return (
    <div className="page">
      {types.error && <RefusalAlert refusal={types.error.refusal} again={() => void types.refetch()} />}
      {types.isPending && <EmptyState title={t("loading")} />}
      <Unregistered remark={types.data?.remark} />
      {before !== null && (
        <Alert
          type="info"
          showIcon
          title={t("issue-before", { count: before })}
          action={<Button onClick={() => backTo(null)}>{t("issue-new")}</Button>}
        />
      )}
      {types.data && (
        <IssueForm
          key={before === null && filled === null ? "new" : "again"}
          types={types.data.types}
          registered={!types.data.remark}
          firms={chosen}
          begun={filled}
          onIssued={(batch, form) => {
            setFilled(form);
            setResult(batch);
            setChosen([]);
          }}
        />
      )}
    </div>
  );
}
