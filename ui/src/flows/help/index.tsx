import { QuestionCircleOutlined } from "@ant-design/icons";
import { later } from "../../later";
import { flow } from "../flow";
import type { Topic } from "./topics";

declare module "../../route" {
  interface Routes {
    /** 使用说明; without a topic, the one that fits the role. */
    help: { topic: Topic | null };
  }
}

const HelpPage = later(() => import("./HelpPage").then(({ HelpPage }) => HelpPage));

export const help = flow({
  pages: { help: { show: HelpPage, database: false } },
  menu: [
    {
      route: { page: "help", topic: null },
      label: "help-menu",
      icon: <QuestionCircleOutlined />,
      group: "help",
      order: 20,
      always: true,
    },
  ],
});
