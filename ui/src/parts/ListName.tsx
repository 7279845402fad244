import { useText } from "../text";
import { useIssuerName } from "./names";
import { Data, shanghaiInstant } from "./values";

/** How this program names status lists: by the organisation's code and a number that counts. */
const OURS = /^urn:zizhitong:status:([0-9A-Z]{18}):(\d+)$/;

/** Such a number: the time in UTC at which the list was begun, and four digits that tell lists of one second apart. */
const BEGUN = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\d{4}$/;

/** What a status list is called: by whose it is and when it was begun; as it stands where it is named otherwise. */
export function ListName({ uri }: { uri: string }) {
  const [, code, number] = OURS.exec(uri) ?? [];
  return code && number ? <Ours uri={uri} code={code} number={number} /> : <Data>{uri}</Data>;
}

function Ours({ uri, code, number }: { uri: string; code: string; number: string }) {
  const { t } = useText();
  const issuer = useIssuerName(code);
  const [begun, year, month, day, hour, minute, second] = BEGUN.exec(number) ?? [];
  return (
    <span title={uri}>
      <Data>
        {begun
          ? t("list-name-begun", {
              issuer,
              begun: shanghaiInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`),
            })
          : t("list-name", { issuer, number })}
      </Data>
    </span>
  );
}
