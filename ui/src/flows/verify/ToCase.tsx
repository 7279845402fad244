import { FolderOpenOutlined, InboxOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { Refusal, Verified } from "../../gen/wire";
import { useRoute } from "../../route";
import { useAct } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";
import { Proposed } from "../cases/Proposed";

interface Props {
  verified: Verified;
  onRefused(refusal: Refusal): void;
}

/** 收件, as a case of its own or as what a case waits for; its case is shown then. */
function useReceive({ verified: { path }, onRefused }: Props) {
  const { status } = useSession();
  const { go } = useRoute();
  const receive = useAct("cases.receive");
  const take = (continues?: string) =>
    receive.mutate(
      { path, operator: status.settings.operator, ...(continues && { continues }) },
      {
        onSuccess: ({ line }) => go({ page: "case", id: line.id }),
        onError: ({ refusal }) => onRefused(refusal),
      },
    );
  return { take, busy: receive.isPending };
}

/** The case that the dossier is likely meant for: one that waits, of which the same key signed what came before. */
const likelyOf = ({ waiting }: Verified) => waiting.find(({ same_key }) => same_key);

/** 收件, or the case that holds this very file already. For an incubator whose database is open. */
export function ToCase(props: Props) {
  const { t } = useText();
  const { go } = useRoute();
  const { take, busy } = useReceive(props);
  const { case_id, waiting } = props.verified;
  if (case_id)
    return (
      <Button
        type="primary"
        icon={<FolderOpenOutlined aria-hidden />}
        onClick={() => go({ page: "case", id: case_id })}
      >
        {t("case-open")}
      </Button>
    );
  return (
    <Button
      type={likelyOf(props.verified) ? "default" : "primary"}
      icon={<InboxOutlined aria-hidden />}
      loading={busy}
      onClick={() => take()}
    >
      {t(waiting.length > 0 ? "case-receive-own" : "case-receive")}
    </Button>
  );
}

/** The cases that wait for what this dossier may be. */
export function ToWaiting(props: Props) {
  const { take, busy } = useReceive(props);
  return (
    <Proposed
      waiting={props.verified.waiting}
      action="take"
      likely={likelyOf(props.verified)}
      busy={busy}
      onChoose={({ id }) => take(id)}
    />
  );
}
