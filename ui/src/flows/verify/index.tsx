import { SafetyCertificateOutlined } from "@ant-design/icons";
import { later } from "../../later";
import { flow } from "../flow";
import { VerifyPage } from "./VerifyPage";

declare module "../../route" {
  interface Routes {
    /** One dossier and its verdict; without a path, the place to drop one. `others` were dropped along with it. */
    verify: { path: string | null; others?: number };
    /** A folder of dossiers. */
    batch: { path: string | null };
  }
}

const BatchPage = later(() => import("./BatchPage").then(({ BatchPage }) => BatchPage));

export const verify = flow({
  pages: {
    verify: { show: VerifyPage, database: false },
    batch: { show: BatchPage, database: false },
  },
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
