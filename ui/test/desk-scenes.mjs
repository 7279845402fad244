// Scenes of what surrounds the work: first start, settings, home, trust data, upkeep, palette, guide, about.

const none = { database: "none", profile: null, waiting: null };
const FIRM = {
  uscc: "91340100DEM000014D",
  name: "合肥星河量子传感技术有限公司【演示】",
  role: "firm",
  region: "340104",
  region_name: "安徽省合肥市蜀山区",
};
export const firm = { profile: FIRM };
const dark = { theme: "dark" };
const en = { language: "en" };

export const wait = (ms) => new Promise((done) => setTimeout(done, ms));
export const click = async (page, text, within = "button") => {
  const find = `[...document.querySelectorAll('${within}')].find((one) => one.textContent.includes('${text}'))`;
  await page.until(`${find} !== undefined`);
  await page.evaluate(`${find}.click()`);
  await wait(250);
};
const emit = (entry) => (page) =>
  page.evaluate(`window.host.emit({ event: "menu", entry: "${entry}" })`).then(() => wait(400));
const type = async (page, index, text) => {
  await page.evaluate(`document.querySelectorAll("main input")[${index}].focus()`);
  await page.send("Input.insertText", { text });
  await wait(120);
};

async function fillCreate(page) {
  await click(page, "为孵化器建立数据库");
  await type(page, 0, "91310117DEM000030B");
  await type(page, 1, "松江科创孵化器【演示】");
  await type(page, 2, "松江");
  await click(page, "上海市松江区", ".ant-select-item-option");
  await type(page, 3, "春眠不觉晓2026处处闻啼鸟");
  await type(page, 4, "春眠不觉晓2026处处闻啼鸟");
}

async function recovery(page) {
  await fillCreate(page);
  await click(page, "建立数据库", "button[type=submit]");
  await wait(500);
}

async function confirmRoot(page) {
  await page.evaluate(`window.host.choices.push("/demo/首次【演示】.zztrust")`);
  await emit("import_trust")(page);
  await wait(400);
}

async function find(page) {
  await emit("palette")(page);
  await page.send("Input.insertText", { text: "hf" });
  await wait(400);
}

export const looks = (name, scene) => [
  { name, ...scene },
  { name: `${name}-dark`, ...scene, settings: dark },
  { name: `${name}-zoom`, ...scene, zoom: 2 },
  { name: `${name}-en`, ...scene, settings: en },
];

export const DESK_SCENES = [
  ...looks("desk-first", { route: { page: "home" }, session: none }),
  { name: "desk-create", route: { page: "home" }, session: none, act: fillCreate },
  { name: "desk-create-dark", route: { page: "home" }, session: none, settings: dark, act: fillCreate },
  { name: "desk-create-zoom", route: { page: "home" }, session: none, zoom: 2, act: fillCreate },
  { name: "desk-recovery", route: { page: "home" }, session: none, act: recovery },
  { name: "desk-recovery-dark", route: { page: "home" }, session: none, settings: dark, act: recovery },
  { name: "desk-recovery-zoom", route: { page: "home" }, session: none, zoom: 2, act: recovery },
  { name: "desk-locked", route: { page: "home" }, session: { ...none, database: "locked" } },
  ...looks("desk-settings", { route: { page: "settings" } }),
  ...looks("desk-home", { route: { page: "home" }, session: firm }),
  ...looks("desk-trust", { route: { page: "trust", from: null }, size: [1280, 1100] }),
  { name: "desk-root", route: { page: "about" }, act: confirmRoot },
  { name: "desk-root-zoom", route: { page: "about" }, zoom: 2, act: confirmRoot },
  ...looks("desk-issuers", { route: { page: "issuers" } }),
  {
    name: "desk-issuer",
    route: { page: "issuers" },
    act: (page) => click(page, "松江科创", "tr.windowed-row"),
  },
  ...looks("desk-upkeep", { route: { page: "upkeep" } }),
  {
    name: "desk-upkeep-all",
    route: { page: "upkeep" },
    size: [1280, 1300],
    act: async (page) => {
      await click(page, "开始检查");
      await click(page, "显示");
    },
  },
  { name: "desk-try", route: { page: "upkeep" }, act: (page) => click(page, "恢复演练") },
  { name: "desk-restore", route: { page: "restore", path: "E:\\备份\\zizhi-20261122.zzbackup" } },
  ...looks("desk-activity", { route: { page: "activity" } }),
  { name: "desk-palette", route: { page: "verify", path: null }, act: find },
  { name: "desk-palette-dark", route: { page: "verify", path: null }, settings: dark, act: find },
  { name: "desk-palette-zoom", route: { page: "verify", path: null }, zoom: 2, act: find },
  { name: "desk-keys", route: { page: "cases" }, act: emit("shortcuts") },
  ...looks("desk-help", { route: { page: "help", topic: "clerk" } }),
  { name: "desk-help-verdict", route: { page: "help", topic: "verdict" } },
  { name: "desk-help-words", route: { page: "help", topic: "words" } },
  { name: "desk-help-keys", route: { page: "help", topic: "keys" } },
  ...looks("desk-sync", {
    route: { page: "sync" },
    session: firm,
    sync: { state: "offline", waiting: 1, outbox_parked: 1, inbox_parked: 1 },
    size: [1280, 1500],
  }),
  ...looks("desk-sync-join", { route: { page: "sync" }, session: firm, size: [1280, 1300] }),
  {
    name: "desk-sync-signed",
    route: { page: "draft", id: "draft-2" },
    session: firm,
    sync: { state: "synced" },
  },
  ...looks("desk-about", { route: { page: "about" } }),
];
