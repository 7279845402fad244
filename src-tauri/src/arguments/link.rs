//! `x-dossier://case/<number>`: the only thing that a link may ask for is a case by its number in the books. Anybody can
//! write a link, so whatever else stands in one is left alone.

/// What the scheme is called, `x-scheme-handler/x-dossier` in `packaging/zizhitong-link.desktop`.
const SCHEME: &str = "x-dossier:";
const CASE: &str = "//case/";

/// Whether a word of the command line is a link and no file.
pub fn is_link(word: &str) -> bool {
    after_scheme(word).is_some()
}

/// The number of the case, 收〔2026〕0017, that a link names. Nothing where it names anything else.
pub fn case_in(link: &str) -> Option<String> {
    let number = decoded(after_scheme(link)?.strip_prefix(CASE)?)?;
    is_case_number(&number).then_some(number)
}

fn after_scheme(word: &str) -> Option<&str> {
    let (scheme, rest) = word.split_at_checked(SCHEME.len())?;
    scheme.eq_ignore_ascii_case(SCHEME).then_some(rest)
}

/// RFC 3986, section 2.1: `%E6` is one byte. Browsers write every Chinese character so.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut parts = text.split('%');
    bytes.extend_from_slice(parts.next()?.as_bytes());
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

/// Four digits of the year and the ordinal, which has four or more.
fn is_case_number(text: &str) -> bool {
    let digits = |text: &str, fewest, most| {
        (fewest..=most).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit())
    };
    text.strip_prefix("收〔")
        .and_then(|rest| rest.split_once('〕'))
        .is_some_and(|(year, ordinal)| digits(year, 4, 4) && digits(ordinal, 4, 10))
}
