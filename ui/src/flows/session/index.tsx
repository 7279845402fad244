import { SettingOutlined } from "@ant-design/icons";
import { flow } from "../flow";
import { SettingsPage } from "./SettingsPage";

declare module "../../route" {
  interface Routes {
    /** 设置 */
    settings: Record<never, never>;
  }
}

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
