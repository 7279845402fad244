//! 信任数据: who is known, by which rules, and how old that knowledge is.

mod convert;

use std::path::Path;

use chrono::{DateTime, Utc};
use zizhi_app::exchange_folder::take_in;
use zizhi_app::import_trust::{Import, Imported, import_confirmed};
use zizhi_app::kept_library::KeptLibrary;
use zizhi_app::rejudge::{Rejudged, after_trust_change};
use zizhi_app::rule_book::rule_book;
use zizhi_app::trust_overview::{self, Overview};
use zizhi_app::trust_seen::note_import;
use zizhi_app::{Failure, open_trust};
use zizhi_model::civil::rfc3339;
use zizhi_trust::IssuerRecord;
use zizhi_wire::commands::TrustCommands;
use zizhi_wire::*;

use crate::desk::{Desk, Open};
use crate::refusal::{refusal, sentence};
use crate::request::region;
use crate::sync::convert::moved;

/// The longest list that one answer holds.
const MOST: usize = 500;

impl TrustCommands for Desk {
    fn trust_page(&self, _: Nothing) -> Result<TrustPage, Refusal> {
        let kept = self.trust_data().read().map_err(|failure| refusal(&failure))?;
        let at_hand = self.at_hand()?;
        let trust = at_hand.library.trust();
        let lists = trust_overview::status_lists(trust).into_iter().map(|list| StatusListLine {
            uri: list.uri,
            issuer: list.issuer,
            age_seconds: list.iat.map(|iat| (self.host.now() - iat).num_seconds()),
            iat: list.iat.map(rfc3339),
        });
        let disabled = trust_overview::disabled(trust).into_iter();
        let packs = trust_overview::packs(trust);
        Ok(TrustPage {
            summary: summary(Some(&at_hand)),
            imported_at: kept.as_ref().map(|kept| rfc3339(kept.imported_at)),
            source: kept.map(|kept| kept.source),
            disabled: disabled
                .map(|(province, why)| DisabledProvince { province, why: sentence(&why) })
                .collect(),
            packs: packs.iter().map(|(province, pack)| convert::pack_line(province, pack)).collect(),
            status_lists: lists.collect(),
        })
    }

    fn trust_import(&self, request: ImportTrust) -> Result<ImportedTrust, Refusal> {
        let (path, confirmed) = (Path::new(&request.path), request.confirmed_root.as_deref());
        let before = self.at_hand().ok();
        let imported = import_confirmed(path, confirmed, &self.trust_data(), self.host.as_ref());
        match imported.map_err(|failure| refusal(&failure))? {
            Import::Confirm(root) => Ok(ImportedTrust {
                summary: summary(self.at_hand().ok().as_deref()),
                confirm_root: Some(root),
                rejudged: 0,
                moved: 0,
            }),
            Import::Done(Imported::Refused(error)) => Err(refusal(&open_trust::refused(&error))),
            Import::Done(Imported::Accepted(_)) => self.trust_imported(path, before.as_deref()),
        }
    }

    fn trust_pack(&self, request: OnePack) -> Result<PackPage, Refusal> {
        let region = region(&request.region)?;
        let book = rule_book(&self.at_hand()?.library, &region, &request.id);
        book.map(|book| convert::pack_page(&region.province_region(), book))
            .map_err(|failure| refusal(&failure))
    }

    fn trust_issuers(&self, request: FindIssuers) -> Result<Issuers, Refusal> {
        let at_hand = self.at_hand()?;
        let limit = usize::try_from(request.limit).unwrap_or(MOST).clamp(1, MOST);
        let (issuers, next) =
            trust_overview::issuers(at_hand.library.trust(), &request.text, request.after.as_deref(), limit);
        let now = self.host.now();
        Ok(Issuers { issuers: issuers.iter().map(|record| issuer_line(record, now)).collect(), next })
    }
}

impl Desk {
    /// After an import: the database is told, and the cases that it touches are judged again.
    fn trust_imported(&self, path: &Path, before: Option<&KeptLibrary>) -> Result<ImportedTrust, Refusal> {
        self.trust_changed();
        let at_hand = self.at_hand()?;
        let mut what = vec![Changed::Trust, Changed::Session];
        let mut judged = Rejudged::default();
        if let Some(open) = self.open_if_any() {
            judged = self.judge_again(&open, &at_hand, path, before).map_err(|failure| refusal(&failure))?;
            what.extend([Changed::Cases, Changed::Held, Changed::Upkeep]);
            // Messages may have waited for just this.
            what.extend(moved(&self.exchange(&open, take_in)?));
        }
        self.tell(Event::Changed { what });
        Ok(ImportedTrust {
            summary: summary(Some(&at_hand)),
            confirm_root: None,
            rejudged: number(judged.rejudged),
            moved: number(judged.moved),
        })
    }

    fn judge_again(
        &self,
        open: &Open,
        at_hand: &KeptLibrary,
        path: &Path,
        before: Option<&KeptLibrary>,
    ) -> Result<Rejudged, Failure> {
        let before = before.map(|before| before.library.trust());
        note_import(&open.database, &at_hand.library, before, path, self.host.as_ref())?;
        after_trust_change(&open.database, &at_hand.library, before, self.host.as_ref())
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Trust data in a line; nothing at hand says that there is none.
pub(crate) fn summary(at_hand: Option<&KeptLibrary>) -> TrustSummary {
    let overview =
        at_hand.map(|at_hand| trust_overview::overview(at_hand.library.trust())).unwrap_or_default();
    let Overview { present, timestamp, age_seconds, expired, refresh_by, issuers, rule_packs, root } =
        overview;
    TrustSummary {
        present,
        timestamp: timestamp.map(rfc3339),
        age_seconds,
        expired,
        refresh_by: refresh_by.map(rfc3339),
        issuers: number(issuers),
        rule_packs: number(rule_packs),
        root,
    }
}

/// An issuer of the register in a line.
pub(crate) fn issuer_line(record: &IssuerRecord, now: DateTime<Utc>) -> IssuerLine {
    IssuerLine {
        uscc: record.uscc.to_string(),
        name: record.name.clone(),
        region: record.region.to_string(),
        roles: record.roles.iter().map(ToString::to_string).collect(),
        level: record.level.clone(),
        fingerprints: trust_overview::fingerprints(record, now),
    }
}
