import { CloudSyncOutlined } from "@ant-design/icons";
import { later } from "../../later";
import { flow } from "../flow";

declare module "../../route" {
  interface Routes {
    /** 同步: hub, outbox, what came and was not taken in, the stick. */
    sync: Record<never, never>;
  }
}

const SyncPage = later(() => import("./SyncPage").then(({ SyncPage }) => SyncPage));

export const sync = flow({
  pages: { sync: { show: SyncPage, database: true } },
  menu: [
    {
      route: { page: "sync" },
      label: "sync-menu",
      icon: <CloudSyncOutlined aria-hidden />,
      group: "both",
      order: 15,
    },
  ],
});
