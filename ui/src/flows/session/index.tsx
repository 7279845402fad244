import { SettingOutlined } from "@ant-design/icons";
import { later } from "../../later";
import { flow } from "../flow";
import { Unlocked } from "./Unlocked";

declare module "../../route" {
  interface Routes {
    /** 设置 */
    settings: {
      /** What somebody came for: it is brought into sight and focused. */
      at?: "backup";
    };
    /** Where the gate stands for somebody who wants to go on where they are. */
    unlock: Record<never, never>;
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

/** A flow of its own: it belongs to no line of the menu. */
export const unlock = flow({ pages: { unlock: { show: Unlocked, database: true } }, menu: [] });
