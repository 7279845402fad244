//! Amounts in capital characters (大写), by the rules for filling in bills (票据填写规则).

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const PLACES: [&str; 4] = ["仟", "佰", "拾", ""];

/// The amount with `人民币` before it. `整` closes an amount that has no 分.
pub(super) fn write(fen: i64) -> String {
    let amount = fen.unsigned_abs();
    let (yuan, jiao, cents) = (amount / 100, amount / 10 % 10, amount % 10);
    let mut out = String::from(if fen < 0 { "人民币负" } else { "人民币" });
    if yuan > 0 || amount == 0 {
        integer(yuan, &mut out);
        out.push('元');
    }
    if jiao > 0 {
        digit(jiao, &mut out);
        out.push('角');
    } else if cents > 0 && yuan > 0 {
        // Between 元 and 分 the missing 角 is spoken.
        out.push('零');
    }
    if cents > 0 {
        digit(cents, &mut out);
        out.push('分');
    } else {
        out.push('整');
    }
    out
}

/// A whole number. 亿 is a unit of its own, so that numbers of more than 亿 repeat the scheme: a
/// hundred million 亿 is 壹亿亿.
fn integer(number: u64, out: &mut String) {
    const YI: u64 = 100_000_000;
    const WAN: u64 = 10_000;
    if number == 0 {
        out.push('零');
        return;
    }
    let (high, low) = (number / YI, number % YI);
    if high > 0 {
        integer(high, out);
        out.push('亿');
    }
    let (wan, rest) = (low / WAN, low % WAN);
    if wan > 0 {
        four(wan, high > 0, false, out);
        out.push('万');
    }
    if rest > 0 {
        // An empty group of 万 under 亿 is spoken as one 零.
        four(rest, high > 0 || wan > 0, high > 0 && wan == 0, out);
    }
}

/// Up to four digits. A run of zeros inside is one 零; zeros at the end are silent; a zero at the
/// front is spoken when something stands before the group (`follows`). `gap` says that a zero is owed
/// from before.
fn four(number: u64, follows: bool, mut gap: bool, out: &mut String) {
    let mut started = follows;
    for (place, divisor) in PLACES.iter().zip([1000, 100, 10, 1]) {
        let value = number / divisor % 10;
        if value == 0 {
            gap = started;
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        started = true;
        digit(value, out);
        out.push_str(place);
    }
}

fn digit(value: u64, out: &mut String) {
    out.extend(usize::try_from(value).ok().and_then(|at| DIGITS.get(at)));
}
