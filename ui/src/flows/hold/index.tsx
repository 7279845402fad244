import { IdcardOutlined } from "@ant-design/icons";
import { later } from "../../later";
import { flow } from "../flow";

declare module "../../route" {
  interface Routes {
    /** 资质凭证: what the firm keeps; with paths, these credentials are imported at once. */
    held: { from?: string[] };
    /** One held credential. */
    credential: { id: string };
    /** 企业自述 */
    declare: Record<never, never>;
  }
}

const DeclarePage = later(() => import("./DeclarePage").then(({ DeclarePage }) => DeclarePage));
const HeldPageView = later(() => import("./HeldPageView").then(({ HeldPageView }) => HeldPageView));
const HoldPage = later(() => import("./HoldPage").then(({ HoldPage }) => HoldPage));

export const hold = flow({
  pages: {
    held: { show: HoldPage, database: true },
    credential: { show: HeldPageView, database: true },
    declare: { show: DeclarePage, database: true },
  },
  menu: [
    {
      route: { page: "held" },
      label: "hold-menu",
      icon: <IdcardOutlined aria-hidden />,
      group: "work",
      order: 20,
      role: "firm",
      badge: ({ waiting }) => (waiting?.expiring ?? 0) + (waiting?.notices ?? 0),
    },
  ],
  opens: { held: (id) => (id ? { page: "credential", id } : { page: "held" }) },
});
