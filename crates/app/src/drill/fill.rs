//! What lies on the desk when a drill begins.

use std::io;
use std::path::{Path, PathBuf};

use zizhi_crypto::{Algorithm, SigningKey};
use zizhi_store::{Database, FirmState};
use zizhi_verify::Library;

use crate::demo::{Props, Story};
use crate::failure::Failure;
use crate::firm::Firm;
use crate::incubator::Incubator;
use crate::receive_dossier::{Receiving, receive_dossier};
use crate::register_firms::{self, TypedFirm};
use crate::settings::{self, Habits};
use crate::{Host, draft_begin, hold_import, requests_stored};

/// Who is at the desk.
pub(super) const OPERATOR: &str = "经办员【演示】";

/// The dossiers of the first story that the destination received: one in order, and those whose faults a clerk
/// meets. Of the other stories it received all.
const RECEIVED: [&str; 7] = [
    "dossier",
    "not-requested",
    "main-research-in-songjiang",
    "no-lease",
    "incubation-revoked",
    "rules-of-the-zone",
    "lease-altered",
];

/// Firms of the first story's destination's own register: code, name, established, entered, field, area.
const REGISTER: [(&str, &str, &str, &str, &str, u32); 4] = [
    ("91310117DEM000129U", "上海泖港智能装备有限公司【演示】", "2024-05-10", "2025-01-06", "智能装备", 180),
    ("91310117DEM000137N", "上海九峰生物材料有限公司【演示】", "2023-09-01", "2024-03-18", "生物材料", 320),
    ("91310117DEM000145H", "上海佘山光电子有限公司【演示】", "2025-03-21", "2025-06-02", "光电子", 90),
    ("91310117DEM000153C", "上海方塔软件有限公司【演示】", "2022-11-15", "2023-05-08", "工业软件", 150),
];

/// The firm's desk: its credentials, a request that waits, and the dossier that was begun for it.
pub(super) fn firm(
    database: &Database,
    library: &Library,
    props: &Props,
    host: &dyn Host,
) -> Result<(), Failure> {
    operator(database, host)?;
    let firm = Firm { database, library, host };
    let imported = hold_import::import(&firm, &props.credentials)?;
    if let Some(refused) = imported.refused.into_iter().next() {
        return Err(refused.failure);
    }
    let request = requests_stored::import(&firm, &props.request)?;
    draft_begin::begin(&firm, &draft_begin::Purpose::Answer(&request.known.request.jti))?;
    Ok(())
}

/// The incubator's desk: its register, and the dossiers that came in.
pub(super) fn incubator(
    database: &Database,
    library: &Library,
    props: &Props,
    story: Story,
    host: &dyn Host,
) -> Result<(), Failure> {
    operator(database, host)?;
    let receive = |path: &Path| {
        let receiving = Receiving { path, operator: OPERATOR, identities: &[], library };
        receive_dossier(database, &receiving, host).map(drop)
    };
    if story != Story::BranchOperation {
        return props.received.iter().try_for_each(|path| receive(path));
    }
    let incubator = Incubator { database, library, host };
    for (uscc, name, established, entered, field, area) in REGISTER {
        // Nobody signs with it: it is there so that a credential can be bound to it.
        let key = SigningKey::generate(Algorithm::Es256, host.random().as_mut()).map_err(unmade)?;
        let holder_jwk = serde_json::to_string(&key.public().to_jwk()).map_err(unmade)?;
        let firm = typed(uscc, name, (established, entered), field, area);
        register_firms::save(&incubator, &TypedFirm { holder_jwk, ..firm })?;
    }
    for name in RECEIVED {
        let named = |path: &&PathBuf| path.file_stem().is_some_and(|stem| stem == name);
        let path = props.received.iter().find(named).ok_or_else(|| incomplete(name))?;
        receive(path)?;
    }
    Ok(())
}

fn operator(database: &Database, host: &dyn Host) -> Result<(), Failure> {
    settings::save_habits(database, &Habits { operator: OPERATOR.to_owned(), ..Habits::default() }, host)
}

fn typed(uscc: &str, name: &str, (established, entered): (&str, &str), field: &str, area: u32) -> TypedFirm {
    TypedFirm {
        id: String::new(),
        uscc: uscc.to_owned(),
        name: name.to_owned(),
        former_names: Vec::new(),
        region: "310117".to_owned(),
        established_on: established.to_owned(),
        entered_on: entered.to_owned(),
        site_address: "上海市松江区【演示】路1号".to_owned(),
        area_sqm: Some(area),
        rd_on_site: Some(true),
        field: field.to_owned(),
        agreement_no: String::new(),
        incubation_deadline: String::new(),
        contact_name: "联系人【演示】".to_owned(),
        contact_phone: String::new(),
        holder_jwk: String::new(),
        state: FirmState::In,
    }
}

/// A part of the stories that does not fit the program is a fault of the program.
fn incomplete(name: &str) -> Failure {
    unmade(io::Error::other(name))
}

fn unmade(error: impl std::error::Error + Send + Sync + 'static) -> Failure {
    Failure::internal("演练没有准备好。", "the drill could not be made ready").because(error)
}
