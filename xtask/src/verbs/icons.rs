//! Draws the committed icons from the one drawing; needed only when the drawing changes.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::setup::apt;
use crate::shell::Shell;

/// Sizes that Tauri's bundles and Linux desktops ask for, with the names Tauri expects.
const SIZES: &[(u32, &str)] =
    &[(32, "32x32.png"), (128, "128x128.png"), (256, "128x128@2x.png"), (512, "icon.png")];

/// Sizes inside the Windows icon.
const WINDOWS: &[u32] = &[16, 32, 48, 64, 256];

/// Writes PNG, ICO and ICNS files beside the drawing.
pub fn icons() -> Result<bool> {
    apt::install(&["librsvg2-bin"])?;
    let folder = crate::root().join("src-tauri/icons");
    for (size, name) in SIZES {
        draw(&folder, *size, name)?;
    }
    let small =
        WINDOWS.iter().map(|size| Ok((*size, picture(&folder, *size)?))).collect::<Result<Vec<_>>>()?;
    fs::write(folder.join("icon.ico"), ico(&small))?;
    // Apple's container: a type code per size, each entry a whole PNG.
    let large = [(b"ic07", 128), (b"ic08", 256), (b"ic09", 512)];
    let large = large
        .iter()
        .map(|(code, size)| Ok((**code, picture(&folder, *size)?)))
        .collect::<Result<Vec<_>>>()?;
    fs::write(folder.join("icon.icns"), icns(&large)?)?;
    Ok(true)
}

fn draw(folder: &Path, size: u32, name: &str) -> Result<()> {
    let size = size.to_string();
    Shell::new("rsvg-convert")
        .args(["-w", &size, "-h", &size, "icon.svg", "-o", name])
        .within(folder)
        .read()
        .map(drop)
}

fn picture(folder: &Path, size: u32) -> Result<Vec<u8>> {
    let name = format!(".{size}.png");
    draw(folder, size, &name)?;
    let path = folder.join(name);
    let bytes = fs::read(&path)?;
    fs::remove_file(&path)?;
    Ok(bytes)
}

fn ico(pictures: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let count = u16::try_from(pictures.len()).unwrap_or(u16::MAX);
    let mut file = [0_u16, 1, count].iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    let mut offset = 6 + 16 * u32::from(count);
    for (size, bytes) in pictures {
        // A width of 256 is written as 0: the field is one byte.
        let side = u8::try_from(*size).unwrap_or(0);
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        file.extend([side, side, 0, 0, 1, 0, 32, 0]);
        file.extend(length.to_le_bytes());
        file.extend(offset.to_le_bytes());
        offset = offset.saturating_add(length);
    }
    file.extend(pictures.iter().flat_map(|(_, bytes)| bytes));
    file
}

fn icns(pictures: &[([u8; 4], Vec<u8>)]) -> Result<Vec<u8>> {
    let length = |bytes: usize| u32::try_from(bytes + 8).context("an icon larger than 4 GiB");
    let mut body = Vec::new();
    for (code, bytes) in pictures {
        body.extend(code);
        body.extend(length(bytes.len())?.to_be_bytes());
        body.extend(bytes);
    }
    let mut file = b"icns".to_vec();
    file.extend(length(body.len())?.to_be_bytes());
    file.extend(body);
    Ok(file)
}
