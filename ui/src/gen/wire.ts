// Made from crates/wire by `cargo xtask codegen`; not edited by hand.

/**
 * What is said about this program.
 */
export type About = {
/**
 * Name and version.
 */
software: string,
/**
 * What it claims and what it does not, one paragraph each.
 */
statements: Array<Sentence>,
/**
 * Open-source components and their licences.
 */
licences: Array<LicenceLine>,
/**
 * Where the database lies.
 */
data_folder: string, };

/**
 * An answer to take.
 */
export type AcceptDevice = {
/**
 * The file of the answer.
 */
answer: string,
/**
 * The fingerprint of the device that answered, as it was compared.
 */
compared: string,
/**
 * Opens the database's keys.
 */
passphrase: string, };

/**
 * A type and how the destination takes it.
 */
export type Accepted = {
/**
 * What the type is called.
 */
title: Sentence,
/**
 * How.
 */
mode: Mode,
/**
 * What has to be added.
 */
supplements: Array<Sentence>,
/**
 * By which rule.
 */
rule_id: string | null,
/**
 * What that rests on, with the rule, as the destination's report says it.
 */
grounds: Sentence,
/**
 * The local type that it counts as, if that is another one.
 */
counts_as: Sentence | null, };

/**
 * Part of the activity log.
 */
export type Activities = {
/**
 * Newest first.
 */
entries: Array<ActivityLine>,
/**
 * Continue before this number; absent at the end.
 */
next: number | null, };

/**
 * An entry of the activity log.
 */
export type ActivityLine = {
/**
 * Its number.
 */
seq: number,
/**
 * When.
 */
at: string,
/**
 * Who.
 */
actor: string,
/**
 * What, as a stable word.
 */
action: string,
/**
 * What, in words.
 */
title: Sentence,
/**
 * What was done, with what the entry itself says about it.
 */
done: Sentence,
/**
 * To what, by its name; absent for the database as a whole.
 */
about: Sentence | null,
/**
 * Why, as a person typed it.
 */
reason: string | null,
/**
 * On what, by kind and id.
 */
object: string,
/**
 * First eight digits of its hash.
 */
hash: string, };

/**
 * A computer to add.
 */
export type AddDevice = {
/**
 * The file of its request.
 */
request: string,
/**
 * The thumbprint of the key that was compared: the file may have become another since.
 */
kid: string,
/**
 * Opens this device's key.
 */
passphrase: string,
/**
 * Where the answer goes.
 */
path: string, };

/**
 * What is open since the database was restored from a backup.
 */
export type AfterRestore = {
/**
 * When it was restored; absent if it never was.
 */
at: string | null,
/**
 * When the backup was made.
 */
made: string | null,
/**
 * Status lists that are not signed until they were settled.
 */
lists: Array<UnsettledList>,
/**
 * Whether the first number of each series has to be looked at, since it may have been given.
 */
numbers: boolean,
/**
 * Series that somebody has looked at since, each with `{}` where its numbers count.
 */
series: Array<string>,
/**
 * Whether credentials may have been issued after the backup that are not here, and nobody has looked yet.
 */
unknown: boolean,
/**
 * The number that the first case after the restore gets; cases received between the backup and the restore
 * are not here.
 */
next_case: string | null, };

/**
 * One of three honest answers.
 */
export type Answer = "pass" | "fail" | "pending";

/**
 * A request for settlement to answer: one of the two is given.
 */
export type AnswerSettlement = {
/**
 * The request.
 */
id: string,
/**
 * The payment's number.
 */
paid: string | null,
/**
 * Whether somebody has looked at what the request says that has to be looked at.
 */
looked: boolean,
/**
 * Why it is given back.
 */
returned: string | null, };

/**
 * Files that somebody opened before the window listened.
 */
export type Arrived = {
/**
 * What was opened together, in the order of the openings. The first are those of the status.
 */
files: Array<Array<string>>, };

/**
 * A request to write.
 */
export type AskAsDevice = {
/**
 * What people call this computer.
 */
name: string,
/**
 * Opens the database's keys.
 */
passphrase: string,
/**
 * Where the request goes.
 */
path: string, };

/**
 * A voucher to ask a ledger for.
 */
export type AskLedger = {
/**
 * 券号
 */
id: string,
/**
 * The fund's code.
 */
fund: string, };

/**
 * A file or folder that the person chose.
 */
export type AtPath = {
/**
 * Its path.
 */
path: string, };

/**
 * Files to attach.
 */
export type Attach = {
/**
 * The draft.
 */
draft_id: string,
/**
 * The files.
 */
paths: Array<string>,
/**
 * What they are, as the checklist asks for it.
 */
kind: string,
/**
 * The items that they answer.
 */
answers: Array<string>,
/**
 * What the destination asked for and they are added for: ids of demands.
 */
demands: Array<string>, };

/**
 * An attachment's bytes, at most 32 MiB.
 */
export type AttachmentBytes = {
/**
 * Its media type.
 */
media_type: string,
/**
 * Base64.
 */
base64: string, };

/**
 * An attachment that differs.
 */
export type AttachmentChange = {
/**
 * As it was; absent where it is new.
 */
older: AttachmentView | null,
/**
 * As it is; absent where it was left out.
 */
newer: AttachmentView | null, };

/**
 * A kind of attachment.
 */
export type AttachmentKind = {
/**
 * As checklists write it.
 */
kind: string,
/**
 * What it is called.
 */
title: Sentence, };

/**
 * An attachment of a dossier or a draft.
 */
export type AttachmentView = {
/**
 * Its path in the container, or its id in a draft.
 */
path: string,
/**
 * Its name, for people.
 */
name: string,
/**
 * What it is, as checklists ask for it.
 */
kind: string,
/**
 * Its media type, by its bytes and not by its name.
 */
media_type: string,
/**
 * Bytes.
 */
size: number,
/**
 * Whether its bytes are those that were signed.
 */
intact: boolean,
/**
 * A remark such as 含签章，未在本软件内验签.
 */
remark: Sentence | null,
/**
 * Whether the window can show it.
 */
preview: boolean, };

/**
 * How the original was seen.
 */
export type Attestation = {
/**
 * 原件核对, 官网查询, 扫码, 数据接口
 */
method: string,
/**
 * In which system.
 */
system: string,
/**
 * At which address.
 */
url: string | null,
/**
 * On which civil date.
 */
checked_on: string,
/**
 * By whom.
 */
operator: string, };

/**
 * A certificate authority, in the place of the public ones.
 */
export type AuthorityLine = {
/**
 * What its certificate calls it; empty where it has no name.
 */
name: string,
/**
 * Until when its certificate says that it is valid.
 */
until: string | null,
/**
 * The SHA-256 of its certificate, in groups of four.
 */
fingerprint: string, };

/**
 * What making a backup came to.
 */
export type BackedUp = {
/**
 * The file that was just made.
 */
made: BackupLine,
/**
 * Where backups stand now.
 */
status: BackupStatus, };

/**
 * A backup.
 */
export type BackupLine = {
/**
 * Its path.
 */
path: string,
/**
 * When it was made.
 */
at: string,
/**
 * Bytes.
 */
size: number, };

/**
 * Where backups stand.
 */
export type BackupStatus = {
/**
 * The folder; absent until one was chosen.
 */
folder: string | null,
/**
 * Backups that are there, newest first.
 */
backups: Array<BackupLine>,
/**
 * When a restore was last tried.
 */
drilled_at: string | null,
/**
 * Whether one is due, and why.
 */
due: Sentence | null, };

/**
 * One dossier of a folder.
 */
export type BatchLine = {
/**
 * Its path.
 */
path: string,
/**
 * Its name.
 */
name: string,
/**
 * The verdict; absent if it could not be opened, or is no dossier.
 */
verdict: Verdict | null,
/**
 * The firm's name, if the manifest could be read.
 */
firm: string | null,
/**
 * The worst finding, or why it could not be read.
 */
reason: Sentence | null,
/**
 * The code of that.
 */
code: string | null, };

/**
 * The result of a folder, failures first.
 */
export type BatchSummary = {
/**
 * Every dossier, what failed first.
 */
lines: Array<BatchLine>,
/**
 * Whether the person stopped it.
 */
cancelled: boolean,
/**
 * Other files of the folder, which are no dossiers by their endings and were not looked at.
 */
others: number, };

/**
 * A dossier to begin.
 */
export type BeginDraft = {
/**
 * A request to answer; absent to show the qualifications unasked.
 */
request_id: string | null,
/**
 * Without a request: what the firm wants to do.
 */
scenario: Scenario | null,
/**
 * Without a request: where to, six digits.
 */
destination_region: string | null,
/**
 * Without a request: the destination's code.
 */
aud: string | null,
/**
 * Without a request: the checklist.
 */
checklist_id: string | null,
/**
 * Without a request: the rule pack.
 */
pack_id: string | null, };

/**
 * Something that is named by its id alone.
 */
export type ById = {
/**
 * Its id.
 */
id: string, };

/**
 * A document of a case.
 */
export type CaseDocument = "report" | "receipt" | "supplement_notice" | "decision_notice" | "report_json" | "signed_decision";

/**
 * Something that happened to a case.
 */
export type CaseEvent = {
/**
 * When.
 */
at: string,
/**
 * What.
 */
kind: CaseEventKind,
/**
 * Who.
 */
actor: string,
/**
 * In words.
 */
note: string | null,
/**
 * In words of the program's own, in both languages; nothing where somebody's note says it.
 */
told: Sentence | null, };

/**
 * What happened to a case.
 */
export type CaseEventKind = "received" | "accepted" | "resumed" | "supplement" | "came" | "follows" | "supplied" | "joined" | "moved" | "decided" | "closed" | "note" | "begun" | "signed" | "exported" | "queued" | "delivered" | "refused";

/**
 * A case in the ledger.
 */
export type CaseLine = {
/**
 * Its id.
 */
id: string,
/**
 * Its number in the books, 收〔2026〕0017.
 */
number: string,
/**
 * When the dossier came.
 */
received: string,
/**
 * The firm's code.
 */
firm_uscc: string,
/**
 * The firm's name.
 */
firm_name: string,
/**
 * What it wants to do.
 */
scenario: Scenario | null,
/**
 * From where to where, in words.
 */
route: string,
/**
 * Where the case stands.
 */
state: CaseState,
/**
 * The verdict now.
 */
verdict: Verdict,
/**
 * Civil date until which something is awaited.
 */
due: string | null,
/**
 * The decision, if there is one.
 */
outcome: DecisionOutcome | null,
/**
 * Whether a verdict moved and nobody has looked.
 */
moved: boolean,
/**
 * Whether `due` has passed.
 */
overdue: boolean, };

/**
 * A case that a code on paper belongs to. It is opened once the person said so.
 */
export type CaseOnPaper = {
/**
 * Its id.
 */
id: string,
/**
 * Its number in the books.
 */
number: string,
/**
 * The firm's name.
 */
firm_name: string, };

/**
 * A case in full.
 */
export type CasePage = {
/**
 * In a line.
 */
line: CaseLine,
/**
 * The verdict now, or, once it is decided, the one that was decided on, with all that the screen shows.
 */
verified: Verified,
/**
 * What moved the verdict since the case was accepted.
 */
moved_since: Sentence | null,
/**
 * What happened so far.
 */
timeline: Array<CaseEvent>,
/**
 * Every judgement, newest first.
 */
judgements: Array<JudgementLine>,
/**
 * The decision.
 */
decision: DecisionPage | null,
/**
 * What was asked for and is waited for.
 */
asked: Array<SupplementLine>,
/**
 * The same, looked at in the version that came since; empty where none came.
 */
demands: Array<DemandLine>,
/**
 * The dossiers that came in, the oldest first; the last one is the one that is judged.
 */
versions: Array<CaseVersion>,
/**
 * The documents that it has, kind by kind, of each the newest first.
 */
documents: Array<DocumentLine>,
/**
 * Working days left until `due`; negative when it has passed.
 */
working_days_left: number | null, };

/**
 * Where a case stands.
 */
export type CaseState = "received" | "accepted" | "supplement" | "decided" | "closed";

/**
 * A step of a case.
 */
export type CaseStep = {
/**
 * The case.
 */
id: string,
/**
 * Who does it.
 */
hands: Hands,
/**
 * In words.
 */
note: string | null, };

/**
 * A version of a case: a dossier that came in.
 */
export type CaseVersion = {
/**
 * Its place, from 1.
 */
version: number,
/**
 * When it came in.
 */
received: string,
/**
 * The name of the file.
 */
file_name: string,
/**
 * The verdict of its last judgement.
 */
verdict: Verdict, };

/**
 * Some cases.
 */
export type Cases = {
/**
 * Newest first, or by the firm's name.
 */
cases: Array<CaseLine>,
/**
 * The cursor to continue with; absent at the end.
 */
next: string | null, };

/**
 * A cell that cannot be used, or is unusual.
 */
export type CellProblem = {
/**
 * Row in the table, from 1.
 */
row: number,
/**
 * Column, from 0.
 */
column: number,
/**
 * What stands there.
 */
text: string,
/**
 * What is wrong with it.
 */
problem: Sentence,
/**
 * What is left out because of it.
 */
left_out: LeftOut, };

/**
 * An attached file to change or to take out.
 */
export type ChangeAttachment = {
/**
 * The draft.
 */
draft_id: string,
/**
 * The attachment, `AttachmentView::path`.
 */
path: string,
/**
 * Its name for people; absent to take the file out.
 */
name: string | null,
/**
 * What it is.
 */
kind: string,
/**
 * The items that it answers.
 */
answers: Array<string>,
/**
 * What the destination asked for and it is added for: ids of demands.
 */
demands: Array<string>, };

/**
 * A new passphrase.
 */
export type ChangePassphrase = {
/**
 * The present one, or the recovery key.
 */
present: string,
/**
 * The new one.
 */
next: string, };

/**
 * Kinds of data.
 */
export type Changed = "session" | "trust" | "cases" | "firms" | "issued" | "held" | "drafts" | "requests" | "upkeep" | "sync" | "vouchers";

/**
 * One check.
 */
export type Check = {
/**
 * Its code.
 */
code: string,
/**
 * What came out.
 */
outcome: Outcome,
/**
 * The question it belongs to.
 */
question: Question,
/**
 * What it looked at.
 */
subject: string,
/**
 * What was found.
 */
message: ReportText,
/**
 * The values behind it.
 */
facts: JsonValue, };

/**
 * 自检: what the destination would find now. Needs the firm's key, because a dossier is made and judged.
 */
export type CheckDraft = {
/**
 * The draft.
 */
id: string,
/**
 * Opens the signing key.
 */
passphrase: string, };

/**
 * A code typed into a field.
 */
export type CheckUscc = {
/**
 * As typed.
 */
text: string, };

/**
 * Whether the log and the database are whole.
 */
export type CheckedDatabase = {
/**
 * Whether everything is.
 */
whole: boolean,
/**
 * Entries of the log.
 */
entries: number,
/**
 * What was found, in words.
 */
findings: Array<Sentence>, };

/**
 * What the destination would find.
 */
export type CheckedDraft = {
/**
 * The report.
 */
report: Report,
/**
 * Advice for each code in it.
 */
advice: Array<CodeAdvice>, };

/**
 * What a typed code is.
 */
export type CheckedUscc = {
/**
 * The code as it is stored; absent if it is none.
 */
uscc: string | null,
/**
 * The name under which the open database knows who has it.
 */
name: string | null,
/**
 * What is wrong with it, or what is unusual.
 */
remark: Sentence | null, };

/**
 * A checklist of a pack.
 */
export type ChecklistLine = {
/**
 * `checklist_id`.
 */
id: string,
/**
 * What it is called.
 */
title: Sentence,
/**
 * What it is for.
 */
scenario: Scenario, };

/**
 * A credential to add to a draft, or to change in it.
 */
export type ChooseCredential = {
/**
 * The draft.
 */
draft_id: string,
/**
 * The held credential.
 */
credential_id: string,
/**
 * The claims to show, by path; absent for the least that the checklist needs.
 */
disclose: Array<string> | null,
/**
 * The items that it answers; empty for any.
 */
answers: Array<string>,
/**
 * What the destination asked for and it is added for: ids of demands.
 */
demands: Array<string>, };

/**
 * A value to choose.
 */
export type ClaimChoice = {
/**
 * As it is stored.
 */
value: string,
/**
 * As it is called.
 */
label: Sentence, };

