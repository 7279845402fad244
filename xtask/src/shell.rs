//! A command that can be shown, run, and repeated by hand.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use anyhow::{Context, Result};

/// One external command: what to run, where, and with which additions to the environment.
#[derive(Clone, Debug)]
pub struct Shell {
    program: String,
    arguments: Vec<String>,
    folder: Option<PathBuf>,
    environment: Vec<(String, String)>,
}

impl Shell {
    /// Splits `line` at spaces; an argument that holds a space is added with [`Shell::arg`].
    #[must_use]
    pub fn new(line: &str) -> Self {
        let mut words = line.split_whitespace().map(str::to_owned);
        let program = words.next().unwrap_or_default();
        Self { program, arguments: words.collect(), folder: None, environment: Vec::new() }
    }

    /// Runs the program at `path` in place of one found by name.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        let program = path.display().to_string();
        Self { program, arguments: Vec::new(), folder: None, environment: Vec::new() }
    }

    /// Adds one argument as it stands.
    #[must_use]
    pub fn arg(mut self, argument: impl Into<String>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Adds several arguments as they stand.
    #[must_use]
    pub fn args<I: IntoIterator<Item = S>, S: Into<String>>(mut self, arguments: I) -> Self {
        self.arguments.extend(arguments.into_iter().map(Into::into));
        self
    }

    /// Runs in `folder` in place of the workspace's root.
    #[must_use]
    pub fn within(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    /// Sets one environment variable.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl Into<String>) -> Self {
        self.environment.push((name.to_owned(), value.into()));
        self
    }

    /// The line that a person types at the workspace's root to run this again.
    #[must_use]
    pub fn line(&self) -> String {
        let mut words: Vec<String> =
            self.environment.iter().map(|(name, value)| format!("{name}={}", quoted(value))).collect();
        words.push(quoted(&self.program));
        words.extend(self.arguments.iter().map(|argument| quoted(argument)));
        let line = words.join(" ");
        match &self.folder {
            Some(folder) => format!("(cd {} && {line})", quoted(&short(folder))),
            None => line,
        }
    }

    /// The command for the standard library; standard input is closed, so that nothing ever waits for an answer.
    #[must_use]
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(Stdio::null());
        command.current_dir(self.folder.clone().unwrap_or_else(crate::root));
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs with both outputs written to the file `log`.
    pub fn logged(&self, log: &Path) -> Result<ExitStatus> {
        Ok(self.begun(log)?.wait()?)
    }

    /// Begins it, with both outputs written to the file `log`, and leaves it to the caller to wait for its end.
    pub fn begun(&self, log: &Path) -> Result<Child> {
        let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        let other = file.try_clone()?;
        let mut command = self.command();
        command.stdout(file).stderr(other);
        command.spawn().with_context(|| format!("cannot start {}", self.program))
    }

    /// Runs with the terminal's own outputs.
    pub fn shown(&self) -> Result<ExitStatus> {
        self.command().status().with_context(|| format!("cannot start {}", self.program))
    }

    /// Runs, shows standard output as it comes, and returns it as well.
    pub fn echoed(&self) -> Result<(ExitStatus, String)> {
        let cannot = || format!("cannot start {}", self.program);
        let mut child = self.command().stdout(Stdio::piped()).spawn().with_context(cannot)?;
        let mut said = String::new();
        for line in child.stdout.take().into_iter().flat_map(|said| BufReader::new(said).lines()) {
            let line = line?;
            println!("{line}");
            said.push_str(&line);
            said.push('\n');
        }
        Ok((child.wait()?, said))
    }

    /// Runs and returns standard output; a failure carries what was said on standard error.
    pub fn read(&self) -> Result<String> {
        let output = self.command().output().with_context(|| format!("cannot start {}", self.program))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            anyhow::bail!("{} failed: {}", self.line(), said.trim());
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

/// Whether a program of this name can be found on the search path.
#[must_use]
pub fn exists(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

/// A path as seen from the workspace's root where it lies inside it.
#[must_use]
pub fn short(path: &Path) -> String {
    path.strip_prefix(crate::root()).unwrap_or(path).display().to_string()
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=:,+@%^".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
