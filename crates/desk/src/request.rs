//! 请求: what a destination asks for, made here or received.

use std::path::Path;

use zizhi_app::Failure;
use zizhi_app::requests_stored::{self, Listed, NewRequest as New};
use zizhi_model::{Region, Text, Uscc, civil};
use zizhi_wire::commands::RequestCommands;
use zizhi_wire::*;

use crate::desk::Desk;
use crate::refusal::{refusal, sentence};
use crate::words;

impl RequestCommands for Desk {
    fn request_new(&self, request: NewRequest) -> Result<Written, Refusal> {
        let only_for =
            request.firm.as_deref().filter(|code| !code.trim().is_empty()).map(uscc).transpose()?;
        let new = New {
            scenario: words::meant(request.scenario),
            checklist_id: &request.checklist_id,
            pack_id: &request.pack_id,
            destination: region(&request.destination_region)?,
            only_for,
            days: request.days,
            passphrase: &request.passphrase,
            path: Path::new(&request.path),
        };
        let (_, digest) = self.firm()?.work(|firm| requests_stored::make(firm, &new))?;
        self.changed(&[Changed::Requests]);
        Ok(Written { path: request.path, sha256: Some(digest.hex()), count: 1 })
    }

    fn request_import(&self, request: AtPath) -> Result<RequestLine, Refusal> {
        let listed = self.firm()?.work(|firm| requests_stored::import(firm, Path::new(&request.path)))?;
        self.changed(&[Changed::Requests, Changed::Session]);
        Ok(line(listed))
    }

    fn request_list(&self, _: Nothing) -> Result<Requests, Refusal> {
        let all = self.firm()?.work(requests_stored::list)?;
        Ok(Requests { requests: all.into_iter().map(line).collect() })
    }
}

fn line(listed: Listed) -> RequestLine {
    let Listed { known, ours, other, draft, over, queued, remark } = listed;
    RequestLine {
        id: known.row.id,
        ours,
        other,
        scenario: words::scenario(known.row.scenario),
        destination_region: known.request.destination_region.to_string(),
        checklist_id: known.row.checklist_id,
        expires: civil::rfc3339(known.row.exp),
        answered: known.row.answered_by.is_some(),
        draft_id: draft,
        over,
        queued,
        remark: remark.as_ref().map(sentence),
    }
}

/// A code that was typed.
pub(crate) fn uscc(typed: &str) -> Result<Uscc, Refusal> {
    let bare = typed.trim().strip_prefix("urn:uscc:").unwrap_or(typed);
    Uscc::parse_lenient(bare).map_err(|error| {
        let failure = Failure::input(
            "FMT-USCC",
            zizhi_app::told(
                format!("“{typed}”不是有效的统一社会信用代码，操作没有进行。"),
                format!("{typed:?} is no unified social credit code; nothing was done"),
            ),
            Text::fixed(
                "请核对18位代码，尤其是最后一位校验位。",
                "look at the 18 characters again, the last of which is a check character",
            ),
        );
        refusal(&failure.because(error))
    })
}

/// A region that was chosen.
pub(crate) fn region(chosen: &str) -> Result<Region, Refusal> {
    Region::parse(chosen.trim()).map_err(|error| {
        let failure = Failure::input(
            "FMT-REGION",
            zizhi_app::told(
                format!("“{chosen}”不是六位行政区划代码，操作没有进行。"),
                format!("{chosen:?} is no region of six digits; nothing was done"),
            ),
            Text::fixed("请从列表中选择地区。", "choose the region from the list"),
        );
        refusal(&failure.because(error))
    })
}