/**
 * A claim as a field of a form.
 */
export type ClaimField = {
/**
 * The claim's name.
 */
name: string,
/**
 * What it is called.
 */
label: Sentence,
/**
 * What kind of value it takes.
 */
kind: ClaimKind,
/**
 * Whether it has to be there.
 */
required: boolean,
/**
 * The values to choose from; empty for free entry.
 */
choices: Array<ClaimChoice>, };

/**
 * What is signed where a field stays empty.
 */
export type ClaimHint = {
/**
 * The claim's name.
 */
name: string,
/**
 * What it is then.
 */
hint: Sentence, };

/**
 * What kind of value a claim takes.
 */
export type ClaimKind = "text" | "date" | "integer" | "money" | "boolean" | "region" | "text_list";

/**
 * What to do about a code that stands in a report.
 */
export type CodeAdvice = {
/**
 * The code.
 */
code: string,
/**
 * Its short title.
 */
title: Sentence,
/**
 * What to do.
 */
advice: Sentence, };

/**
 * A column and the field it holds.
 */
export type ColumnChoice = {
/**
 * The column, from 0.
 */
column: number,
/**
 * The field; absent to leave the column out.
 */
field: RosterField | null, };

/**
 * Two versions of a case to put beside each other.
 */
export type CompareVersions = {
/**
 * The case.
 */
id: string,
/**
 * The older version.
 */
older: number,
/**
 * The newer version.
 */
newer: number, };

/**
 * Two versions of a case and what differs; of each kind also how much does not.
 */
export type ComparedVersions = {
/**
 * The older version.
 */
older: CaseVersion,
/**
 * The newer version.
 */
newer: CaseVersion,
/**
 * Items of the checklist whose state moved.
 */
items: Array<ItemChange>,
/**
 * Items that stand as before.
 */
same_items: number,
/**
 * Papers that came, went, or show something else.
 */
credentials: Array<CredentialChange>,
/**
 * Papers that show the same.
 */
same_credentials: number,
/**
 * Attachments that came, went, or have other bytes.
 */
attachments: Array<AttachmentChange>,
/**
 * Attachments with the same bytes.
 */
same_attachments: number,
/**
 * What the firm says of itself otherwise.
 */
facts: Array<ValueChange>,
/**
 * What the firm says of itself as before.
 */
same_facts: number, };

/**
 * A redemption that did not fit.
 */
export type ConflictLine = {
/**
 * The ledger's id of it.
 */
id: string,
/**
 * Who wanted to redeem.
 */
redeemer: string,
/**
 * How much.
 */
amount: string,
/**
 * The kind of service.
 */
kind: string,
/**
 * The day of the service or invoice.
 */
day: string,
/**
 * When the desk booked it, by its own clock.
 */
made: string,
/**
 * Why it did not fit.
 */
why: Refusal,
/**
 * Whether the fund lets it be redeemed; absent while it has not decided.
 */
accepted: boolean | null,
/**
 * What the fund said.
 */
reason: string | null, };

/**
 * A separate consent.
 */
export type Consent = {
/**
 * To whom: the destination's code.
 */
recipient: string,
/**
 * What for.
 */
purpose: string,
/**
 * Which kinds of data.
 */
kinds: Array<string>,
/**
 * Until which civil date.
 */
until: string | null, };

/**
 * The right name of the organisation.
 */
export type CorrectName = {
/**
 * As on the business licence.
 */
name: string, };

/**
 * A new database.
 */
export type CreateSession = {
/**
 * Whose.
 */
profile: NewProfile,
/**
 * What opens it.
 */
passphrase: string, };

/**
 * A database that was made.
 */
export type CreatedSession = {
/**
 * The recovery key in groups, shown once, to be printed.
 */
recovery_key: string,
/**
 * The thumbprint of the signing key that was made with it.
 */
kid: string,
/**
 * The session now.
 */
status: SessionStatus, };

/**
 * A paper that differs.
 */
export type CredentialChange = {
/**
 * What its type is called.
 */
title: Sentence,
/**
 * As it was; absent where it is new.
 */
older: PaperLine | null,
/**
 * As it is; absent where it was left out.
 */
newer: PaperLine | null,
/**
 * Of a paper on both sides, what it shows on one side only or otherwise.
 */
lines: Array<ValueChange>, };

/**
 * The status of an issued credential (formats.md §2).
 */
export type CredentialStatus = "valid" | "revoked" | "suspended" | "ended";

/**
 * A credential, read.
 */
export type CredentialView = {
/**
 * Its path in the container, or its file name outside one.
 */
path: string,
/**
 * Its type id.
 */
kind: string,
/**
 * What the type is called.
 */
title: Sentence,
/**
 * What was disclosed.
 */
lines: Array<Line>,
/**
 * How many claims stay hidden.
 */
hidden: number, };

/**
 * The local database as the window sees it.
 */
export type DatabaseState = "none" | "locked" | "open";

/**
 * A decision to sign.
 */
export type Decide = {
/**
 * The case.
 */
id: string,
/**
 * The judgement that was seen: its place among those of the case, from 1.
 */
judgement: number,
/**
 * What is decided.
 */
outcome: DecisionOutcome,
/**
 * Why.
 */
reasons: Array<ReasonLine>,
/**
 * What has to be added.
 */
supplements: Array<SupplementLine>,
/**
 * Who decides.
 */
hands: Hands,
/**
 * Opens the signing key once more.
 */
passphrase: string,
/**
 * Where the `.zzdecision` goes.
 */
path: string, };

/**
 * A conflict to decide.
 */
export type DecideConflict = {
/**
 * 券号
 */
id: string,
/**
 * The conflict.
 */
conflict: string,
/**
 * Whether it is redeemed.
 */
accepted: boolean,
/**
 * Why.
 */
reason: string, };

/**
 * What the decision page begins with, taken from the report.
 */
export type DecisionDraft = {
/**
 * The judgement that it is taken from: its place among those of the case, from 1.
 */
judgement: number,
/**
 * The outcome that the verdict suggests.
 */
suggested: DecisionOutcome,
/**
 * What the report holds against the dossier, the weightiest first.
 */
reasons: Array<ReasonLine>,
/**
 * What else it warns of: no reason against the dossier, and perhaps one for a condition.
 */
remarks: Array<ReasonLine>,
/**
 * Supplements from the report.
 */
supplements: Array<SupplementLine>,
/**
 * Why others could not verify a decision that is signed here; absent where they can.
 */
unregistered: Sentence | null, };

/**
 * What the destination says to the firm (formats.md §6).
 */
export type DecisionOutcome = "accepted" | "accepted_with_conditions" | "supplement_required" | "rejected";

/**
 * A decision as it was signed.
 */
export type DecisionPage = {
/**
 * What was decided.
 */
outcome: DecisionOutcome,
/**
 * Why.
 */
reasons: Array<ReasonLine>,
/**
 * What has to be added.
 */
supplements: Array<SupplementLine>,
/**
 * On which civil date.
 */
decided_on: string,
/**
 * Who decided.
 */
hands: Hands,
/**
 * SHA-256 of the report it rests on, hexadecimal.
 */
report_sha256: string,
/**
 * All of that beside the outcome in the words of the core, as whoever receives it reads it.
 */
parts: Array<DecisionPart>, };

/**
 * A part of a decision.
 */
export type DecisionPart = {
/**
 * What it is called.
 */
label: Sentence,
/**
 * Everything that it says there.
 */
values: Array<Sentence>, };

/**
 * A statement of the firm about itself, signed with its own key (企业自述).
 */
export type Declare = {
/**
 * Its type.
 */
kind: string,
/**
 * The values.
 */
claims: Array<TypedClaim>,
/**
 * Last civil day of validity.
 */
valid_until: string | null,
/**
 * Opens the signing key once more.
 */
passphrase: string, };

/**
 * Something that was asked for, looked at in the version that came since.
 */
export type DemandLine = {
/**
 * What was asked for.
 */
line: SupplementLine,
/**
 * What the new version says to it.
 */
state: DemandState, };

/**
 * What a new version says to a demand.
 */
export type DemandState = "met" | "open" | "look";

/**
 * A checklist of a destination.
 */
export type Destination = {
/**
 * What the firm would do there.
 */
scenario: Scenario,
/**
 * `pack_id`.
 */
pack_id: string,
/**
 * Its version.
 */
pack_version: number,
/**
 * `checklist_id`.
 */
checklist_id: string,
/**
 * What the checklist is called.
 */
title: Sentence,
/**
 * Region patterns of the pack in words.
 */
regions: string,
/**
 * The regions that can be chosen, six digits each.
 */
region_codes: Array<string>,
/**
 * Incubators there that take dossiers: code and name.
 */
incubators: Array<IssuerLine>,
/**
 * The request that asks for it; absent for a checklist of the rule packs.
 */
request_id: string | null,
/**
 * Whether the pack speaks for where this organisation is: it may ask firms by it.
 */
own: boolean, };

/**
 * Where a firm can go by the rule packs at hand, or by a request that it was sent.
 */
export type Destinations = {
/**
 * One for each checklist.
 */
destinations: Array<Destination>, };

/**
 * What an answer leads to; people compare both fingerprints before it is taken.
 */
export type DeviceAnswered = {
/**
 * The hub's id.
 */
hub: string,
/**
 * Its key, in groups of four.
 */
hub_key: string,
/**
 * The device that answered.
 */
by: string,
/**
 * Its key, in groups of four.
 */
by_fingerprint: string,
/**
 * The computer that takes the organisation's mail in.
 */
mail: string, };

/**
 * A computer that asks to be a device.
 */
export type DeviceAsking = {
/**
 * The thumbprint of its key.
 */
kid: string,
/**
 * What it calls itself.
 */
name: string,
/**
 * When it asked, by its own clock.
 */
at: string,
/**
 * Its key as people compare it, in groups of four.
 */
fingerprint: string, };

/**
 * A computer of the list.
 */
export type DeviceLine = {
/**
 * The thumbprint of its key.
 */
kid: string,
/**
 * What people call it.
 */
name: string,
/**
 * When it was added.
 */
added: string,
/**
 * Its key as people compare it, in groups of four.
 */
fingerprint: string,
/**
 * Whether it is this computer.
 */
own: boolean,
/**
 * Whether it takes the organisation's mail in.
 */
mail: boolean, };

/**
 * A computer that was removed.
 */
export type DeviceRemoved = {
/**
 * Its name.
 */
name: string,
/**
 * Computers that ask once more, for the new inbox key.
 */
to_ask_again: Array<string>,
/**
 * Hubs of other provinces whose operators are told now.
 */
ledgers: Array<string>, };

/**
 * The computers of this organisation as they are known here.
 */
export type Devices = {
/**
 * Those of the list, in its order; none where this computer has joined no hub.
 */
devices: Array<DeviceLine>,
/**
 * What this computer asked with, if it was not answered yet.
 */
asked: DeviceAsking | null,
/**
 * Another computer made a new inbox key that is not here.
 */
inbox_missing: boolean,
/**
 * Hubs of other provinces with a ledger that was joined: they hear of a removal from this organisation's hub.
 */
ledgers: Array<string>, };

/**
 * What a person may copy for the developers. It names no firm and no person.
 */
export type Diagnostics = {
/**
 * As text.
 */
text: string, };

/**
 * A claim that differs from firm to firm.
 */
export type DifferingClaim = {
/**
 * The claim's name.
 */
name: string,
/**
 * What it is called.
 */
label: Sentence, };

/**
 * A province whose part of the trust data cannot be used.
 */
export type DisabledProvince = {
/**
 * Two digits.
 */
province: string,
/**
 * Why.
 */
why: Sentence, };

/**
 * A message to give up.
 */
export type DiscardMessage = {
/**
 * The message id.
 */
id: string,
/**
 * Why.
 */
reason: string, };

/**
 * A document that a case has.
 */
export type DocumentLine = {
/**
 * What it is.
 */
document: CaseDocument,
/**
 * Its place among those of its kind, from 1.
 */
nth: number,
/**
 * Its number, which no other paper has; that of a file is the number of the paper that says the same.
 */
number: string,
/**
 * When it came to be.
 */
at: string, };

/**
 * A file that was attached.
 */
export type DraftAttachment = {
/**
 * What the screen shows of it.
 */
view: AttachmentView,
/**
 * The items that it answers; empty for any, or for what lies beyond the checklist.
 */
answers: Array<string>,
/**
 * Whether it was attached for what lies beyond the checklist.
 */
beyond: boolean,
/**
 * What the destination asked for and it was added for: ids of demands.
 */
demands: Array<string>, };

/**
 * A claim that could be shown.
 */
export type DraftClaim = {
/**
 * The claim.
 */
line: Line,
/**
 * Whether it will be shown.
 */
shown: boolean,
/**
 * Whether the checklist needs it.
 */
needed: boolean, };

/**
 * A credential that was chosen.
 */
export type DraftCredential = {
/**
 * The held credential's id.
 */
credential_id: string,
/**
 * What the type is called.
 */
title: Sentence,
/**
 * Its number.
 */
number: string | null,
/**
 * Who stands behind it.
 */
provenance: Provenance,
/**
 * Every claim that could be shown.
 */
claims: Array<DraftClaim>,
/**
 * The items that it answers; empty for any.
 */
answers: Array<string>,
/**
 * What the destination asked for and it was added for: ids of demands.
 */
demands: Array<string>, };

/**
 * Something that a destination asked for when it sent a dossier back.
 */
export type DraftDemand = {
/**
 * Its id.
 */
id: string,
/**
 * What, in its words.
 */
text: string,
/**
 * Until which civil date.
 */
due: string | null,
/**
 * What was added for it: names of files and of credentials; while there is nothing, it is open.
 */
by: Array<string>, };

/**
 * What the person typed. Saved with every keystroke.
 */
export type DraftFields = {
/**
 * What the dossier is called.
 */
title: string,
/**
 * The firm's name now.
 */
name: string,
/**
 * Where the firm is, six digits.
 */
origin_region: string,
/**
 * The names it had.
 */
former_names: Array<FormerName>,
/**
 * What the firm says of itself: members of `facts` (docs/formats.md), as typed. A name may lead into an
 * object or list, as in `redemption.amount_fen` or `related[0].uscc`; money is typed in 元.
 */
facts: Array<TypedClaim>,
/**
 * Separate consents of the people whose data are in it.
 */
consents: Array<Consent>, };

/**
 * An item of the destination's checklist and how the firm stands.
 */
export type DraftItem = {
/**
 * `item_id`.
 */
item_id: string,
/**
 * What it is called.
 */
title: Sentence,
/**
 * 必需 or 可选.
 */
required: boolean,
/**
 * How the firm stands.
 */
state: Readiness,
/**
 * What counts as what there: type, mode.
 */
accepted: Array<Accepted>,
/**
 * What answers it so far: titles.
 */
by: Array<string>,
/**
 * What is missing or ends soon, and what to do.
 */
remark: Sentence | null,
/**
 * The facts that the firm has to state before this can be decided, by name.
 */
to_state: Array<string>,
/**
 * Held credentials that could answer it, by id.
 */
candidates: Array<string>,
/**
 * Kinds of attachment that it takes.
 */
attachment_kinds: Array<string>,
/**
 * Why it is asked for.
 */
basis: string | null,
/**
 * What the destination asked for there when it sent the dossier back.
 */
asked: Array<DraftDemand>, };

/**
 * A dossier in a list.
 */
export type DraftLine = {
/**
 * Its id.
 */
id: string,
/**
 * What it is called.
 */
title: string,
/**
 * What the firm wants to do.
 */
scenario: Scenario,
/**
 * Six digits.
 */
destination_region: string,
/**
 * Where to, in words.
 */
destination: string,
/**
 * When it was last changed.
 */
updated: string,
/**
 * When what was signed last from it was signed.
 */
signed: string | null,
/**
 * The number of that, as reports and decisions name it.
 */
number: string | null,
/**
 * When another for the same purpose was signed, which was handed over since.
 */
overtaken: string | null,
/**
 * Where it stands.
 */
state: DraftState,
/**
 * What the decision that stands on it says; absent before there is one.
 */
outcome: DecisionOutcome | null,
/**
 * Whether another decision on it, signed before, says something else.
 */
differ: boolean,
/**
 * Until which civil date the destination waits for what has to be added.
 */
due: string | null,
/**
 * Days until then; negative after it.
 */
days_left: number | null, };

/**
 * A dossier in full, for the steps 基本信息 → 材料 → 自检 → 签署 → 导出.
 */
