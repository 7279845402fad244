import type { ReportFirm, SignatureLine } from "../../gen/wire";
import { AnswerMark } from "../../parts/marks";
import { Section, TableScroll } from "../../parts/page";
import { Data, Instant, Thumbprint } from "../../parts/values";
import { useText } from "../../text";

/** Who signed what, when by their own clock, with which key, and whether it holds. */
export function Signatures({ signatures, firm }: { signatures: SignatureLine[]; firm: ReportFirm | null }) {
  const { t, say } = useText();
  return (
    <Section>
      <TableScroll name={t("tab-signatures")}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t("signature-holds")}</th>
              <th scope="col">{t("signature-covers")}</th>
              <th scope="col">{t("signature-by")}</th>
              <th scope="col">{t("signature-at")}</th>
              <th scope="col">{t("signature-algorithm")}</th>
              <th scope="col">{t("signature-key")}</th>
            </tr>
          </thead>
          <tbody>
            {signatures.map((signature) => (
              <tr key={signature.subject}>
                <td>
                  <AnswerMark answer={signature.answer} />
                </td>
                <td className="names">{say(signature.title)}</td>
                <td>
                  {/* The firm signs its own dossier and its own statements; it is in no register of issuers. */}
                  <Data>
                    {signature.signer_name ??
                      (signature.signer === firm?.uscc ? firm.name : t("signer-unknown"))}
                  </Data>
                  <br />
                  <code className="quiet">{signature.signer}</code>
                </td>
                <td>
                  <Instant at={signature.signed_at} />
                </td>
                <td className="whole">{signature.algorithm ? <Data>{signature.algorithm}</Data> : "—"}</td>
                <td>{signature.kid ? <Thumbprint kid={signature.kid} short /> : "—"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      <p className="quiet">{t("signature-own-clock")}</p>
    </Section>
  );
}
