//! Story three (domain: a Zhejiang voucher, instrument time in Shanghai): a fund and its hub in Zhejiang, a firm, two
//! desks in Shanghai that redeem, and a hub in Shanghai.

use std::cell::Cell;

use chrono::TimeDelta;
use serde_json::{Value, json};
use tempfile::TempDir;
use zizhi_app::create_database::Role;
use zizhi_app::{Host as _, SystemHost, vault};
use zizhi_model::civil;
use zizhi_trust::KeyUse;

use crate::line::Line;
use crate::run::{ended, zizhi};
use crate::tls;
use crate::world::{Hub, Office, PASSPHRASE};

pub const FUND: &str = "11330000DEM000102T";
pub const FIRM: &str = "91330421DEM0000814";
pub const PLATFORM: &str = "12310000DEM00009XN";
pub const OTHER: &str = "91310117DEM000030B";
/// The last day of every voucher. The hubs have the machine's clock, so that no day that comes may be meant.
const LAST_DAY: &str = "2099-12-31";
/// Where the service was given.
const REGION: &str = "310104";

pub struct Vouchers {
    pub folder: TempDir,
    /// The hub of the fund's province, with the ledger.
    pub zhejiang: Hub,
    pub shanghai: Hub,
    pub fund: Office,
    pub firm: Office,
    /// At the hub in Shanghai; the ledger is another one for it.
    pub platform: Office,
    /// At the hub in Zhejiang itself.
    pub other: Office,
    made: Cell<u32>,
}

impl Vouchers {
    /// Everybody has joined.
    pub fn new() -> Self {
        Self::over(|_, _| {})
    }

    /// The same with a line to the ledger that can be cut.
    pub fn over_a_line() -> (Self, Line) {
        let mut line = None;
        let world = Self::over(|hub, _| {
            let made = Line::to(hub.listen.clone());
            hub.url.clone_from(&made.url);
            line = Some(made);
        });
        (world, line.unwrap())
    }

    /// The same with TLS on every line, by an authority of the two provinces' own.
    pub fn over_tls() -> Self {
        Self::over(tls::of_an_authority)
    }

