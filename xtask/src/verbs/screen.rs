//! A screen for the window on a machine that has none.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::steps::{Steps, Tally};

/// A running virtual screen; it ends when this value does.
#[derive(Debug)]
pub struct Screen {
    server: Child,
    /// Its name as programs want it, `:7` for example.
    pub display: String,
}

impl Screen {
    /// A step that starts one; `again` is the command that repeats it. `None` where none could be started.
    pub fn step(steps: &mut Steps, again: &str) -> Option<Self> {
        let mut screen = None;
        steps.function("a virtual screen", again, || {
            screen = Some(Self::start()?);
            Ok(Tally::default())
        });
        screen
    }

    /// Starts a virtual screen of 1440 × 900 on the first free display number.
    pub fn start() -> Result<Self> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start Xvfb")?;
        let mut number = String::new();
        let said = server.stdout.take().context("Xvfb has no output")?;
        // The server writes its number once it takes connections, so no waiting or guessing is needed.
        BufReader::new(said).read_line(&mut number)?;
        let screen = Self { server, display: format!(":{}", number.trim()) };
        ensure!(!number.trim().is_empty(), "Xvfb started but gave no display number");
        Ok(screen)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // Nothing can be done about a server that has already ended.
        drop(self.server.kill());
        drop(self.server.wait());
    }
}
