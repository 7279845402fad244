import { AuditOutlined } from "@ant-design/icons";
import { flow } from "../flow";
import { IssuedPage } from "./IssuedPage";
import { IssuePage } from "./IssuePage";

declare module "../../route" {
  interface Routes {
    /** What was issued. */
    issued: Record<never, never>;
    /** 签发, to these firms of the register or to firms that are chosen there. */
    issue: { firms: string[] };
  }
}

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
    },
  ],
  opens: { issued: () => ({ page: "issued" }) },
});
