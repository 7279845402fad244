import { KeyOutlined } from "@ant-design/icons";
import { later } from "../../later";
import { flow } from "../flow";

declare module "../../route" {
  interface Routes {
    /** 信任数据; with a path, that package or folder is imported at once. */
    trust: { from: string | null };
    /** The register of issuers. */
    issuers: Record<never, never>;
    /** What a rule pack says. */
    pack: { id: string; region: string; version?: number };
  }
}

const IssuersPage = later(() => import("./IssuersPage").then(({ IssuersPage }) => IssuersPage));
const PackPage = later(() => import("./PackPage").then(({ PackPage }) => PackPage));
const TrustPage = later(() => import("./TrustPage").then(({ TrustPage }) => TrustPage));

export const trust = flow({
  pages: {
    trust: { show: TrustPage, database: false },
    issuers: { show: IssuersPage, database: false },
    pack: { show: PackPage, database: false },
  },
  menu: [
    {
      route: { page: "trust", from: null },
      label: "trust-menu",
      icon: <KeyOutlined />,
      group: "both",
      order: 10,
      always: true,
    },
  ],
});
