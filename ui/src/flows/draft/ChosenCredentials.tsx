import { Button, Checkbox } from "antd";
import type { DraftClaim, DraftCredential, DraftPage } from "../../gen/wire";
import { Named } from "../../parts/Named";
import { EmptyState } from "../../parts/page";
import { RefusalAlert } from "../../parts/refusal";
import { Data } from "../../parts/values";
import { useAct } from "../../rpc";
import { useText } from "../../text";
import { DemandsSelect } from "./Demands";

/** The credentials that were chosen, claim by claim: what the destination will read and what stays hidden. */
export function ChosenCredentials({ page }: { page: DraftPage }) {
  const { t } = useText();
  if (page.credentials.length === 0)
    return <EmptyState title={t("chosen-none")} hint={t("chosen-none-hint")} />;
  return (
    <div className="stack">
      {page.credentials.map((credential) => (
        <Chosen key={credential.credential_id} credential={credential} page={page} />
      ))}
    </div>
  );
}

/** How many claims the destination does not read. What stands in a claim that is withheld is withheld with it. */
export function withheld(claims: DraftClaim[]): number {
  const hidden = claims.filter(({ line, shown }) => line.selectable && !shown).map(({ line }) => line.path);
  const within = (path: string) =>
    hidden.some((outer) => path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`));
  return hidden.filter((path) => !within(path)).length;
}

/** The claims that are disclosed by choice; what is always visible is not chosen. */
const disclosed = (claims: DraftClaim[]): string[] =>
  claims.filter(({ line, shown }) => shown && line.selectable).map(({ line }) => line.path);

/** The claims to disclose once a box is ticked or cleared: what a claim stands in, and what stands in it, goes with it. */
export function toggled(claims: DraftClaim[], { line, shown }: DraftClaim): string[] {
  const within = (inner: string, outer: string) =>
    inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);
  const chosen = disclosed(claims);
  if (!shown) return [...chosen, line.path];
  return chosen.filter((path) => !within(path, line.path) && !within(line.path, path));
}

function Chosen({ credential, page }: { credential: DraftCredential; page: DraftPage }) {
  const { t, say } = useText();
  const choose = useAct("draft.choose");
  const drop = useAct("draft.drop");
  const { credential_id, answers, demands, claims } = credential;
  const show = (disclose: string[] | null, forThese = demands) =>
    choose.mutate({ draft_id: page.line.id, credential_id, disclose, answers, demands: forThese });
  const failed = choose.error ?? drop.error;
  const hidden = withheld(claims);
  return (
    <details className="chosen" open>
      <summary>
        <strong>{say(credential.title)}</strong>{" "}
        {credential.number && (
          <span className="figure">
            <Data>{credential.number}</Data>
          </span>
        )}{" "}
        <span className="quiet">{t("chosen-hidden", { count: hidden })}</span>
      </summary>
      {failed && <RefusalAlert refusal={failed.refusal} />}
      {credential.provenance === "declared" && <p className="quiet">{t("chosen-declared")}</p>}
      <DemandsSelect page={page} value={demands} onChange={(ids) => show(disclosed(claims), ids)} />
      <ul className="chosen-claims">
        {claims.map((claim) => (
          <li key={claim.line.path}>
            <Checkbox
              checked={claim.shown}
              disabled={!claim.line.selectable || choose.isPending}
              onChange={() => show(toggled(claims, claim))}
            >
              {say(claim.line.label)}
            </Checkbox>
            <span className={claim.shown ? "" : "quiet"}>
              <Named>{claim.line.value}</Named>
            </span>
            <span className="quiet">
              {!claim.line.selectable ? t("claim-always") : claim.needed ? t("claim-needed") : ""}
            </span>
          </li>
        ))}
      </ul>
      <div className="chosen-actions">
        <Button size="small" onClick={() => show(null)}>
          {t("chosen-minimum")}
        </Button>
        <Button
          size="small"
          danger
          loading={drop.isPending}
          onClick={() => drop.mutate({ draft_id: page.line.id, credential_id })}
        >
          {t("chosen-drop", { title: say(credential.title) })}
        </Button>
      </div>
    </details>
  );
}
