# Taking in, taking up, supplements, decisions, the ledger

cases-text = Firm or number
cases-text-example = Name, pinyin initials, code or number
cases-from = Received from
cases-to = Received until
cases-overdue = Supplements
cases-overdue-only = Overdue
cases-none = There is no case in the ledger yet
cases-none-hint = Drop a firm's dossier on the window and choose Take in; or choose Take in at the top right.
cases-none-found = No case fits
cases-none-found-hint = Try another word, or fewer conditions.
any = Any

case = Case
case-number = Number
case-firm = Firm
case-scenario = Matter
case-state = State
case-due = Due
case-moved = Verdict moved
case-moved-since = The verdict moved after the decision. Below is what was decided on
case-overdue = Overdue
cases-overdue-count =
    { $count ->
        [one] One case is past the day for its supplements, and nothing came from the firm
       *[other] { $count } cases are past the day for their supplements, and nothing came from the firms
    }
cases-overdue-hint = Get in touch with the firm. If it is waited for no longer, decide, or put the case away.
cases-overdue-show = Show overdue cases
case-receive-file = Take in…
case-state-received = Received
case-state-accepted = Taken up
case-state-supplement = Supplement
case-state-decided = Decided
case-state-closed = Filed
case-accept = Take up
case-accept-title = Take up { $number }
case-accept-means = The papers can be examined; this recognises nothing yet. Time and name go into the ledger.
case-supplement = Ask for supplements
case-decide = Decide
case-close = File away
case-close-title = File { $number } away
case-close-means = A filed case changes no more; the dossier and every verdict on it are kept.

decision = Decision
decision-accepted = Accepted
decision-accepted_with_conditions = Accepted with conditions
decision-supplement_required = Supplements required
decision-rejected = Not accepted
decision-accepted-means = complete, and the rules are met
decision-accepted_with_conditions-means = accepted; the firm adds what is named in time
decision-supplement_required-means = judged again once it is there
decision-rejected-means = the rules are not met
decision-suggested = suggested by the verdict
decision-rests-on = Report it rests on, SHA-256
reasons = Reasons
reason-add = Add a reason
reason-own = own words
reason-number = Reason { $number }
supplement-add = Add an item
supplement-number = Item { $number } to be added
reasons-none = No reason yet. Write at least one.
supplements-none-supplement_required = Nothing is asked for yet. Add at least one item, with its date.
supplements-none-accepted_with_conditions = No condition yet. Add at least one item (something to hand in or to do), with its date; without conditions, choose "Accepted".
supplement-due = Date for item { $number }
line-remove = Remove line { $number }
supplement-lead = Say what to add and by when. The firm then submits a new dossier.
supplement-needs-item = { "at least one item is needed. " }
supplement-needs-text = { "an item has no words yet. " }
supplement-needs-others = { "the two have to be different people. " }
supplement-send = Send the request
supplement-noticed = The notice was written
supplement-noticed-next = Give this file to the firm. If it is lost, it can be saved once more under “Documents”.
supplement-notice = Write the notice as well (PDF)
supplement-none-suggested = The report names nothing to be added; please write it item by item.
hands = Handled and reviewed
note = Remark
note-help = Goes into the ledger, not to the firm.

supplement-item = Item of the checklist for { $number }
supplement-other = Not on the checklist
case-more = Other steps
case-resume = Supplements came, take up again
case-bring = Take in the supplement…
case-bring-next = Take in the next dossier…
case-reject = Not take up, decide to reject…
case-close-undecided = File away undecided…
case-close-undecided-means = Nothing was decided yet. A case that is filed without a decision has to say why, for instance that the firm withdrew. A filed case changes no more.
decide-moved = While you were at it, the verdict moved from "{ $before }" to "{ $now }". What stands below is from the new report, and what you added is still there; please look at it again.
decide-again = While you were at it, the case was judged again, with the same verdict. What stands below is from the new report, and what you added is still there; please look at it again.
decide-after-accepting = take it up before deciding this
decide-not-after-failing = not possible, as the verification failed

decide-sign = Sign the decision…
decide-sign-title = Sign the decision on { $number }
decide-sign-now = Sign
decide-where = Where the decision goes
decide-means = This is what is signed with this organisation's key. It cannot be taken back.
decide-signed = The decision is signed
decide-signed-next = Hand this file to the firm. If it is lost, save it again from the documents below.
decide-ready = It can be signed.
decide-needs-reason = At least one reason is needed.
decide-needs-text = A reason or an item has no words yet.
decide-needs-supplement_required = "Supplements required" has to say what.
decide-needs-accepted_with_conditions = "Accepted with conditions" has to say on which, and until when.
decide-needs-due = Every item to be added needs a date.
decide-due-past = A date is over; choose today or a later one.
day-unread = “{ $text }” is no date and was not taken. Write it like 2026-11-23.
day-past = This day is over; choose today or a later one.
decide-needs-both = Two different people have to handle and review it.
decide-needs-operator = Somebody has to be named as handling it.
kind-decision = Decision

tab-work = Proceedings
progress = Progress
due-left = { $days ->
    [one] 1 working day left
   *[other] { $days } working days left
}
due-passed = { $days ->
    [one] 1 working day over
   *[other] { $days } working days over
}
due-over = The day has passed
case-asked = What the firm has to add
timeline = What happened
event-begun = Begun
event-signed = Signed
event-exported = Exported
event-queued = Put into the outbox
event-delivered = At the hub
event-refused = Not passed on to the recipient
event-received = Received
event-accepted = Taken up
event-resumed = Taken up again
event-supplement = Supplements asked for
event-came = Another dossier came from the firm
event-follows = Goes on from a decided case
event-moved = Verdict moved
event-decided = Decided
event-closed = Filed
event-note = Remark
documents = Documents
documents-print = Print a document
documents-earlier = Earlier documents ({ $count })
document-earlier = { $document } { $number } ({ $day })
document-save = Save the document
document-report = Verification report
document-receipt = Receipt
document-supplement_notice = Supplement notice
document-decision_notice = Decision notice
document-report_json = Report as JSON
document-signed_decision = Decision file, for the firm
judgements = Verdicts so far
judgement-data = root { $root } · snapshot { $snapshot } · rule pack { $pack }

notices-title = Verdicts that moved
notices-lead = When trust data, status lists or rules change, the cases they touch are judged again, and those whose verdict moved stand here; so do accepted ones, until they are filed away, where a credential, its issuer or a key was withdrawn since.
notices-none = Nothing moved
notices-none-hint = When new trust data change the verdict on a case, it is told here.
notice-before = Before
notice-now = Now
notice-seen = Seen

month-title = Monthly figures
month-name = { $year }-{ $month }
month-print = Print…
month-export = Export to Excel…
month-before = Month before
month-after = Next month
month-received = Received
month-decided = Decided
month-passed = Passed, conditions included
month-average = Average time
month-cases = cases
month-passed-of = { $passed } of { $judged }
month-working-days = working days
month-verdicts = Verdicts
month-problems = Main problems
month-no-problems = No problems this month
month-definition = How this is counted

park-title = Firms in incubation
park-as-of = As of { $day } · { $firms } in incubation
park-high_tech = High-tech rate
park-high_tech-of = { $met } with a valid high-tech certificate, of { $firms }.
park-financed = Financed
park-financed-of = { $met } with a record of financing, of { $firms }.
park-unknown = { $lapsed } with a record that does not hold on that day, { $unrecorded } without any record.
park-reference = The upright line is the reference, { $reference }%.
