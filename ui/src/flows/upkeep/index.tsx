import { SaveOutlined } from "@ant-design/icons";
import { later } from "../../later";
import { flow } from "../flow";

declare module "../../route" {
  interface Routes {
    /** 备份与维护 */
    upkeep: {
      /** Whether the database has just come from a backup. */
      restored?: boolean;
      /** Whether another one stood in its place before. */
      replaced?: boolean;
    };
    /** 从备份恢复; without a path, a backup is chosen first. */
    restore: { path: string | null };
    /** 操作日志 */
    activity: Record<never, never>;
  }
}

const ActivityPage = later(() => import("./ActivityPage").then(({ ActivityPage }) => ActivityPage));
const RestorePage = later(() => import("./RestorePage").then(({ RestorePage }) => RestorePage));
const UpkeepPage = later(() => import("./UpkeepPage").then(({ UpkeepPage }) => UpkeepPage));

export const upkeep = flow({
  pages: {
    upkeep: { show: UpkeepPage, database: true },
    // A database that is gone or does not open is restored without one.
    restore: { show: RestorePage, database: false },
    activity: { show: ActivityPage, database: true },
  },
  menu: [
    {
      route: { page: "upkeep" },
      label: "upkeep-menu",
      icon: <SaveOutlined />,
      group: "both",
      order: 20,
      badge: ({ waiting }) => (waiting?.backup_due ? 1 : 0),
    },
  ],
});
