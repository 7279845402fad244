//! The closed lists of the field: scenarios, provenance, recognition modes, verdicts.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! term {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $wire:literal, $zh:literal, $en:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $wire)] $variant,)+ }

        impl $name {
            /// Every value, in the order of the specification.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The identifier used in files and on the command line.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $wire,)+ }
            }

            /// The Chinese term.
            #[must_use]
            pub const fn zh(self) -> &'static str {
                match self { $(Self::$variant => $zh,)+ }
            }

            /// The English term.
            #[must_use]
            pub const fn en(self) -> &'static str {
                match self { $(Self::$variant => $en,)+ }
            }

            /// The value whose identifier is `text`, if there is one.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

term! {
    /// Why a firm shows its qualifications (formats.md §4).
    Scenario {
        /// The firm stays and sets up a branch at the destination.
        BranchOperation = "branch_operation", "异地经营", "branch operation";
        /// The registered address moves.
        FullRelocation = "full_relocation", "整体迁移", "full relocation";
        /// Part of the operation moves, or a new entity is set up.
        PartialRelocation = "partial_relocation", "部分搬迁", "partial relocation";
        /// An innovation voucher is redeemed in another region.
        VoucherRedemption = "voucher_redemption", "创新券兑付", "voucher redemption";
        /// A fact sheet for a financing institution.
        Financing = "financing", "融资事实表", "financing fact sheet";
    }
}

term! {
    /// Who stands behind a statement (formats.md §1). The order is from weakest to strongest.
    Provenance {
        /// The firm says so itself.
        Declared = "declared", "企业自述", "self-declared";
        /// An incubator saw the original and says so.
        Attested = "attested", "孵化器核验背书", "attested by the incubator";
        /// The issuer signed it.
        Direct = "direct", "签发方直签", "signed by the issuer";
    }
}

term! {
    /// How a destination takes a qualification (domain.md §3.4). The order is from best to worst.
    RecognitionMode {
        /// Taken as it is.
        Direct = "direct", "直接采信", "taken directly";
        /// Taken as a local level.
        Equivalent = "equivalent", "等效互认", "taken as equivalent";
        /// Taken once further documents are there.
        Supplement = "supplement", "补充材料后认可", "taken with supplements";
        /// Must be certified again at the destination.
        Recertify = "recertify", "重新认定", "to be certified again";
        /// For information only.
        Reference = "reference", "仅作参考", "for reference only";
        /// Not recognised.
        None = "none", "不予互认", "not recognised";
    }
}

term! {
    /// The overall answer about one dossier or one credential.
    Verdict {
        /// Everything holds.
        Passed = "passed", "通过", "passed";
        /// Everything required holds, with something to add or to mind.
        PassedWithConditions = "passed_with_conditions", "有条件通过", "passed with conditions";
        /// Something required could not be checked on the data at hand.
        Pending = "pending", "待联网复核", "pending online check";
        /// Something required was checked and is wrong.
        Failed = "failed", "不通过", "failed";
    }
}
