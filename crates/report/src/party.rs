//! Who has to do something about a finding, by its code. It agrees with the advice of the catalogue.

use zizhi_model::{CheckCode, Text};

/// Whose turn it is.
pub(crate) const fn party(code: CheckCode) -> Text {
    use CheckCode as C;
    match code {
        C::FmtJson
        | C::FmtUscc
        | C::SigInvalid
        | C::LimitDepth
        | C::SigTyp
        | C::SdjwtInvalid
        | C::FmtGr
        | C::FmtPat
        | C::DateOrder
        | C::DateFuture
        | C::SigKeyRevoked
        | C::IssScope
        | C::ProvLow
        | C::StatRevoked
        | C::StatSuspended => Text::fixed("企业、签发方", "firm and issuer"),
        C::SigAlg
        | C::SigCrit
        | C::SigUse
        | C::KeyWeak
        | C::SigKeyNotYet
        | C::SigKeyExpired
        | C::SigKeyHistorical => Text::fixed("签发方", "issuer"),
        C::IssUnknown | C::SigUnknownKey | C::DupNumber | C::StatCorrupt | C::StatMissing => {
            Text::fixed("经办人、签发方", "operator and issuer")
        }
        C::FmtOrg
        | C::FmtTsme
        | C::FmtTcon
        | C::FmtSoft
        | C::RuleMissing
        | C::RegScope
        | C::TrustInvalid
        | C::TrustMissing
        | C::TrustRole
        | C::TrustStale
        | C::TrustRollback
        | C::StatStale
        | C::StatRollback
        | C::AudUnchecked
        | C::Unsolicited
        | C::ClockBehind => Text::fixed("经办人", "operator"),
        C::RuleExpired | C::RuleConflict => Text::fixed("规则发布单位", "publisher of the rules"),
        C::ReqExpired | C::ReqFirm | C::Replay => Text::fixed("核验机构、企业", "this organisation and firm"),
        C::IncAge | C::IncLimit | C::IncRdsite => Text::fixed("原孵化器", "origin incubator"),
        C::VchBalance | C::VchDouble => Text::fixed("服务机构", "service provider"),
        C::LimitSize
        | C::LimitCount
        | C::LimitRatio
        | C::FmtEcert
        | C::ZipCorrupt
        | C::ZipMimetype
        | C::ZipOrder
        | C::ZipExtra
        | C::ZipMissing
        | C::ZipPath
        | C::ZipDup
        | C::ZipSymlink
        | C::ZipEncrypted
        | C::ZipPrepended
        | C::ZipTrailing
        | C::ZipMismatch
        | C::HashCredential
        | C::HashAttach
        | C::KbMissing
        | C::KbAud
        | C::KbNonce
        | C::KbSdhash
        | C::KbTime
        | C::HolderKey
        | C::SubjUscc
        | C::SubjName
        | C::AudMismatch
        | C::ReqIssuer
        | C::ReqNonce
        | C::ReqTerms
        | C::StatEnded
        | C::DateExpired
        | C::DateSoon
        | C::RuleFalse
        | C::RuleOpen
        | C::RegAuthority
        | C::ChkMissing
        | C::MovePartial
        | C::MoveReport3m
        | C::VchScope
        | C::PiConsent => Text::fixed("企业", "firm"),
    }
}
