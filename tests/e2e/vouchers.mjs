// A voucher that cannot be spent twice, in the real windows of a fund and two service providers with a hub between them:
// it is entered, held, redeemed, redeemed twice while the hub is away, decided on by people, and paid.
//
// ZIZHI_HUB names the hub's program. What the days do by hand (a first start, a register, issuing) is asked of the
// program here as the page asks it; whatever is a voucher's is clicked.

import { execFile, spawn } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { claim, finish, part } from "./claims.mjs";
import { answer } from "./dialog.mjs";
import { at, inDialog, PASSPHRASE } from "./office.mjs";
import { found, pack, register } from "./publisher.mjs";
import { binary, pictures, scratch, zizhi } from "./stage.mjs";
import { usable, usableDialog } from "./usable.mjs";
import { by, ENTER, freePort, openWindow } from "./webdriver.mjs";

const run = promisify(execFile);
const HUB = process.env.ZIZHI_HUB;
if (!HUB) throw new Error("ZIZHI_HUB names the hub's program");
// Each window listens for this program's end.
process.setMaxListeners(0);

const FUND = { who: "the fund", uscc: "11330000DEM000102T", name: "浙江券管理方【演示】", region: "330000", as: "voucher_fund" };
const PLATFORM = { who: "the platform", uscc: "12310000DEM00009XN", name: "上海材料表征平台【演示】", region: "310000", as: "service_provider" };
const SONGJIANG = { who: "Songjiang", uscc: "91310117DEM000030B", name: "松江科创孵化器【演示】", region: "310117", as: "service_provider" };
const FIRM = { uscc: "91330421DEM0000814", name: "嘉善澄波新材料有限公司【演示】" };
const NUMBER = "CSJQ-330421-2026-000001";
/** What it pays for, and of two others what differs: one is for Zhejiang alone, one for another provider. */
const TERMS = {
  issued_on: "2026-03-01", valid_from: "2026-03-01", quota_fen: "15000", allowed_service_kinds: "检验检测",
  offset_percent: "50", scope_regions: "yrd",
};
const ZHEJIANG_ONLY = { number: "CSJQ-330421-2026-000002", differs: { scope_regions: "33" } };
const FOR_ANOTHER = { number: "CSJQ-330421-2026-000003", differs: { allowed_providers: SONGJIANG.uscc } };
/** The day before its time. */
const TOO_EARLY = "2026-02-28";
/** A day within the voucher's time, and one on which a hold may end. */
const DAY = new Date().toISOString().slice(0, 10);
const LATER = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
const WITH_PASSPHRASE = { ...process.env, ZIZHI_PASSPHRASE: PASSPHRASE };
const invoice = join(scratch, "invoice.pdf");

/** The hub, which can be killed and started again at the same address. */
const hub = { data: join(scratch, "hub"), process: null, listen: "" };
process.on("exit", () => hub.process?.kill("SIGKILL"));

async function begin() {
  hub.listen = `127.0.0.1:${await freePort()}`;
  await goOn();
}

async function goOn() {
  const named = ["--listen", hub.listen, "--origin", `http://${hub.listen}`];
  hub.process = spawn(HUB, ["--data", hub.data, "serve", "--id", "33-main", ...named], { stdio: "ignore" });
  const [host, port] = hub.listen.split(":");
  for (let tries = 0; tries < 200; tries += 1) {
    const up = await new Promise((told) => {
      const socket = connect({ host, port: Number(port) }, () => told(true) || socket.destroy());
      socket.on("error", () => told(false));
    });
    if (up) return;
    await pause(50);
  }
  throw new Error("the hub does not listen");
}

async function goAway() {
  const ended = new Promise((told) => hub.process.once("exit", told));
  hub.process.kill("SIGKILL");
  await ended;
}

