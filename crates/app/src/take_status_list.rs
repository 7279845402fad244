//! Takes in a status list that came by itself, as a message or on a stick, before it is published with trust data.
//!
//! It is believed for its issuer's signature and not for who brought it: a registered key that may sign lists, and a
//! time of signing that is later than that of the list which is held. Decision 0024 says why.

use zizhi_credential::status::MAX_TOKEN_BYTES;
use zizhi_model::{Text, civil};
use zizhi_trust::client::StatusMemory;

use crate::Host;
use crate::failure::Failure;
use crate::keep_status::{Unfit, by_itself, signed_by};
use crate::trust_data::TrustData;

/// Bytes of a list.
pub(crate) const BYTES: u64 = MAX_TOKEN_BYTES as u64;

/// Keeps a list with the trust data, if it is newer than the one that is held. Gives its name. The list that is held
/// already changes nothing.
///
/// # Errors
/// `LIST-TRUST` without trust data, `LIST-ISSUER`, `LIST-SIGNATURE`, `LIST-TIME`, `LIST-NAME`, `LIST-OLDER`; `DATA-BUSY`, `TRUST-DATA`, `IO-WRITE`.
pub(crate) fn take(text: &str, data: &TrustData, host: &dyn Host) -> Result<String, Failure> {
    let now = host.now();
    let writing = data.write_lock()?;
    let (Some(kept), Some(trust)) = (data.read()?, data.open(now)?) else { return Err(no_trust()) };
    let (record, token) = by_itself(text, &trust, now).map_err(unfit)?;
    let uri = token.uri;
    let mut state = kept.state.clone();
    // A name is one issuer's, whoever signs a list of that name later.
    if state.status.get(&uri).is_some_and(|held| !signed_by(&held.jwt, &record)) {
        return Err(unfit(Unfit::Taken));
    }
    match state.hear_status(&uri, token.issued_at, text) {
        StatusMemory::Older { held_iat } => return Err(older(held_iat, token.issued_at)),
        StatusMemory::Kept | StatusMemory::Behind => {}
    }
    if state != kept.state {
        data.learn(&writing, &kept, &state)?;
    }
    Ok(uri)
}

fn no_trust() -> Failure {
    Failure::input(
        "LIST-TRUST",
        Text::fixed(
            "收到一份吊销名单，本机还没有信任数据，无法核实签发方，没有采用；名单原样保留。",
            "a status list came, and without trust data its issuer cannot be verified; it was not taken and is kept as it came",
        ),
        Text::fixed(
            "请先导入信任数据，再到“同步”页对这条消息选择再次处理（命令行 zizhi sync inbox retry）。",
            "import trust data, then take the message in again on the page of synchronising (zizhi sync inbox retry)",
        ),
    )
}

fn unfit(why: Unfit) -> Failure {
    match why {
        Unfit::Unregistered => Failure::input(
            "LIST-ISSUER",
            Text::fixed(
                "收到的吊销名单由信任名录中没有的密钥签署，没有采用；名单原样保留。",
                "a status list came that is signed by a key which no registered issuer lists; it was not taken and is kept as it came",
            ),
            Text::fixed(
                "请导入最新的信任数据后再次处理；仍不能采用的，请用电话向签发方核实。",
                "import the newest trust data and take it in again; if it still is not taken, ask the issuer by telephone",
            ),
        ),
        Unfit::ToCome => Failure::input(
            "LIST-TIME",
            Text::fixed(
                "收到的吊销名单的签署时间晚于本机现在的时间，没有采用；名单原样保留。",
                "a status list came that was signed later than this computer's time; it was not taken and is kept as it came",
            ),
            Text::fixed(
                "请核对本机的日期和时间，再到“同步”页再次处理；本机时间无误的，请对方重新签署并发送。",
                "check the date and time of this computer and take it in again; if they are right, have it signed and sent again",
            ),
        ),
        Unfit::Taken => Failure::input(
            "LIST-NAME",
            Text::fixed(
                "收到的吊销名单的名称，本机已知是另一签发方的，没有采用；名单原样保留。",
                "a status list came under a name by which another issuer's is known here; it was not taken and is kept as it came",
            ),
            Text::fixed(
                "请导入最新的信任数据：公布的名单优先。仍不能采用的，请用电话向双方签发方核实。",
                "import the newest trust data, as what is published comes first; if it still is not taken, ask both issuers by telephone",
            ),
        ),
        Unfit::Signature => Failure::input(
            "LIST-SIGNATURE",
            Text::fixed(
                "收到的吊销名单签名不符，或不是由该签发方有权签名单的密钥在有效时间内签署，没有采用。",
                "a status list came whose signature does not hold, or was not made at its time by a key with which its issuer may sign lists; it was not taken",
            ),
            Text::fixed(
                "请用电话等其他方式向签发方核实，请对方重新签署并发送。",
                "ask the issuer by telephone, and have it signed and sent again",
            ),
        ),
    }
}

fn older(held: i64, came: i64) -> Failure {
    let time =
        |seconds| civil::from_numeric_date(seconds).map_or_else(|| seconds.to_string(), civil::rfc3339);
    let (came, held) = (time(came), time(held));
    Failure::refused(
        "LIST-OLDER",
        format!("收到的吊销名单签署于 {came}，不比本机已有的（{held}）新，没有采用。"),
        format!(
            "a status list came that was signed at {came} and is no newer than the one here ({held}); it was not taken"
        ),
        "无需操作，核验继续使用较新的一份；对方称刚刚改动过的，请对方重新签署并发送。",
        "nothing needs doing, verification goes on with the newer one; if its issuer has just changed it, have it signed and sent again",
    )
}
