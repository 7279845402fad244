import { FolderOpenOutlined, InboxOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { Refusal, Verified } from "../../gen/wire";
import { useRoute } from "../../route";
import { useAct } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";

interface Props {
  verified: Verified;
  onRefused(refusal: Refusal): void;
}

/** 收件, or the case that holds this very file already. For an incubator whose database is open. */
export function ToCase({ verified, onRefused }: Props) {
  const { t } = useText();
  const { status } = useSession();
  const { go } = useRoute();
  const receive = useAct("cases.receive");
  const { case_id, path } = verified;
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
  const take = () =>
    receive.mutate(
      { path, operator: status.settings.operator },
      {
        onSuccess: ({ line }) => go({ page: "case", id: line.id }),
        onError: ({ refusal }) => onRefused(refusal),
      },
    );
  return (
    <Button type="primary" icon={<InboxOutlined aria-hidden />} loading={receive.isPending} onClick={take}>
      {t("case-receive")}
    </Button>
  );
}
