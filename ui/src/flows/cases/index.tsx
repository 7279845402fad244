import { BookOutlined } from "@ant-design/icons";
import { flow } from "../flow";
import { CasePageView } from "./CasePageView";
import { DecidePage } from "./DecidePage";
import { LedgerPage } from "./LedgerPage";
import { MonthPage } from "./MonthPage";
import { NoticesPage } from "./NoticesPage";
import { SupplementPage } from "./SupplementPage";

declare module "../../route" {
  interface Routes {
    /** 台账 */
    cases: Record<never, never>;
    /** One case. */
    case: { id: string };
    /** 补正: what has to be added. */
    supplement: { id: string };
    /** 决定 */
    decide: { id: string };
    /** 月报; `YYYY-MM`, or the month of the newest case. */
    month: { month: string | null };
    /** Verdicts that moved. */
    notices: Record<never, never>;
  }
}

export const cases = flow({
  pages: {
    cases: { show: LedgerPage, database: true },
    case: { show: CasePageView, database: true },
    supplement: { show: SupplementPage, database: true },
    decide: { show: DecidePage, database: true },
    month: { show: MonthPage, database: true },
    notices: { show: NoticesPage, database: true },
  },
  menu: [
    {
      route: { page: "cases" },
      label: "cases-menu",
      icon: <BookOutlined />,
      group: "work",
      order: 20,
      role: "incubator",
      badge: ({ waiting }) => waiting?.open_cases ?? 0,
    },
  ],
  opens: { case: (id) => (id ? { page: "case", id } : { page: "cases" }) },
});
