//! Texts about the file as such: limits, the ZIP container, digests.

use super::entry::{Entry, line};
use crate::check::Outcome::Fail;

pub(super) const FMT_JSON: Entry = Entry {
    usual: Fail,
    title: line("签名数据格式", "Form of the signed data"),
    ok: line("签名数据格式规范。", "The signed data is in the required form."),
    problem: line(
        "签名数据格式不规范[（{rule}）]，不同程序可能读出不同内容，不予采信。",
        "The signed data is not in the required form[ ({rule})]. Two programs could read it differently, so it is not accepted.",
    ),
    variants: &[],
    advice: line(
        "请出具该文件的单位用符合格式要求的软件重新生成并签名。",
        "The organisation that made the file should make and sign it again with conforming software.",
    ),
};

pub(super) const LIMIT_SIZE: Entry = Entry {
    usual: Fail,
    title: line("文件大小", "File size"),
    ok: line("文件大小在限额以内。", "The file is within the size limit."),
    problem: line(
        "文件或其中一项过大[：{path}][，{actual:bytes}][，限额{limit:bytes}]，已停止读取，未作核验。",
        "The file or a part of it is too large[: {path}][, {actual:bytes}][, limit {limit:bytes}]. Reading stopped and it was not verified.",
    ),
    variants: &[],
    advice: line(
        "请企业压缩扫描件或减少附件后重新生成档案。",
        "The firm should shrink its scans or leave out attachments, then make the dossier again.",
    ),
};

pub(super) const LIMIT_COUNT: Entry = Entry {
    usual: Fail,
    title: line("条目数量", "Number of entries"),
    ok: line("条目数量在限额以内。", "The number of entries is within the limit."),
    problem: line(
        "文件中的条目过多[，共{actual}项][，限额{limit}项]，已停止读取，未作核验。",
        "The file has too many entries[: {actual}][, limit {limit}]. Reading stopped and it was not verified.",
    ),
    variants: &[],
    advice: line(
        "请企业合并附件或分次提交后重新生成档案。",
        "The firm should merge attachments or submit in parts, then make the dossier again.",
    ),
};

pub(super) const LIMIT_RATIO: Entry = Entry {
    usual: Fail,
    title: line("压缩比", "Compression ratio"),
    ok: line("压缩比正常。", "The compression ratio is normal."),
    problem: line(
        "文件中有一项压缩比异常[：{path}][，{actual}倍][，限额{limit}倍]，可能是恶意文件，已停止读取。",
        "A part of the file is compressed far too much[: {path}][, {actual} times][, limit {limit}]. It may be malicious; reading stopped.",
    ),
    variants: &[],
    advice: line(
        "请勿解压该文件；请与提交企业核实来源后，由其重新生成档案。",
        "Do not unpack the file. Ask the firm where it comes from and have the dossier made again.",
    ),
};

pub(super) const LIMIT_DEPTH: Entry = Entry {
    usual: Fail,
    title: line("数据嵌套层数", "Nesting of the data"),
    ok: line("数据嵌套层数在限额以内。", "The data is nested within the limit."),
    problem: line(
        "数据嵌套层数超过限额[（{limit}层）]，已停止读取，未作核验。",
        "The data is nested too deeply[ (limit {limit})]. Reading stopped and it was not verified.",
    ),
    variants: &[],
    advice: line(
        "请出具该文件的单位用符合格式要求的软件重新生成。",
        "The organisation that made the file should make it again with conforming software.",
    ),
};

pub(super) const ZIP_CORRUPT: Entry = Entry {
    usual: Fail,
    title: line("档案文件完整性", "Soundness of the dossier file"),
    ok: line("档案文件完整可读。", "The dossier file is complete and readable."),
    problem: line(
        "{looks|档案文件已损坏或不完整，无法读取}[（所在位置：{path}）]。",
        "{looks|The dossier file is damaged or incomplete and cannot be read}[ (at {path})].",
    ),
    variants: &[],
    advice: line(
        "请先确认选对了文件。确是档案的，多为传输或拷贝中断所致，请企业重新发送；仍不能读取时，请其重新生成。",
        "Make sure it is the right file. If it is, a copy or transfer was usually cut short: have the firm send it again, or make it again if that does not help.",
    ),
};

