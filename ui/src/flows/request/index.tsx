import { MailOutlined } from "@ant-design/icons";
import { later } from "../../later";
import { flow } from "../flow";

declare module "../../route" {
  interface Routes {
    /**
     * 请求: those that came, or those that were made; with a path, that request or decision is imported at once. Which of
     * the two it is, its ending says, unless somebody looked into it.
     */
    requests: { from?: string; as?: "zzdecision" | "zzrequest" };
    /** A request to make. */
    newRequest: Record<never, never>;
  }
}

const NewRequestPage = later(() => import("./NewRequestPage").then(({ NewRequestPage }) => NewRequestPage));
const RequestsPage = later(() => import("./RequestsPage").then(({ RequestsPage }) => RequestsPage));

export const request = flow({
  pages: {
    requests: { show: RequestsPage, database: true },
    newRequest: { show: NewRequestPage, database: true },
  },
  menu: [
    {
      route: { page: "requests" },
      label: "requests-menu",
      icon: <MailOutlined aria-hidden />,
      group: "work",
      order: 50,
      badge: ({ waiting }) => waiting?.requests ?? 0,
    },
  ],
  opens: { request: () => ({ page: "requests" }) },
});
