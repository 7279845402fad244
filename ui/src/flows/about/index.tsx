import { InfoCircleOutlined } from "@ant-design/icons";
import { later } from "../../later";
import { flow } from "../flow";

declare module "../../route" {
  interface Routes {
    /** 关于: what is claimed and what is not. */
    about: Record<never, never>;
  }
}

const AboutPage = later(() => import("./AboutPage").then(({ AboutPage }) => AboutPage));

export const about = flow({
  pages: { about: { show: AboutPage, database: false } },
  menu: [
    {
      route: { page: "about" },
      label: "about-menu",
      icon: <InfoCircleOutlined />,
      group: "help",
      order: 30,
      always: true,
    },
  ],
});
