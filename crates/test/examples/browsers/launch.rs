//! Real browsers, headless, each with a profile of its own that is removed at the end.

use std::{
    env, fs,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio, id},
    thread,
    time::Duration,
};

use fetch_cors_test::Browser;

/// A running browser.
pub(crate) struct Running {
    child: Child,
    profile: PathBuf,
    signal: &'static str,
}

/// Starts a browser with this page; `None` if it is not installed.
pub(crate) fn start(browser: Browser, url: &str) -> Option<Running> {
    let profile = env::temp_dir().join(format!("fetch-cors-test-{}-{}", id(), browser.name()));
    let in_profile = profile.to_string_lossy().into_owned();
    let (program, arguments): (PathBuf, Vec<String>) = match browser {
        Browser::Chromium => {
            let user_data = format!("--user-data-dir={in_profile}");
            let flags = [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                &user_data,
            ];
            (on_path("chromium")?, flags.map(str::to_owned).to_vec())
        }
        Browser::Firefox => {
            let flags = ["--headless", "--no-remote", "--profile", &in_profile];
            (on_path("firefox-esr")?, flags.map(str::to_owned).to_vec())
        }
        // It needs a display.
        _ => {
            let browser = mini_browser()?.to_string_lossy().into_owned();
            (on_path("xvfb-run")?, vec!["--auto-servernum".to_owned(), browser])
        }
    };
    fs::create_dir_all(&profile).ok()?;
    let child = Command::new(program)
        .args(arguments)
        .arg(url)
        .env("HOME", &profile)
        .envs([
            ("GDK_BACKEND", "x11"),
            ("LIBGL_ALWAYS_SOFTWARE", "1"),
            ("NO_AT_BRIDGE", "1"),
            ("WEBKIT_DISABLE_COMPOSITING_MODE", "1"),
            // Its sandbox needs namespaces, which a container may lack.
            ("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1"),
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .ok()?;
    // `xvfb-run` ends its display on SIGTERM only.
    let signal = if browser == Browser::WebKit { "-TERM" } else { "-KILL" };
    Some(Running { child, profile, signal })
}

impl Running {
    /// Ends the browser, and the processes that it started.
    pub(crate) fn end(mut self) {
        let group = format!("-{}", self.child.id());
        _ = Command::new("kill").args([self.signal, "--", &group]).status();
        _ = self.child.wait();
        // Processes of the group may still write for a moment.
        for _ in 0..20 {
            if fs::remove_dir_all(&self.profile).is_ok() {
                return;
            }
            thread::sleep(Duration::from_millis(100));
        }
    }
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file())
}

/// WebKitGTK's MiniBrowser is not on the PATH.
fn mini_browser() -> Option<PathBuf> {
    let folders = fs::read_dir("/usr/lib").ok()?;
    let programs = folders.filter_map(|folder| Some(folder.ok()?.path().join("webkit2gtk-4.1/MiniBrowser")));
    programs.into_iter().find(|program| Path::is_file(program))
}
