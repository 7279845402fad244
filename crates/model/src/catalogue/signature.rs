//! Texts about signatures and the keys that made them.

use super::entry::{Entry, line};
use crate::check::Outcome::{Fail, Info, Pending};

pub(super) const SIG_INVALID: Entry = Entry {
    usual: Fail,
    title: line("数字签名", "Digital signature"),
    ok: line("签名有效，内容未被改动。", "The signature holds; the content is unaltered."),
    problem: line(
        "签名无效，内容在签名之后被改动，或不是由所称的单位签名，不予采信。",
        "The signature is invalid: the content was altered after signing, or somebody else signed it. It is not accepted.",
    ),
    variants: &[],
    advice: line(
        "请企业向签发方重新取得原件；如系传输损坏，请重新发送。",
        "The firm should get the original from the issuer again, or send it again if it was damaged on the way.",
    ),
};

pub(super) const SIG_ALG: Entry = Entry {
    usual: Fail,
    title: line("签名算法", "Signature algorithm"),
    ok: line("签名算法与登记的密钥一致。", "The signature algorithm is that of the registered key."),
    problem: line(
        "文件声明的签名算法[“{found}”]与密钥登记的算法[“{expected}”]不符，不予采信。",
        "The signature algorithm stated in the file[ (“{found}”)] is not that of the registered key[ (“{expected}”)]. It is not accepted.",
    ),
    variants: &[],
    advice: line(
        "请签名单位用登记的密钥重新签名。",
        "The organisation that signed should sign again with its registered key.",
    ),
};

pub(super) const SIG_TYP: Entry = Entry {
    usual: Fail,
    title: line("签名文件类别", "Type of the signed file"),
    ok: line("签名文件的类别正确。", "The signed file is of the right type."),
    problem: line(
        "签名文件的类别不对[，应为“{expected}”][，实为“{found}”]，不能当作此类文件使用。",
        "The signed file is of another type[ than “{expected}”][: “{found}”]. It cannot be used as such a file.",
    ),
    variants: &[],
    advice: line(
        "请确认选对了文件，或请出具单位重新签发。",
        "Make sure it is the right file, or have it issued again.",
    ),
};

pub(super) const SIG_CRIT: Entry = Entry {
    usual: Fail,
    title: line("签名的附加要求", "Mandatory extensions of the signature"),
    ok: line("签名没有无法识别的附加要求。", "The signature has no unknown mandatory extensions."),
    problem: line(
        "签名带有本软件无法识别的强制要求[“{found}”]，按规定不能采信。",
        "The signature has a mandatory extension that this program does not know[: “{found}”]. By the rules it cannot be accepted.",
    ),
    variants: &[],
    advice: line(
        "请签名单位按本格式重新签名，不附加其他要求。",
        "The organisation that signed should sign again without such extensions.",
    ),
};

pub(super) const SIG_UNKNOWN_KEY: Entry = Entry {
    usual: Fail,
    title: line("签名密钥登记", "Registration of the signing key"),
    ok: line("签名密钥已登记在签发方名下。", "The signing key is registered to the issuer."),
    problem: line(
        "签名所用的密钥[（{kid}）]没有登记在签发方[“{name}”]名下，不能认定是其签名。",
        "The key that signed[ ({kid})] is not registered to the issuer[ “{name}”], so the signature cannot be taken as its own.",
    ),
    variants: &[(
        Pending,
        line(
            "本机信任名录[（数据截至{at}）]不是最新，其中没有签名所用的密钥[（{kid}）]，可能是新登记的密钥，待联网复核。",
            "The trust data here[ (as of {at})] is not current and does not list the key that signed[ ({kid})]. It may be a new key; pending online check.",
        ),
    )],
    advice: line(
        "请经办人更新信任数据后重新核验；仍未登记的，请签发方向本省名录维护单位登记密钥。",
        "The operator should update the trust data and verify again; if the key is still not listed, the issuer should register it with its province.",
    ),
};

