import { HomeOutlined } from "@ant-design/icons";
import { later } from "../../later";
import { flow } from "../flow";

declare module "../../route" {
  interface Routes {
    /** 首页: what a firm has to do; without a database, where one begins. */
    home: Record<never, never>;
  }
}

const HomePage = later(() => import("./HomePage").then(({ HomePage }) => HomePage));

export const home = flow({
  pages: { home: { show: HomePage, database: true } },
  menu: [
    {
      route: { page: "home" },
      label: "home-menu",
      icon: <HomeOutlined />,
      group: "work",
      order: 0,
      always: true,
      role: "firm",
    },
  ],
});
