//! Steps of a verb: run one after the other, or side by side where they do not disturb one another; timed, counted, each
//! repeatable by the line it prints.
//!
//! A failed step does not stop those after it: one run shows everything that is wrong.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::sync::{Mutex, mpsc};
use std::thread;
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
        println!("  its output: {}", short(&log));
        let ended = Ended::of(shell, counting, &log);
        self.end_command(name, shell, ended)
    }

    /// Runs commands that do not disturb one another, one in each lane at a time; each is a step of its own, told when
    /// it has ended. What a lane has that the other has not it gives as a variable of the environment.
    pub fn side_by_side(&mut self, counting: Counting, lanes: &[(&str, &str)], commands: &[(String, Shell)]) {
        let waiting = Mutex::new((self.number + 1..).zip(commands));
        let (tell, told) = mpsc::channel();
        let logs = self.logs.clone();
        self.number += commands.len();
        thread::scope(|scope| {
            for &(variable, value) in lanes {
                let (waiting, tell, logs) = (&waiting, tell.clone(), &logs);
                scope.spawn(move || {
                    // Who waits for the next command must not hold the lock while it runs.
                    let next = || waiting.lock().ok().and_then(|mut commands| commands.next());
                    while let Some((number, (name, shell))) = next() {
                        let shell = shell.clone().env(variable, value);
                        let ended = Ended::of(&shell, counting, &log(logs, number, name));
                        // The receiver is there until every lane has ended.
                        drop(tell.send((name, shell, ended)));
                    }
                });
            }
            drop(tell);
            for (name, shell, ended) in told {
                println!("▸ {name}\n  its output: {}", short(&ended.log));
                self.end_command(name, &shell, ended);
            }
        });
    }

    /// Runs a function of this program as one step; `repeat` is the line that runs it alone.
    pub fn function(&mut self, name: &str, repeat: &str, work: impl FnOnce() -> Result<Tally>) -> bool {
        self.start(name);
        let began = Instant::now();
        match work() {
            Ok(tally) => self.end(name, began.elapsed(), tally, repeat, "see above", Vec::new()),
            Err(error) => self.end(name, began.elapsed(), FAILED, repeat, "", vec![format!("{error:#}")]),
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

    /// What passed and what failed so far.
    #[must_use]
    pub const fn tally(&self) -> Tally {
        self.tally
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
        log(&self.logs, self.number, name)
    }

    fn end_command(&mut self, name: &str, shell: &Shell, ended: Ended) -> bool {
        let said = format!("{}\n  whole output: {}", ended.said, short(&ended.log));
        self.end(name, ended.took, ended.tally, &shell.line(), &said, ended.causes)
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

/// How a command ended.
#[derive(Debug)]
struct Ended {
    log: PathBuf,
    took: Duration,
    tally: Tally,
    said: String,
    causes: Vec<String>,
}

impl Ended {
    /// Runs it with its output in the file `log`, and waits.
    fn of(shell: &Shell, counting: Counting, log: &Path) -> Self {
        let began = Instant::now();
        let outcome = shell.logged(log);
        let took = began.elapsed();
        let output =
            fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        let counted = count(&output);
        let good = outcome.as_ref().is_ok_and(ExitStatus::success);
        let (tally, said) = match (outcome, counting) {
            (Ok(_), Counting::Tests) if good && counted.passed == 0 && counted.failed == 0 => {
                (FAILED, "it ran no test".to_owned())
            }
            // A runner that stopped before its closing line has failed at least once.
            (Ok(_), Counting::Tests) if !good => {
                (Tally { failed: counted.failed.max(1), ..counted }, tail(&output))
            }
            (Ok(_), Counting::Tests) => (counted, tail(&output)),
            (Ok(_), Counting::Nothing) if good => (Tally::default(), tail(&output)),
            (Ok(_), _) if good => (Tally { passed: 1, failed: 0 }, tail(&output)),
            (Ok(_), _) => (FAILED, tail(&output)),
            (Err(error), _) => (FAILED, format!("{error:#}")),
        };
        Self { log: log.to_owned(), took, tally, said, causes: causes(&output) }
    }
}

const FAILED: Tally = Tally { passed: 0, failed: 1 };

/// The file for the output of the step with this number.
fn log(logs: &Path, number: usize, name: &str) -> PathBuf {
    let file: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    logs.join(format!("{number:02}-{file}.log"))
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