pub(super) const ZIP_MIMETYPE: Entry = Entry {
    usual: Fail,
    title: line("文件类型标记", "File type mark"),
    ok: line("文件类型标记正确。", "The file type mark is right."),
    problem: line(
        "文件开头没有档案的类型标记，或标记不对[：{found}]，不是合格的互认档案。",
        "The dossier's type mark is missing at the start of the file, or is another[: {found}]. This is not a valid dossier.",
    ),
    variants: &[],
    advice: line(
        "请确认选对了文件；如确为档案，请企业用本软件重新生成，不要自行解压再打包。",
        "Make sure it is the right file. If it is, the firm should make it again with this program and not repack it by hand.",
    ),
};

pub(super) const ZIP_ORDER: Entry = Entry {
    usual: Fail,
    title: line("档案内条目顺序", "Order of the entries"),
    ok: line("档案内条目顺序正确。", "The entries stand in the required order."),
    problem: line(
        "档案内条目的顺序不合规定[：{path}]，文件可能被重新打包过，不予采信。",
        "The entries do not stand in the required order[: {path}]. The file may have been repacked and is not accepted.",
    ),
    variants: &[],
    advice: line(
        "请企业用本软件重新生成档案，不要自行解压再打包。",
        "The firm should make the dossier again with this program and not repack it by hand.",
    ),
};

pub(super) const ZIP_EXTRA: Entry = Entry {
    usual: Fail,
    title: line("未列入目录的内容", "Content that the manifest does not list"),
    ok: line("档案内没有目录以外的内容。", "The dossier holds nothing that its manifest does not list."),
    problem: line(
        "档案内有目录未列的内容[：{path}]，可能是签名之后加入的，不予采信。",
        "The dossier holds something its manifest does not list[: {path}]. It may have been added after signing and is not accepted.",
    ),
    variants: &[],
    advice: line(
        "请企业重新生成并签名；确需补充的材料，应在签名之前加入。",
        "The firm should make and sign the dossier again; what it wants to add must go in before signing.",
    ),
};

pub(super) const ZIP_MISSING: Entry = Entry {
    usual: Fail,
    title: line("目录所列的内容", "Content that the manifest lists"),
    ok: line("目录所列的内容都在档案内。", "Everything the manifest lists is in the dossier."),
    problem: line(
        "目录所列的内容在档案内找不到[：{path}]，档案不完整。",
        "Something the manifest lists is not in the dossier[: {path}]. The dossier is incomplete.",
    ),
    variants: &[],
    advice: line("请企业重新发送完整的档案。", "The firm should send the complete dossier again."),
};

pub(super) const ZIP_PATH: Entry = Entry {
    usual: Fail,
    title: line("条目路径", "Entry paths"),
    ok: line("条目路径安全。", "The entry paths are safe."),
    problem: line(
        "档案内有不安全的路径[：{path}]，解压时可能写到别处，已拒绝读取。",
        "The dossier holds an unsafe path[: {path}], which could be written elsewhere when unpacked. It is refused.",
    ),
    variants: &[],
    advice: line(
        "请勿用其他软件解压该文件；请与提交企业核实来源后，由其重新生成档案。",
        "Do not unpack the file with other programs. Ask the firm where it comes from and have the dossier made again.",
    ),
};

pub(super) const ZIP_DUP: Entry = Entry {
    usual: Fail,
    title: line("重名条目", "Entries of one name"),
    ok: line("档案内没有重名条目。", "No two entries have one name."),
    problem: line(
        "档案内有两个条目同名[：{path}]，不同软件会读到不同内容，不予采信。",
        "Two entries have one name[: {path}]. Programs would read different content, so it is not accepted.",
    ),
    variants: &[],
    advice: line("请企业用本软件重新生成档案。", "The firm should make the dossier again with this program."),
};