export type DraftPage = {
/**
 * In a line.
 */
line: DraftLine,
/**
 * What the person typed.
 */
fields: DraftFields,
/**
 * The destination's checklist, item by item.
 */
items: Array<DraftItem>,
/**
 * What the destination asked for beyond it, when it sent the dossier back.
 */
beyond: Array<DraftDemand>,
/**
 * The credentials that were chosen.
 */
credentials: Array<DraftCredential>,
/**
 * The files that were attached.
 */
attachments: Array<DraftAttachment>,
/**
 * The destination: code, name, and whether dossiers can be sealed to it.
 */
destination: IssuerLine | null,
/**
 * Whether dossiers can be sealed to the destination.
 */
can_seal: boolean,
/**
 * What happened so far.
 */
timeline: Array<CaseEvent>,
/**
 * The decision that came back.
 */
decision: DecisionPage | null,
/**
 * When it was signed.
 */
decision_signed_at: string | null,
/**
 * Others on the same dossier that were signed before and decide differently.
 */
other_decisions: Array<OtherDecision>,
/**
 * In a drill: the file with the destination's answer, until it is taken in.
 */
drill_answer: string | null,
/**
 * Until when the firm's own statements hold that were signed with it; absent where there are none.
 */
declared_until: string | null,
/**
 * The signed file's digest in groups of four.
 */
signed_sha256: string | null,
/**
 * The members of `facts` that matter there, as fields of a form.
 */
fact_fields: Array<ClaimField>,
/**
 * Kinds of attachment that can be chosen here, with what they are called.
 */
attachment_kinds: Array<AttachmentKind>,
/**
 * What concerns the draft as a whole, such as a rule pack that is not at hand.
 */
remarks: Array<Sentence>, };

/**
 * Where a dossier of the firm stands.
 */
export type DraftState = "draft" | "signed" | "decided";

/**
 * Dossiers in work and dossiers that were signed.
 */
export type Drafts = {
/**
 * What was changed or signed last before the rest.
 */
drafts: Array<DraftLine>, };

/**
 * What a trial showed.
 */
export type Drilled = {
/**
 * When the backup was made.
 */
at: string,
/**
 * Records in it by kind, in words.
 */
contents: Array<Sentence>,
/**
 * Whether its activity log is whole.
 */
log_whole: boolean, };

/**
 * A credential to take out of a draft.
 */
export type DropCredential = {
/**
 * The draft.
 */
draft_id: string,
/**
 * The held credential.
 */
credential_id: string, };

/**
 * A public key that is entered for a firm.
 */
export type EnteredKey = {
/**
 * As JWK.
 */
jwk: string,
/**
 * The firm's code, as far as it is typed.
 */
uscc: string, };

/**
 * What the program tells the window.
 */
export type Event = { "event": "changed",
/**
 * Which kinds.
 */
what: Array<Changed>, } | { "event": "keep_now" } | { "event": "locked" } | { "event": "opened",
/**
 * Their paths.
 */
paths: Array<string>, } | { "event": "linked",
/**
 * The case's number in the books.
 */
number: string, } | { "event": "batch",
/**
 * Which work.
 */
job: string,
/**
 * Done so far.
 */
done: number,
/**
 * In all.
 */
total: number,
/**
 * What was done last.
 */
line: BatchLine, } | { "event": "batch_done",
/**
 * Which work.
 */
job: string,
/**
 * The result.
 */
summary: BatchSummary, } | { "event": "progress",
/**
 * Which work.
 */
job: string,
/**
 * Done so far.
 */
done: number,
/**
 * In all.
 */
total: number, } | { "event": "menu",
/**
 * Which.
 */
entry: string, };

/**
 * What was read from a stick.
 */
export type ExchangeRead = {
/**
 * Messages that were not here before.
 */
received: number,
/**
 * Messages that were taken in.
 */
taken: number,
/**
 * Messages that could not be.
 */
parked: number,
/**
 * Files that are no message although they should be.
 */
refused: Array<string>,
/**
 * Whether newer trust data was taken in.
 */
trust: boolean,
/**
 * Whether that of the stick is merely older, so that what is here was kept.
 */
trust_older: boolean,
/**
 * Why the trust data of the stick was not.
 */
trust_refused: Refusal | null, };

/**
 * What was written for a stick.
 */
export type ExchangeWritten = {
/**
 * The folder.
 */
path: string,
/**
 * Messages.
 */
messages: number,
/**
 * Messages that were not: nobody here knows yet where their recipient's inbox is.
 */
left_out: number,
/**
 * Files of the trust data.
 */
public_files: number, };

/**
 * The log to write as a table.
 */
export type ExportActivity = {
/**
 * Which entries.
 */
filter: FindActivity,
/**
 * Where to: `.xlsx` or `.csv`.
 */
path: string, };

/**
 * The result of a folder to write as a table.
 */
export type ExportBatch = {
/**
 * The lines as the screen shows them.
 */
lines: Array<BatchLine>,
/**
 * Where to: `.xlsx` or `.csv`.
 */
path: string, };

/**
 * The ledger, or what a filter leaves of it, to write as a table.
 */
export type ExportCases = {
/**
 * Which cases.
 */
filter: FindCases,
/**
 * Where to; the ending says which: `.xlsx` or `.csv`.
 */
path: string, };

/**
 * The register, or what a filter leaves of it, to write as a table.
 */
export type ExportFirms = {
/**
 * Which firms.
 */
filter: FindFirms,
/**
 * Where to; the ending says which: `.xlsx` or `.csv`.
 */
path: string, };

/**
 * What is held, or what is found in it, to write as a table.
 */
export type ExportHeld = {
/**
 * Which credentials.
 */
filter: FindHeld,
/**
 * Where to; the ending says which: `.xlsx` or `.csv`.
 */
path: string, };

/**
 * The firm's public key for an issuer.
 */
export type ExportHolderKey = {
/**
 * Where to, `.jwk`.
 */
path: string, };

/**
 * Files to write again.
 */
export type ExportIssued = {
/**
 * Which credentials.
 */
ids: Array<string>,
/**
 * The folder.
 */
folder: string, };

/**
 * What was issued, or what a filter leaves of it, to write as a table.
 */
export type ExportIssuedTable = {
/**
 * Which credentials.
 */
filter: FindIssued,
/**
 * Where to; the ending says which: `.xlsx` or `.csv`.
 */
path: string, };

/**
 * The figures of a month, to write as a page or a table.
 */
export type ExportMonth = {
/**
 * `YYYY-MM`.
 */
month: string,
/**
 * Where to; the ending says which: `.pdf`, `.xlsx` or `.csv`.
 */
path: string,
/**
 * The language of a page.
 */
language: Language, };

/**
 * A statement to write.
 */
export type ExportStatement = {
/**
 * The first day; absent for all.
 */
from: string | null,
/**
 * The last day; absent for all.
 */
until: string | null,
/**
 * Where, `.pdf`, `.xlsx` or `.csv`.
 */
path: string,
/**
 * The language of a page.
 */
language: Language, };

/**
 * Where the status lists go.
 */
export type ExportStatusList = {
/**
 * A file for the list, or a folder that is there: every list named after the organisation and the day.
 */
path: string,
/**
 * Signs the lists anew before, so that they count as fresh again. Without it they go as last signed.
 */
passphrase?: string, };

/**
 * What the palette finds.
 */
export type Find = {
/**
 * As typed: words, pinyin or initials.
 */
text: string, };

/**
 * A search in the activity log.
 */
export type FindActivity = {
/**
 * Part of an actor, an object or a note; empty for all.
 */
text: string,
/**
 * Only this action.
 */
action: string | null,
/**
 * On or after this civil date.
 */
from: string | null,
/**
 * On or before this civil date.
 */
to: string | null,
/**
 * Continue before this number.
 */
before: number | null,
/**
 * At most so many.
 */
limit: number, };

/**
 * A search in the ledger.
 */
export type FindCases = {
/**
 * Part of a name, pinyin, pinyin initials, a code or a case number; empty for all.
 */
text: string,
/**
 * Only these states; empty for all.
 */
states: Array<CaseState>,
/**
 * Only these verdicts; empty for all.
 */
verdicts: Array<Verdict>,
/**
 * Only this scenario.
 */
scenario: Scenario | null,
/**
 * Received on or after this civil date.
 */
from: string | null,
/**
 * Received on or before this civil date.
 */
to: string | null,
/**
 * Only those in which the day has passed until which something was to be added.
 */
overdue: boolean,
/**
 * Whether they come by the firm's name as it is read.
 */
by_name: boolean,
/**
 * Continue after this cursor.
 */
after: string | null,
/**
 * At most so many.
 */
limit: number, };

/**
 * A search in the register.
 */
export type FindFirms = {
/**
 * Part of a name, pinyin, pinyin initials or a code; empty for all.
 */
text: string,
/**
 * Only this state.
 */
state: FirmState | null,
/**
 * Whether they come by name as it is read.
 */
by_name: boolean,
/**
 * Continue after this cursor.
 */
after: string | null,
/**
 * At most so many.
 */
limit: number, };

/**
 * A search among held credentials.
 */
export type FindHeld = {
/**
 * Part of a title, a number or an issuer; empty for all.
 */
text: string, };

/**
 * A search among issued credentials.
 */
export type FindIssued = {
/**
 * Part of a name, pinyin, a code or a number; empty for all.
 */
text: string,
/**
 * Only this type.
 */
kind: string | null,
/**
 * Only this status.
 */
status: CredentialStatus | null,
/**
 * Only this firm.
 */
firm: string | null,
/**
 * Whether they come by the firm's name as it is read.
 */
by_name: boolean,
/**
 * Continue after this cursor.
 */
after: string | null,
/**
 * At most so many.
 */
limit: number, };

/**
 * A search in the register.
 */
export type FindIssuers = {
/**
 * Part of a name or code; empty for all.
 */
text: string,
/**
 * Continue after this code.
 */
after: string | null,
/**
 * At most so many.
 */
limit: number, };

/**
 * A search among vouchers.
 */
export type FindVouchers = {
/**
 * What the number, or the code of fund or firm, begins with; empty for all.
 */
text: string,
/**
 * Continue after this cursor.
 */
after: string | null,
/**
 * At most so many.
 */
limit: number, };

/**
 * A key's fingerprint, in groups of four, as two people compare it by telephone.
 */
export type Fingerprint = {
/**
 * Hexadecimal digits.
 */
text: string, };

/**
 * A firm of the register.
 */
export type Firm = {
/**
 * Its id; empty for one that is to be added.
 */
id: string,
/**
 * Its code.
 */
uscc: string,
/**
 * Its name.
 */
name: string,
/**
 * The names it had.
 */
former_names: Array<FormerName>,
/**
 * Six digits; empty while it is not known.
 */
region: string,
/**
 * Civil date of establishment.
 */
established_on: string | null,
/**
 * Civil date of entry.
 */
entered_on: string | null,
/**
 * 场地地址
 */
site_address: string | null,
/**
 * 面积, square metres.
 */
area_sqm: number | null,
/**
 * Whether its main research is on site.
 */
rd_on_site: boolean | null,
/**
 * 技术领域
 */
field: string | null,
/**
 * 孵化协议编号
 */
agreement_no: string | null,
/**
 * Civil date on which incubation ends at the latest.
 */
incubation_deadline: string | null,
/**
 * Contact's name.
 */
contact_name: string | null,
/**
 * Contact's phone. It is stored masked, `138****0012`.
 */
contact_phone: string | null,
/**
 * The firm's public key as JWK, if it has given one.
 */
holder_jwk: string | null,
/**
 * Whether it is still here.
 */
state: FirmState,
/**
 * How many credentials were issued to it.
 */
issued: number, };

/**
 * Whether a firm is still here.
 */
export type FirmState = "in" | "graduated" | "left";

/**
 * Some firms.
 */
export type Firms = {
/**
 * Those that entered the register last first, or by name.
 */
firms: Array<Firm>,
/**
 * The cursor to continue with; absent at the end.
 */
next: string | null,
/**
 * How many firms there are in all, without the filter.
 */
total: number, };

/**
 * A name that a firm had.
 */
export type FormerName = {
/**
 * The name.
 */
name: string,
/**
 * The last civil date it was in use.
 */
until: string | null, };

/**
 * What was found.
 */
export type Found = {
/**
 * The best first.
 */
hits: Array<Hit>, };

/**
 * A firm that gets a credential.
 */
export type GettingFirm = {
/**
 * Its id.
 */
id: string,
/**
 * Its name.
 */
name: string,
/**
 * Its number.
 */
uscc: string,
/**
 * What its credential says of each claim that differs, in their order; empty where it does not have it.
 */
values: Array<string>, };

/**
 * What one conclusion rests on.
 */
export type GroundsLine = {
/**
 * A credential's path, or an item's id.
 */
subject: string,
/**
 * The law or agreement, of a credential with the rule; or that no rule applies.
 */
text: Sentence, };

/**
 * Two places of a person's name or of an organisation that decide together.
 */
export type Hands = {
/**
 * 经办人
 */
operator: string,
/**
 * 复核人; needed where the settings ask for four eyes.
 */
reviewer: string | null, };

/**
 * A held credential.
 */
export type HeldLine = {
/**
 * Its id.
 */
id: string,
/**
 * Its type.
 */
kind: string,
/**
 * What the type is called.
 */
title: Sentence,
/**
 * Its number.
 */
number: string | null,
/**
 * Who issued it: name, or code where the register does not know it.
 */
issuer: string,
/**
 * Who stands behind it.
 */
provenance: Provenance,
/**
 * Civil date of issue.
 */
issued_on: string | null,
/**
 * Last civil day of validity.
 */
valid_until: string | null,
/**
 * Days that are left; negative when it has ended, absent when it does not end.
 */
days_left: number | null,
/**
 * How it stands.
 */
standing: Standing,
/**
 * Why, in words.
 */
remark: Sentence | null,
/**
 * The firm's name in it, where that is another than now.
 */
other_name: string | null,
/**
 * How it stood before, where that changed and nobody has seen it.
 */
moved: HeldMoved | null, };

/**
 * What is held, what ends first before the rest.
 */
export type HeldList = {
/**
 * The credentials.
 */
credentials: Array<HeldLine>, };

/**
 * A credential that stands otherwise than before.
 */
export type HeldMoved = {
/**
 * How it stood.
 */
from: Standing,
/**
 * When that was noticed.
 */
at: string, };

/**
 * A held credential in full.
 */
export type HeldPage = {
/**
 * In a line.
 */
line: HeldLine,
/**
 * Every claim.
 */
view: CredentialView,
/**
 * Where its status can be looked up.
 */
status_uri: string | null,
/**
 * The status as the trust data has it, with its age.
 */
status: Sentence | null, };

/**
 * Something that can be opened.
 */
export type Hit = {
/**
 * What it is.
 */
kind: HitKind,
/**
 * Its id.
 */
id: string,
/**
 * What it is called.
 */
title: string,
/**
 * What tells it from others.
 */
detail: string, };

/**
 * What can be opened from the palette.
 */
export type HitKind = "case" | "firm" | "held" | "issued" | "draft";

/**
 * An amount to hold.
 */
export type HoldVoucher = {
/**
 * 券号
 */
id: string,
/**
 * How much, in 元.
 */
amount: string,
/**
 * The last day on which the fund may not close it.
 */
until: string, };

/**
 * A public key that a firm handed over.
 */
export type HolderKey = {
/**
 * As JWK.
 */
jwk: string, };

/**
 * A firm that holds a valid credential of the type.
 */
export type HoldingFirm = {
/**
 * Its id.
 */
id: string,
/**
 * Its name.
 */
name: string,
/**
 * The last day of the one that ends last; absent if one has no end.
 */
until: string | null, };

/**
 * A hub that was joined.
 */
export type HubLine = {
/**
 * Its id.
 */
id: string,
/**
 * Its address.
 */
url: string,
/**
 * Its key as people compare it, in groups of four.
 */
key: string,
/**
 * Whether this organisation invites firms to it.
 */
invites: boolean,
/**
 * Who may vouch for its server; nobody where it is the public authorities.
 */
ca: Array<AuthorityLine>, };

/**
 * A decision that came back.
 */
export type ImportDecision = {
/**
 * The `.zzdecision` file.
 */
path: string, };

/**
 * Files to take in.
 */
export type ImportHeld = {
/**
 * `.zzcred` files.
 */
paths: Array<string>, };

