//! Which names are safe as paths on every system that may unpack them.

/// Bytes of a name. Windows stops at 260 characters, and nothing of ours comes near.
pub(crate) const LONGEST: usize = 255;

/// Names that Windows gives to devices, whatever follows the first dot.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// Whether `name` is safe: relative, without `.`, `..`, empty or device segments, without characters
/// that some file system reads differently, at most 255 bytes. One `/` at the end marks a directory.
#[must_use]
pub fn is_safe(name: &str) -> bool {
    fault(name).is_none()
}

/// What makes `name` unsafe.
pub(crate) fn fault(name: &str) -> Option<&'static str> {
    if name.len() > LONGEST {
        return Some("the name is longer than 255 bytes");
    }
    if name.starts_with('/') {
        return Some("the name is an absolute path");
    }
    if name.chars().any(misleading) {
        return Some("the name has a control or invisible character");
    }
    // A colon is a drive (`a:b`) or a second data stream; the others are illegal on Windows.
    if name.contains(['\\', ':', '<', '>', '"', '|', '?', '*']) {
        return Some("the name has a character that other systems read differently");
    }
    name.strip_suffix('/').unwrap_or(name).split('/').find_map(segment_fault)
}

fn segment_fault(segment: &str) -> Option<&'static str> {
    match segment {
        "" => Some("the name has an empty segment"),
        "." | ".." => Some("the name has a segment that moves through the folders"),
        // Windows drops these, so that two names become one.
        _ if segment.ends_with(['.', ' ']) => Some("a segment of the name ends with a dot or a space"),
        _ if is_device(segment) => Some("a segment of the name is a device"),
        _ => None,
    }
}

fn is_device(segment: &str) -> bool {
    let stem = segment.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|rest| {
            let mut rest = rest.chars();
            matches!((rest.next(), rest.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
        })
    };
    DEVICES.contains(&stem.as_str()) || numbered("COM") || numbered("LPT")
}

/// Characters that a person does not see, or that reorder what is seen.
fn misleading(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
