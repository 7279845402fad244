import { AuditOutlined } from "@ant-design/icons";
import { later } from "../../later";
import { flow } from "../flow";

declare module "../../route" {
  interface Routes {
    /** What was issued. */
    issued: Record<never, never>;
    /** 签发, to these firms of the register or to firms that are chosen there. */
    issue: { firms: string[] };
  }
}

const IssuedPage = later(() => import("./IssuedPage").then(({ IssuedPage }) => IssuedPage));
const IssuePage = later(() => import("./IssuePage").then(({ IssuePage }) => IssuePage));

export const issue = flow({
  pages: {
    issued: { show: IssuedPage, database: true },
    issue: { show: IssuePage, database: true },
  },
  menu: [
    {
      route: { page: "issued" },
      label: "issued-menu",
      icon: <AuditOutlined aria-hidden />,
      group: "work",
      order: 40,
      role: "incubator",
      badge: ({ waiting }) => waiting?.after_restore ?? 0,
    },
  ],
  opens: { issued: () => ({ page: "issued" }) },
});