/** A database for the office, and its place at the hub. */
async function enrol(office) {
  const data = join(scratch, office.uscc);
  const window = await openWindow(binary, ["--data", data]);
  try {
    await window.textWith("开始使用资质通");
    const { uscc, name, region } = office;
    await window.asked("session.create", { profile: { uscc, name, role: "incubator", region }, passphrase: PASSPHRASE });
    if (office === FUND) await window.asked("issue.export_keys", { path: join(scratch, "fund.json") });
  } finally {
    await window.close();
  }
  const invited = await run(HUB, ["--data", hub.data, "invite", "--org", office.uscc, "--name", office.name, "--role", office.as]);
  const invitation = join(scratch, `${office.uscc}.jwt`);
  await writeFile(invitation, invited.stdout);
  const joining = ["sync", "join", invitation, "--hub", `http://${hub.listen}`, "--data", data];
  await run(zizhi, joining, { env: WITH_PASSPHRASE });
}

/** The provinces register the fund as one that gives out vouchers, and everybody has their data. */
async function registered() {
  await found();
  const record = join(scratch, "fund.json");
  const fund = JSON.parse(await readFile(record, "utf8"));
  fund.roles = ["voucher_fund"];
  fund.may_issue = [{ type: "innovation-voucher", provenance: ["direct"] }];
  await writeFile(record, JSON.stringify(fund));
  await register(record);
  const trust = await pack("trust");
  for (const { uscc } of [FUND, PLATFORM, SONGJIANG])
    await run(zizhi, ["trust", "import", trust, "--data", join(scratch, uscc)]);
}

/** The fund issues a voucher of ¥15,000.00 and two that a platform in Shanghai cannot use, and enters them by hand. */
const issued = () =>
  at(FUND, async (window) => {
    await run(zizhi, ["key", "new", "-o", join(scratch, "firm.zzkey")], { env: WITH_PASSPHRASE });
    const jwk = await readFile(join(scratch, "firm.pub.jwk"), "utf8");
    const firm = {
      id: "", uscc: FIRM.uscc, name: FIRM.name, former_names: [], region: "330421", established_on: "2024-03-18",
      entered_on: "2026-01-16", site_address: "嘉善县【演示】", area_sqm: 120, rd_on_site: true, field: "新材料",
      agreement_no: "ZJ-0001", incubation_deadline: null, contact_name: "联系人", contact_phone: "13800000012",
      holder_jwk: jwk, state: "in", issued: 0,
    };
    const { id } = await window.asked("register.save", firm);
    const issue = async (number, differs) => {
      const claims = Object.entries({ ...TERMS, ...differs }).map(([name, value]) => ({ name, value }));
      const batch = await window.asked("issue.issue", {
        kind: "innovation-voucher", provenance: "direct", firms: [id], claims, number, valid_until: "2027-12-31",
        attested: null, passphrase: PASSPHRASE, folder: join(scratch, "issued"),
      });
      claim(`the fund has issued ${number}`, batch.refused.length === 0, JSON.stringify(batch));
    };
    const enter = async (number, look) => {
      await window.click(by.menu("创新券"));
      await window.click(by.button("登记本单位签发的券…"));
      await look?.();
      await window.click(by.button(`登记 ${number}`));
      return window.textWith((seen) => seen.includes(number) && seen.includes("适用服务类别"));
    };
    for (const { number, differs } of [ZHEJIANG_ONLY, FOR_ANOTHER]) {
      await issue(number, differs);
      await enter(number);
    }
    await issue(NUMBER, {});
    const text = await enter(NUMBER, () => usable(window, "the dialog of entering a voucher"));
    claim("it is entered, and all of it is free", /可用\s*¥15,000\.00/.test(text), text);
  });

/** The page of the voucher, as the ledger has it; a provider asks by its number for the first time. */
async function page(window) {
  await window.click(by.menu("创新券"));
  const listed = await window.textWith((seen) => seen.includes(NUMBER) || seen.includes("还没有券"));
  if (listed.includes(NUMBER)) await window.click(by.button(NUMBER));
  else await ask(window, NUMBER);
  await window.textWith("适用服务类别");
}

/** Asks the fund's ledger for a voucher by its number, from the page of the vouchers. */
async function ask(window, number) {
  await window.click(by.button("按券号查询…"));
  await window.type(by.field("券号"), number);
  await window.type(by.field("发券单位代码"), FUND.uscc);
  await window.click(inDialog(by.button("查询")));
}