    /// `prepare` is given the ledger's hub and the other one, before they start.
    fn over(prepare: impl FnOnce(&mut Hub, &mut Hub)) -> Self {
        let folder = TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name);
        let mut zhejiang = Hub::new(path("zhejiang"), "33-main");
        let mut shanghai = Hub::new(path("shanghai"), "31-main");
        prepare(&mut zhejiang, &mut shanghai);
        zhejiang.go_on();
        shanghai.go_on();
        let open =
            |name: &str, uscc, title, role, region| Office::open(path(name), uscc, title, role, region);
        let incubator = Role::Incubator;
        // Each knows the other before anybody joins.
        for (at, other) in [(&zhejiang, &shanghai), (&shanghai, &zhejiang)] {
            let card = other.run(&["card"]);
            let file = path("peer.jwt");
            std::fs::write(&file, card).unwrap();
            at.run(&["peer", "add", &file.display().to_string(), "--origin", &other.url]);
        }
        let world = Self {
            fund: open("fund", FUND, "浙江券管理方【演示】", incubator, "330000"),
            firm: open("firm", FIRM, "嘉善澄波新材料有限公司【演示】", Role::Firm, "330421"),
            platform: open("platform", PLATFORM, "上海材料表征平台【演示】", incubator, "310000"),
            other: open("other", OTHER, "松江科创孵化器【演示】", incubator, "310117"),
            folder,
            zhejiang,
            shanghai,
            made: Cell::new(0),
        };
        let made = zizhi(world.folder.path(), &["trust", "init-demo", "world"]).output().unwrap();
        ended(made, 0, &["trust", "init-demo"]);
        for office in [&world.platform, &world.other] {
            office.ends(&["trust", "import", "../world"], 0);
        }
        for (office, uscc, role) in [
            (&world.fund, FUND, "voucher_fund"),
            (&world.firm, FIRM, "firm"),
            (&world.other, OTHER, "service_provider"),
        ] {
            let invited = world.invitation(&world.zhejiang, uscc, role);
            office.ends(&world.zhejiang.named(&["sync", "join", &invited]), 0);
        }
        let invited = world.invitation(&world.shanghai, PLATFORM, "service_provider");
        world.platform.ends(&world.shanghai.named(&["sync", "join", &invited]), 0);
        let invited = world.invitation(&world.zhejiang, PLATFORM, "service_provider");
        let nobody = ["voucher", "join", &invited, "--hub", "http://127.0.0.1:9"];
        let (_, talk) = world.platform.ends(&nobody, 2);
        assert!(talk.contains("HUB-UNREACHABLE") && talk.contains("does not try again by itself"), "{talk}");
        world.platform.ends(&world.zhejiang.named(&["voucher", "join", &invited]), 0);
        world.write("invoice.pdf", b"%PDF-1.7 an invoice");
        world
    }

    pub fn invitation(&self, hub: &Hub, uscc: &str, role: &str) -> String {
        let invited = hub.run(&["invite", "--org", uscc, "--name", "演示单位【演示】", "--role", role]);
        let name = format!("{uscc}-{role}.jwt");
        self.write(&name, invited.as_bytes());
        format!("../{name}")
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.folder.path().join(name), bytes).unwrap();
    }

    /// The fund issues a voucher of so many fen and enters it. Gives its number.
    pub fn voucher(&self, fen: i64) -> String {
        self.issue(fen, &json!({}));
        let number = self.number();
        self.fund.ends(&["voucher", "enter", "../voucher.zzcred"], 0);
        number
    }

    /// A desk holds so many yuan for three weeks.
    pub fn hold(&self, desk: &Office, number: &str, yuan: &str, code: i32) -> Value {
        let until = civil::rfc3339(SystemHost.now() + TimeDelta::weeks(3));
        desk.json(&["voucher", "hold", number, "--amount", yuan, "--until", &until], code)
    }

    pub fn number(&self) -> String {
        format!("CSJQ-330421-2026-{:06}", self.made.get())
    }

    /// A credential `voucher.zzcred` signed by the fund's own key.
    pub fn issue(&self, fen: i64, more: &Value) {
        self.made.set(self.made.get() + 1);
        let unlocked = self.fund.unlocked();
        let folder = self.fund.folder.join("data/database");
        let key = vault::signing_key(&unlocked.database, &folder, PASSPHRASE, KeyUse::Credential).unwrap();
        self.write("fund.jwk", key.to_jwk_private_json().as_bytes());
        let holder = vault::holder_public(&self.firm.unlocked().database).unwrap();
        self.write("holder.jwk", &serde_json::to_vec(&holder.to_jwk()).unwrap());
        let mut claims = json!({
            "iss": format!("urn:uscc:{FUND}"), "sub": format!("urn:uscc:{FIRM}"),
            "vct": "urn:zizhitong:credential:innovation-voucher:1", "name": "嘉善澄波新材料有限公司【演示】",
            "region": "330000", "provenance": "direct", "number": self.number(), "issued_on": "2026-03-01",
            "valid_from": "2026-03-01", "valid_until": LAST_DAY, "quota_fen": fen, "balance_fen": fen,
            "allowed_service_kinds": ["检验检测", "研究开发"], "allowed_providers": [PLATFORM, OTHER],
            "offset_percent": 50, "scope_regions": ["yrd"],
        });
        claims.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.write("claims.json", claims.to_string().as_bytes());
        let status = format!("https://status.example/{FUND}/1#{}", self.made.get());
        let issue =
            ["credential", "issue", "--key", "fund.jwk", "--claims", "claims.json", "--status", &status];
        let arguments =
            [&issue[..], &["--holder-jwk", "holder.jwk", "--force", "-o", "voucher.zzcred"]].concat();
        ended(zizhi(self.folder.path(), &arguments).output().unwrap(), 0, &arguments);
    }

    /// What a desk says to redeem so many yuan, with more arguments.
    pub fn redeem(&self, desk: &Office, number: &str, yuan: &str, more: &[&str], code: i32) -> Value {
        let arguments = Self::redemption(number, yuan);
        desk.json(&[&arguments[..], more].concat(), code)
    }

    pub fn redemption<'a>(number: &'a str, yuan: &'a str) -> Vec<&'a str> {
        let fixed = ["--kind", "检验检测", "--day", "2026-11-16", "--region", REGION];
        let what = ["voucher", "redeem", number, "--amount", yuan];
        [&what[..], &fixed, &["--document", "../invoice.pdf"]].concat()
    }

    /// A voucher as the ledger has it for this desk.
    pub fn show(&self, desk: &Office, number: &str) -> Value {
        desk.json(&["voucher", "show", number, "--fund", FUND], 0)
    }
}
