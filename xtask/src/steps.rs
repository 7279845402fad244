//! Steps of a verb: run one after the other, timed, counted, each repeatable by the line it prints.
//!
//! A failed step does not stop those after it: one run shows everything that is wrong.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::causes::{causes, scarce};
use crate::shell::{Shell, short};

/// How many lines of a failed step's output are shown; the whole is in its log.
const SHOWN: usize = 120;

/// What a step's success counts for in the closing line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// Preparation: counts for nothing unless it fails.
    Nothing,
    /// One check.
    One,
    /// As many as the test runner's own lines in the output say; none at all is a failure.
    Tests,
}

/// What passed and what failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Checks and tests that passed.
    pub passed: u64,
    /// Checks and tests that failed.
    pub failed: u64,
}

/// A step that failed: its name, the line that runs it alone, and what it said of its causes.
#[derive(Debug)]
struct Failure {
    name: String,
    repeat: String,
    causes: Vec<String>,
}

/// The steps done so far.
#[derive(Debug)]
pub struct Steps {
    logs: PathBuf,
    tally: Tally,
    number: usize,
    failures: Vec<Failure>,
    warnings: Vec<String>,
    started: Instant,
}

impl Steps {
    /// No step done yet; logs go to `target/xtask/logs`.
    pub fn begin() -> Result<Self> {
        let logs = crate::target().join("xtask/logs");
        fs::create_dir_all(&logs)?;
        Ok(Self {
            logs,
            tally: Tally::default(),
            number: 0,
            failures: Vec::new(),
            warnings: Vec::new(),
            started: Instant::now(),
        })
    }

    /// Runs a command as one step.
    pub fn command(&mut self, name: &str, counting: Counting, shell: &Shell) -> bool {
        let log = self.start(name);
        let began = Instant::now();
        println!("  its output: {}", short(&log));
        let outcome = shell.logged(&log);
        let output =
            fs::read(&log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        let counted = count(&output);
        let tally = match (&outcome, counting) {
            (Ok(status), Counting::Tests)
                if status.success() && counted.passed == 0 && counted.failed == 0 =>
            {
                self.end(
                    name,
                    began.elapsed(),
                    Tally { passed: 0, failed: 1 },
                    &shell.line(),
                    "it ran no test",
                    Vec::new(),
                );
                return false;
            }
            // A runner that stopped before its closing line has failed at least once.
            (Ok(status), Counting::Tests) if !status.success() => {
                Tally { failed: counted.failed.max(1), ..counted }
            }
            (Ok(_), Counting::Tests) => counted,
            (Ok(status), Counting::Nothing) if status.success() => Tally::default(),
            (Ok(status), _) if status.success() => Tally { passed: 1, failed: 0 },
            _ => Tally { passed: 0, failed: 1 },
        };
        let said = match outcome {
            Ok(_) => tail(&output),
            Err(error) => format!("{error:#}"),
        };
        self.end(
            name,
            began.elapsed(),
            tally,
            &shell.line(),
            &format!("{said}\n  whole output: {}", short(&log)),
            causes(&output),
        )
    }

    /// Runs a function of this program as one step; `repeat` is the line that runs it alone.
    pub fn function(&mut self, name: &str, repeat: &str, work: impl FnOnce() -> Result<Tally>) -> bool {
        self.start(name);
        let began = Instant::now();
        match work() {
            Ok(tally) => self.end(name, began.elapsed(), tally, repeat, "see above", Vec::new()),
            Err(error) => {
                let failed = Tally { passed: 0, failed: 1 };
                self.end(name, began.elapsed(), failed, repeat, "", vec![format!("{error:#}")])
            }
        }
    }

    /// Has the summary say what a run that failed nothing did not show.
    pub fn warn(&mut self, what: &str) {
        self.warnings.push(what.to_owned());
    }

    /// Prints the summary; true when nothing failed.
    #[must_use]
    pub fn finish(&self) -> bool {
        print!("{}", self.summary());
        self.failures.is_empty()
    }

    /// How long it took, what failed, and what was not shown.
    #[must_use]
    pub fn summary(&self) -> String {
        let done = if self.failures.is_empty() { "done" } else { "not done" };
        let mut lines = vec![format!("\n{done} in {}", clock(self.started.elapsed()))];
        for Failure { name, repeat, causes } in &self.failures {
            lines.push(format!("failed: {name}\n  repeat it alone: {repeat}"));
            lines.extend(causes.iter().map(|cause| format!("  {cause}")));
        }
        lines.extend(self.warnings.iter().map(|warning| format!("!!! {warning}")));
        lines.join("\n") + "\n"
    }

    /// Prints what failed and how many checks there were; true when nothing failed.
    #[must_use]
    pub fn finish_counted(&self) -> bool {
        let good = self.finish();
        // This line stands alone so that programs which watch the run can read it.
        println!("\n{} passed, {} failed", self.tally.passed, self.tally.failed);
        good
    }

    fn start(&mut self, name: &str) -> PathBuf {
        self.number += 1;
        println!("▸ {name}");
        let file: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        self.logs.join(format!("{:02}-{file}.log", self.number))
    }

    fn end(
        &mut self,
        name: &str,
        took: Duration,
        tally: Tally,
        repeat: &str,
        said: &str,
        mut causes: Vec<String>,
    ) -> bool {
        self.tally.passed += tally.passed;
        self.tally.failed += tally.failed;
        let good = tally.failed == 0;
        if good {
            let counted = if tally.passed > 1 { format!(", {} checks", tally.passed) } else { String::new() };
            println!("  ok, {}{counted}", clock(took));
        } else {
            causes.extend(scarce());
            println!("{said}\n  FAILED, {}: {name}\n  repeat it alone: {repeat}", clock(took));
            for cause in &causes {
                println!("  {cause}");
            }
            self.failures.push(Failure { name: name.to_owned(), repeat: repeat.to_owned(), causes });
        }
        good
    }
}

/// Adds up the closing lines of the test runners that this repository uses: cargo's, Vitest's, and the plain form.
#[must_use]
pub fn count(output: &str) -> Tally {
    let mut sum = Tally::default();
    for line in output.lines() {
        let plain = without_colour(line);
        let line = plain.trim();
        let cargo =
            line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")).map(|(_, rest)| rest);
        let vitest = line.strip_prefix("Tests ").map(str::trim);
        let plain = Some(line).filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
        let Some(numbers) = cargo.or(vitest).or(plain) else { continue };
        let words: Vec<&str> =
            numbers.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
        for pair in words.windows(2) {
            let [number, word] = pair else { continue };
            let Ok(number) = number.parse::<u64>() else { continue };
            match *word {
                "passed" => sum.passed += number,
                "failed" => sum.failed += number,
                _ => {}
            }
        }
    }
    sum
}

fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut escaped = false;
    for c in line.chars() {
        match (escaped, c) {
            (false, '\u{1b}') => escaped = true,
            (false, c) => plain.push(c),
            (true, c) if c.is_ascii_alphabetic() => escaped = false,
            (true, _) => {}
        }
    }
    plain
}

fn tail(output: &str) -> String {
    let lines: Vec<&str> = output.lines().collect();
    let from = lines.len().saturating_sub(SHOWN);
    lines.get(from..).unwrap_or_default().iter().map(|line| format!("    {line}\n")).collect()
}

fn clock(took: Duration) -> String {
    let seconds = took.as_secs();
    if seconds >= 60 {
        format!("{} min {} s", seconds / 60, seconds % 60)
    } else {
        format!("{:.1} s", took.as_secs_f64())
    }
}