/**
 * Trust data to take in.
 */
export type ImportTrust = {
/**
 * A `.zztrust` file or a folder.
 */
path: string,
/**
 * The fingerprint that the person confirmed; needed for the very first import.
 */
confirmed_root: string | null, };

/**
 * What an import did.
 */
export type Imported = {
/**
 * Added.
 */
new: number,
/**
 * Changed.
 */
changed: number,
/**
 * Left out.
 */
refused: number, };

/**
 * A decision that was taken in.
 */
export type ImportedDecision = {
/**
 * The draft it belongs to; absent if it answers none of ours.
 */
draft_id: string | null,
/**
 * What was decided.
 */
decision: DecisionPage,
/**
 * Who decided.
 */
by: string,
/**
 * Findings about the decision itself.
 */
checks: Array<Check>, };

/**
 * What was taken in.
 */
export type ImportedHeld = {
/**
 * Taken in.
 */
imported: Array<HeldLine>,
/**
 * Files that were not, with the reason.
 */
refused: Array<RefusedFile>, };

/**
 * What an import did.
 */
export type ImportedTrust = {
/**
 * What is at hand now.
 */
summary: TrustSummary,
/**
 * For the very first import nothing is kept before the person has confirmed this fingerprint.
 */
confirm_root: string | null,
/**
 * Cases that were judged again.
 */
rejudged: number,
/**
 * Verdicts that moved.
 */
moved: number, };

/**
 * Messages that came and were not taken in.
 */
export type Inbox = {
/**
 * Those that a person decides about first.
 */
messages: Array<InboxLine>, };

/**
 * A message that came.
 */
export type InboxLine = {
/**
 * The message id.
 */
id: string,
/**
 * The sender's code.
 */
from: string,
/**
 * The sender's name at the hub, where it is known.
 */
from_name: string | null,
/**
 * What it brings, once it was opened.
 */
kind: MessageKind | null,
/**
 * Whether a person has to do something; else it waits for what it needs.
 */
parked: boolean,
/**
 * When it came.
 */
received: string,
/**
 * Why it was not taken in.
 */
why: Refusal | null, };

/**
 * A new inbox key.
 */
export type InboxRenewed = {
/**
 * Computers that ask once more, for the new inbox key.
 */
to_ask_again: Array<string>, };

/**
 * A firm to invite.
 */
export type InviteFirm = {
/**
 * Its code; spaces and full-width digits are read.
 */
uscc: string,
/**
 * Its name.
 */
name: string,
/**
 * Days for which the invitation is open, 1 to 30.
 */
days: number,
/**
 * Opens this device's key.
 */
passphrase: string,
/**
 * Where the invitation goes.
 */
path: string, };

/**
 * A credential to issue to each of some firms.
 */
export type Issue = {
/**
 * Its type.
 */
kind: string,
/**
 * In which way.
 */
provenance: Provenance,
/**
 * The firms, by id in the register.
 */
firms: Array<string>,
/**
 * Values that are the same for all. What the register knows of a firm fills the rest.
 */
claims: Array<TypedClaim>,
/**
 * Pattern of the number, `HFUSP-2026-{0001}`: the part in braces counts on, from there or from the last
 * number of that pattern. Without braces it is the number itself, for one firm.
 */
number: string | null,
/**
 * Whether somebody looked at the number, which has to be done once after a restore.
 */
number_looked_at: boolean,
/**
 * Last civil day of validity.
 */
valid_until: string | null,
/**
 * For attested papers: how the original was seen.
 */
attested: Attestation | null,
/**
 * Opens the signing key once more.
 */
passphrase: string,
/**
 * The folder for the `.zzcred` files.
 */
folder: string, };

/**
 * What would be signed.
 */
export type IssuePreview = {
/**
 * How many firms get one.
 */
count: number,
/**
 * The firms that get one.
 */
firms: Array<GettingFirm>,
/**
 * Firms that would get none, with the reason.
 */
refused: Array<RefusedFirm>,
/**
 * Those of the firms that hold a valid one of this type from this organisation already.
 */
holding: Array<HoldingFirm>,
/**
 * Those of the firms whose credential of this type from this organisation was revoked within a year.
 */
revoked: Array<RevokedFirm>,
/**
 * Those of the firms whose public key another firm of the register has too.
 */
sharing: Array<SharingFirm>,
/**
 * Every claim of the first one's.
 */
first: Array<Line>,
/**
 * The claims that differ from firm to firm.
 */
differing: Array<DifferingClaim>, };

/**
 * The types that can be issued, as forms.
 */
export type IssueTypes = {
/**
 * In the order of the field's own list.
 */
types: Array<TypeForm>,
/**
 * What to mind about all of them: the organisation or its key is not in the register.
 */
remark: Sentence | null, };

/**
 * What issuing came to.
 */
export type IssuedBatch = {
/**
 * How many were issued.
 */
issued: number,
/**
 * Their ids.
 */
ids: Array<string>,
/**
 * Firms that got none, with the reason.
 */
refused: Array<RefusedFirm>,
/**
 * The folder with the files.
 */
folder: string,
/**
 * The name of the status list that has to be published with them; empty if nothing was issued.
 */
status_list: string, };

/**
 * An issued credential.
 */
export type IssuedLine = {
/**
 * Its id.
 */
id: string,
/**
 * Its type.
 */
kind: string,
/**
 * What the type is called.
 */
title: Sentence,
/**
 * Its number.
 */
number: string | null,
/**
 * The firm's code.
 */
firm_uscc: string,
/**
 * The firm's name when it was issued.
 */
firm_name: string,
/**
 * When it was issued.
 */
issued: string,
/**
 * Last civil day of validity.
 */
valid_until: string | null,
/**
 * Its status now.
 */
status: CredentialStatus,
/**
 * The status list that it is in.
 */
status_list: string | null,
/**
 * Its place in that list.
 */
status_place: number | null,
/**
 * Why it has that status.
 */
reason: string | null,
/**
 * Since when.
 */
changed: string | null,
/**
 * Who stands behind it.
 */
provenance: Provenance, };

/**
 * Some issued credentials.
 */
export type IssuedList = {
/**
 * Newest first, or by the firm's name.
 */
credentials: Array<IssuedLine>,
/**
 * The cursor to continue with; absent at the end.
 */
next: string | null, };

/**
 * An issuer of the register.
 */
export type IssuerLine = {
/**
 * Its code.
 */
uscc: string,
/**
 * Its name.
 */
name: string,
/**
 * Six digits.
 */
region: string,
/**
 * `incubator`, `authority` and so on.
 */
roles: Array<string>,
/**
 * Its level as the register says.
 */
level: string | null,
/**
 * Fingerprints of its present keys, in groups of four, for the paper agreement.
 */
fingerprints: Array<string>, };

/**
 * Some issuers.
 */
export type Issuers = {
/**
 * In the order of their codes.
 */
issuers: Array<IssuerLine>,
/**
 * Continue after this code; absent at the end.
 */
next: string | null, };

/**
 * An item of the checklist whose state moved.
 */
export type ItemChange = {
/**
 * What it is called.
 */
title: Sentence,
/**
 * Whether the dossier needs it.
 */
required: boolean,
/**
 * How it stood; absent where that checklist has no such item.
 */
older: ItemState | null,
/**
 * How it stands.
 */
newer: ItemState | null, };

/**
 * How an item stands.
 */
export type ItemState = "met" | "missing" | "insufficient" | "open";

/**
 * Long work that was begun: its progress and its end come as events with this id.
 */
export type Job = {
/**
 * Its id.
 */
job: string, };

/**
 * A case that becomes the newest version of an older one, which waits for it.
 */
export type JoinCase = {
/**
 * The case that waits.
 */
id: string,
/**
 * The case that becomes part of it.
 */
newer: string,
/**
 * Who says so.
 */
hands: Hands, };

/**
 * A hub to join.
 */
export type JoinHub = {
/**
 * The file of the invitation.
 */
invitation: string,
/**
 * The hub's address: scheme, host and port.
 */
url: string,
/**
 * The file of certificates (PEM) of those who may vouch for its server; absent for the public authorities.
 */
ca: string | null,
/**
 * What people call this device.
 */
device: string,
/**
 * Opens the database's keys.
 */
passphrase: string, };

/**
 * The hub of another province to join for its ledger.
 */
export type JoinLedger = {
/**
 * The file of the invitation.
 */
invitation: string,
/**
 * The hub's address: scheme, host and port.
 */
url: string,
/**
 * The file of certificates (PEM) of those who may vouch for its server; absent for the public authorities.
 */
ca: string | null, };

export type JsonValue = number | string | boolean | Array<JsonValue> | { [key in string]: JsonValue } | null;

/**
 * A judgement with the data it rests on.
 */
export type JudgementLine = {
/**
 * When.
 */
at: string,
/**
 * What came out.
 */
verdict: Verdict,
/**
 * Version of the root.
 */
root_version: number | null,
/**
 * Version of the snapshot.
 */
snapshot_version: number | null,
/**
 * The rule pack with its version.
 */
rule_pack: string | null,
/**
 * Why it was judged: taken in, trust data changed, asked for.
 */
why: Sentence, };

/**
 * The language of the interface and of documents.
 */
export type Language = "zh" | "en";

/**
 * A ledger that can be asked.
 */
export type LedgerLine = {
/**
 * The hub's id: two digits of its province and a name.
 */
hub: string,
/**
 * Its address.
 */
url: string,
/**
 * Its key as people compare it.
 */
key: string,
/**
 * Whether it is this device's own hub.
 */
own: boolean,
/**
 * Who may vouch for its server; nobody where it is the public authorities.
 */
ca: Array<AuthorityLine>, };

/**
 * What is left out because of a cell.
 */
export type LeftOut = "row" | "cell" | "nothing";

/**
 * One licence and what is under it.
 */
export type LicenceLine = {
/**
 * The licence's name.
 */
licence: string,
/**
 * Names of the components.
 */
components: Array<string>, };

/**
 * One named value, ready to show.
 */
export type Line = {
/**
 * What it is.
 */
label: Sentence,
/**
 * The value as people read it.
 */
value: string,
/**
 * The claim's path in the credential.
 */
path: string,
/**
 * Whether it can be left out when the credential is presented.
 */
selectable: boolean, };

/**
 * Where lists are that settle open ones.
 */
export type ListSource = {
/**
 * The file of a list, or trust data that hold it; absent for the trust data at hand.
 */
path: string | null, };

/**
 * Whether others can know how credentials stand.
 */
export type ListStanding = {
/**
 * Since when a status list has changes that were not exported; absent if there are none.
 */
not_exported_since: string | null, };

/**
 * What a message brings.
 */
export type MessageKind = "credential" | "request" | "dossier" | "decision" | "status_list" | "receipt" | "notice";

/**
 * How a destination takes a paper (formats.md §4).
 */
export type Mode = "direct" | "equivalent" | "supplement" | "recertify" | "reference" | "none";

/**
 * 月报
 */
export type Month = {
/**
 * `YYYY-MM`.
 */
month: string,
/**
 * 收件数
 */
received: number,
/**
 * How many have each verdict, in the order passed, conditions, pending, failed.
 */
verdicts: [number, number, number, number],
/**
 * 通过率 in tenths of a percent; absent where no case has a verdict.
 */
passed_tenths: number | null,
/**
 * 办结数
 */
decided: number,
/**
 * 平均用时, in tenths of working days.
 */
average_tenths: number | null,
/**
 * 主要问题, most frequent first.
 */
problems: Array<ProblemCount>,
/**
 * 在园企业指标
 */
park: ParkRates,
/**
 * 口径: how these numbers are counted.
 */
definition: Sentence, };

/**
 * A month of work.
 */
export type MonthOf = {
/**
 * `YYYY-MM`.
 */
month: string, };

/**
 * A filter that somebody gave a name.
 */
export type NamedFilter = {
/**
 * Its name.
 */
name: string,
/**
 * What it asks for, as the interface writes it.
 */
filter: string, };

/**
 * Whether an item has to be answered.
 */
export type Need = "always" | "sometimes" | "never";

/**
 * An organisation as it names itself.
 */
export type NewProfile = {
/**
 * The organisation's code; spaces and full-width digits are read.
 */
uscc: string,
/**
 * Its name.
 */
name: string,
/**
 * What it uses the program for.
 */
role: Role,
/**
 * Six digits of its region.
 */
region: string, };

/**
 * A request to make.
 */
export type NewRequest = {
/**
 * What for.
 */
scenario: Scenario,
/**
 * The checklist.
 */
checklist_id: string,
/**
 * The rule pack.
 */
pack_id: string,
/**
 * Where to, six digits.
 */
destination_region: string,
/**
 * The only firm that may answer; absent for any.
 */
firm: string | null,
/**
 * Days until it ends.
 */
days: number,
/**
 * Opens the signing key.
 */
passphrase: string,
/**
 * Where the `.zzrequest` goes.
 */
path: string, };

/**
 * A command that needs no data.
 */
export type Nothing = Record<symbol, never>;

/**
 * A verdict that moved because of new data.
 */
export type Notice = {
/**
 * Its id.
 */
id: string,
/**
 * The case.
 */
case_id: string,
/**
 * The case's number.
 */
number: string,
/**
 * The firm.
 */
firm_name: string,
/**
 * Before.
 */
from: Verdict,
/**
 * Now.
 */
to: Verdict,
/**
 * What happened, in a sentence: whose verdict it is, from what to what, and why.
 */
told: Sentence,
/**
 * When.
 */
at: string,
/**
 * Whether somebody has looked.
 */
seen: boolean, };

/**
 * Verdicts that moved.
 */
export type Notices = {
/**
 * Newest first, those nobody has looked at before the others.
 */
notices: Array<Notice>, };

/**
 * Which form.
 */
export type OfForm = {
/**
 * What the interface calls it, and what it is of.
 */
form: string, };

/**
 * Which table.
 */
export type OfTable = {
/**
 * Its key.
 */
table: string, };

/**
 * Which rule pack.
 */
export type OnePack = {
/**
 * `pack_id`.
 */
id: string,
/**
 * Six digits of a region in the province that published it: another may have one of that name.
 */
region: string, };

/**
 * A decision that does not stand, as a later one was signed.
 */
export type OtherDecision = {
/**
 * When it was signed.
 */
signed_at: string,
/**
 * What it says.
 */
decision: DecisionPage, };

/**
 * 发件箱
 */
export type Outbox = {
/**
 * What waits for something first.
 */
messages: Array<OutboxLine>, };

/**
 * A message of the outbox.
 */
export type OutboxLine = {
/**
 * The message id.
 */
id: string,
/**
 * The recipient's code.
 */
to: string,
/**
 * The recipient's name at the hub, where it is known.
 */
to_name: string | null,
/**
 * What it is.
 */
kind: MessageKind,
/**
 * How far it got.
 */
state: OutboxState,
/**
 * When it was put here.
 */
created: string,
/**
 * When the hub said that it has it.
 */
sent: string | null,
/**
 * Attempts so far.
 */
attempts: number,
/**
 * Before this time it is not sent.
 */
next: string | null,
/**
 * Why it is parked or was refused, or what the last attempt brought.
 */
why: Refusal | null,
/**
 * Why a person gave it up.
 */
reason: string | null, };

/**
 * How far a message of the outbox got.
 */
export type OutboxState = "waiting" | "sending" | "sent" | "refused" | "resent" | "parked" | "discarded";

/**
 * What came out of a check.
 */
export type Outcome = "pass" | "info" | "warning" | "pending" | "fail";

/**
 * What a fund owes for redemptions that are not asked for yet.
 */
export type OwedLine = {
/**
 * The fund's code.
 */
fund: string,
/**
 * The sum.
 */
amount: string,
/**
 * How many redemptions.
 */
count: number, };

/**
 * The organisation's public keys, as its province registers them.
 */
export type OwnKeys = {
/**
 * The file.
 */
written: Written,
/**
 * Fingerprints of the keys that sign today, in groups of four.
 */
fingerprints: Array<string>, };

/**
 * An item of a checklist.
 */
export type PackItem = {
/**
 * `item_id`.
 */
id: string,
/**
 * What it is called.
 */
title: Sentence,
/**
 * Whether it has to be answered.
 */
need: Need,
/**
 * The types of credential that answer it.
 */
credentials: Array<Sentence>,
/**
 * The kinds of attachment that answer it.
 */
attachments: Array<Sentence>,
/**
 * Whether one of all these is enough; otherwise one credential and every kind of attachment is needed.
 */
any: boolean,
/**
 * The least provenance that does without a warning.
 */
provenance: Provenance | null,
/**
 * What is said where it does not hold.
 */
conditions: Array<Sentence>,
/**
 * The law or agreement it rests on.
 */
basis: string | null, };

