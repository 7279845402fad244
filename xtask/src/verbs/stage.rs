//! Where the journeys of `tests/e2e` are played.

use std::path::PathBuf;

use super::screen::Screen;
use crate::shell::Shell;

/// What network a journey meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A network namespace with nothing in it but the loopback that drives the window.
    CutOff,
    /// The machine as it is, where namespaces are not to be had.
    Open,
}

impl Stage {
    /// Cut off, where this machine allows it.
    #[must_use]
    pub fn of_this_machine() -> Self {
        let tried = Shell::new("unshare --map-root-user --net ip link set lo up").read();
        if tried.is_ok() { Self::CutOff } else { Self::Open }
    }

    /// As a step's title begins.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CutOff => "the real window without a network",
            Self::Open => "the real window, with what network there is",
        }
    }

    /// Plays a script on a screen; `paths` are the window, the command line, the demo worlds and where pictures go.
    #[must_use]
    pub fn journey(self, script: &str, paths: &[PathBuf; 4], screen: &Screen) -> Shell {
        // A second start hands its files over on a session bus, which such a machine does not have.
        let played = "timeout 900 dbus-run-session -- node";
        let shell = match self {
            Self::CutOff => Shell::new("unshare --map-root-user --net sh -c")
                .arg("ip link set lo up && exec \"$@\"")
                .args(["sh"].into_iter().chain(played.split(' ')))
                .env("ZIZHI_CUT_OFF", "1"),
            Self::Open => Shell::new(played),
        };
        shell
            .arg(format!("tests/e2e/{script}.mjs"))
            .args(paths.iter().map(|path| path.display().to_string()))
            .env("DISPLAY", &screen.display)
    }
}
