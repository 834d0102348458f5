//! Counts of one call of each piece of work, and the committed file of counts.

use std::{collections::BTreeMap, fmt::Write as _, fs, io, path::PathBuf};

pub type Counts = Vec<(String, u64)>;

/// The directory of the committed counts.
pub fn directory() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("baseline")
}

pub struct Baseline {
    path: PathBuf,
    counts: BTreeMap<String, u64>,
}

impl Baseline {
    /// Reads a file in [`directory`]. If the file does not exist yet, the baseline has no counts.
    pub fn read(file: &str) -> io::Result<Self> {
        let path = directory().join(file);
        let parse = |line: &str| {
            let (count, name) = line.trim_start().split_once(' ')?;
            Some((name.to_owned(), count.parse().ok()?))
        };
        let counts = match fs::read_to_string(&path) {
            Ok(text) => text.lines().filter_map(parse).collect(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(error),
        };
        Ok(Baseline { path, counts })
    }

    pub fn name(&self) -> String {
        format!("benches/baseline/{}", self.path.file_name().unwrap_or_default().to_string_lossy())
    }

    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    pub fn write(&self, what: &str, counts: &Counts) -> io::Result<()> {
        let mut text = format!("# {what} `./ci.sh baseline` writes this anew.\n");
        for (name, count) in counts {
            // Writing to a string does not fail.
            let _ = writeln!(text, "{count:>9} {name}");
        }
        fs::create_dir_all(directory())?;
        fs::write(&self.path, text)
    }

    /// The counts that differ from the committed ones by more than a share, in sentences. A gain fails too: if it were
    /// not committed, it could be lost unnoticed.
    pub fn broken(&self, counts: &Counts, margin: impl Fn(&str) -> f64, is_complete: bool) -> Vec<String> {
        let mut broken = Vec::new();
        for (name, count) in counts {
            match self.counts.get(name) {
                None => broken.push(format!("`{name}` takes {count}, and is not in {}", self.name())),
                Some(was) if (as_float(*count) - as_float(*was)).abs() > margin(name) * as_float(*was) => {
                    let share = 100.0 * (as_float(*count) / as_float(*was) - 1.0);
                    broken.push(format!("`{name}` takes {count}, not {was} ({share:+.1} %)"));
                }
                Some(_) => {}
            }
        }
        if is_complete {
            let is_measured = |name: &String| counts.iter().any(|(other, _)| other == name);
            let gone = self.counts.keys().filter(|name| !is_measured(name));
            broken.extend(gone.map(|name| format!("`{name}` is in {} alone", self.name())));
        }
        if !broken.is_empty() {
            broken.push("where this is meant, `./ci.sh baseline` writes the counts anew".to_owned());
        }
        broken
    }
}

#[allow(clippy::cast_precision_loss, reason = "no count is near 2 to the 52")]
pub fn as_float(count: u64) -> f64 {
    count as f64
}
