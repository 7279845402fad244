import { Button } from "antd";
import type { ReactNode } from "react";
import type { Refusal, Verified } from "../../gen/wire";
import { useRoute } from "../../route";
import { useAct } from "../../rpc";
import { useSession } from "../../session";
import { useText } from "../../text";

interface Props {
  verified: Verified;
  icons: { take: ReactNode; open: ReactNode };
  onRefused(refusal: Refusal): void;
}

/** 收件, or the case that holds this very file already. Only an incubator with its database open takes dossiers in. */
export function ToCase({ verified, icons, onRefused }: Props) {
  const { t } = useText();
  const { status } = useSession();
  const { go } = useRoute();
  const receive = useAct("cases.receive");
  if (status.database !== "open" || status.profile?.role !== "incubator") return null;
  const { case_id, path } = verified;
  if (case_id)
    return (
      <Button icon={icons.open} onClick={() => go({ page: "case", id: case_id })}>
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
    <Button icon={icons.take} loading={receive.isPending} onClick={take}>
      {t("case-receive")}
    </Button>
  );
}
