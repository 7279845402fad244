//! The table of commands.

use crate::*;

define_commands! {
    /// 会话: whose database, whether it is open, settings.
    SessionCommands {
        /// The session as it is.
        "session.status" session_status(Nothing) -> SessionStatus;
        /// The window listens from now on, and takes the files that were opened before.
        "session.listening" session_listening(Nothing) -> Arrived;
        /// What was typed is kept as well as it could be: the window may close or lock.
        "session.kept" session_kept(Nothing) -> Nothing;
        /// Makes the database, a signing key and a recovery key.
        "session.create" session_create(CreateSession) -> CreatedSession;
        /// Opens the database.
        "session.unlock" session_unlock(Unlock) -> SessionStatus;
        /// Makes this computer forget it: the next start asks for the passphrase.
        "session.forget" session_forget(Nothing) -> SessionStatus;
        /// Locks it. What was typed into a draft is saved already.
        "session.lock" session_lock(Nothing) -> SessionStatus;
        /// Stops long work. What is done whole or not at all ends with `WORK-STOPPED`, as if it had not begun.
        "session.stop" session_stop(Job) -> Nothing;
        /// 演练模式: a database with sample data for this role, apart from the real one.
        "session.drill" session_drill(StartDrill) -> SessionStatus;
        /// Ends 演练模式.
        "session.end_drill" session_end_drill(Nothing) -> SessionStatus;
        /// A new passphrase.
        "session.change_passphrase" session_change_passphrase(ChangePassphrase) -> Nothing;
        /// Keeps the settings of this machine.
        "session.save_settings" session_save_settings(Settings) -> SessionStatus;
        /// Corrects the name of the organisation, as long as nothing was signed under it.
        "session.correct_name" session_correct_name(CorrectName) -> SessionStatus;
        /// The regions of the delta.
        "session.regions" session_regions(Nothing) -> RegionChoices;
        /// Judges a code while it is typed.
        "session.check_uscc" session_check_uscc(CheckUscc) -> CheckedUscc;
        /// What is said about this program.
        "session.about" session_about(Nothing) -> About;
    }

    /// 表格: filters with a name, and which columns are shown.
    ViewCommands {
        /// How a table is wanted.
        "views.get" views_get(OfTable) -> TableViews;
        /// Keeps how a table is wanted.
        "views.save" views_save(TableViews) -> TableViews;
    }

    /// 没有保存的输入: what is typed into forms, so that a lock or the end of the window does not take it.
    UnsavedCommands {
        /// What was typed into forms and not saved.
        "unsaved.read" unsaved_read(Nothing) -> UnsavedForms;
        /// Keeps what stands in a form's fields.
        "unsaved.keep" unsaved_keep(UnsavedForm) -> Nothing;
        /// Forgets it: it was saved, or given up.
        "unsaved.drop" unsaved_drop(OfForm) -> Nothing;
    }

    /// 信任数据
    TrustCommands {
        /// The trust data.
        "trust.page" trust_page(Nothing) -> TrustPage;
        /// Takes trust data in; the very first asks for the fingerprint to be confirmed.
        "trust.import" trust_import(ImportTrust) -> ImportedTrust;
        /// What a rule pack says.
        "trust.pack" trust_pack(OnePack) -> PackPage;
        /// Searches the register of issuers.
        "trust.issuers" trust_issuers(FindIssuers) -> Issuers;
    }

    /// 核验, with no database and no login.
    VerifyCommands {
        /// Verifies one dossier.
        "verify.file" verify_file(VerifyFile) -> Verified;
        /// Verifies a folder in the background.
        "verify.folder" verify_folder(VerifyFolder) -> Job;
        /// Writes the result of a folder as a table.
        "verify.export_batch" verify_export_batch(ExportBatch) -> Written;
        /// Writes the report of a dossier that is no case: PDF or JSON by the ending.
        "verify.save_report" verify_save_report(SaveReport) -> Written;
        /// An attachment to look at.
        "verify.attachment" verify_attachment(PreviewAttachment) -> AttachmentBytes;
        /// Takes an attachment out.
        "verify.save_attachment" verify_save_attachment(SaveAttachment) -> Written;
    }

    /// 收件、受理、补正、决定、台账
    CaseCommands {
        /// Takes a dossier in.
        "cases.receive" cases_receive(ReceiveDossier) -> CasePage;
        /// The ledger.
        "cases.list" cases_list(FindCases) -> Cases;
        /// A case.
        "cases.get" cases_get(ById) -> CasePage;
        /// 受理
        "cases.accept" cases_accept(CaseStep) -> CasePage;
        /// 补正
        "cases.request_supplement" cases_request_supplement(RequestSupplement) -> CasePage;
        /// Makes a case the newest version of an older one that waits for it.
        "cases.join" cases_join(JoinCase) -> CasePage;
        /// Two versions of a case beside each other.
        "cases.compare" cases_compare(CompareVersions) -> ComparedVersions;
        /// The case that the code in a picture of a printed page belongs to.
        "cases.on_paper" cases_on_paper(AtPath) -> CaseOnPaper;
        /// 归档
        "cases.close" cases_close(CaseStep) -> CasePage;
        /// Judges a case again with the data at hand.
        "cases.rejudge" cases_rejudge(ById) -> CasePage;
        /// What the decision page begins with.
        "cases.decision_draft" cases_decision_draft(ById) -> DecisionDraft;
        /// Signs a decision.
        "cases.decide" cases_decide(Decide) -> CasePage;
        /// Writes a document of a case.
        "cases.save_document" cases_save_document(SaveDocument) -> Written;
        /// Writes the ledger as a table.
        "cases.export" cases_export(ExportCases) -> Written;
        /// 月报
        "cases.month" cases_month(MonthOf) -> Month;
        /// Writes the figures of a month as a page or a table.
        "cases.export_month" cases_export_month(ExportMonth) -> Written;
        /// Verdicts that moved.
        "cases.notices" cases_notices(Nothing) -> Notices;
        /// Somebody has looked.
        "cases.notice_seen" cases_notice_seen(ById) -> Nothing;
    }

    /// 在园企业名册
    RegisterCommands {
        /// The register.
        "register.list" register_list(FindFirms) -> Firms;
        /// A firm.
        "register.get" register_get(ById) -> Firm;
        /// Adds or changes a firm.
        "register.save" register_save(Firm) -> Firm;
        /// Reads the public key in the file that a firm handed over.
        "register.read_key" register_read_key(AtPath) -> HolderKey;
        /// The fingerprint of a firm's public key, to be compared with the firm's own, and who else has it.
        "register.fingerprint" register_fingerprint(EnteredKey) -> SeenKey;
        /// Shows what an import would do.
        "register.preview" register_preview(PreviewRoster) -> RosterPreview;
        /// Writes the register as a table, which can be imported again.
        "register.export" register_export(ExportFirms) -> Written;
        /// Imports what was previewed.
        "register.import" register_import(ById) -> Imported;
    }

    /// 签发
    IssueCommands {
        /// The types that this organisation may issue, as forms.
        "issue.types" issue_types(Nothing) -> IssueTypes;
        /// What issuing would sign; refuses as issuing does, and needs neither passphrase nor folder.
        "issue.preview" issue_preview(Issue) -> IssuePreview;
        /// Issues to one firm or a thousand.
        "issue.issue" issue_issue(Issue) -> IssuedBatch;
        /// What was issued.
        "issue.list" issue_list(FindIssued) -> IssuedList;
        /// Writes what was issued as a table.
        "issue.export_table" issue_export_table(ExportIssuedTable) -> Written;
        /// What an issued credential says.
        "issue.get" issue_get(ById) -> CredentialView;
        /// Revokes, suspends, ends or restores.
        "issue.set_status" issue_set_status(SetStatus) -> IssuedList;
        /// Writes the signed status list, signed anew if asked.
        "issue.export_status_list" issue_export_status_list(ExportStatusList) -> Written;
        /// Whether the status lists have to be exported.
        "issue.list_standing" issue_list_standing(Nothing) -> ListStanding;
        /// Writes the organisation's public keys for the register of its province.
        "issue.export_keys" issue_export_keys(AtPath) -> OwnKeys;
        /// What is open since the database was restored.
        "issue.after_restore" issue_after_restore(Nothing) -> AfterRestore;
        /// Settles status lists after a restore, so that they may be signed again.
        "issue.settle" issue_settle(SettleLists) -> AfterRestore;
        /// Reads the lists of a file, or of the trust data at hand, that can settle open ones, and settles nothing.
        "issue.read_lists" issue_read_lists(ListSource) -> ReadLists;
        /// Takes credentials of this organisation back into its database, from their files.
        "issue.recover" issue_recover(RecoverIssued) -> RecoveredIssued;
        /// Takes down that what was issued after the backup is here again, or that nothing was.
        "issue.look_back" issue_look_back(Nothing) -> AfterRestore;
        /// Writes credentials again.
        "issue.export" issue_export(ExportIssued) -> Written;
    }

    /// 资质凭证
    HoldCommands {
        /// Takes credentials in.
        "hold.import" hold_import(ImportHeld) -> ImportedHeld;
        /// What is held.
        "hold.list" hold_list(FindHeld) -> HeldList;
        /// Writes what is held as a table.
        "hold.export" hold_export(ExportHeld) -> Written;
        /// A held credential.
        "hold.get" hold_get(ById) -> HeldPage;
        /// Notes that somebody has seen what became of a credential.
        "hold.seen" hold_seen(ById) -> Nothing;
        /// Removes a held credential.
        "hold.remove" hold_remove(ById) -> Nothing;
        /// The types that a firm may state about itself, as forms.
        "hold.types" hold_types(Nothing) -> IssueTypes;
        /// A statement of the firm about itself.
        "hold.declare" hold_declare(Declare) -> HeldLine;
        /// The firm's public key for an issuer.
        "hold.export_key" hold_export_key(ExportHolderKey) -> Written;
        /// The fingerprint of the firm's public key.
        "hold.fingerprint" hold_fingerprint(Nothing) -> Fingerprint;
    }

    /// 迁移与异地经营
    DraftCommands {
        /// Where the firm can go.
        "draft.destinations" draft_destinations(Nothing) -> Destinations;
        /// Begins a dossier.
        "draft.begin" draft_begin(BeginDraft) -> DraftPage;
        /// Begins a dossier from one that was signed, to which something has to be added.
        "draft.again" draft_again(ById) -> DraftPage;
        /// Dossiers in work.
        "draft.list" draft_list(Nothing) -> Drafts;
        /// A dossier.
        "draft.get" draft_get(ById) -> DraftPage;
        /// Saves what was typed.
        "draft.save" draft_save(SaveDraft) -> DraftPage;
        /// Removes a draft that is not signed.
        "draft.remove" draft_remove(ById) -> Nothing;
        /// Adds a credential or changes what it shows.
        "draft.choose" draft_choose(ChooseCredential) -> DraftPage;
        /// Takes a credential out.
        "draft.drop" draft_drop(DropCredential) -> DraftPage;
        /// Attaches files.
        "draft.attach" draft_attach(Attach) -> DraftPage;
        /// Changes an attached file or takes it out.
        "draft.change_attachment" draft_change_attachment(ChangeAttachment) -> DraftPage;
        /// 自检
        "draft.check" draft_check(CheckDraft) -> CheckedDraft;
        /// Exactly what will be signed.
        "draft.signing_page" draft_signing_page(ById) -> SigningPage;
        /// Signs, and seals if asked.
        "draft.sign" draft_sign(SignDraft) -> Written;
        /// Writes the signed file again.
        "draft.export" draft_export(SignedAgain) -> Written;
        /// Takes a decision in.
        "draft.import_decision" draft_import_decision(ImportDecision) -> ImportedDecision;
        /// Writes a template to print, filled from a draft or blank.
        "draft.save_form" draft_save_form(SaveForm) -> Written;
    }

    /// 请求
    RequestCommands {
        /// Makes a request.
        "request.new" request_new(NewRequest) -> Written;
        /// Takes a request in.
        "request.import" request_import(AtPath) -> RequestLine;
        /// Requests that were made or came.
        "request.list" request_list(Nothing) -> Requests;
    }

    /// 同步
    SyncCommands {
        /// How this device stands with its hub.
        "sync.status" sync_status(Nothing) -> SyncStatus;
        /// Joins a hub.
        "sync.join" sync_join(JoinHub) -> SyncStatus;
        /// Changes who vouches for the hub, and begins a round.
        "sync.authority" sync_authority(ReplaceAuthority) -> SyncStatus;
        /// Begins a round at once; its end comes as an event.
        "sync.now" sync_now(SyncNow) -> SyncStatus;
        /// 发件箱
        "sync.outbox" sync_outbox(Nothing) -> Outbox;
        /// Has a message sent as soon as possible; one that was refused, under another id.
        "sync.retry" sync_retry(ById) -> Outbox;
        /// Gives a message up.
        "sync.discard" sync_discard(DiscardMessage) -> Outbox;
        /// 收到但未处理
        "sync.inbox" sync_inbox(Nothing) -> Inbox;
        /// Has a parked message taken in once more, at once.
        "sync.inbox_retry" sync_inbox_retry(ById) -> Inbox;
        /// Puts a document into the outbox.
        "sync.send" sync_send(SendDocuments) -> SentDocuments;
        /// Puts this organisation's status lists into the outbox.
        "sync.send_lists" sync_send_lists(SendLists) -> SentDocuments;
        /// Writes what waits and the trust data for a stick.
        "sync.export" sync_export(AtPath) -> ExchangeWritten;
        /// Takes in what a stick brings.
        "sync.import" sync_import(AtPath) -> ExchangeRead;
        /// Invites a firm to the hub.
        "sync.invite" sync_invite(InviteFirm) -> Written;
        /// 设备
        "sync.devices" sync_devices(Nothing) -> Devices;
        /// Writes a request with which this computer asks to be a device.
        "sync.device_request" sync_device_request(AskAsDevice) -> DeviceAsking;
        /// Reads another computer's request, to be compared before it is added.
        "sync.device_read" sync_device_read(AtPath) -> DeviceAsking;
        /// Adds another computer and writes the answer for it.
        "sync.device_add" sync_device_add(AddDevice) -> Written;
        /// Reads the answer on the computer that asked, to be compared before it is taken.
        "sync.device_answer" sync_device_answer(AtPath) -> DeviceAnswered;
        /// Takes the answer.
        "sync.device_accept" sync_device_accept(AcceptDevice) -> DeviceAnswered;
        /// Removes another computer, with a new inbox key.
        "sync.device_remove" sync_device_remove(RemoveDevice) -> DeviceRemoved;
        /// Makes a new inbox key where no computer has the newest one.
        "sync.device_renew" sync_device_renew(RenewInbox) -> InboxRenewed;
    }

    /// 创新券
    VoucherCommands {
        /// Vouchers of this desk.
        "vouchers.list" vouchers_list(FindVouchers) -> Vouchers;
        /// What stands between this desk, funds and redeemers, and the ledgers.
        "vouchers.accounts" vouchers_accounts(Nothing) -> VoucherAccounts;
        /// One of them, as it is known here.
        "vouchers.page" vouchers_page(ById) -> VoucherPage;
        /// Asks the ledger for a voucher.
        "vouchers.ask" vouchers_ask(AskLedger) -> VoucherPage;
        /// Takes the voucher that a case presents.
        "vouchers.take" vouchers_take(ById) -> VoucherPage;
        /// 核销, or 预核销 without a network.
        "vouchers.redeem" vouchers_redeem(RedeemVoucher) -> VoucherPage;
        /// Takes back what the ledger was never asked for.
        "vouchers.withdraw" vouchers_withdraw(VoucherReason) -> VoucherPage;
        /// 预约
        "vouchers.hold" vouchers_hold(HoldVoucher) -> VoucherPage;
        /// Gives a hold back; a reason is not needed.
        "vouchers.release" vouchers_release(VoucherReason) -> VoucherPage;
        /// Enters a voucher that was issued here in the ledger.
        "vouchers.enter" vouchers_enter(ById) -> VoucherPage;
        /// Revokes a voucher.
        "vouchers.revoke" vouchers_revoke(VoucherReason) -> VoucherPage;
        /// Closes a hold whose time is over.
        "vouchers.close_hold" vouchers_close_hold(VoucherReason) -> VoucherPage;
        /// 裁定
        "vouchers.decide" vouchers_decide(DecideConflict) -> VoucherPage;
        /// 申请兑付 of everything that a fund owes.
        "vouchers.settle" vouchers_settle(ById) -> VoucherAccounts;
        /// Answers a request for settlement.
        "vouchers.answer" vouchers_answer(AnswerSettlement) -> VoucherAccounts;
        /// Joins the hub of another province for its ledger.
        "vouchers.join" vouchers_join(JoinLedger) -> VoucherAccounts;
        /// Changes who vouches for a ledger's hub.
        "vouchers.authority" vouchers_authority(ReplaceAuthority) -> VoucherAccounts;
        /// 对账单
        "vouchers.export" vouchers_export(ExportStatement) -> Written;
    }

    /// 备份、日志、诊断
    UpkeepCommands {
        /// Where backups stand.
        "upkeep.backups" upkeep_backups(Nothing) -> BackupStatus;
        /// Makes a backup now, in the folder of the settings or in this one.
        "upkeep.backup" upkeep_backup(AtPath) -> BackedUp;
        /// Tries a backup without touching the database.
        "upkeep.drill" upkeep_drill(Restore) -> Drilled;
        /// Puts a backup in the place of the database; the old one is kept beside it.
        "upkeep.restore" upkeep_restore(Restore) -> SessionStatus;
        /// The activity log.
        "upkeep.activity" upkeep_activity(FindActivity) -> Activities;
        /// Writes the activity log as a table.
        "upkeep.export_activity" upkeep_export_activity(ExportActivity) -> Written;
        /// Checks database and log.
        "upkeep.check" upkeep_check(Nothing) -> CheckedDatabase;
        /// What a person may copy for the developers.
        "upkeep.diagnostics" upkeep_diagnostics(Nothing) -> Diagnostics;
        /// What the palette finds.
        "upkeep.find" upkeep_find(Find) -> Found;
    }
}
