// What is photographed. A scene is a route with a session, settings, size and zoom, and what is done before the picture.

const DOSSIERS = "/demo/";
const hefei = { page: "verify", path: `${DOSSIERS}合肥星河-异地经营【演示】.zzdossier` };
const stale = { page: "verify", path: `${DOSSIERS}合肥星河-名单9天前【演示】.zzdossier` };
const altered = { page: "verify", path: `${DOSSIERS}合肥星河-租赁合同被改动【演示】.zzdossier` };
const dark = { theme: "dark" };

export const SCENES = [
  {
    name: "start",
    route: { page: "verify", path: null },
    session: { database: "none", profile: null, waiting: null },
  },
  { name: "start-dark", route: { page: "verify", path: null }, settings: dark },
  { name: "conditions", route: hefei },
  { name: "conditions-dark", route: hefei, settings: dark },
  { name: "conditions-wide", route: hefei, size: [1920, 1080] },
  { name: "conditions-zoom", route: hefei, zoom: 2 },
  { name: "conditions-en", route: hefei, settings: { language: "en" } },
  { name: "conditions-large", route: hefei, settings: { large_text: true } },
  { name: "pending", route: stale },
  { name: "failed", route: altered },
  { name: "failed-dark", route: altered, settings: dark },
];
