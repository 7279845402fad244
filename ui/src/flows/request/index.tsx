import { MailOutlined } from "@ant-design/icons";
import { flow } from "../flow";
import { NewRequestPage } from "./NewRequestPage";
import { RequestsPage } from "./RequestsPage";

declare module "../../route" {
  interface Routes {
    /** 请求: those that came, or those that were made. */
    requests: Record<never, never>;
    /** A request to make. */
    newRequest: Record<never, never>;
  }
}

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
