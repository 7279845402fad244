//! JSON pointers (RFC 6901), the way this crate names a place in a document.

/// Writes a path as a JSON pointer.
pub(crate) fn render<S: AsRef<str>>(path: &[S]) -> String {
    let mut text = String::new();
    for segment in path {
        text.push('/');
        for character in segment.as_ref().chars() {
            match character {
                '~' => text.push_str("~0"),
                '/' => text.push_str("~1"),
                other => text.push(other),
            }
        }
    }
    text
}

/// Splits a JSON pointer that [`render`] wrote.
pub(crate) fn segments(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~"))
}
