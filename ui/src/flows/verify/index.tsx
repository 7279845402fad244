import { SafetyCertificateOutlined } from "@ant-design/icons";
import { flow } from "../flow";
import { VerifyPage } from "./VerifyPage";

declare module "../../route" {
  interface Routes {
    /** One dossier and its verdict; without a path, the place to drop one. */
    verify: { path: string | null };
  }
}

export const verify = flow({
  pages: { verify: { show: VerifyPage, database: false } },
  menu: [
    {
      route: { page: "verify", path: null },
      label: "verify-menu",
      icon: <SafetyCertificateOutlined />,
      group: "work",
      order: 10,
      always: true,
      role: "incubator",
    },
  ],
});
