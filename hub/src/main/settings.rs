//! What an operator may set of `zizhi-hub serve` beside where things are.

use anyhow::{Result, ensure};
use zizhi_hub::serve::{Rate, Settings};

const MIB: u64 = 1024 * 1024;

/// Quotas and rates, for members and for other hubs.
#[derive(Debug, clap::Args)]
pub(crate) struct Set {
    /// MiB that wait in one mailbox at most [default: 2048]
    #[arg(long, env = "ZIZHI_HUB_MAILBOX_MIB", value_name = "MIB",
        value_parser = clap::value_parser!(u64).range(1..=MOST_MIB))]
    mailbox_mib: Option<u64>,
    /// MiB of one message at most; more than the default no desktop sends [default: 528]
    #[arg(long, env = "ZIZHI_HUB_MESSAGE_MIB", value_name = "MIB",
        value_parser = clap::value_parser!(u64).range(1..=MOST_MIB))]
    message_mib: Option<u64>,
    /// MiB that wait here at most of all that one other hub brought [default: 32768]
    #[arg(long, env = "ZIZHI_HUB_PEER_MIB", value_name = "MIB",
        value_parser = clap::value_parser!(u64).range(1..=MOST_MIB))]
    peer_mib: Option<u64>,
    /// Requests a second of one organisation in the long run [default: 10]
    #[arg(long, env = "ZIZHI_HUB_RATE", value_name = "N", value_parser = clap::value_parser!(u32).range(1..=MOST))]
    rate: Option<u32>,
    /// Requests of one organisation at once [default: 120]
    #[arg(long, env = "ZIZHI_HUB_BURST", value_name = "N", value_parser = clap::value_parser!(u32).range(1..=MOST))]
    burst: Option<u32>,
    /// Requests a second of one other hub in the long run [default: 100]
    #[arg(long, env = "ZIZHI_HUB_PEER_RATE", value_name = "N", value_parser = clap::value_parser!(u32).range(1..=MOST))]
    peer_rate: Option<u32>,
    /// Requests of one other hub at once [default: 600]
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
        ensure!(
            settings.message_bytes <= room,
            "one message may be larger than what may wait, and would never arrive: --message-mib is to be no more than \
             --mailbox-mib and --peer-mib"
        );
        Ok(settings)
    }
}
