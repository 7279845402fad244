//! Debian packages: to build the desktop window, to test it, and the other people's tools that tests compare with.

use anyhow::{Result, bail};

use crate::shell::{Shell, exists};

/// What the desktop package needs to compile and link.
pub const WINDOW: &[&str] = &[
    "build-essential",
    "pkg-config",
    "file",
    "libwebkit2gtk-4.1-dev",
    "libayatana-appindicator3-dev",
    "librsvg2-dev",
    "libxdo-dev",
    "libssl-dev",
];

/// What shows the window on a machine without a screen and reads it back.
pub const SCREEN: &[&str] = &[
    "xvfb",
    "xauth",
    "iproute2",
    "xdotool",
    "imagemagick",
    "fonts-noto-cjk",
    "fonts-lxgw-wenkai",
    "webkit2gtk-driver",
    "dbus",
    "procps",
];

/// What makes an .rpm; the tools of a .deb come with `build-essential`.
pub const PACKING: &[&str] = &["rpm"];

/// What opens a file by its kind, as a double-click does.
pub const OPENING: &[&str] = &["libglib2.0-bin"];

/// Programs by others that the tests compare with, and the keychain that they ask.
pub const OTHERS: &[&str] = &["age", "gnome-keyring", "openssl", "poppler-utils", "python3-venv"];

/// Installs those of `packages` that are missing.
///
/// On a machine without `dpkg` nothing is installed; the names are printed, so that their equivalents can be.
pub fn install(packages: &[&str]) -> Result<()> {
    if !exists("dpkg-query") {
        println!("  no dpkg here; the equivalents of these are needed: {}", packages.join(" "));
        return Ok(());
    }
    let missing = missing(packages)?;
    if missing.is_empty() {
        return Ok(());
    }
    println!("  installing {}", missing.join(" "));
    let become_root = if is_root()? { "" } else { "sudo " };
    if !become_root.is_empty() && !exists("sudo") {
        bail!(
            "not root and no sudo; run this as root: apt-get install --no-install-recommends {}",
            missing.join(" ")
        );
    }
    // Another apt may be running on a freshly started machine: wait for it instead of failing.
    let apt =
        format!("{become_root}env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600");
    Shell::new(&format!("{apt} update")).read()?;
    Shell::new(&format!("{apt} install -y --no-install-recommends")).args(missing).read().map(drop)
}

/// Those of `packages` that are not installed.
pub fn missing(packages: &[&str]) -> Result<Vec<String>> {
    let mut missing = Vec::new();
    for package in packages {
        let asked = Shell::new("dpkg-query -W -f=${db:Status-Status}").arg(*package).command().output()?;
        if asked.stdout != b"installed" {
            missing.push((*package).to_owned());
        }
    }
    Ok(missing)
}

/// Whether this user may install.
pub fn is_root() -> Result<bool> {
    Ok(Shell::new("id -u").read()?.trim() == "0")
}