/**
 * A rule pack in a list.
 */
export type PackLine = {
/**
 * `pack_id`.
 */
id: string,
/**
 * Six digits of the province that published it.
 */
province: string,
/**
 * Its version.
 */
version: number,
/**
 * Who published it.
 */
publisher: string,
/**
 * The regions it is for.
 */
to_regions: Array<Sentence>,
/**
 * From which civil date.
 */
valid_from: string,
/**
 * Until which civil date.
 */
valid_until: string | null,
/**
 * Its checklists.
 */
checklists: Array<ChecklistLine>, };

/**
 * A checklist of a pack with its items.
 */
export type PackList = {
/**
 * Which.
 */
list: ChecklistLine,
/**
 * What it asks for.
 */
items: Array<PackItem>, };

/**
 * A rule pack in words: what it asks for, and what counts as what.
 */
export type PackPage = {
/**
 * In a line.
 */
pack: PackLine,
/**
 * After how many days a status list is too old for it.
 */
status_max_age_days: number,
/**
 * After how many days trust data is too old for it.
 */
trust_max_age_days: number,
/**
 * Its checklists with their items.
 */
lists: Array<PackList>,
/**
 * Its rules of recognition.
 */
rules: Array<PackRule>, };

/**
 * A rule of recognition.
 */
export type PackRule = {
/**
 * `rule_id`.
 */
id: string,
/**
 * The type of credential.
 */
credential: Sentence,
/**
 * The regions of its issuers.
 */
from: Array<Sentence>,
/**
 * The destinations.
 */
to: Array<Sentence>,
/**
 * The scenarios; none: all.
 */
scenarios: Array<Scenario>,
/**
 * How it is taken.
 */
mode: Mode,
/**
 * What it counts as, where that is another type.
 */
counts_as: Sentence | null,
/**
 * What is said where a condition does not hold.
 */
conditions: Array<Sentence>,
/**
 * What has to be added.
 */
supplements: Array<Sentence>,
/**
 * The law or agreement it rests on.
 */
basis: string | null,
/**
 * Whether it is made up for trying the program.
 */
demo: boolean, };

/**
 * A template that is printed, completed by hand, signed and stamped.
 */
export type PaperForm = "materials" | "authorisation" | "consent" | "commitment";

/**
 * A paper in short.
 */
export type PaperLine = {
/**
 * Its number, if disclosed.
 */
number: string | null,
/**
 * Last day of validity, if disclosed.
 */
valid_until: string | null,
/**
 * The answer about this paper alone.
 */
verdict: Verdict, };

/**
 * The rates of the firms in incubation.
 */
export type ParkRates = {
/**
 * The day for which they hold.
 */
as_of: string,
/**
 * 高企认定率
 */
high_tech: Rate,
/**
 * 获融资比例
 */
financed: Rate,
/**
 * 口径
 */
definition: Sentence,
/**
 * Where the reference lines come from.
 */
source: Sentence, };

/**
 * An attachment to look at.
 */
export type PreviewAttachment = {
/**
 * The dossier's path; or absent for one of a case or draft.
 */
dossier: string | null,
/**
 * The case; or absent.
 */
case_id: string | null,
/**
 * Which version of the case; absent for the newest.
 */
version?: number,
/**
 * The draft; or absent.
 */
draft_id: string | null,
/**
 * The attachment's path.
 */
path: string, };

/**
 * A table to import.
 */
export type PreviewRoster = {
/**
 * `.xlsx`, `.xls`, `.ods` or `.csv` (UTF-8 or GB 18030).
 */
path: string,
/**
 * Which column holds which field, where the person corrected the guess.
 */
mapping: Array<ColumnChoice> | null, };

/**
 * A code and how many cases it stands in.
 */
export type ProblemCount = {
/**
 * The code.
 */
code: string,
/**
 * What it is called.
 */
title: Sentence,
/**
 * How many cases.
 */
count: number, };

/**
 * Whose database it is.
 */
export type Profile = {
/**
 * The organisation's code.
 */
uscc: string,
/**
 * Its name.
 */
name: string,
/**
 * What it uses the program for.
 */
role: Role,
/**
 * Six digits of its region.
 */
region: string,
/**
 * What its region is called.
 */
region_name: string, };

/**
 * Who stands behind a statement.
 */
export type Provenance = "direct" | "attested" | "declared";

/**
 * The four questions.
 */
export type Question = "integrity" | "issuer" | "currency" | "recognition";

/**
 * The answer to each of the four questions.
 */
export type Questions = {
/**
 * 内容未被改动？
 */
integrity: Answer,
/**
 * 谁签的、可信吗？
 */
issuer: Answer,
/**
 * 现在还有效吗？
 */
currency: Answer,
/**
 * 材料齐全并符合互认规则吗？
 */
recognition: Answer, };

/**
 * A share of the firms in incubation.
 */
export type Rate = {
/**
 * 在园企业数
 */
firms: number,
/**
 * Those that are counted above the line.
 */
met: number,
/**
 * Those with a record that does not hold on the day.
 */
lapsed: number,
/**
 * Those without any record.
 */
unrecorded: number,
/**
 * The rate in tenths of a percent; absent where no firm is in incubation.
 */
tenths: number | null,
/**
 * The reference line in percent.
 */
reference: number, };

/**
 * A list that can settle one of the open ones, before it does.
 */
export type ReadList = {
/**
 * Its name.
 */
uri: string,
/**
 * When it was signed.
 */
signed_at: string,
/**
 * When the backup was made since which it is open; absent if there was none.
 */
made: string | null,
/**
 * SHA-256 of its text, hexadecimal.
 */
sha256: string,
/**
 * The credentials that are no longer valid by it, with the status that it gives them.
 */
adds: Array<IssuedLine>,
/**
 * How many more places it marks, of credentials that this database does not know.
 */
unknown: number, };

/**
 * What of a source can settle open lists.
 */
export type ReadLists = {
/**
 * One at least.
 */
lists: Array<ReadList>, };

/**
 * How the firm stands with an item.
 */
export type Readiness = "ready" | "missing" | "expiring" | "supplement" | "insufficient" | "by_hand" | "asked";

/**
 * A reason for a decision.
 */
export type ReasonLine = {
/**
 * A code of the report, or one's own.
 */
code: string,
/**
 * In words.
 */
text: string, };

/**
 * A receipt of the ledger.
 */
export type ReceiptLine = {
/**
 * Its id.
 */
id: string,
/**
 * Who redeemed.
 */
redeemer: string,
/**
 * Its number among the voucher's redemptions.
 */
seq: number,
/**
 * How much.
 */
amount: string,
/**
 * When.
 */
at: string, };

/**
 * A dossier to take in. It is verified, its bytes are kept, and a case begins.
 */
export type ReceiveDossier = {
/**
 * Its path.
 */
path: string,
/**
 * Who takes it in.
 */
operator: string,
/**
 * The case that waits for it and goes on with it; absent for a case of its own.
 */
continues?: string, };

/**
 * Files of credentials that this organisation issued.
 */
export type RecoverIssued = {
/**
 * Files, or folders for all in them.
 */
paths: Array<string>, };

/**
 * What became of them.
 */
export type RecoveredIssued = {
/**
 * Entered again.
 */
taken: Array<IssuedLine>,
/**
 * How many were here already.
 */
known: number,
/**
 * Not entered again, with the reason.
 */
refused: Array<RefusedFile>,
/**
 * How many firms were added to the register.
 */
firms: number,
/**
 * What is to be looked at: numbers that another credential has as well.
 */
remarks: Array<Sentence>, };

/**
 * A redemption to book.
 */
export type RedeemVoucher = {
/**
 * 券号
 */
id: string,
/**
 * How much, in 元.
 */
amount: string,
/**
 * The kind of service.
 */
kind: string,
/**
 * The day of the service or invoice.
 */
day: string,
/**
 * The region where the service was given.
 */
region: string,
/**
 * The file of the invoice or record; only its digest leaves this desk.
 */
document: string,
/**
 * The hold that it closes.
 */
hold: string | null,
/**
 * 预核销: the ledger is not asked now.
 */
offline: boolean, };

/**
 * A redemption that this desk booked.
 */
export type RedemptionLine = {
/**
 * Its key.
 */
key: string,
/**
 * How much.
 */
amount: string,
/**
 * The kind of service.
 */
kind: string,
/**
 * The day of the service or invoice.
 */
day: string,
/**
 * The file of the invoice or record.
 */
document: string,
/**
 * When it was booked.
 */
made: string,
/**
 * How far it got.
 */
state: RedemptionState,
/**
 * When the ledger redeemed it.
 */
redeemed: string | null,
/**
 * Whether it can be taken back: the ledger was never asked.
 */
withdrawable: boolean,
/**
 * Whether another redemption of this voucher here rests on the same file.
 */
same_document: boolean,
/**
 * What the ledger said, where that was no receipt.
 */
why: Refusal | null,
/**
 * What a person said.
 */
reason: string | null, };

/**
 * How far a redemption got.
 */
export type RedemptionState = "provisional" | "redeemed" | "conflicted" | "rejected" | "withdrawn" | "settlement_requested" | "settled";

/**
 * Why a command could not do its work. Nothing was changed.
 */
export type Refusal = {
/**
 * Stable, upper case; what a person quotes and the interface matches.
 */
code: string,
/**
 * What happened and what follows from it.
 */
fact: Sentence,
/**
 * What the person can do next.
 */
advice: Sentence,
/**
 * The error underneath, for the diagnostics that a person may copy. No personal data.
 */
cause: string | null, };

/**
 * A file that was not taken in.
 */
export type RefusedFile = {
/**
 * Its path.
 */
path: string,
/**
 * Why.
 */
refusal: Refusal, };

/**
 * A firm that got no credential.
 */
export type RefusedFirm = {
/**
 * Its id.
 */
id: string,
/**
 * Its name.
 */
name: string,
/**
 * Why.
 */
why: Sentence,
/**
 * The code of that.
 */
code: string, };

/**
 * A region for a choice list.
 */
export type RegionChoice = {
/**
 * Six digits.
 */
code: string,
/**
 * Its full name, province first.
 */
name: string, };

/**
 * The regions of the delta, provinces, cities and counties.
 */
export type RegionChoices = {
/**
 * In the order of their codes.
 */
regions: Array<RegionChoice>, };

/**
 * What the system's keychain has to do with the database.
 */
export type Remembered = {
/**
 * The next start of the program opens it without the passphrase.
 */
on: boolean,
/**
 * The keychain is being asked at this moment; the passphrase may be faster.
 */
asking: boolean,
/**
 * Why the keychain did not open it, or why it is not remembered as was wished.
 */
why_not: Refusal | null, };

/**
 * A computer to remove.
 */
export type RemoveDevice = {
/**
 * The thumbprint of its key.
 */
kid: string,
/**
 * Opens this device's key.
 */
passphrase: string, };

/**
 * A new inbox key to make.
 */
export type RenewInbox = {
/**
 * Opens this device's key.
 */
passphrase: string, };

/**
 * Who is to vouch for a hub from now on.
 */
export type ReplaceAuthority = {
/**
 * The hub's id.
 */
hub: string,
/**
 * The file of certificates (PEM); absent for the public authorities.
 */
path: string | null, };

/**
 * What one verification found (formats.md §6).
 */
export type Report = {
/**
 * 1.
 */
report_version: number,
/**
 * The answer.
 */
verdict: Verdict,
/**
 * The file that was verified.
 */
file: ReportFile,
/**
 * What the manifest says; absent if it could not be read.
 */
dossier: ReportDossier | null,
/**
 * What the answer rests on.
 */
basis: ReportBasis,
/**
 * The four questions.
 */
questions: Questions,
/**
 * One entry for each credential.
 */
credentials: Array<ReportCredential>,
/**
 * One entry for each item of the checklist.
 */
items: Array<ReportItem>,
/**
 * Every check; credentials and items repeat their own.
 */
checks: Array<Check>, };

/**
 * An attachment as the manifest lists it.
 */
export type ReportAttachment = {
/**
 * Its path in the container.
 */
path: string,
/**
 * Its name, for people.
 */
name: string,
/**
 * What it is.
 */
kind: string,
/**
 * Its media type.
 */
media_type: string,
/**
 * Bytes.
 */
size: number, };

/**
 * What the answer rests on.
 */
export type ReportBasis = {
/**
 * The time of verification.
 */
verified_at: string,
/**
 * Whether anything was asked over the network.
 */
online: boolean,
/**
 * The trust data; absent if there is none.
 */
trust: ReportTrust | null,
/**
 * The rule pack; absent if it was not found.
 */
rule_pack: ReportRulePack | null,
/**
 * The status lists that were looked at.
 */
status: Array<ReportStatus>,
/**
 * Name and version of the program.
 */
software: string, };

/**
 * What was found about one credential.
 */
export type ReportCredential = {
/**
 * Its path in the container.
 */
path: string,
/**
 * Its type id.
 */
type: string,
/**
 * Its number, if disclosed.
 */
number: string | null,
/**
 * Last civil day of its validity, if disclosed.
 */
valid_until: string | null,
/**
 * Who issued it.
 */
issuer: ReportIssuer | null,
/**
 * Who stands behind it.
 */
provenance: Provenance | null,
/**
 * The answer about this credential alone.
 */
verdict: Verdict,
/**
 * How the destination takes it.
 */
mode: Mode,
/**
 * The equivalence that says so.
 */
rule_id: string | null,
/**
 * The local level or type it counts as.
 */
maps_to: string | null,
/**
 * What must be added before it is taken.
 */
supplements: Array<ReportSupplement>,
/**
 * Every check on it.
 */
checks: Array<Check>, };

/**
 * What the manifest says.
 */
export type ReportDossier = {
/**
 * `jti`.
 */
id: string,
/**
 * The firm, `urn:uscc:…`.
 */
iss: string,
/**
 * The destination, `urn:uscc:…`.
 */
aud: string,
/**
 * When the firm says it signed, NumericDate.
 */
iat: number,
/**
 * What the firm wants to do.
 */
scenario: Scenario,
/**
 * Six digits.
 */
origin_region: string,
/**
 * Six digits.
 */
destination_region: string,
/**
 * The firm.
 */
firm: ReportFirm,
/**
 * The checklist that is answered.
 */
checklist_id: string,
/**
 * The rule pack it was prepared with.
 */
rule_pack: ReportPack,
/**
 * Whether it answers a request.
 */
requested: boolean,
/**
 * How many credentials are in it.
 */
credentials: number,
/**
 * The attachments.
 */
attachments: Array<ReportAttachment>, };

/**
 * The file as it was given.
 */
export type ReportFile = {
/**
 * Its name, without folders.
 */
name: string,
/**
 * SHA-256, base64url.
 */
sha256: string,
/**
 * Bytes.
 */
size: number, };

/**
 * The firm as the manifest names it.
 */
export type ReportFirm = {
/**
 * Its code.
 */
uscc: string,
/**
 * Its name now.
 */
name: string,
/**
 * The names it had.
 */
former_names: Array<string>, };

/**
 * An issuer as the register knows it.
 */
export type ReportIssuer = {
/**
 * Its code.
 */
uscc: string,
/**
 * Its name, if it is in the register.
 */
name: string | null,
/**
 * Six digits.
 */
region: string | null,
/**
 * Its level.
 */
level: string | null, };

/**
 * What was found about one item of the checklist.
 */
export type ReportItem = {
/**
 * `item_id`.
 */
item_id: string,
/**
 * Its title.
 */
title: ReportText,
/**
 * Whether the dossier needs it.
 */
required: boolean,
/**
 * How it stands.
 */
state: ItemState,
/**
 * Paths of what answers it.
 */
by: Array<string>,
/**
 * Every check on it.
 */
checks: Array<Check>, };

/**
 * A rule pack by name and version.
 */
export type ReportPack = {
/**
 * `pack_id`.
 */
id: string,
/**
 * Its version.
 */
version: number, };

/**
 * The rule pack that was used.
 */
export type ReportRulePack = {
/**
 * `pack_id`.
 */
id: string,
/**
 * Its version.
 */
version: number,
/**
 * SHA-256, base64url.
 */
sha256: string,
/**
 * Last civil day of its validity.
 */
valid_until: string | null, };