pub(super) const ZIP_SYMLINK: Entry = Entry {
    usual: Fail,
    title: line("链接条目", "Links among the entries"),
    ok: line("档案内没有链接。", "The dossier holds no links."),
    problem: line(
        "档案内有指向别处的链接[：{path}]，不是真正的文件，已拒绝读取。",
        "The dossier holds a link to elsewhere[: {path}] in place of a file. It is refused.",
    ),
    variants: &[],
    advice: line(
        "请与提交企业核实来源后，由其用原始文件重新生成档案。",
        "Ask the firm where the file comes from and have the dossier made again from the original files.",
    ),
};

pub(super) const ZIP_ENCRYPTED: Entry = Entry {
    usual: Fail,
    title: line("加密条目", "Encrypted entries"),
    ok: line("档案内没有加密条目。", "No entry is encrypted."),
    problem: line(
        "档案内有加密的条目[：{path}]，无法核验其内容。",
        "An entry is encrypted[: {path}], so its content cannot be verified.",
    ),
    variants: &[],
    advice: line(
        "请企业去掉压缩密码重新生成；需要保密时，请用本软件加密给接收方，不要用压缩软件加密。",
        "The firm should make the dossier without a ZIP password; to keep it confidential, seal it to the destination with this program.",
    ),
};

pub(super) const ZIP_PREPENDED: Entry = Entry {
    usual: Fail,
    title: line("文件头部", "Start of the file"),
    ok: line("文件头部没有多余内容。", "Nothing stands before the dossier in the file."),
    problem: line(
        "文件开头有多余内容[（{actual:bytes}）]，不属于档案，不予采信。",
        "There are bytes before the dossier in the file[ ({actual:bytes})]. They are no part of it, so it is not accepted.",
    ),
    variants: &[],
    advice: line("请企业重新发送未经改动的档案。", "The firm should send the unaltered dossier again."),
};

pub(super) const ZIP_TRAILING: Entry = Entry {
    usual: Fail,
    title: line("文件尾部", "End of the file"),
    ok: line("文件尾部没有多余内容。", "Nothing stands after the dossier in the file."),
    problem: line(
        "文件末尾有多余内容[（{actual:bytes}）]，不属于档案，不予采信。",
        "There are bytes after the dossier in the file[ ({actual:bytes})]. They are no part of it, so it is not accepted.",
    ),
    variants: &[],
    advice: line("请企业重新发送未经改动的档案。", "The firm should send the unaltered dossier again."),
};

pub(super) const ZIP_MISMATCH: Entry = Entry {
    usual: Fail,
    title: line("档案内部记录", "Records inside the file"),
    ok: line("档案内部记录前后一致。", "The records inside the file agree."),
    problem: line(
        "档案内部的两处记录不一致[：{path}]，不同软件会读到不同内容，不予采信。",
        "Two records inside the file disagree[: {path}]. Programs would read different content, so it is not accepted.",
    ),
    variants: &[],
    advice: line("请企业用本软件重新生成档案。", "The firm should make the dossier again with this program."),
};

pub(super) const HASH_CREDENTIAL: Entry = Entry {
    usual: Fail,
    title: line("凭证与目录一致", "Credential against the manifest"),
    ok: line("凭证与签名目录中的摘要一致。", "The credential is the one the signed manifest lists."),
    problem: line(
        "凭证的内容与签署时不同[：{path}]，档案签署之后被改动或替换。",
        "The credential's content is not what was signed[: {path}]. It was altered or replaced after the dossier was signed.",
    ),
    variants: &[],
    advice: line(
        "请企业说明原因，并用原凭证重新生成、签名档案。",
        "The firm should explain, then make and sign the dossier again with the original credential.",
    ),
};

pub(super) const HASH_ATTACH: Entry = Entry {
    usual: Fail,
    title: line("附件与目录一致", "Attachment against the manifest"),
    ok: line("附件与签名目录中的摘要一致。", "The attachment is the one the signed manifest lists."),
    problem: line(
        "附件的内容与签署时不同[：{name}]，不是企业签署的那份文件，签署之后被改动或替换。",
        "The attachment's content is not what was signed[: {name}]. It is not the firm's file: it was altered or replaced after signing.",
    ),
    variants: &[],
    advice: line(
        "请企业说明原因，提供原附件，并重新生成、签名档案。",
        "The firm should explain, supply the original attachment, then make and sign the dossier again.",
    ),
};
