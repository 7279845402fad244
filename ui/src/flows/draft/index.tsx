import { SendOutlined } from "@ant-design/icons";
import { later } from "../../later";
import { flow } from "../flow";

declare module "../../route" {
  interface Routes {
    /** 迁移与异地经营: dossiers in work and signed ones. */
    drafts: Record<never, never>;
    /** Where to go: a destination and its checklist. */
    begin: Record<never, never>;
    /** One dossier in work. */
    draft: { id: string };
  }
}

const BeginPage = later(() => import("./BeginPage").then(({ BeginPage }) => BeginPage));
const DraftPageView = later(() => import("./DraftPageView").then(({ DraftPageView }) => DraftPageView));
const DraftsPage = later(() => import("./DraftsPage").then(({ DraftsPage }) => DraftsPage));

export const draft = flow({
  pages: {
    drafts: { show: DraftsPage, database: true },
    begin: { show: BeginPage, database: true },
    draft: { show: DraftPageView, database: true },
  },
  menu: [
    {
      route: { page: "drafts" },
      label: "drafts-menu",
      icon: <SendOutlined aria-hidden />,
      group: "work",
      order: 30,
      role: "firm",
    },
  ],
  opens: { draft: (id) => (id ? { page: "draft", id } : { page: "drafts" }) },
});
