import { useText } from "../text";
import { useIssuerName } from "./names";
import { Data } from "./values";

/** How this program names status lists: by the organisation's code and a number that counts. */
const OURS = /^urn:zizhitong:status:([0-9A-Z]{18}):(\d+)$/;

/** What a status list is called: by whose it is and which of theirs; as it stands where it is named otherwise. */
export function ListName({ uri }: { uri: string }) {
  const [, code, number] = OURS.exec(uri) ?? [];
  return code && number ? <Ours uri={uri} code={code} number={number} /> : <Data>{uri}</Data>;
}

function Ours({ uri, code, number }: { uri: string; code: string; number: string }) {
  const { t } = useText();
  return (
    <span title={uri}>
      <Data>{t("list-name", { issuer: useIssuerName(code), number })}</Data>
    </span>
  );
}
