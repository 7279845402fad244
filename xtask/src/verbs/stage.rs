//! Where the journeys of `tests/e2e` are played.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::shell::{Shell, exists};
use crate::steps::{Steps, Tally};

/// With `open` in it the journeys are played with the network there is, on a machine that cuts nobody off.
const WISH: &str = "ZIZHI_STAGE";

/// What network a journey meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A network namespace with nothing in it but the loopback that drives the window.
    CutOff,
    /// The machine as it is, where namespaces are not to be had.
    Open,
}

impl Stage {
    /// A step that finds out which stage this machine has. It fails where a machine that could cut the journeys off
    /// does not and nobody asked for that; they are played all the same, so that one run shows everything.
    pub fn step(steps: &mut Steps) -> Self {
        let mut stage = Self::Open;
        steps.function("a stage without a network", "cargo xtask test", || {
            let cut = || {
                let lone = "unshare --map-root-user --net ip link set lo up";
                Shell::new(lone).read().map(drop).map_err(|error| format!("{error:#}"))
            };
            let wished = std::env::var(WISH).is_ok_and(|wish| wish == "open");
            stage = Self::of(exists("unshare").then(cut), wished)?;
            Ok(Tally::default())
        });
        if stage == Self::Open {
            steps.warn("THE NETWORK WAS NOT CUT OFF: that the window needs none was not shown by this run");
        }
        stage
    }

    /// Which stage: `cut` is how cutting off went, where a machine can try it at all.
    ///
    /// # Errors
    /// If cutting off failed and an open stage was not wished for.
    pub fn of(cut: Option<Result<(), String>>, wished_open: bool) -> Result<Self> {
        match cut {
            Some(Ok(())) => Ok(Self::CutOff),
            Some(Err(cause)) if !wished_open => bail!(
                "the journeys are not cut off from the network: {cause}\n  allow user namespaces on this machine, \
                 or set {WISH}=open to play them with the network there is"
            ),
            Some(Err(_)) | None => Ok(Self::Open),
        }
    }

    /// As a step's title begins.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CutOff => "the real window without a network",
            Self::Open => "the real window, with what network there is",
        }
    }

    /// Plays a script on the screen that `DISPLAY` names; `paths` are the window, the command line, the demo worlds and
    /// where pictures go.
    #[must_use]
    pub fn journey(self, script: &str, paths: &[PathBuf; 4]) -> Shell {
        // A second start hands its files over on a session bus, which such a machine does not have.
        let played = "timeout 900 dbus-run-session -- node";
        let shell = match self {
            Self::CutOff => Shell::new("unshare --map-root-user --net sh -c")
                .arg("ip link set lo up && exec \"$@\"")
                .args(["sh"].into_iter().chain(played.split(' ')))
                .env("ZIZHI_CUT_OFF", "1"),
            Self::Open => Shell::new(played),
        };
        shell.arg(format!("tests/e2e/{script}.mjs")).args(paths.iter().map(|path| path.display().to_string()))
    }
}