pub(super) const SIG_USE: Entry = Entry {
    usual: Fail,
    title: line("密钥用途", "Use of the key"),
    ok: line("签名密钥的登记用途相符。", "The key is registered for this use."),
    problem: line(
        "签名密钥没有登记此项用途[（{use}）]，不能用来签署这类文件。",
        "The key is not registered for this use[ ({use})], so it cannot sign such a file.",
    ),
    variants: &[],
    advice: line(
        "请签发方改用相应用途的密钥重新签名，或补办用途登记。",
        "The issuer should sign again with a key for this use, or have the use registered.",
    ),
};

pub(super) const KEY_WEAK: Entry = Entry {
    usual: Fail,
    title: line("密钥强度", "Strength of the key"),
    ok: line("密钥符合安全要求。", "The key meets the security requirements."),
    problem: line(
        "密钥不安全[（{kid}）]，任何人都可能伪造其签名，不予采信。",
        "The key is not secure[ ({kid})]: anybody could forge its signatures. It is not accepted.",
    ),
    variants: &[],
    advice: line(
        "请密钥持有单位立即更换密钥，并重新签发相关文件。",
        "The holder of the key should replace it at once and issue what it signed again.",
    ),
};

pub(super) const SIG_KEY_NOT_YET: Entry = Entry {
    usual: Fail,
    title: line("密钥启用时间", "Start of the key's validity"),
    ok: line("签名时密钥已经启用。", "The key was in force when it signed."),
    problem: line(
        "签名时间[（{at}）]早于密钥启用时间[（{from}）]，签名不予采信。",
        "The signature[ ({at})] is earlier than the start of the key's validity[ ({from})]. It is not accepted.",
    ),
    variants: &[],
    advice: line(
        "请签发方核对签名机器的时间，并在密钥启用后重新签名。",
        "The issuer should check the clock of the signing machine and sign again once the key is in force.",
    ),
};

pub(super) const SIG_KEY_EXPIRED: Entry = Entry {
    usual: Fail,
    title: line("密钥有效期", "Validity of the key"),
    ok: line("签名时密钥在有效期内。", "The key was valid when it signed."),
    problem: line(
        "签名时间[（{at}）]晚于密钥有效期[（至{until}）]，签名不予采信。",
        "The signature[ ({at})] is later than the end of the key's validity[ ({until})]. It is not accepted.",
    ),
    variants: &[],
    advice: line(
        "请签发方用现行有效的密钥重新签名。",
        "The issuer should sign again with a key that is valid now.",
    ),
};

pub(super) const SIG_KEY_HISTORICAL: Entry = Entry {
    usual: Info,
    title: line("历史密钥", "Historical key"),
    ok: line("签名密钥现行有效。", "The signing key is still in force."),
    problem: line(
        "签名密钥现已停用[（有效期至{until}）]，但签名在其有效期内作出，签名仍然有效。",
        "The signing key is no longer in use[ (ended {until})], but it was valid when it signed, so the signature still holds.",
    ),
    variants: &[],
    advice: line(
        "无需处理；签发方已在使用新的密钥。",
        "Nothing needs to be done; the issuer uses a newer key now.",
    ),
};

pub(super) const SIG_KEY_REVOKED: Entry = Entry {
    usual: Pending,
    title: line("密钥撤销", "Revocation of the key"),
    ok: line("签名密钥没有被撤销。", "The signing key is not revoked."),
    problem: line(
        "签名密钥已[于{until}]被撤销[（{reason}）]，签名不早于撤销时间，不予采信。",
        "The signing key was revoked[ on {until}][ ({reason})] and the signature is not earlier. It is not accepted.",
    ),
    variants: &[(
        Pending,
        line(
            "签名密钥已[于{until}]被撤销[（{reason}）]，签名时间虽在撤销之前，但只有签名方自己的时间为证，待联网复核。",
            "The signing key was revoked[ on {until}][ ({reason})]. The signature states an earlier time, but only by the signer's own clock; pending online check.",
        ),
    )],
    advice: line(
        "请企业向签发方重新取得用现行密钥签名的凭证。",
        "The firm should get the credential from the issuer again, signed with a current key.",
    ),
};