/**
 * A status list that was looked at.
 */
export type ReportStatus = {
/**
 * Its name.
 */
uri: string,
/**
 * When it was issued; absent if it is missing or cannot be trusted.
 */
iat: string | null,
/**
 * Seconds since then.
 */
age_seconds: number | null, };

/**
 * A document that must be added.
 */
export type ReportSupplement = {
/**
 * Its kind.
 */
kind: string,
/**
 * What to call it.
 */
title: ReportText, };

/**
 * A text of a report. English may be absent where a rule pack gives none.
 */
export type ReportText = {
/**
 * Chinese.
 */
zh: string,
/**
 * English.
 */
en?: string, };

/**
 * The trust data that was used.
 */
export type ReportTrust = {
/**
 * Version of the root in force.
 */
root_version: number,
/**
 * SHA-256 of the pinned root, groups of four.
 */
pinned_root: string,
/**
 * Version of the pinned root.
 */
pinned_root_version: number,
/**
 * Version of the snapshot.
 */
snapshot_version: number,
/**
 * When the timestamp was issued, or when it expires if it does not say.
 */
timestamp: string,
/**
 * Seconds since then.
 */
age_seconds: number, };

/**
 * A request.
 */
export type RequestLine = {
/**
 * `jti`.
 */
id: string,
/**
 * Whether it was made here.
 */
ours: boolean,
/**
 * The other side's name or code: the firm that may answer, or the destination that asks.
 */
other: string | null,
/**
 * What for.
 */
scenario: Scenario,
/**
 * Six digits.
 */
destination_region: string,
/**
 * The checklist.
 */
checklist_id: string,
/**
 * When it ends.
 */
expires: string,
/**
 * Whether it was answered.
 */
answered: boolean,
/**
 * The draft of the dossier by which the firm answered it.
 */
draft_id: string | null,
/**
 * Whether it has ended.
 */
over: boolean,
/**
 * Whether it was put into the outbox.
 */
queued: boolean,
/**
 * What could not be checked about it.
 */
remark: Sentence | null, };

/**
 * What has to be added.
 */
export type RequestSupplement = {
/**
 * The case.
 */
id: string,
/**
 * Who asks.
 */
hands: Hands,
/**
 * What, item by item.
 */
supplements: Array<SupplementLine>,
/**
 * Where the notice as PDF goes; absent for none.
 */
notice: string | null, };

/**
 * Requests that were made or came.
 */
export type Requests = {
/**
 * Newest first.
 */
requests: Array<RequestLine>, };

/**
 * A backup to restore, or to try.
 */
export type Restore = {
/**
 * The `.zzbackup` file.
 */
path: string,
/**
 * The passphrase that was in force when it was made, or the recovery key.
 */
secret: string, };

/**
 * A firm whose credential of the type was revoked.
 */
export type RevokedFirm = {
/**
 * Its id.
 */
id: string,
/**
 * Its name.
 */
name: string,
/**
 * The day on which the latest of them was revoked.
 */
on: string,
/**
 * Why, as it was typed then.
 */
reason: string | null, };

/**
 * What an organisation uses this program for.
 */
export type Role = "firm" | "incubator";

/**
 * A field of the register that a column can hold.
 */
export type RosterField = "uscc" | "name" | "region" | "established_on" | "entered_on" | "site_address" | "area_sqm" | "rd_on_site" | "field" | "agreement_no" | "incubation_deadline" | "contact_name" | "contact_phone" | "former_name" | "holder_key";

/**
 * What an import would do. Nothing was written. Empty cells change nothing of a firm that is there.
 */
export type RosterPreview = {
/**
 * Names this preview when it is imported.
 */
id: string,
/**
 * Headings of the table.
 */
headings: Array<string>,
/**
 * What each column was taken for.
 */
mapping: Array<ColumnChoice>,
/**
 * The first rows as they would be stored.
 */
sample: Array<RosterRow>,
/**
 * Every bad cell.
 */
problems: Array<CellProblem>,
/**
 * Rows that would be added.
 */
new: number,
/**
 * Rows that would change a firm that is there.
 */
changed: number,
/**
 * Rows that change nothing.
 */
same: number,
/**
 * Rows that cannot be imported.
 */
refused: number, };

/**
 * A row of a table.
 */
export type RosterRow = {
/**
 * Its number in the table, from 1.
 */
row: number,
/**
 * Its cells as text, in the order of the headings.
 */
cells: Array<string>,
/**
 * Whether it can be imported.
 */
usable: boolean, };

/**
 * An attachment to take out.
 */
export type SaveAttachment = {
/**
 * Which.
 */
which: PreviewAttachment,
/**
 * Where to.
 */
to: string, };

/**
 * A document of a case to write.
 */
export type SaveDocument = {
/**
 * The case.
 */
id: string,
/**
 * Which.
 */
document: CaseDocument,
/**
 * Which one of its kind, from 1; absent for the newest.
 */
nth?: number,
/**
 * Where to.
 */
path: string,
/**
 * In which language.
 */
language: Language, };

/**
 * Fields to save.
 */
export type SaveDraft = {
/**
 * The draft.
 */
id: string,
/**
 * All fields.
 */
fields: DraftFields, };

/**
 * A template to print.
 */
export type SaveForm = {
/**
 * Which.
 */
form: PaperForm,
/**
 * The draft that fills it; absent for a blank one.
 */
draft_id: string | null,
/**
 * Where, `.pdf`.
 */
path: string,
/**
 * In which language.
 */
language: Language, };

/**
 * The report of one dossier to write.
 */
export type SaveReport = {
/**
 * The dossier.
 */
dossier: VerifyFile,
/**
 * Where to: `.pdf` or `.json`.
 */
path: string,
/**
 * In which language.
 */
language: Language,
/**
 * Who verified.
 */
hands: Hands, };

/**
 * What a firm wants to do (formats.md §4).
 */
export type Scenario = "branch_operation" | "full_relocation" | "partial_relocation" | "voucher_redemption" | "financing";

/**
 * What is shown of a key that is entered.
 */
export type SeenKey = {
/**
 * Its fingerprint, in groups of four, as two people compare it by telephone.
 */
text: string,
/**
 * What to mind about it: other firms have it.
 */
warning: Sentence | null, };

/**
 * Documents to put into the outbox: all of them, or none.
 */
export type SendDocuments = {
/**
 * What they are.
 */
document: SentDocument,
/**
 * The drafts that were signed, the cases that were decided, the requests, or the credentials.
 */
ids: Array<string>,
/**
 * Whether what was put there before goes once more; it is left out otherwise.
 */
again: boolean, };

/**
 * This organisation's status lists, as they were last signed, for somebody who rests on them.
 */
export type SendLists = {
/**
 * The recipient's code; spaces and full-width digits are read.
 */
to: string, };

/**
 * What can be sent from its page.
 */
export type SentDocument = "dossier" | "decision" | "request" | "credential";

/**
 * What came of documents for the outbox.
 */
export type SentDocuments = {
/**
 * How many were put into the outbox.
 */
queued: number,
/**
 * How many were left out, as they were put there before.
 */
before: number,
/**
 * How this device stands with its hub.
 */
state: SyncState, };

/**
 * A sentence in both languages of the interface.
 */
export type Sentence = {
/**
 * Chinese, the source.
 */
zh: string,
/**
 * English.
 */
en: string, };

/**
 * What the window needs to know when it starts and after every change of the session.
 */
export type SessionStatus = {
/**
 * The local database.
 */
database: DatabaseState,
/**
 * Whose it is; only while it is open.
 */
profile: Profile | null,
/**
 * The trust data at hand, which needs no database.
 */
trust: TrustSummary,
/**
 * 演练模式: everything is sample data and every page carries the watermark.
 */
drill: boolean,
/**
 * Whether this computer opens the database without its passphrase.
 */
remembered: Remembered,
/**
 * The machine's clock is earlier than a signed time that the program has seen.
 */
clock_behind: boolean,
/**
 * That the open database was found damaged.
 */
damaged: Refusal | null,
/**
 * What waits for attention; only while the database is open.
 */
waiting: Waiting | null,
/**
 * The settings. Language and theme are known before the database is open.
 */
settings: Settings,
/**
 * Files that the program was started with, for the first page of a window that does not listen yet.
 */
opened: Array<string>,
/**
 * The number of a case that a link named when the program was started.
 */
linked: string | null, };

/**
 * A new status for some credentials.
 */
export type SetStatus = {
/**
 * Which credentials.
 */
ids: Array<string>,
/**
 * The status.
 */
status: CredentialStatus,
/**
 * Why.
 */
reason: string,
/**
 * Opens the signing key once more, to sign the list.
 */
passphrase: string, };

/**
 * Settings of this machine.
 */
export type Settings = {
/**
 * The language of the interface.
 */
language: Language,
/**
 * Light, dark, or as the system has it.
 */
theme: Theme,
/**
 * 大字模式
 */
large_text: boolean,
/**
 * Minutes without input after which the database is locked; 0 never.
 */
idle_minutes: number,
/**
 * Whether a decision needs a second person.
 */
four_eyes: boolean,
/**
 * Where dated backups go; absent until a folder was chosen.
 */
backup_folder: string | null,
/**
 * Who is at the desk, as documents name them.
 */
operator: string, };

/**
 * Lists as they were read.
 */
export type SettleBy = {
/**
 * Their file; absent for the trust data at hand.
 */
path: string | null,
/**
 * SHA-256 of each, hexadecimal.
 */
sha256: Array<string>, };

/**
 * How lists are settled: by lists that were read, or for all by a statement.
 */
export type SettleLists = {
/**
 * The lists that were read.
 */
read: SettleBy | null,
/**
 * What changed since the backup, where no lists are given; all of it.
 */
since: Array<StatusSince>,
/**
 * How that is known, where no lists are given.
 */
reason: string | null,
/**
 * Opens the key that signs lists.
 */
passphrase: string, };

/**
 * A request for settlement.
 */
export type SettlementLine = {
/**
 * Its id.
 */
id: string,
/**
 * Whether this desk made it; else it came here.
 */
made: boolean,
/**
 * The fund, or the redeemer.
 */
other: string,
/**
 * The sum.
 */
amount: string,
/**
 * When it was made or came.
 */
at: string,
/**
 * What became of it.
 */
state: SettlementState,
/**
 * The day of the payment or refusal.
 */
day: string | null,
/**
 * The payment's number, or why it was given back.
 */
said: string | null,
/**
 * What has to be looked at before it is paid: after a restore it may have been paid before.
 */
look: Refusal | null,
/**
 * Its vouchers, each once with its sum.
 */
parts: Array<SettlementPart>, };

/**
 * A voucher in a request for settlement.
 */
export type SettlementPart = {
/**
 * 券号
 */
voucher: string,
/**
 * How much.
 */
amount: string, };

/**
 * What became of a request for settlement.
 */
export type SettlementState = "waiting" | "paid" | "returned";

/**
 * A firm whose public key another one has too.
 */
export type SharingFirm = {
/**
 * Its id.
 */
id: string,
/**
 * Its name.
 */
name: string,
/**
 * Which other firms have its key, and what to do.
 */
warning: Sentence, };

/**
 * A draft to sign.
 */
export type SignDraft = {
/**
 * The draft.
 */
id: string,
/**
 * Opens the signing key.
 */
passphrase: string,
/**
 * Where the file goes.
 */
path: string,
/**
 * Whether it is sealed to the destination.
 */
seal: boolean, };

/**
 * One signature.
 */
export type SignatureLine = {
/**
 * What it covers: the manifest, or a credential's path.
 */
subject: string,
/**
 * What that is called.
 */
title: Sentence,
/**
 * Who signed: code.
 */
signer: string,
/**
 * Who signed: name, if known.
 */
signer_name: string | null,
/**
 * When, by the signer's own clock.
 */
signed_at: string | null,
/**
 * `ES256`, `EdDSA`, `SM2-SM3`.
 */
algorithm: string | null,
/**
 * The key's thumbprint.
 */
kid: string | null,
/**
 * Whether it holds.
 */
answer: Answer, };

/**
 * A signed file to write again.
 */
export type SignedAgain = {
/**
 * The draft.
 */
id: string,
/**
 * Where the file goes.
 */
path: string,
/**
 * Whether it is sealed to the destination.
 */
seal: boolean, };

/**
 * Exactly what will be signed.
 */
export type SigningPage = {
/**
 * Members of the manifest as people read them.
 */
lines: Array<Line>,
/**
 * The credentials, cut to what will be shown.
 */
credentials: Array<CredentialView>,
/**
 * The attachments.
 */
attachments: Array<AttachmentView>,
/**
 * What signing means and that it cannot be taken back.
 */
statement: Sentence, };

/**
 * How a held credential stands.
 */
export type Standing = "valid" | "expiring" | "expired" | "revoked" | "ended" | "suspended" | "unknown";

/**
 * 演练模式 in a role.
 */
export type StartDrill = {
/**
 * Whose part is played.
 */
role: Role,
/**
 * In which story.
 */
story: Story, };

/**
 * A status list that is kept.
 */
export type StatusListLine = {
/**
 * Its name.
 */
uri: string,
/**
 * Who issued it.
 */
issuer: string | null,
/**
 * When it was signed.
 */
iat: string | null,
/**
 * Seconds since then.
 */
age_seconds: number | null, };

/**
 * A status that a credential got since the backup.
 */
export type StatusSince = {
/**
 * The credential.
 */
credential_id: string,
/**
 * Its status.
 */
status: CredentialStatus, };

/**
 * Which of the demonstration's stories a drill plays.
 */
export type Story = "branch_operation" | "full_relocation" | "voucher_redemption";

/**
 * One thing that has to be added.
 */
export type SupplementLine = {
/**
 * The item of the checklist.
 */
item_id: string,
/**
 * What to add.
 */
text: string,
/**
 * Until which civil date.
 */
due: string | null, };

/**
 * A round at once.
 */
export type SyncNow = {
/**
 * Opens this device's key, where the database was opened without a passphrase.
 */
passphrase: string | null, };

/**
 * How a device stands with its hub, in a word.
 */
export type SyncState = "none" | "passphrase" | "syncing" | "offline" | "refused" | "synced";

/**
 * How this device stands with its hub.
 */
export type SyncStatus = {
/**
 * What the badge says.
 */
state: SyncState,
/**
 * The hub; absent where none was joined.
 */
hub: HubLine | null,
/**
 * When a round went through last; kept to the hour where nothing was new.
 */
synced: string | null,
/**
 * When the next round begins by itself; absent where none does.
 */
next: string | null,
/**
 * Why the last round did not go through.
 */
refused: Refusal | null,
/**
 * What else a person should know of the last round: trust data that was not taken, device lists that
 * contradict what was seen before.
 */
remarks: Array<Refusal>,
/**
 * Messages that wait to be sent, or are under way.
 */
waiting: number,
/**
 * Messages that cannot be sent as they are, or that the recipient's hub refused.
 */
outbox_parked: number,
/**
 * Messages that came and wait for what they need.
 */
stored: number,
/**
 * Messages that came and could not be taken in.
 */
inbox_parked: number,
/**
 * Redemptions that a ledger counts and does not show.
 */
withheld: Array<WithheldLine>, };

/**
 * Filters with a name, and columns that are left out.
 */
export type TableViews = {
/**
 * The table's key.
 */
table: string,
/**
 * In the order in which they were named.
 */
filters: Array<NamedFilter>,
/**
 * The keys of columns that are left out.
 */
hidden: Array<string>, };

/**
 * The look of the window.
 */
export type Theme = "system" | "light" | "dark";

/**
 * The trust data in full.
 */
export type TrustPage = {
/**
 * In a line.
 */
summary: TrustSummary,
/**
 * Where it came from and when.
 */
source: string | null,
/**
 * When it was imported.
 */
imported_at: string | null,
/**
 * Provinces whose part cannot be used, with the reason.
 */
disabled: Array<DisabledProvince>,
/**
 * The rule packs.
 */
packs: Array<PackLine>,
/**
 * Status lists with their age.
 */
status_lists: Array<StatusListLine>, };

/**
 * The trust data at hand, in a line.
 */
