//! What an operator may set of `zizhi-hub serve` beside where things are.

use zizhi_hub::failure::Failure;
use zizhi_hub::serve::{Rate, Settings};

use crate::Result;

const MIB: u64 = 1024 * 1024;

/// Quotas and rates, for members and for other hubs.
#[derive(Debug, clap::Args)]
pub(crate) struct Set {
    /// 一个单位的信箱最多存多少 MiB / MiB that wait in one mailbox at most [default: 2048]
    #[arg(long, env = "ZIZHI_HUB_MAILBOX_MIB", value_name = "MIB",
        value_parser = clap::value_parser!(u64).range(1..=MOST_MIB))]
    mailbox_mib: Option<u64>,
    /// 一条消息最多多少 MiB；桌面端不发送超过默认值的消息 / MiB of one message at most; more than the default no desktop sends [default: 528]
    #[arg(long, env = "ZIZHI_HUB_MESSAGE_MIB", value_name = "MIB",
        value_parser = clap::value_parser!(u64).range(1..=MOST_MIB))]
    message_mib: Option<u64>,
    /// 一个其他枢纽送来、在此等待的最多多少 MiB / MiB that wait here at most of all that one other hub brought [default: 32768]
    #[arg(long, env = "ZIZHI_HUB_PEER_MIB", value_name = "MIB",
        value_parser = clap::value_parser!(u64).range(1..=MOST_MIB))]
    peer_mib: Option<u64>,
    /// 一个单位每秒几次请求 / requests a second of one organisation in the long run [default: 10]
    #[arg(long, env = "ZIZHI_HUB_RATE", value_name = "N", value_parser = clap::value_parser!(u32).range(1..=MOST))]
    rate: Option<u32>,
    /// 一个单位一次最多几次请求 / requests of one organisation at once [default: 120]
    #[arg(long, env = "ZIZHI_HUB_BURST", value_name = "N", value_parser = clap::value_parser!(u32).range(1..=MOST))]
    burst: Option<u32>,
    /// 一个其他枢纽每秒几次请求 / requests a second of one other hub in the long run [default: 100]
    #[arg(long, env = "ZIZHI_HUB_PEER_RATE", value_name = "N", value_parser = clap::value_parser!(u32).range(1..=MOST))]
    peer_rate: Option<u32>,
    /// 一个其他枢纽一次最多几次请求 / requests of one other hub at once [default: 600]
    #[arg(long, env = "ZIZHI_HUB_PEER_BURST", value_name = "N", value_parser = clap::value_parser!(u32).range(1..=MOST))]
    peer_burst: Option<u32>,
}

/// More than any disk has: the sums of such stay within 64 bits.
const MOST_MIB: u64 = 1 << 30;
/// More requests a second than any hub answers.
const MOST: i64 = 1_000_000;

impl Set {
    /// The settings, with the defaults where nothing is said.
    pub(crate) fn settings(&self) -> Result<Settings> {
        let or = Settings::default();
        let bytes = |said: Option<u64>, or| said.map_or(or, |mib| mib * MIB);
        let rate = |per_second: Option<u32>, burst: Option<u32>, or: Rate| Rate {
            burst: burst.unwrap_or(or.burst),
            per_second: per_second.unwrap_or(or.per_second),
        };
        let settings = Settings {
            mailbox_bytes: bytes(self.mailbox_mib, or.mailbox_bytes),
            message_bytes: bytes(self.message_mib, or.message_bytes),
            peer_bytes: bytes(self.peer_mib, or.peer_bytes),
            rate: rate(self.rate, self.burst, or.rate),
            peer_rate: rate(self.peer_rate, self.peer_burst, or.peer_rate),
            ..or
        };
        let room = settings.mailbox_bytes.min(settings.peer_bytes);
        if settings.message_bytes > room {
            return Err(too_large());
        }
        Ok(settings)
    }
}

fn too_large() -> Failure {
    Failure::fixed(
        "SERVE-QUOTA",
        (
            "一条消息的上限大于可以等待的总量，这样的消息永远送不到，枢纽没有启动。",
            "one message may be larger than what may wait, and would never arrive; the hub was not started",
        ),
        (
            "--message-mib（ZIZHI_HUB_MESSAGE_MIB，默认 528）不能超过 --mailbox-mib 和 --peer-mib：调低前者，或调高后两者。",
            "--message-mib (ZIZHI_HUB_MESSAGE_MIB, 528 if not given) is to be no more than --mailbox-mib and --peer-mib: lower the one or raise the others",
        ),
    )
}