/** Fills in the form of a redemption; `offline` with the tick that nobody is asked now. */
async function redeem(window, yuan, { open = by.button("核销…"), day = DAY, offline = false, look } = {}) {
  await window.click(open);
  await window.type(by.field("抵扣金额"), yuan);
  await window.type(by.field("服务或发票日期"), `${day}${ENTER}`);
  await window.click(inDialog(by.button("选择文件…")));
  await answer("发票或记录", invoice);
  if (offline) await window.click(by.choice("预核销：现在不联系登记方"));
  await look?.();
  await window.click(inDialog(by.button(offline ? "预核销" : "核销")));
}

/** From the page of the voucher: what it and two others do not pay for is refused. */
async function refused(window) {
  await redeem(window, "15000.01", { day: TOO_EARLY });
  const early = await window.textWith("VOUCHER-PERIOD");
  claim("an invoice of before the voucher's time is refused", early.includes("日期不在创新券有效期内，或有效期已过，没有记账"), early);
  const typed = await window.run(
    `return [...document.querySelectorAll("[role=dialog] input")].map(({ value }) => value).join(" ")`,
  );
  const kept = ["15000.01", TOO_EARLY].every((value) => typed.includes(value)) && early.includes("invoice.pdf");
  claim("and the form keeps amount, day and file", kept, `${typed}\n${early}`);
  await usable(window, "the form of a redemption that was refused");
  await window.picture(join(pictures, "vouchers-too-early.png"));
  await window.type(by.field("服务或发票日期"), `${DAY}${ENTER}`);
  await window.click(inDialog(by.button("核销")));
  const over = await window.textWith("VOUCHER-BALANCE");
  claim("with the day mended alone, the same form is refused for more than there is", over.includes("VOUCHER-BALANCE"), over);
  await window.click(inDialog(by.button("取消")));
  const none = await window.textWith((seen) => !seen.includes("VOUCHER-BALANCE"));
  claim("nothing of it was booked", none.includes("还没有核销"), none);

  await window.click(by.menu("创新券"));
  await ask(window, ZHEJIANG_ONLY.number);
  const terms = await window.textWith("适用服务类别");
  claim("a voucher for Zhejiang alone says so", /适用地区\s*浙江省\s*适用服务机构/.test(terms), terms);
  await redeem(window, "100");
  const elsewhere = await window.textWith("VOUCHER-SCOPE");
  claim("in Shanghai it is refused", elsewhere.includes("地区不在创新券适用范围内，没有记账"), elsewhere);
  await window.picture(join(pictures, "vouchers-scope.png"));
  await window.click(inDialog(by.button("取消")));

  await window.click(by.menu("创新券"));
  await ask(window, FOR_ANOTHER.number);
  const unknown = await window.textWith("VOUCHER-UNKNOWN");
  claim("a provider that is not listed is not shown a voucher", unknown.includes("查不到该创新券"), unknown);
  await usable(window, "the form of asking a ledger in vain");
  await window.picture(join(pictures, "vouchers-not-listed.png"));
  await window.click(inDialog(by.button("取消")));
  const listed = await window.textWith((seen) => seen.includes(ZHEJIANG_ONLY.number) && !seen.includes("VOUCHER-UNKNOWN"));
  claim("nor is it among its vouchers", listed.includes(ZHEJIANG_ONLY.number) && !listed.includes(FOR_ANOTHER.number), listed);
}

const held = () =>
  at(PLATFORM, async (window) => {
    await page(window);
    await usable(window, "the page of a voucher");
    await refused(window);
    await page(window);
    await window.click(by.button("预约…"));
    await window.type(by.field("抵扣金额"), "1000");
    await window.type(by.field("预约至"), `${LATER}${ENTER}`);
    await usable(window, "the dialog of a hold");
    await window.click(inDialog(by.button("预约")));
    const hold = await window.textWith("用它核销");
    claim("a part of it is held", hold.includes("用它核销") && hold.includes("¥14,000.00"), hold);
    await window.picture(join(pictures, "vouchers-held.png"));
    await redeem(window, "1000", { open: by.button("用它核销") });
    const text = await window.textWith((seen) => seen.includes("核销时间"));
    claim("what was held is redeemed, and there is a receipt", text.includes("已核销") && text.includes("¥1,000.00"), text);
  });

