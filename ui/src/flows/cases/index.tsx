import { BookOutlined } from "@ant-design/icons";
import { later } from "../../later";
import { flow } from "../flow";

declare module "../../route" {
  interface Routes {
    /** 台账; at first only those that are overdue, or with the case that the code in a picture belongs to. */
    cases: { overdue?: boolean; picture?: string };
    /** One case; with where the decision went that was just signed, or the notice of what has to be added. */
    case: { id: string; signed?: string; noticed?: string };
    /** 补正: what has to be added. */
    supplement: { id: string };
    /** Two versions of a case beside each other. */
    versions: { id: string };
    /** 决定 */
    decide: { id: string };
    /** 月报; `YYYY-MM`, or the month of the newest case. */
    month: { month: string | null };
    /** Verdicts that moved. */
    notices: Record<never, never>;
  }
}

const CasePageView = later(() => import("./CasePageView").then(({ CasePageView }) => CasePageView));
const DecidePage = later(() => import("./DecidePage").then(({ DecidePage }) => DecidePage));
const LedgerPage = later(() => import("./LedgerPage").then(({ LedgerPage }) => LedgerPage));
const MonthPage = later(() => import("./MonthPage").then(({ MonthPage }) => MonthPage));
const NoticesPage = later(() => import("./NoticesPage").then(({ NoticesPage }) => NoticesPage));
const SupplementPage = later(() => import("./SupplementPage").then(({ SupplementPage }) => SupplementPage));
const VersionsPage = later(() => import("./VersionsPage").then(({ VersionsPage }) => VersionsPage));

export const cases = flow({
  pages: {
    cases: { show: LedgerPage, database: true },
    case: { show: CasePageView, database: true },
    supplement: { show: SupplementPage, database: true },
    versions: { show: VersionsPage, database: true },
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