export type TrustSummary = {
/**
 * Whether there is any.
 */
present: boolean,
/**
 * When it was made, or when it ends if it does not say.
 */
timestamp: string | null,
/**
 * Seconds since then.
 */
age_seconds: number | null,
/**
 * Whether it has passed its own end.
 */
expired: boolean,
/**
 * By when newer data has to be here: its own end.
 */
refresh_by: string | null,
/**
 * Issuers that are known.
 */
issuers: number,
/**
 * Rule packs that are known.
 */
rule_packs: number,
/**
 * SHA-256 of the pinned root in groups of four.
 */
root: string | null, };

/**
 * A type of credential as a form. Types are data: a new one needs no change of the window.
 */
export type TypeForm = {
/**
 * Its id, with hyphens.
 */
id: string,
/**
 * What it is called.
 */
title: Sentence,
/**
 * What it is for.
 */
description: Sentence,
/**
 * In which ways this organisation may issue it, by its entry in the register.
 */
provenance: Array<Provenance>,
/**
 * Its claims, without the last day of validity, which is asked for apart.
 */
claims: Array<ClaimField>,
/**
 * Names of claims that the register of firms fills in for each firm; what is typed counts for all.
 */
from_register: Array<string>,
/**
 * Whether it has a number.
 */
number: boolean,
/**
 * Whether it has a last day of validity.
 */
valid_until: boolean,
/**
 * How a number of this type is written; absent where no form is prescribed.
 */
number_sample: string | null,
/**
 * Names of claims without which an attested paper cannot be judged, `valid_until` perhaps among them.
 */
attested_needs: Array<string>,
/**
 * What is signed where a field stays empty.
 */
hints: Array<ClaimHint>, };

/**
 * Values typed into the form, by claim name; empty values are left out.
 */
export type TypedClaim = {
/**
 * The claim's name.
 */
name: string,
/**
 * As typed.
 */
value: string, };

/**
 * What opens the database.
 */
export type Unlock = {
/**
 * The passphrase, or the recovery key.
 */
secret: string,
/**
 * Whether this computer shall remember it from now on; absent to leave that as it is.
 */
remember: boolean | null, };

/**
 * What is kept of a form. A passphrase is never among it.
 */
export type UnsavedForm = {
/**
 * Which form.
 */
form: string,
/**
 * What stands in its fields, as the interface writes it.
 */
typed: string, };

/**
 * What is kept of forms.
 */
export type UnsavedForms = {
/**
 * Each form once.
 */
forms: Array<UnsavedForm>, };

/**
 * A status list of before the backup.
 */
export type UnsettledList = {
/**
 * Its name.
 */
uri: string,
/**
 * Up to when it is known what was on it.
 */
known_until: string | null,
/**
 * How many credentials are revoked, suspended or ended, as far as is known.
 */
not_valid: number,
/**
 * When the list of the trust data at hand was signed; absent where that cannot settle it.
 */
in_trust: string | null, };

/**
 * A value that differs.
 */
export type ValueChange = {
/**
 * What it is called.
 */
label: Sentence,
/**
 * As it was; absent where it was not said.
 */
older: string | null,
/**
 * As it is; absent where it is not said.
 */
newer: string | null, };

/**
 * The four verdicts.
 */
export type Verdict = "passed" | "passed_with_conditions" | "pending" | "failed";

/**
 * A verdict with all that the screen shows.
 */
export type Verified = {
/**
 * The report.
 */
report: Report,
/**
 * The path it was read from.
 */
path: string,
/**
 * What the conclusions rest on: each credential's and each item's whose rule pack says so.
 */
grounds: Array<GroundsLine>,
/**
 * What the documents are called and what each credential shows, in the order of the report.
 */
credentials: Array<CredentialView>,
/**
 * Who signed what.
 */
signatures: Array<SignatureLine>,
/**
 * The attachments with what can be done with each.
 */
attachments: Array<AttachmentView>,
/**
 * Advice for each code that stands in the report.
 */
advice: Array<CodeAdvice>,
/**
 * The case that already holds this very file; only while the database is open.
 */
case_id: string | null,
/**
 * Cases of this firm that wait for something that this dossier may be; only while the database is open.
 */
waiting: Array<WaitingCase>,
/**
 * Whether anything in it is marked 【演示】.
 */
demo: boolean, };

/**
 * A dossier to verify.
 */
export type VerifyFile = {
/**
 * Its path.
 */
path: string,
/**
 * A file with the secret that opens a sealed dossier; the open database's own key is tried by itself.
 */
identity: string | null, };

/**
 * A folder of dossiers to verify. Progress comes as `batch` events.
 */
export type VerifyFolder = {
/**
 * The folder.
 */
path: string,
/**
 * A file with the secret that opens sealed dossiers.
 */
identity: string | null, };

/**
 * What stands between this desk, funds and redeemers, and the ledgers.
 */
export type VoucherAccounts = {
/**
 * Requests for settlement of both directions, the newest first.
 */
settlements: Array<SettlementLine>,
/**
 * The ledgers that can be asked, the own hub's first.
 */
ledgers: Array<LedgerLine>,
/**
 * 发券单位 with redemptions that are not asked for yet, each with the sum.
 */
owed: Array<OwedLine>, };

/**
 * A hold.
 */
export type VoucherHold = {
/**
 * The ledger's id of it; absent while its answer is not here.
 */
id: string | null,
/**
 * Who has it.
 */
redeemer: string,
/**
 * Whether it is this desk's own.
 */
own: boolean,
/**
 * To how much.
 */
amount: string,
/**
 * Until when the fund may not close it.
 */
until: string,
/**
 * What became of it.
 */
state: VoucherHoldState,
/**
 * Whether its time is over.
 */
over: boolean,
/**
 * Why it was not given or was closed.
 */
reason: string | null, };

/**
 * What became of a hold.
 */
export type VoucherHoldState = "asked" | "open" | "redeemed" | "released" | "closed" | "refused";

/**
 * A voucher for a list.
 */
export type VoucherLine = {
/**
 * 券号
 */
id: string,
/**
 * What this organisation is to it.
 */
part: VoucherPart,
/**
 * The fund's code.
 */
fund: string,
/**
 * The fund's name in the register, where it is known.
 */
fund_name: string | null,
/**
 * The code of the firm that holds it.
 */
firm: string,
/**
 * 额度
 */
amount: string,
/**
 * What is neither redeemed nor held nor booked here, as far as this desk knows.
 */
free: string,
/**
 * 预核销，未到账; absent where nothing is.
 */
provisional: string | null,
/**
 * The first day.
 */
from: string,
/**
 * The last day.
 */
until: string,
/**
 * When the ledger was heard last; absent where it never was.
 */
seen: string | null,
/**
 * How it stands.
 */
state: VoucherState,
/**
 * Redemptions that wait for the fund's decision.
 */
undecided: number, };

/**
 * A voucher in full.
 */
export type VoucherPage = {
/**
 * The voucher.
 */
line: VoucherLine,
/**
 * 已核销, by everybody, as the ledger said last; absent where it was never heard.
 */
spent: string | null,
/**
 * 已预约, by everybody.
 */
held: string | null,
/**
 * Why the fund revoked it.
 */
revoked: string | null,
/**
 * The kinds of service that it pays for.
 */
kinds: Array<string>,
/**
 * Where, as leading digits of regions; none for everywhere.
 */
regions: Array<string>,
/**
 * Codes of those who may redeem it; none for everybody.
 */
redeemers: Array<string>,
/**
 * What this desk booked, the newest first.
 */
redemptions: Array<RedemptionLine>,
/**
 * The holds that this organisation may see, the newest first.
 */
holds: Array<VoucherHold>,
/**
 * The ledger's receipts that this organisation may see, the newest first.
 */
receipts: Array<ReceiptLine>,
/**
 * Redemptions that did not fit, the undecided first.
 */
conflicts: Array<ConflictLine>, };

/**
 * What this organisation is to a voucher.
 */
export type VoucherPart = "fund" | "firm" | "redeemer";

/**
 * Something of a voucher, with a reason.
 */
export type VoucherReason = {
/**
 * 券号
 */
id: string,
/**
 * The redemption's key, or the hold's id; empty for the voucher itself.
 */
of: string,
/**
 * Why.
 */
reason: string, };

/**
 * How a voucher stands.
 */
export type VoucherState = "open" | "early" | "over" | "revoked" | "spent";

/**
 * The vouchers of this desk.
 */
export type Vouchers = {
/**
 * The newest first.
 */
vouchers: Array<VoucherLine>,
/**
 * The cursor of the next page, if there is more.
 */
next: string | null, };

/**
 * Numbers for the badges of the navigation.
 */
export type Waiting = {
/**
 * Cases that are not decided.
 */
open_cases: number,
/**
 * Cases, decided or not, in which the day has passed until which the firm was to add something.
 */
overdue: number,
/**
 * Verdicts that moved and nobody has looked at.
 */
notices: number,
/**
 * Held credentials that end within ninety days or have ended.
 */
expiring: number,
/**
 * Requests that are not answered.
 */
requests: number,
/**
 * No backup since the newest key was made, or for more than a month.
 */
backup_due: boolean,
/**
 * Status lists that wait since a restore, and one more where what was issued after the backup is not known.
 */
after_restore: number, };

/**
 * A case that waits for what a dossier may be.
 */
export type WaitingCase = {
/**
 * Its id.
 */
id: string,
/**
 * Its number in the books.
 */
number: string,
/**
 * When its dossier came.
 */
received: string,
/**
 * Whether the same key signed both; absent where that cannot be told. A dossier by another one may be anybody's.
 */
same_key: boolean | null, };

/**
 * Redemptions of a voucher that its ledger counts and does not show.
 */
export type WithheldLine = {
/**
 * 券号
 */
voucher: string,
/**
 * The hub of its ledger.
 */
hub: string,
/**
 * The numbers that are not there.
 */
numbers: Array<number>,
/**
 * Whether there may be more behind the last of them.
 */
onwards: boolean,
/**
 * What they come to.
 */
amount: string,
/**
 * When it was noticed first.
 */
since: string, };

/**
 * A file or folder that was written.
 */
export type Written = {
/**
 * Its path.
 */
path: string,
/**
 * SHA-256 of a file's bytes; absent for a folder.
 */
sha256: string | null,
/**
 * How many things are in it.
 */
count: number, };

/**
 * Every code under which the program refuses; those of checks and of hubs stand beside them.
 */
