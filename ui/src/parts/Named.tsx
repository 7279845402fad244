import { useIssuerName } from "./names";
import { Data } from "./values";

/** 统一社会信用代码, as GB 32100 writes it. */
const USCC = /^[0-9A-HJ-NPQRTUWXY]{18}$/;

/** A value as somebody wrote it; where it is the code of an organisation of the register, its name before it. */
export function Named({ children }: { children: string }) {
  return USCC.test(children) ? <Code code={children} /> : <Data>{children}</Data>;
}

function Code({ code }: { code: string }) {
  const name = useIssuerName(code);
  if (name === code) return <Data>{code}</Data>;
  return (
    <>
      <Data>{name}</Data> <code className="quiet">{code}</code>
    </>
  );
}
