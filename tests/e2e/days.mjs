// Both days outside of the drill, in the real window: three offices with nothing but the program, from the first start
// to the decision that the firm reads. Files go from one to the next; the command line does what provinces do. The
// pictures of docs/guide are made by this journey, on a screen of 1366 × 768.

import { rm } from "node:fs/promises";
import { apply, beginFirm, read } from "./applying.mjs";
import { claim, finish, part } from "./claims.mjs";
import { issue } from "./issuing.mjs";
import { at, begin, exportKeys, importFirst, passed, settle } from "./office.mjs";
import { found, pack, publish, register } from "./publisher.mjs";
import { judge } from "./receiving.mjs";
import { scratch } from "./stage.mjs";

/** The incubator that issues, the firm, and the incubator that receives. */
const HEFEI = { who: "Hefei", uscc: "91340100DEM0000228", name: "合肥国家大学科技园【演示】", region: "340104", operator: "企业服务部 经办乙" };
const FIRM = { who: "the firm", uscc: "91340100DEM000014D", name: "合肥星河量子传感技术有限公司【演示】", region: "340104" };
const SONGJIANG = { who: "Songjiang", uscc: "91310117DEM000030B", name: "松江科创孵化器【演示】", region: "310117", operator: "业务一科 经办甲" };

/** What the provinces printed on paper, and the trust data as it is now. */
let fingerprint;
let trust;
/** What was passed on: the firm's key and its fingerprint, the credentials and the status list. */
let key;
let issued;
let dossier;
let decision;

/** The first start of an incubator: database, hands, trust data, and its keys for the register. */
const beginIncubator = (office, shows) =>
  at(office, async (window, look) => {
    await begin(window, office, { role: "孵化器", ...(shows && { look }) });
    await settle(window, office);
    await importFirst(window, office, trust, { fingerprint, ...(shows && { look }) });
    const shown = await exportKeys(window, office, passed(`${office.uscc}.json`));
    const registered = await register(passed(`${office.uscc}.json`));
    const [said] = /(?<=密钥指纹：)(?:[0-9a-f]{4} ){15}[0-9a-f]{4}/.exec(registered) ?? ["no fingerprint"];
    claim(`${office.who}: the register reads the key that the window shows`, shown.includes(said.replaceAll(" ", "")), `${registered}\n${shown}`);
  });

const LINE = [
  ["the provinces make trust data", async () => {
    fingerprint = await found();
    trust = await pack("trust-1");
  }],
  ["Hefei begins", () => beginIncubator(HEFEI, true)],
  ["Songjiang begins", () => beginIncubator(SONGJIANG, false)],
  ["the provinces publish who may sign now", async () => {
    trust = await pack("trust-2");
  }],
  ["the firm begins", async () => {
    key = await beginFirm(FIRM, { trust, fingerprint });
  }],
  ["Hefei issues", async () => {
    issued = await issue(HEFEI, FIRM, { trust, ...key });
  }],
  ["the status list is published", async () => {
    for (const list of issued.lists) await publish(list);
    trust = await pack("trust-3");
  }],
  ["the firm applies", async () => {
    dossier = await apply(FIRM, SONGJIANG, { trust, credentials: issued.credentials });
  }],
  ["Songjiang decides", async () => {
    decision = await judge(SONGJIANG, FIRM, { trust, dossier });
  }],
  ["the firm reads the decision", () => read(FIRM, SONGJIANG, decision)],
];

for (const [name, step] of LINE) if (!(await part(name, step))) break;
await rm(scratch, { recursive: true, force: true });
finish();
