import { MENU } from "../flows";
import type { Group, MenuLine } from "../flows/flow";
import { useRoute } from "../route";
import { useSession } from "../session";
import { useText } from "../text";
import { Logo } from "./Logo";

/** More than this is not counted out in the menu. */
const MOST = 99;
const GROUPS: Group[] = ["work", "both", "help"];

/** The menu at the left; what it offers follows from the role and from whether the database is open. */
export function Menu() {
  const { status } = useSession();
  const { t } = useText();
  const role = status.profile?.role;
  const offered = MENU.filter((entry) =>
    status.database === "open" ? !entry.role || entry.role === role : entry.always,
  );
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
              <Line key={entry.label} entry={entry} />
            ))}
          </ul>
        );
      })}
    </nav>
  );
}

function Line({ entry }: { entry: MenuLine }) {
  const { status } = useSession();
  const { route, begin } = useRoute();
  const { t } = useText();
  const here = route.page === entry.route.page;
  // A page without a line of its own belongs to that of its flow.
  const under = entry.covers.includes(route.page) && MENU.every((other) => other.route.page !== route.page);
  const count = entry.badge?.(status) ?? 0;
  return (
    <li>
      <button
        type="button"
        className="menu-line"
        aria-current={here ? "page" : under ? "true" : undefined}
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
