import { MENU } from "../flows";
import type { Group, MenuLine } from "../flows/flow";
import type { SessionStatus } from "../gen/wire";
import { type PageName, useRoute } from "../route";
import { useSession } from "../session";
import { useText } from "../text";
import { Logo } from "./Logo";

/** More than this is not counted out in the menu. */
const MOST = 99;
const GROUPS: Group[] = ["work", "both", "help"];

/** What the menu offers. */
export const offeredTo = ({ database, profile }: SessionStatus): MenuLine[] =>
  MENU.filter((entry) => (database === "open" ? !entry.role || entry.role === profile?.role : entry.always));

/**
 * The line under which a page stands: its own, that of its flow, or the first for a page that is nobody's daily work.
 * While no database is open, the gate stands under no line.
 */
export const lineOf = (offered: MenuLine[], page: PageName): MenuLine | undefined =>
  offered.find(({ route }) => route.page === page) ??
  offered.find(({ covers }) => covers.includes(page)) ??
  (page === "unlock" ? undefined : offered.find(({ group }) => group === "work"));

/** The menu at the left; what it offers follows from the role and from whether the database is open. */
export function Menu() {
  const { status } = useSession();
  const { route } = useRoute();
  const { t } = useText();
  const offered = offeredTo(status);
  const lit = lineOf(offered, route.page);
  return (
    <nav className="menu" aria-label={t("menu")}>
      <p className="product">
        <Logo />
        <span>{t("product")}</span>
      </p>
      {GROUPS.map((group) => {
        const entries = offered.filter((entry) => entry.group === group);
        if (entries.length === 0) return null;
        return (
          <ul key={group} className={`menu-${group}`}>
            {entries.map((entry) => (
              <Line key={entry.label} entry={entry} lit={entry === lit} />
            ))}
          </ul>
        );
      })}
    </nav>
  );
}

function Line({ entry, lit }: { entry: MenuLine; lit: boolean }) {
  const { status } = useSession();
  const { route, begin } = useRoute();
  const { t } = useText();
  const count = entry.badge?.(status) ?? 0;
  return (
    <li>
      <button
        type="button"
        className="menu-line"
        aria-current={lit ? (route.page === entry.route.page ? "page" : "true") : undefined}
        title={t(entry.label)}
        onClick={() => begin(entry.route)}
      >
        <span className="menu-icon" aria-hidden>
          {entry.icon}
        </span>
        <span className="menu-label">{t(entry.label)}</span>
        {count > 0 && (
          <>
            <span className="menu-count figure" aria-hidden>
              {count > MOST ? `${MOST}+` : count}
            </span>
            <span className="only-heard">{t("menu-waiting", { count })}</span>
          </>
        )}
      </button>
    </li>
  );
}
