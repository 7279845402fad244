// Both days outside of the drill, in the real window: three offices with nothing but the program, from the first start
// to the decision that the firm reads. Files go from one to the next; the command line does what provinces do.
//
// The pictures of docs/guide are those of this journey, played on a screen of 1366 × 768 with ZIZHI_STICK naming the
// folder that they shall show. Somebody looks at each; then, for each NAME that the guide shows:
//
//     convert guide-NAME.png +dither -colors 128 PNG8:docs/guide/pictures/NAME.png

import { rm } from "node:fs/promises";
import { apply, beginFirm, readDecision } from "./applying.mjs";
import { claim, finish, part } from "./claims.mjs";
import { issue } from "./issuing.mjs";
import { at, begin, exportKeys, importFirst, passed, settle } from "./office.mjs";
import { found, pack, publish, register } from "./publisher.mjs";
import { judge } from "./receiving.mjs";
import { scratch } from "./stage.mjs";

/** The incubator that issues, the firm, and the incubator that receives. */
const HEFEI = {
  who: "Hefei",
  uscc: "91340100DEM0000228",
  name: "合肥国家大学科技园【演示】",
  region: "340104",
  operator: "企业服务部 经办乙",
};
const FIRM = {
  who: "the firm",
  uscc: "91340100DEM000014D",
  name: "合肥星河量子传感技术有限公司【演示】",
  region: "340104",
};
const SONGJIANG = {
  who: "Songjiang",
  uscc: "91310117DEM000030B",
  name: "松江科创孵化器【演示】",
  region: "310117",
  operator: "业务一科 经办甲",
};

/** The first start of an incubator: database, hands, trust data, and its keys for the register. */
const beginIncubator = (office, { trust, fingerprint, shown = false }) =>
  at(office, async (window, look) => {
    const more = shown ? { look } : {};
    await begin(window, office, { role: "孵化器", ...more });
    await settle(window, office);
    await importFirst(window, office, trust, { fingerprint, ...more });
    const record = passed(`${office.uscc}.json`);
    const text = await exportKeys(window, office, record);
    const registered = await register(record);
    const [read] = /(?<=密钥指纹：)(?:[0-9a-f]{4} ){15}[0-9a-f]{4}/.exec(registered) ?? ["no fingerprint"];
    claim(
      `${office.who}: the register reads the key that the window shows`,
      text.includes(read.replaceAll(" ", "")),
      `${registered}\n${text}`,
    );
  });

// Every step needs the one before it: with a fault the days end.
await part("both days come to their end", async () => {
  const fingerprint = await found();
  const founded = await pack("trust-1");
  await beginIncubator(HEFEI, { trust: founded, fingerprint, shown: true });
  await beginIncubator(SONGJIANG, { trust: founded, fingerprint });
  const registered = await pack("trust-2");
  const key = await beginFirm(FIRM, { trust: registered, fingerprint });
  const issued = await issue(HEFEI, FIRM, { trust: registered, ...key });
  for (const list of issued.lists) await publish(list);
  const trust = await pack("trust-3");
  const dossier = await apply(FIRM, SONGJIANG, { trust, credentials: issued.credentials });
  const decision = await judge(SONGJIANG, FIRM, { trust, dossier });
  await readDecision(FIRM, SONGJIANG, decision);
});

await rm(scratch, { recursive: true, force: true });
finish();
