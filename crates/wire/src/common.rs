//! Data that several flows share.

wire! {
    /// A command that needs no data.
    pub struct Nothing {}

    /// A sentence in both languages of the interface.
    pub struct Sentence {
        /// Chinese, the source.
        pub zh: String,
        /// English.
        pub en: String,
    }

    /// Why a command could not do its work. Nothing was changed.
    pub struct Refusal {
        /// Stable, upper case; what a person quotes and the interface matches.
        pub code: String,
        /// What happened and what follows from it.
        pub fact: Sentence,
        /// What the person can do next.
        pub advice: Sentence,
        /// The error underneath, for the diagnostics that a person may copy. No personal data.
        pub cause: Option<String>,
    }

    /// Something that is named by its id alone.
    pub struct ById {
        /// Its id.
        pub id: String,
    }

    /// A file or folder that the person chose.
    pub struct AtPath {
        /// Its path.
        pub path: String,
    }

    /// A file or folder that was written.
    pub struct Written {
        /// Its path.
        pub path: String,
        /// SHA-256 of a file's bytes; absent for a folder.
        pub sha256: Option<String>,
        /// How many things are in it.
        pub count: u32,
    }

    /// Two places of a person's name or of an organisation that decide together.
    pub struct Hands {
        /// 经办人
        pub operator: String,
        /// 复核人; needed where the settings ask for four eyes.
        pub reviewer: Option<String>,
    }

    /// A name that a firm had.
    pub struct FormerName {
        /// The name.
        pub name: String,
        /// The last civil date it was in use.
        pub until: Option<String>,
    }

    /// Long work that was begun: its progress and its end come as events with this id.
    pub struct Job {
        /// Its id.
        pub job: String,
    }

    /// One named value, ready to show.
    pub struct Line {
        /// What it is.
        pub label: Sentence,
        /// The value as people read it.
        pub value: String,
        /// The claim's path in the credential.
        pub path: String,
        /// Whether it can be left out when the credential is presented.
        pub selectable: bool,
    }
}

words! {
    /// What an organisation uses this program for.
    pub enum Role {
        /// A firm that keeps and presents its qualifications.
        Firm,
        /// An incubator that issues, verifies and decides.
        Incubator,
    }

    /// Which of the demonstration's stories a drill plays.
    pub enum Story {
        /// 异地经营: a Hefei firm in Songjiang.
        BranchOperation,
        /// 整体迁移: a Suzhou firm moves to Hangzhou.
        FullRelocation,
        /// 创新券: a Zhejiang voucher in Shanghai.
        VoucherRedemption,
    }

    /// The four verdicts.
    pub enum Verdict {
        /// 通过
        Passed,
        /// 有条件通过
        PassedWithConditions,
        /// 待联网复核
        Pending,
        /// 不通过
        Failed,
    }

    /// What a firm wants to do (formats.md §4).
    pub enum Scenario {
        /// 异地经营
        BranchOperation,
        /// 整体迁移
        FullRelocation,
        /// 部分搬迁
        PartialRelocation,
        /// 创新券兑付
        VoucherRedemption,
        /// 融资事实表
        Financing,
    }

    /// Who stands behind a statement.
    pub enum Provenance {
        /// 签发方直签
        Direct,
        /// 孵化器核验背书
        Attested,
        /// 企业自述
        Declared,
    }

    /// The language of the interface and of documents.
    pub enum Language {
        /// Chinese.
        Zh,
        /// English.
        En,
    }
}

impl Refusal {
    /// Data of another shape than the command takes.
    pub(crate) fn form(word: &str, error: &serde_json::Error) -> Self {
        Self {
            code: "WIRE-FORM".to_owned(),
            fact: Sentence {
                zh: "界面与程序之间的数据对不上，操作没有进行。".to_owned(),
                en: "The window and the program disagree about the data; nothing was done.".to_owned(),
            },
            advice: Sentence {
                zh: "请重新启动程序；如仍出现，请复制诊断信息告诉开发者。".to_owned(),
                en: "Start the program again; if it stays, copy the diagnostics for the developers."
                    .to_owned(),
            },
            cause: Some(format!("{word}: {error}")),
        }
    }

    /// The work broke off inside the program.
    #[must_use]
    pub fn broken() -> Self {
        Self {
            code: "INTERNAL".to_owned(),
            fact: Sentence {
                zh: "操作没有完成，已保存的内容没有变化。".to_owned(),
                en: "The operation did not finish; what was saved has not changed.".to_owned(),
            },
            advice: Sentence {
                zh: "请再试一次；如仍出现，请复制诊断信息告诉开发者。".to_owned(),
                en: "Try again; if it happens again, copy the diagnostics for the developers.".to_owned(),
            },
            cause: None,
        }
    }

    /// A word that is not in the table.
    pub(crate) fn unknown(word: &str) -> Self {
        Self {
            code: "WIRE-UNKNOWN".to_owned(),
            fact: Sentence {
                zh: "程序不认识这个操作，什么也没有做。".to_owned(),
                en: "The program does not know this operation; nothing was done.".to_owned(),
            },
            advice: Sentence {
                zh: "请重新安装程序，使界面与程序版本一致。".to_owned(),
                en: "Install the program again, so that window and program are of one version.".to_owned(),
            },
            cause: Some(word.chars().take(80).collect()),
        }
    }
}
