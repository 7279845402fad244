//! What is said about this program: what it claims, what it does not, and what it is made of.

use std::path::Path;

use serde::Deserialize;
use zizhi_model::Text;

use crate::files;

/// The list that comes with an installed program, made from all its components.
const FILE: &str = "licences.json";
const LIMIT: u64 = 4 * 1024 * 1024;
/// The direct components, for a program that was not installed.
const DIRECT: &str = include_str!("../data/licences.json");

/// One licence and what is under it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Licence {
    /// The licence's SPDX name.
    pub licence: String,
    /// Names of the components.
    pub components: Vec<String>,
}

/// What the program claims and what it does not, one paragraph each.
#[must_use]
pub fn statements() -> Vec<Text> {
    vec![
        Text::fixed(
            "资质通帮助企业整理资质档案，帮助迁入地孵化器离线核验档案：内容是否被改动、由谁签署、现在是否有效、是否符合双方约定的互认规则。",
            "Zizhitong helps a firm put its qualifications together, and helps the incubator at the destination verify them offline: whether anything was altered, who signed it, whether it is in force, and whether it meets the rules that both sides agreed on.",
        ),
        Text::fixed(
            "核验结论依据所提交的档案和核验时手头的信任数据、吊销名单、规则包作出，仅供双方孵化器内部互认使用；不构成行政认定，不替代证照原件，也不改变认定机构作出的任何决定。",
            "A verdict rests on the dossier and on the trust data, status lists and rule packs at hand at the time. It serves recognition between the two incubators; it is no administrative determination, replaces no original certificate and changes no decision of an authority.",
        ),
        Text::fixed(
            "本软件签发的凭证和出具的报告不是电子营业执照或其他电子证照，打印件留有盖章处，不绘制印章。档案中带签章的 PDF、OFD 文件标为“含签章，未在本软件内验签”。",
            "What this program issues and prints is no electronic licence; prints leave room for a seal and none is drawn. PDF and OFD files with seals inside are labelled as not verified here.",
        ),
        Text::fixed(
            "签名算法为 ES256、EdDSA 或 SM2-SM3。国密算法由开源组件实现，本软件未经商用密码检测认证；法律法规要求使用经认证产品的场合，请勿以本软件代替。",
            "Signatures are ES256, EdDSA or SM2-SM3. The national algorithms come from open-source components, and this program has not been certified as a commercial cryptography product; where the law asks for a certified one, this is none.",
        ),
        Text::fixed(
            "数据保存在本机的加密数据库中，由口令保护；口令和恢复密钥都遗失时，任何人都无法打开，开发者也不能。没有加入枢纽时，软件不向任何地方发送数据；加入以后，只与所加入的枢纽往来：收发加密的消息、登记设备和创新券。软件不统计使用情况。",
            "Data lie in an encrypted database on this machine behind a passphrase. With passphrase and recovery key both lost nobody can open it, the developers included. Unless a hub was joined, the program sends nothing anywhere; once joined, it exchanges sealed messages, its devices and vouchers with the hubs that were joined, and nothing else. It does not count what is done with it.",
        ),
        Text::fixed(
            "生僻字可以录入、检索和打印；所装字体没有的字会指出来，不会丢掉。现有开源字体尚未覆盖 GB 18030-2022 实现级别3的全部汉字。",
            "Rare characters can be typed, found and printed; one that no installed font has is named, not dropped. No free font covers all of implementation level 3 of GB 18030-2022 yet.",
        ),
    ]
}

/// What the program is made of: the whole list that came with it, or the direct components.
#[must_use]
pub fn licences(resources: Option<&Path>) -> Vec<Licence> {
    let shipped = resources.and_then(|folder| files::read_text(&folder.join(FILE), LIMIT).ok());
    let shipped = shipped.and_then(|text| serde_json::from_str(&text).ok());
    shipped.or_else(|| serde_json::from_str(DIRECT).ok()).unwrap_or_default()
}
