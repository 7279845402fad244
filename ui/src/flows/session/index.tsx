import { SettingOutlined } from "@ant-design/icons";
import { later } from "../../later";
import { flow } from "../flow";

declare module "../../route" {
  interface Routes {
    /** 设置 */
    settings: Record<never, never>;
  }
}

const SettingsPage = later(() => import("./SettingsPage").then(({ SettingsPage }) => SettingsPage));

export const session = flow({
  pages: { settings: { show: SettingsPage, database: false } },
  menu: [
    {
      route: { page: "settings" },
      label: "session-settings",
      icon: <SettingOutlined />,
      group: "help",
      order: 10,
      always: true,
    },
  ],
});
