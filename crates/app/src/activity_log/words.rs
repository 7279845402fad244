//! What the codes of the activity log are called.

use std::borrow::Cow;

use zizhi_model::Text;

/// Every code with its name in Chinese and English.
pub const ACTIONS: &[(&str, &str, &str)] = &[
    ("backup.drilled", "演练恢复备份", "Tried a backup"),
    ("backup.made", "制作备份", "Made a backup"),
    ("backup.restored", "从备份恢复", "Restored a backup"),
    ("credential.declared", "企业自述一份凭证", "Stated something about the firm itself"),
    ("credential.imported", "导入一份凭证", "Took a credential in"),
    ("credential.removed", "删除一份凭证", "Removed a credential"),
    ("decision.received", "收到互认决定", "Received a decision"),
    ("devices.accepted", "采用另一单位的设备清单", "Accepted another organisation's device list"),
    ("draft.attached", "在草稿中加入附件", "Attached files to a draft"),
    ("draft.attachment_changed", "修改草稿的附件", "Changed an attachment of a draft"),
    ("draft.begun", "新建档案草稿", "Began a dossier"),
    ("draft.chosen", "在草稿中选入凭证", "Chose a credential for a draft"),
    ("draft.detached", "从草稿中移出附件", "Took an attachment out of a draft"),
    ("draft.dropped", "从草稿中移出凭证", "Took a credential out of a draft"),
    ("draft.exported", "再次导出已签署的档案", "Wrote a signed dossier out again"),
    ("draft.removed", "删除档案草稿", "Removed a draft"),
    ("draft.saved", "保存草稿的填写内容", "Saved what was typed into a draft"),
    ("draft.signed", "签署档案", "Signed a dossier"),
    ("hold.imported", "导入凭证", "Took credentials in"),
    ("hub.asked", "申请加入枢纽", "Asked to join a hub"),
    ("hub.invited", "邀请企业加入枢纽", "Invited a firm to the hub"),
    ("hub.joined", "加入枢纽", "Joined a hub"),
    ("hub.refused", "枢纽没有接受加入", "The hub refused to let this device join"),
    ("hub.synced", "与枢纽同步", "Synchronised with the hub"),
    ("key.added", "添加签名密钥", "Added a signing key"),
    ("mail.applied", "收下一条消息的内容", "Took in what a message brought"),
    ("mail.exported", "把待发消息写到文件夹", "Wrote messages to a folder"),
    ("mail.parked", "搁置一条收到的消息", "Parked a message that came"),
    ("mail.retried", "再次处理一条搁置的消息", "Had a parked message taken in again"),
    ("mail.stored", "存入收到的消息", "Stored messages that came"),
    ("mail.waits", "一条消息等待发件单位的设备清单", "A message waits for its sender's device list"),
    ("message.discarded", "放弃一条待发消息", "Gave a message up"),
    ("message.later", "一条消息留待以后发送", "Left a message for a later attempt"),
    ("message.parked", "搁置一条待发消息", "Parked a message to be sent"),
    ("message.queued", "把文件放入发件箱", "Put a document into the outbox"),
    ("message.retried", "重新发送一条消息", "Had a message sent again"),
    ("message.sealed", "加密一条待发消息", "Sealed a message to be sent"),
    ("message.sending", "正在上传一条消息", "Began to send a message"),
    ("message.sent", "枢纽收到一条消息", "The hub took a message"),
    ("request.made", "生成核验请求", "Made a request"),
    ("request.received", "收到核验请求", "Received a request"),
    ("session.created", "新建数据库", "Made the database"),
    ("session.forgotten", "这台电脑不再记住数据库", "Made this computer forget the database"),
    ("session.passphrase_changed", "更改口令", "Changed the passphrase"),
    ("session.remembered", "在这台电脑上记住数据库", "Had this computer remember the database"),
    ("setting.changed", "更改设置", "Changed settings"),
    ("trust.imported", "导入信任数据", "Imported trust data"),
    ("trust.time_seen", "记下信任数据的时间", "Noted the time of the trust data"),
];

/// What a code is called. A code of a newer program is its own name.
#[must_use]
pub fn title(action: &str) -> Text {
    let known = ACTIONS.iter().find(|(code, ..)| *code == action);
    known.map_or_else(
        || Text { zh: Cow::Owned(action.to_owned()), en: Some(Cow::Owned(action.to_owned())) },
        |(_, zh, en)| Text::fixed(zh, en),
    )
}