/** While the hub is away: what is booked is provisional, and says so. */
const booked = (office, yuan) =>
  at(office, async (window) => {
    await page(window);
    await redeem(window, yuan, {
      offline: true,
      look: () => usable(window, `the form of a redemption without a network, ${office.who}`),
    });
    const text = await window.textWith("预核销，未到账");
    claim(`${office.who}: it is provisional, and the risk is told`, text.includes("风险由本单位承担"), text);
    await window.picture(join(pictures, `vouchers-provisional-${office.uscc}.png`));
  });

/** The first page with the voucher of an office that never asked while the hub was there. */
const known = (office) => at(office, page);

/** A round that a person asks for; then the voucher's page says `wanted`. */
async function after(window, wanted) {
  await window.click(by.menu("同步"));
  await window.click(by.button("现在同步"));
  await page(window);
  return window.textWith(wanted);
}

const decided = () =>
  at(FUND, async (window) => {
    await page(window);
    await window.click(by.button("查询登记方"));
    const text = await window.textWith("重复核销");
    claim("the fund sees both beside each other", text.includes("¥7,000.00") && text.includes("¥9,000.00"), text);
    await usable(window, "two redemptions beside each other");
    await window.picture(join(pictures, "vouchers-conflict.png"));
    await usableDialog(window, () => window.click(by.button("予以核销")), "the dialog of allowing it");
    await window.click(by.button("不予核销"));
    await window.type(by.field("理由"), "同一台仪器同一时段");
    await window.click(inDialog(by.button("不予核销")));
    const done = await window.textWith("已裁定：不予核销");
    claim("it is decided", done.includes("已裁定：不予核销"), done);
  });

await part("a voucher from the fund to its payment", async () => {
  await writeFile(invoice, "%PDF-1.7\n");
  await begin();
  for (const office of [FUND, PLATFORM, SONGJIANG]) await enrol(office);
  await registered();
  await issued();
  await held();
  await known(SONGJIANG);

  await goAway();
  await booked(PLATFORM, "9000");
  await booked(SONGJIANG, "7000");
  await goOn();
  await at(PLATFORM, async (window) => {
    const text = await after(window, (seen) => seen.includes("¥9,000.00") && !seen.includes("预核销，未到账"));
    claim("the first to arrive is redeemed", text.includes("已核销") && !text.includes("预核销，未到账"), text);
  });
  await at(SONGJIANG, async (window) => {
    const text = await after(window, "重复核销待裁定");
    claim("the second is told that it does not fit", text.includes("重复核销待裁定"), text);
  });
  await decided();
  await at(SONGJIANG, async (window) => {
    const text = await after(window, "已拒绝");
    claim("the second hears the decision and its reason", text.includes("同一台仪器同一时段"), text);
  });

  await at(PLATFORM, async (window) => {
    await window.click(by.menu("创新券"));
    await window.click(by.button("申请兑付"));
    const asks = await window.textWith("待答复");
    claim("what was redeemed is asked for", asks.includes("¥10,000.00"), asks);
    await after(window, "申请兑付");
  });
  await at(FUND, async (window) => {
    await after(window, NUMBER);
    await window.click(by.menu("创新券"));
    const text = await window.textWith("服务机构申请");
    claim("the fund is asked for the sum", text.includes("¥10,000.00"), text);
    await window.click(by.button("已付款"));
    await window.type(by.field("付款编号"), "2026-0117");
    await usable(window, "the dialog of a payment");
    await window.click(inDialog(by.button("已付款")));
    const paid = await window.textWith("已兑付");
    claim("it is paid", paid.includes("已兑付"), paid);
    await window.picture(join(pictures, "vouchers-paid.png"));
    await after(window, NUMBER);
  });
  await at(PLATFORM, async (window) => {
    const text = await after(window, "已兑付");
    claim("and whoever redeemed it knows", text.includes("已兑付"), text);
    await window.picture(join(pictures, "vouchers-settled.png"));
  });
});

await rm(scratch, { recursive: true, force: true });
finish();