export type RefusalCode =
  | "ATTACH-ABSENT"
  | "ATTACH-ALTERED"
  | "ATTACH-KIND"
  | "ATTACH-LARGE"
  | "ATTACH-TYPE"
  | "BACKUP-DAMAGED"
  | "BACKUP-FOLDER"
  | "BACKUP-FORMAT"
  | "BACKUP-INCOMPLETE"
  | "BACKUP-KEY"
  | "BACKUP-NEWER"
  | "CASE-ABSENT"
  | "CASE-CHANGED"
  | "CASE-DUE"
  | "CASE-FOUR-EYES"
  | "CASE-MOVED"
  | "CASE-NO-DECISION"
  | "CASE-NO-FIRM"
  | "CASE-NO-SUPPLEMENT"
  | "CASE-NOT-DOSSIER"
  | "CASE-NOT-WAITING"
  | "CASE-NOTE"
  | "CASE-OPERATOR"
  | "CASE-ORIGINAL"
  | "CASE-OTHER"
  | "CASE-REPORT"
  | "CASE-ROLE"
  | "CASE-STEP"
  | "CASE-SUPPLEMENT"
  | "CASE-VERSION"
  | "CONFIRM"
  | "CONSENT-FORM"
  | "COPY-FILE"
  | "COPY-INCOMPLETE"
  | "COPY-OCCUPIED"
  | "CREDENTIAL-NONE"
  | "CREDENTIAL-SEVERAL"
  | "DATA-BUSY"
  | "DATA-FOLDER"
  | "DB-ABSENT"
  | "DB-CONFLICT"
  | "DB-DAMAGED"
  | "DB-EXISTS"
  | "DB-FILE"
  | "DB-FOLDER"
  | "DB-FULL"
  | "DB-IN-USE"
  | "DB-KEY"
  | "DB-NEWER"
  | "DB-NONE"
  | "DB-PLACE"
  | "DB-READ-ONLY"
  | "DCQL-QUERY"
  | "DECIDE-DUE"
  | "DECIDE-HOLDER"
  | "DECIDE-KEY"
  | "DECIDE-REASON"
  | "DECIDE-SUPPLEMENT"
  | "DECIDE-UNREADABLE"
  | "DECIDE-VERDICT"
  | "DECISION-DOSSIER"
  | "DECISION-OTHER"
  | "DECISION-SEALED"
  | "DECISION-TYPE"
  | "DEMO-FOLDER"
  | "DEVICE-ANSWER"
  | "DEVICE-ASKED"
  | "DEVICE-COMPARED"
  | "DEVICE-FULL"
  | "DEVICE-INBOX"
  | "DEVICE-LIST"
  | "DEVICE-NAME"
  | "DEVICE-ORG"
  | "DEVICE-OWN"
  | "DEVICE-PENDING"
  | "DEVICE-REQUEST"
  | "DEVICE-UNKNOWN"
  | "DEVICES-OTHER"
  | "DISCLOSE-CHOICE"
  | "DRAFT-ABSENT"
  | "DRAFT-CHANGED"
  | "DRAFT-FACT"
  | "DRAFT-FIELD"
  | "DRAFT-FORM"
  | "DRAFT-ITEM"
  | "DRAFT-LONG"
  | "DRAFT-MOVED"
  | "DRAFT-NAME"
  | "DRAFT-SIGNED"
  | "DRAFT-TERMS"
  | "DRAFT-TWICE"
  | "DRAFT-UNSIGNED"
  | "DRILL-FOLDER"
  | "EXCHANGE-NONE"
  | "EXTRACT-NOTHING"
  | "FILE-BACKUP"
  | "FILE-CREDENTIAL"
  | "FILE-DECISION"
  | "FILE-DOSSIER"
  | "FILE-OTHER"
  | "FILE-REPORT"
  | "FILE-REQUEST"
  | "FILE-TRUST"
  | "FIRM-CODE"
  | "FIRM-FIELD"
  | "FIRM-NONE"
  | "FIRM-STATE"
  | "FIRM-TWICE"
  | "FMT-DECISION"
  | "FMT-REGION"
  | "FMT-REPORT"
  | "FMT-TEXT"
  | "FORM-DATE"
  | "FORM-FIELD"
  | "FORM-MISSING"
  | "FORM-VALUE"
  | "HOLD-ABSENT"
  | "HOLD-DECISION"
  | "HOLD-IN-DRAFT"
  | "HOLD-IN-USE"
  | "HOLD-TWICE"
  | "HUB-AUTHORITY"
  | "HUB-DEVICE"
  | "HUB-INBOX"
  | "HUB-JOINED"
  | "HUB-NONE"
  | "INBOX-ABSENT"
  | "INBOX-STATE"
  | "INVITE-FORM"
  | "INVITE-NAME"
  | "IO-EMPTY"
  | "IO-EXISTS"
  | "IO-NAME"
  | "IO-READ"
  | "IO-SAME"
  | "IO-WRITE"
  | "ISSUE-ATTESTED"
  | "ISSUE-CLAIMS"
  | "ISSUE-DATES"
  | "ISSUE-FILES"
  | "ISSUE-FIRMS"
  | "ISSUE-HOLDER"
  | "ISSUE-NUMBER"
  | "ISSUE-STATUS"
  | "ISSUE-VALUE"
  | "ISSUED-FOREIGN"
  | "ISSUED-KIND"
  | "ISSUED-LIST"
  | "ISSUED-PARTS"
  | "ISSUED-PLACE"
  | "JOB-START"
  | "KEY-ALG"
  | "KEY-EMPTY"
  | "KEY-FILE"
  | "KEY-HOLDER"
  | "KEY-MEMORY"
  | "KEY-NEXT"
  | "KEY-NONE"
  | "KEY-PASSPHRASE"
  | "KEY-RECOVERY"
  | "KEY-SEALED"
  | "KEY-SIGN"
  | "KEY-UNKNOWN"
  | "KEY-USE"
  | "KEYCHAIN-LEFT"
  | "KEYCHAIN-LOST"
  | "KEYCHAIN-NONE"
  | "KEYCHAIN-REFUSED"
  | "KEYS-DAMAGED"
  | "KEYS-LOST"
  | "KEYS-NEWER"
  | "LEDGER-OTHER"
  | "LIST-ISSUER"
  | "LIST-NAME"
  | "LIST-OLDER"
  | "LIST-SIGNATURE"
  | "LIST-TIME"
  | "LIST-TRUST"
  | "LISTEN-ADDRESS"
  | "LISTEN-FAILED"
  | "LISTEN-OPEN"
  | "LISTEN-PORT"
  | "LISTEN-RIGHT"
  | "MAIL-BROKEN"
  | "MEMBER-DEVICE"
  | "MEMBER-UNKNOWN"
  | "MESSAGE-DOSSIER"
  | "MESSAGE-ENVELOPE"
  | "MESSAGE-KIND"
  | "MESSAGE-LOST"
  | "MESSAGE-SEALED"
  | "MESSAGE-SENDER"
  | "MESSAGE-SIGNATURE"
  | "NET-CA"
  | "NET-URL"
  | "NOTICE-ABSENT"
  | "NUMBER-RESTORED"
  | "OUTBOX-ABSENT"
  | "OUTBOX-LOST"
  | "OUTBOX-REASON"
  | "OUTBOX-SEAL"
  | "OUTBOX-STATE"
  | "PASSPHRASE-WEAK"
  | "PEER-ABSENT"
  | "PEER-CA"
  | "PEER-CARD"
  | "PEER-DEVICE"
  | "PEER-DEVICES"
  | "PEER-HOME"
  | "PEER-INBOX"
  | "PEER-KEY"
  | "PEER-MAILBOX"
  | "PEER-MESSAGE"
  | "PEER-NAMED"
  | "PEER-NONE"
  | "PEER-NOTHING"
  | "PEER-ORIGIN"
  | "PEER-OWN"
  | "PEER-PROVINCE"
  | "PEER-SILENT"
  | "PICTURE-LARGE"
  | "PICTURE-NO-CASE"
  | "PICTURE-NO-CODE"
  | "PICTURE-OTHER-CODE"
  | "PICTURE-UNREADABLE"
  | "PRESENT-CLAIM"
  | "PROFILE-NAME"
  | "PROFILE-NONE"
  | "PROFILE-REGION"
  | "PROFILE-SIGNED"
  | "PROFILE-USCC"
  | "REDEMPTION-ABSENT"
  | "REDEMPTION-SENT"
  | "REPORT-ENDING"
  | "REPORT-FONT-UNREADABLE"
  | "REPORT-FONTS"
  | "REPORT-GLYPH"
  | "REPORT-QR"
  | "REPORT-TABLE"
  | "REQUEST-ABSENT"
  | "REQUEST-DAYS"
  | "REQUEST-TERMS"
  | "REQUEST-TWICE"
  | "RESTORE-NONE"
  | "ROSTER-CHANGED"
  | "ROSTER-DAMAGED"
  | "ROSTER-EMPTY"
  | "ROSTER-FORMAT"
  | "ROSTER-GONE"
  | "ROSTER-PASSWORD"
  | "ROSTER-SIZE"
  | "RULE-LOGIC"
  | "SEAL-DAMAGED"
  | "SEAL-IDENTITY"
  | "SEAL-INPUT"
  | "SEAL-RECIPIENT"
  | "SEND-ABSENT"
  | "SEND-KIND"
  | "SEND-RECIPIENT"
  | "SEND-SELF"
  | "SERVE-BLOBS"
  | "SERVE-FOLDER"
  | "SERVE-ID"
  | "SERVE-KEY"
  | "SERVE-KEY-MODE"
  | "SERVE-NONE"
  | "SERVE-ORIGIN"
  | "SERVE-OTHER"
  | "SERVE-QUOTA"
  | "SESSION-DRILL"
  | "SESSION-LOCKED"
  | "SETTLE-ABSENT"
  | "SETTLE-ANSWER"
  | "SETTLE-NOTHING"
  | "SETTLE-RECEIPTS"
  | "SETTLE-RESTORED"
  | "SIGNED-UNWRITTEN"
  | "STATEMENT-DAYS"
  | "STATEMENT-SIZE"
  | "STATUS-CHANGED"
  | "STATUS-DATES"
  | "STATUS-FINAL"
  | "STATUS-FOREIGN"
  | "STATUS-INDEX"
  | "STATUS-LIST"
  | "STATUS-MILDER"
  | "STATUS-NONE"
  | "STATUS-OLDER"
  | "STATUS-REASON"
  | "STATUS-RESTORED"
  | "STATUS-SAME"
  | "STATUS-SETTLED"
  | "STATUS-SEVERAL"
  | "STATUS-UNKNOWN"
  | "STATUS-UNSIGNED"
  | "STORE-CA"
  | "STORE-DAMAGED"
  | "STORE-DOWN"
  | "STORE-FAILED"
  | "STORE-HELD"
  | "STORE-KEY"
  | "STORE-NEWER"
  | "STORE-ROLE"
  | "STORE-TLS"
  | "STORE-URL"
  | "SYNC-DRILL"
  | "SYNC-PASSPHRASE"
  | "SYNC-STOPPED"
  | "TABLE-ENDING"
  | "TABLE-SIZE"
  | "TLS-CERT"
  | "TLS-FILE"
  | "TLS-KEY"
  | "TLS-PAIR"
  | "TREE-FORM"
  | "TREE-READ"
  | "TRUST-BEGIN"
  | "TRUST-CONTENT"
  | "TRUST-COPY"
  | "TRUST-DATA"
  | "TRUST-FILE"
  | "TRUST-HUB"
  | "TRUST-LIST"
  | "TRUST-NONE"
  | "TRUST-PROVINCE"
  | "TRUST-READ"
  | "TRUST-RECORD"
  | "TRUST-ROOT"
  | "TRUST-RULES"
  | "TRUST-STATUS"
  | "TRUST-THRESHOLD"
  | "TRUST-TYPE"
  | "TYPE-UNKNOWN"
  | "UNSAVED-LARGE"
  | "USAGE"
  | "VIEW-MANY"
  | "VIEW-NAME"
  | "VOUCHER-ABSENT"
  | "VOUCHER-AMOUNT"
  | "VOUCHER-BALANCE"
  | "VOUCHER-CLOCK"
  | "VOUCHER-CURRENT"
  | "VOUCHER-DATED"
  | "VOUCHER-DAY"
  | "VOUCHER-FUND"
  | "VOUCHER-LEDGER"
  | "VOUCHER-NUMBER"
  | "VOUCHER-OFFLINE"
  | "VOUCHER-REASON"
  | "VOUCHER-SEEN"
  | "VOUCHER-TERMS"
  | "VOUCHER-UNTIL"
  | "VOUCHER-VERDICT"
  | "WINDOW-FAULT"
  | "WIRE-CURSOR"
  | "WIRE-FORM"
  | "WIRE-UNKNOWN"
  | "WORK-STOPPED"
  | "DB-ENGINE"
  | "INTERNAL";

export interface Commands {
  "session.status": { request: Nothing; response: SessionStatus };
  "session.listening": { request: Nothing; response: Arrived };
  "session.kept": { request: Nothing; response: Nothing };
  "session.create": { request: CreateSession; response: CreatedSession };
  "session.unlock": { request: Unlock; response: SessionStatus };
  "session.forget": { request: Nothing; response: SessionStatus };
  "session.lock": { request: Nothing; response: SessionStatus };
  "session.stop": { request: Job; response: Nothing };
  "session.drill": { request: StartDrill; response: SessionStatus };
  "session.end_drill": { request: Nothing; response: SessionStatus };
  "session.change_passphrase": { request: ChangePassphrase; response: Nothing };
  "session.save_settings": { request: Settings; response: SessionStatus };
  "session.correct_name": { request: CorrectName; response: SessionStatus };
  "session.regions": { request: Nothing; response: RegionChoices };
  "session.check_uscc": { request: CheckUscc; response: CheckedUscc };
  "session.about": { request: Nothing; response: About };
  "views.get": { request: OfTable; response: TableViews };
  "views.save": { request: TableViews; response: TableViews };
  "unsaved.read": { request: Nothing; response: UnsavedForms };
  "unsaved.keep": { request: UnsavedForm; response: Nothing };
  "unsaved.drop": { request: OfForm; response: Nothing };
  "trust.page": { request: Nothing; response: TrustPage };
  "trust.import": { request: ImportTrust; response: ImportedTrust };
  "trust.pack": { request: OnePack; response: PackPage };
  "trust.issuers": { request: FindIssuers; response: Issuers };
  "verify.file": { request: VerifyFile; response: Verified };
  "verify.folder": { request: VerifyFolder; response: Job };
  "verify.export_batch": { request: ExportBatch; response: Written };
  "verify.save_report": { request: SaveReport; response: Written };
  "verify.attachment": { request: PreviewAttachment; response: AttachmentBytes };
  "verify.save_attachment": { request: SaveAttachment; response: Written };
  "cases.receive": { request: ReceiveDossier; response: CasePage };
  "cases.list": { request: FindCases; response: Cases };
  "cases.get": { request: ById; response: CasePage };
  "cases.accept": { request: CaseStep; response: CasePage };
  "cases.request_supplement": { request: RequestSupplement; response: CasePage };
  "cases.join": { request: JoinCase; response: CasePage };
  "cases.compare": { request: CompareVersions; response: ComparedVersions };
  "cases.on_paper": { request: AtPath; response: CaseOnPaper };
  "cases.close": { request: CaseStep; response: CasePage };
  "cases.rejudge": { request: ById; response: CasePage };
  "cases.decision_draft": { request: ById; response: DecisionDraft };
  "cases.decide": { request: Decide; response: CasePage };
  "cases.save_document": { request: SaveDocument; response: Written };
  "cases.export": { request: ExportCases; response: Written };
  "cases.month": { request: MonthOf; response: Month };
  "cases.export_month": { request: ExportMonth; response: Written };
  "cases.notices": { request: Nothing; response: Notices };
  "cases.notice_seen": { request: ById; response: Nothing };
  "register.list": { request: FindFirms; response: Firms };
  "register.get": { request: ById; response: Firm };
  "register.save": { request: Firm; response: Firm };
  "register.read_key": { request: AtPath; response: HolderKey };
  "register.fingerprint": { request: EnteredKey; response: SeenKey };
  "register.preview": { request: PreviewRoster; response: RosterPreview };
  "register.export": { request: ExportFirms; response: Written };
  "register.import": { request: ById; response: Imported };
  "issue.types": { request: Nothing; response: IssueTypes };
  "issue.preview": { request: Issue; response: IssuePreview };
  "issue.issue": { request: Issue; response: IssuedBatch };
  "issue.list": { request: FindIssued; response: IssuedList };
  "issue.export_table": { request: ExportIssuedTable; response: Written };
  "issue.get": { request: ById; response: CredentialView };
  "issue.set_status": { request: SetStatus; response: IssuedList };
  "issue.export_status_list": { request: ExportStatusList; response: Written };
  "issue.list_standing": { request: Nothing; response: ListStanding };
  "issue.export_keys": { request: AtPath; response: OwnKeys };
  "issue.after_restore": { request: Nothing; response: AfterRestore };
  "issue.settle": { request: SettleLists; response: AfterRestore };
  "issue.read_lists": { request: ListSource; response: ReadLists };
  "issue.recover": { request: RecoverIssued; response: RecoveredIssued };
  "issue.look_back": { request: Nothing; response: AfterRestore };
  "issue.export": { request: ExportIssued; response: Written };
  "hold.import": { request: ImportHeld; response: ImportedHeld };
  "hold.list": { request: FindHeld; response: HeldList };
  "hold.export": { request: ExportHeld; response: Written };
  "hold.get": { request: ById; response: HeldPage };
  "hold.seen": { request: ById; response: Nothing };
  "hold.remove": { request: ById; response: Nothing };
  "hold.types": { request: Nothing; response: IssueTypes };
  "hold.declare": { request: Declare; response: HeldLine };
  "hold.export_key": { request: ExportHolderKey; response: Written };
  "hold.fingerprint": { request: Nothing; response: Fingerprint };
  "draft.destinations": { request: Nothing; response: Destinations };
  "draft.begin": { request: BeginDraft; response: DraftPage };
  "draft.again": { request: ById; response: DraftPage };
  "draft.list": { request: Nothing; response: Drafts };
  "draft.get": { request: ById; response: DraftPage };
  "draft.save": { request: SaveDraft; response: DraftPage };
  "draft.remove": { request: ById; response: Nothing };
  "draft.choose": { request: ChooseCredential; response: DraftPage };
  "draft.drop": { request: DropCredential; response: DraftPage };
  "draft.attach": { request: Attach; response: DraftPage };
  "draft.change_attachment": { request: ChangeAttachment; response: DraftPage };
  "draft.check": { request: CheckDraft; response: CheckedDraft };
  "draft.signing_page": { request: ById; response: SigningPage };
  "draft.sign": { request: SignDraft; response: Written };
  "draft.export": { request: SignedAgain; response: Written };
  "draft.import_decision": { request: ImportDecision; response: ImportedDecision };
  "draft.save_form": { request: SaveForm; response: Written };
  "request.new": { request: NewRequest; response: Written };
  "request.import": { request: AtPath; response: RequestLine };
  "request.list": { request: Nothing; response: Requests };
  "sync.status": { request: Nothing; response: SyncStatus };
  "sync.join": { request: JoinHub; response: SyncStatus };
  "sync.authority": { request: ReplaceAuthority; response: SyncStatus };
  "sync.now": { request: SyncNow; response: SyncStatus };
  "sync.outbox": { request: Nothing; response: Outbox };
  "sync.retry": { request: ById; response: Outbox };
  "sync.discard": { request: DiscardMessage; response: Outbox };
  "sync.inbox": { request: Nothing; response: Inbox };
  "sync.inbox_retry": { request: ById; response: Inbox };
  "sync.send": { request: SendDocuments; response: SentDocuments };
  "sync.send_lists": { request: SendLists; response: SentDocuments };
  "sync.export": { request: AtPath; response: ExchangeWritten };
  "sync.import": { request: AtPath; response: ExchangeRead };
  "sync.invite": { request: InviteFirm; response: Written };
  "sync.devices": { request: Nothing; response: Devices };
  "sync.device_request": { request: AskAsDevice; response: DeviceAsking };
  "sync.device_read": { request: AtPath; response: DeviceAsking };
  "sync.device_add": { request: AddDevice; response: Written };
  "sync.device_answer": { request: AtPath; response: DeviceAnswered };
  "sync.device_accept": { request: AcceptDevice; response: DeviceAnswered };
  "sync.device_remove": { request: RemoveDevice; response: DeviceRemoved };
  "sync.device_renew": { request: RenewInbox; response: InboxRenewed };
  "vouchers.list": { request: FindVouchers; response: Vouchers };
  "vouchers.accounts": { request: Nothing; response: VoucherAccounts };
  "vouchers.page": { request: ById; response: VoucherPage };
  "vouchers.ask": { request: AskLedger; response: VoucherPage };
  "vouchers.take": { request: ById; response: VoucherPage };
  "vouchers.redeem": { request: RedeemVoucher; response: VoucherPage };
  "vouchers.withdraw": { request: VoucherReason; response: VoucherPage };
  "vouchers.hold": { request: HoldVoucher; response: VoucherPage };
  "vouchers.release": { request: VoucherReason; response: VoucherPage };
  "vouchers.enter": { request: ById; response: VoucherPage };
  "vouchers.revoke": { request: VoucherReason; response: VoucherPage };
  "vouchers.close_hold": { request: VoucherReason; response: VoucherPage };
  "vouchers.decide": { request: DecideConflict; response: VoucherPage };
  "vouchers.settle": { request: ById; response: VoucherAccounts };
  "vouchers.answer": { request: AnswerSettlement; response: VoucherAccounts };
  "vouchers.join": { request: JoinLedger; response: VoucherAccounts };
  "vouchers.authority": { request: ReplaceAuthority; response: VoucherAccounts };
  "vouchers.export": { request: ExportStatement; response: Written };
  "upkeep.backups": { request: Nothing; response: BackupStatus };
  "upkeep.backup": { request: AtPath; response: BackedUp };
  "upkeep.drill": { request: Restore; response: Drilled };
  "upkeep.restore": { request: Restore; response: SessionStatus };
  "upkeep.activity": { request: FindActivity; response: Activities };
  "upkeep.export_activity": { request: ExportActivity; response: Written };
  "upkeep.check": { request: Nothing; response: CheckedDatabase };
  "upkeep.diagnostics": { request: Nothing; response: Diagnostics };
  "upkeep.find": { request: Find; response: Found };
}
