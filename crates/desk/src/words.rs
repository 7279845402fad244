//! Words of the domain as words of the wire.

use zizhi_model as model;
use zizhi_wire::{Mode, Scenario};

/// What a firm wants to do.
pub(crate) fn scenario(scenario: model::Scenario) -> Scenario {
    match scenario {
        model::Scenario::BranchOperation => Scenario::BranchOperation,
        model::Scenario::FullRelocation => Scenario::FullRelocation,
        model::Scenario::PartialRelocation => Scenario::PartialRelocation,
        model::Scenario::VoucherRedemption => Scenario::VoucherRedemption,
        model::Scenario::Financing => Scenario::Financing,
    }
}

/// What the window means by a scenario.
pub(crate) fn meant(scenario: Scenario) -> model::Scenario {
    match scenario {
        Scenario::BranchOperation => model::Scenario::BranchOperation,
        Scenario::FullRelocation => model::Scenario::FullRelocation,
        Scenario::PartialRelocation => model::Scenario::PartialRelocation,
        Scenario::VoucherRedemption => model::Scenario::VoucherRedemption,
        Scenario::Financing => model::Scenario::Financing,
    }
}

/// How a destination takes a paper.
pub(crate) fn mode(mode: model::RecognitionMode) -> Mode {
    match mode {
        model::RecognitionMode::Direct => Mode::Direct,
        model::RecognitionMode::Equivalent => Mode::Equivalent,
        model::RecognitionMode::Supplement => Mode::Supplement,
        model::RecognitionMode::Recertify => Mode::Recertify,
        model::RecognitionMode::Reference => Mode::Reference,
        model::RecognitionMode::None => Mode::None,
    }
}
