import { TeamOutlined } from "@ant-design/icons";
import { later } from "../../later";
import { flow } from "../flow";

declare module "../../route" {
  interface Routes {
    /** 名册 */
    register: Record<never, never>;
    /** A firm of the register; without an id, a new one. */
    firm: { id: string | null };
    /** A table of firms to import. */
    roster: { path: string };
  }
}

const FirmPage = later(() => import("./FirmPage").then(({ FirmPage }) => FirmPage));
const RegisterPage = later(() => import("./RegisterPage").then(({ RegisterPage }) => RegisterPage));
const RosterPage = later(() => import("./RosterPage").then(({ RosterPage }) => RosterPage));

export const register = flow({
  pages: {
    register: { show: RegisterPage, database: true },
    firm: { show: FirmPage, database: true },
    roster: { show: RosterPage, database: true },
  },
  menu: [
    {
      route: { page: "register" },
      label: "register-menu",
      icon: <TeamOutlined aria-hidden />,
      group: "work",
      order: 30,
      role: "incubator",
    },
  ],
  opens: { firm: (id) => (id ? { page: "firm", id } : { page: "register" }) },
});
