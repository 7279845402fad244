//! Between the wire's data and the program's.

use zizhi_app::settings::{self, Habits, Look};
use zizhi_app::{demo, waiting};
use zizhi_model::Region;
use zizhi_wire::*;

/// The provinces of the delta.
const PROVINCES: [&str; 4] = ["310000", "320000", "330000", "340000"];

pub(super) fn role(role: Role) -> zizhi_store::Role {
    match role {
        Role::Firm => zizhi_store::Role::Firm,
        Role::Incubator => zizhi_store::Role::Incubator,
    }
}

pub(super) fn story(story: Story) -> demo::Story {
    match story {
        Story::BranchOperation => demo::Story::BranchOperation,
        Story::FullRelocation => demo::Story::FullRelocation,
        Story::VoucherRedemption => demo::Story::VoucherRedemption,
    }
}

pub(super) fn profile(profile: &zizhi_store::Profile) -> Profile {
    let region = profile.region.as_ref();
    Profile {
        uscc: profile.uscc.to_string(),
        name: profile.name.clone(),
        role: match profile.role {
            zizhi_store::Role::Firm => Role::Firm,
            zizhi_store::Role::Incubator | zizhi_store::Role::Both => Role::Incubator,
        },
        region: region.map(ToString::to_string).unwrap_or_default(),
        region_name: region.map(|region| region.label().into_owned()).unwrap_or_default(),
    }
}

pub(super) fn waiting(waiting: waiting::Waiting) -> Waiting {
    let waiting::Waiting { open_cases, overdue, notices, expiring, requests, backup_due, after_restore } =
        waiting;
    Waiting { open_cases, overdue, notices, expiring, requests, backup_due, after_restore }
}

pub(super) fn language(language: settings::Language) -> Language {
    match language {
        settings::Language::Zh => Language::Zh,
        settings::Language::En => Language::En,
    }
}

pub(super) fn settings(look: &Look, habits: Habits) -> Settings {
    let Habits { idle_minutes, four_eyes, backup_folder, operator } = habits;
    Settings {
        language: language(look.language),
        theme: match look.theme {
            settings::Theme::System => Theme::System,
            settings::Theme::Light => Theme::Light,
            settings::Theme::Dark => Theme::Dark,
        },
        large_text: look.large_text,
        idle_minutes,
        four_eyes,
        backup_folder,
        operator,
    }
}

pub(super) fn look(settings: &Settings) -> Look {
    Look {
        language: match settings.language {
            Language::Zh => settings::Language::Zh,
            Language::En => settings::Language::En,
        },
        theme: match settings.theme {
            Theme::System => settings::Theme::System,
            Theme::Light => settings::Theme::Light,
            Theme::Dark => settings::Theme::Dark,
        },
        large_text: settings.large_text,
    }
}

pub(super) fn habits(settings: &Settings) -> Habits {
    Habits {
        idle_minutes: settings.idle_minutes,
        four_eyes: settings.four_eyes,
        backup_folder: settings.backup_folder.clone().filter(|folder| !folder.trim().is_empty()),
        operator: settings.operator.trim().to_owned(),
    }
}

/// The regions of the delta in the order of their codes.
pub(super) fn regions() -> RegionChoices {
    let provinces = PROVINCES.iter().filter_map(|code| Region::parse(code).ok());
    let cities = Region::cities();
    let counties = Region::cities().flat_map(Region::counties);
    let mut all: Vec<Region> = provinces.chain(cities).chain(counties).collect();
    all.sort_unstable();
    all.dedup();
    let choices =
        all.iter().map(|region| RegionChoice { code: region.to_string(), name: region.label().into_owned() });
    RegionChoices { regions: choices.collect() }
}

/// After another database opened, nothing that the window shows counts any more.
pub(crate) fn everything_changed() -> Event {
    Event::Changed {
        what: vec![
            Changed::Session,
            Changed::Trust,
            Changed::Cases,
            Changed::Firms,
            Changed::Issued,
            Changed::Held,
            Changed::Drafts,
            Changed::Requests,
            Changed::Upkeep,
            Changed::Sync,
        ],
    }
}
