//! Why a command on another hub was refused.

use zizhi_hub::failure::{Failure, told};

pub(super) fn no_peer(hub: &str) -> Failure {
    Failure::of(
        "PEER-NONE",
        format!("{hub} 不是对等枢纽，也没有消息在等它，操作没有进行。"),
        format!("{hub} is no peer, and nothing waits for it; nothing was done"),
        (
            "请核对编号（如 33-main）；zizhi-hub peer list 列出已知的枢纽。",
            "check the id, such as 33-main; zizhi-hub peer list shows those that are known",
        ),
    )
}

pub(super) fn nothing(hub: &str) -> Failure {
    Failure::new(
        "PEER-NOTHING",
        told(
            format!("寄给 {hub} 的消息里没有这样转交不成的，没有重试。"),
            format!("nothing for {hub} failed by itself; nothing was tried again"),
        ),
        told(
            format!("zizhi-hub peer stuck {hub} 列出转交不成的；线路不通时等待的消息会自动重试。"),
            format!(
                "zizhi-hub peer stuck {hub} shows what did; what waits because the line is down is tried by itself"
            ),
        ),
    )
}

pub(super) fn not_parked(message: &str) -> Failure {
    Failure::of(
        "PEER-MESSAGE",
        format!("没有搁置的消息 {message}，没有放弃任何消息。"),
        format!("{message}: not parked; nothing was given up"),
        (
            "只有对方明确拒收的（parked）才能放弃；zizhi-hub peer stuck 枢纽编号 列出它们。",
            "only what the other hub refuses for good can be given up (parked); zizhi-hub peer stuck HUB shows it",
        ),
    )
}

pub(super) fn other_key(hub: &str) -> Failure {
    Failure::new(
        "PEER-KEY",
        told(
            format!("已知的 {hub} 用的是另一把密钥，或这把密钥属于另一个枢纽，没有添加。"),
            format!("a peer with the id {hub} or with this key is known otherwise; nothing was added"),
        ),
        told(
            format!(
                "请打电话问对方运维人员：确实换了密钥的，先运行 zizhi-hub peer remove {hub}，再添加；说没有换的，不要添加，名片可能是别人的。"
            ),
            format!(
                "ask its operator by telephone: if it has a new key, remove it first (zizhi-hub peer remove {hub}); if it has not, do not add it, as the card may be somebody else's"
            ),
        ),
    )
}

pub(super) fn named_for(other: &str) -> Failure {
    Failure::of(
        "PEER-NAMED",
        format!("所写的单位已指定由 {other} 转交，没有添加。"),
        format!("an organisation is named for {other} already; nothing was added"),
        (
            "一个单位只能由一个枢纽转交：请去掉它，或先对那个枢纽再运行一次 peer add，不写这个单位。",
            "an organisation is one hub's only: leave it out, or say peer add for that hub again without it first",
        ),
    )
}

pub(super) fn no_mailbox(code: &str) -> Failure {
    Failure::of(
        "PEER-MAILBOX",
        format!("{code} 不是信箱停在这里的外省服务机构，没有作任何改动。"),
        format!("{code}: no provider of another province with a mailbox here; nothing was changed"),
        (
            "请核对代码；zizhi-hub peer list 的末尾列出这样的服务机构，已经转走的不再列出。",
            "check the code; zizhi-hub peer list names such providers at its end, and no longer those that were moved",
        ),
    )
}

pub(super) fn not_its_hub(hub: &str, code: &str) -> Failure {
    Failure::of(
        "PEER-HOME",
        format!("{hub} 不是代 {code} 转交的对等枢纽，没有作任何改动。"),
        format!("{hub}: no peer that speaks for {code}; nothing was changed"),
        (
            "请先用 zizhi-hub peer add 添加它；省份不同的，加上 --organisation 代码。",
            "make it one with zizhi-hub peer add, with --organisation where its province is another",
        ),
    )
}

pub(super) fn silent(hub: &str) -> Failure {
    Failure::of(
        "PEER-SILENT",
        format!("枢纽 {hub} 没有应答，没有作任何改动。"),
        format!("{hub} does not answer; nothing was changed"),
        (
            "请核对 zizhi-hub peer list 中的地址和网络，并问对方是否也添加了本枢纽；证书不是公共机构签发的，用 --peer-ca。",
            "check its address in zizhi-hub peer list and the network, and whether its operator added this hub too; where its certificate is not of a public authority, give --peer-ca",
        ),
    )
}

pub(super) fn not_there(hub: &str, code: &str) -> Failure {
    Failure::of(
        "PEER-ABSENT",
        format!("枢纽 {hub} 没有 {code}，没有作任何改动。"),
        format!("{hub} does not have {code}; nothing was changed"),
        (
            "请服务机构先用同一批电脑加入它本省的枢纽，再执行一次。",
            "have the provider join the hub of its province with the same computers first, and say this again",
        ),
    )
}

pub(super) fn other_devices(hub: &str, code: &str) -> Failure {
    Failure::of(
        "PEER-DEVICE",
        format!("{hub} 登记的 {code} 的设备里没有它加入这里时的那一台，没有作任何改动。"),
        format!("{hub} lists no device with which {code} joined here; nothing was changed"),
        (
            "请打电话问服务机构，两边是不是同一家；是的，请它在那边的清单里加上原来的一台电脑。",
            "ask the provider by telephone whether it is the same one; if so, have it list one of those computers there",
        ),
    )
}
