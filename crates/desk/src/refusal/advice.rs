//! What to do about a refusal, for whoever has a window: the use cases advise commands, and here stands what to click.

use zizhi_app::Text;

/// How a command begins in an advice.
const COMMAND: &str = "zizhi ";

/// The advice of the window in Chinese and English, where that of the use case names a command that the window has a
/// place for. An advice that sends people to the command line on purpose stays.
pub(super) fn in_the_window(code: &str, advice: &Text) -> Option<(&'static str, &'static str)> {
    if !advice.zh.contains(COMMAND) && !advice.en().contains(COMMAND) {
        return None;
    }
    Some(match code {
        "EXCHANGE-NONE" => (
            "请选择对方点“写到 U 盘…”时所选的文件夹。",
            "Choose the folder that the other side chose under “Write to a stick…”.",
        ),
        "FILE-BACKUP" => (
            "要恢复备份，请锁定后在“打开备份”处选择这个文件。",
            "To restore a backup, lock the desk and choose this file where a backup is opened.",
        ),
        "FILE-CREDENTIAL" => (
            "这是凭证：企业请在“资质凭证”页导入。",
            "This is a credential: a firm imports it on the page of its credentials.",
        ),
        "FILE-DOSSIER" => (
            "这是档案：请拖到窗口上，或在“核验”页选择它；加密给本单位的自动解密。",
            "This is a dossier: drop it on the window, or choose it on the page “Verify”; one that is sealed to you is opened by itself.",
        ),
        "FILE-REQUEST" => (
            "这是索取请求：请在“请求与决定”页点“导入请求”。",
            "This is a request: choose “Import a request” on the page of requests.",
        ),
        "FILE-TRUST" => (
            "这是信任数据：请在“信任数据”页点“导入信任数据…”。",
            "These are trust data: choose “Import trust data…” on the page “Trust data”.",
        ),
        "LIST-TRUST" => (
            "请在“信任数据”页点“导入信任数据…”，再到“同步”页对这条消息点“再次处理”。",
            "Choose “Import trust data…” on the page “Trust data”, then “Try again” for this message on the page “Synchronise”.",
        ),
        "MESSAGE-DOSSIER" => (
            "请核对是否由另一台电脑发出：在那台电脑的“迁移与异地经营”里能看到这份决定。",
            "See whether another computer sent it: the decision is seen there, among the dossiers.",
        ),
        "TRUST-BEGIN" => (
            "请在“信任数据”页点“导入信任数据…”，选择孵化器联盟或名录管理方给的数据包，并与盖章的纸质文件核对根指纹；之后同步会自动更新它。",
            "Choose “Import trust data…” on the page “Trust data”, give the package from the alliance or from whoever keeps the register, and compare its root with the stamped paper; after that, rounds keep it new.",
        ),
        "TRUST-DATA" => (
            "请在“信任数据”页点“导入信任数据…”，再导入一次最新的数据包，并与盖章的纸质文件核对根指纹；仍不能用的，请从备份恢复数据文件夹里的信任数据：从头开始会失去防回退的保护。",
            "Choose “Import trust data…” on the page “Trust data”, import the newest package once more, and compare its root with the stamped paper; if that does not help, restore the trust data of the data folder from a backup: starting afresh gives up the protection against rollback.",
        ),
        "TRUST-NONE" => {
            ("请在“信任数据”页点“导入信任数据…”。", "Choose “Import trust data…” on the page “Trust data”.")
        }
        "VOUCHER-ABSENT" => (
            "请先在收件的办件页点“登记创新券”，或在“创新券”页点“按券号查询…”。",
            "Choose “Take the voucher” on the page of its case first, or “Ask by number…” on the page “Vouchers”.",
        ),
        "VOUCHER-LEDGER" => (
            "请向发券单位索取该省枢纽的邀请函，再在“创新券”页点“加入外省枢纽…”；在此之前只能预核销。",
            "Ask the fund for an invitation to that hub and choose “Join another province's hub…” on the page “Vouchers”; until then only provisional redemptions can be booked.",
        ),
        "VOUCHER-OFFLINE" => (
            "请联网后核销；计划离线使用的，联网时在券的页面点“预约…”。",
            "Redeem with a network; where being offline is planned, choose “Hold…” on the voucher's page while there is one.",
        ),
        "VOUCHER-SEEN" => (
            "请联网核销，或联网时在券的页面点一次“查询登记方”后再预核销；计划离线使用的，联网时点“预约…”。",
            "Redeem with a network, or ask the ledger once on the voucher's page while there is one; where being offline is planned, choose “Hold…” there.",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn advised(code: &'static str, advice: &'static str) -> Option<(&'static str, &'static str)> {
        in_the_window(code, &Text::fixed(advice, advice))
    }

    #[test]
    fn whoever_has_a_window_is_told_what_to_click_and_no_command() {
        for code in [
            "EXCHANGE-NONE",
            "FILE-BACKUP",
            "FILE-CREDENTIAL",
            "FILE-DOSSIER",
            "FILE-REQUEST",
            "FILE-TRUST",
            "LIST-TRUST",
            "TRUST-BEGIN",
            "TRUST-DATA",
            "TRUST-NONE",
            "VOUCHER-ABSENT",
            "VOUCHER-LEDGER",
            "VOUCHER-OFFLINE",
            "VOUCHER-SEEN",
        ] {
            let told = advised(code, "zizhi trust import");
            assert!(
                told.is_some_and(|(zh, en)| !zh.contains("zizhi") && !en.contains("zizhi")),
                "{code}: {told:?}"
            );
        }
    }

    #[test]
    fn an_advice_that_names_no_command_or_means_the_command_line_stays() {
        assert_eq!(advised("TRUST-DATA", "请从备份恢复"), None);
        assert_eq!(advised("DECIDE-VERDICT", "zizhi decide"), None, "only the command line does that");
    }
}
