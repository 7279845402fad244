# Moving and branches

drafts-lead = Prepare a dossier by the destination's checklist, sign it, export it and hand it over.
drafts-none = No dossier yet
drafts-none-hint = Choose “Prepare a dossier”, then where to go and how.
draft-new = Prepare a dossier
draft-title = Title
draft-scenario = Scenario
draft-destination = Destination
draft-updated = Changed
draft-signed = Signed
draft-number = Dossier
draft-answering = answers the decision, not signed yet
draft-overtaken = Another one signed since
draft-overtaken-means = Since then another dossier was signed for the same purpose and destination ({ $time }), and sent or exported again.
draft-state = State
draft-state-draft = Draft
draft-state-signed = Signed
draft-state-decided = Decided
draft-next = Next
draft-before = Before
draft-steps = Steps
draft-step-basics = Basics
draft-step-materials = Materials
draft-step-check = Self-check
draft-step-sign = Sign and export
draft-remove = Delete the draft
draft-remove-title = Delete the draft “{ $title }”
draft-remove-means = The draft and its attachments are deleted from this machine; the credentials you hold stay.
draft-saving-saved = Saved
draft-saving-except = Saved, but for what is marked as wrong
draft-saving-waiting = Typing…
draft-saving-saving = Saving…
draft-firm = The firm
draft-name = Its name now
draft-origin = Region of origin
basics-open =
    { $count ->
        [one] One field of the basics is to be filled in
       *[other] { $count } fields of the basics are to be filled in
    }
lacking-go = Open one to fill it in
draft-facts = The firm's own statements
draft-facts-means = Said by the firm itself; the destination sees them marked as declared.
draft-consents = Separate consent to personal information
draft-consents-means = Attachments with identity documents, staff lists, résumés or social insurance lists need the separate consent of the persons.
consent-purpose = Purpose
consent-kinds = Materials it covers
consent-until = Until
consent-add = Add a consent
consent-drop = Remove the consent { $purpose }

readiness-ready = Ready
readiness-missing = Missing
readiness-expiring = Ending soon
readiness-supplement = Supplement needed
readiness-insufficient = Not good enough
readiness-by_hand = For the destination to look at
readiness-asked = Asked for

begin-lead = Choose where to go and how; the destination's checklist comes next.
begin-what = Scenario and checklist
begin-where = Where to
begin-incubator = Receiving incubator
begin-requested = a request has come
begin-begin = Begin
begin-none = No checklist is at hand
begin-none-hint = Checklists are published by destinations with the trust data. Import trust data, or a request.
begin-no-incubator = The register knows no incubator there that takes dossiers. Import newer trust data, or ask for a request.

materials-title = Checklist
materials-open =
    { $count ->
        [one] One required item is open
       *[other] { $count } required items are open
    }
materials-complete = Everything required is there
materials-choose = Choose a credential ({ $count })
materials-choose-any = Choose a credential
materials-by = Chosen:
materials-supplements = Supplements:
materials-basis = Basis:
materials-beyond = Asked for by the destination beyond its checklist
demands-open =
    { $count ->
        [one] One thing that the destination asked for is not added yet
       *[other] { $count } things that the destination asked for are not added yet
    }
demand-added = Added
demand-open = Asked for
materials-credentials = Chosen credentials ({ $count })
materials-files = Attachments ({ $count })
choose-title = Which credential answers “{ $item }”
choose-none = No credential can answer it
choose-take = Use
chosen-none = No credential chosen yet
chosen-none-hint = Choose item by item in the checklist above.
chosen-hidden =
    { $count ->
        [one] one claim not disclosed
       *[other] { $count } claims not disclosed
    }
chosen-minimum = Disclose the least
chosen-demands = Added for which of what is asked for
chosen-declared = The firm’s own statement is signed anew with the dossier, and holds for 24 hours from then on.
chosen-drop = Leave out { $title }
claim-always = Always visible
claim-needed = Needed
forms-print = Print templates
forms-blank = Print blank templates
forms-means = List of papers, authorisation, consent and commitment are filled from the draft, to be printed, completed by hand, signed and stamped.
forms-save = Save the template
form-materials = List of papers
form-authorisation = Authorisation
form-consent = Consent to personal information
form-commitment = Commitment to true papers
attach-files = Attach files
attach-kinds = PDF, OFD, pictures
attach-title =
    { $count ->
        [one] Attach one file
       *[other] Attach { $count } files
    }
attach-these = Files to attach
attach-kind = Kind of file
attach-kind-choose = Choose; where none fits, “other document”
attach-do = Attach
files-none = No attachment yet
files-none-hint = PDF, OFD, PNG and JPEG can be attached.
file-name = Name of the file
file-answers = Items it answers
file-answers-by-kind = Items it answers (left empty: those that take its kind)
file-answers-none = Items it answers (left empty: none)
file-for = for: { $items }
file-beyond = Beyond the checklist, for none of its items
file-drop = Remove { $name }

check-title = See first what the destination would find
check-hint = Verified by their rules; nothing is sent.
check-do = Run the self-check
check-again = Check again
check-means = A whole dossier is made for the check and removed again, so the passphrase is needed; no file stays.
check-about = What { $name } would find (their data at that time decide)
check-to-basics = Back to the basics
check-to-materials = Back to the materials
check-to-item = Go to “{ $item }”
check-findings = To be dealt with ({ $count })
check-findings-hint = These are the destination's own words: “the firm” is you. What can be mended here has a button that leads to it.
check-nothing = Nothing to be dealt with.

sign-manifest = What will be signed
sign-credentials = Credentials ({ $count }) as the destination will read them
sign-files = Attachments ({ $count })
sign-unchecked = This dossier was not checked, or was changed since. The self-check tells what the destination would find.
sign-checked = The last check ended in “{ $verdict }”. Signed as it is, the destination will most likely find the same.
sign-seal = Seal it, so that only the destination can open it
sign-seal-cannot = The destination lists no inbox key, so it cannot be sealed
sign-do = Sign and export
sign-save = Save the dossier
sign-sealed = Sealing
sealed-yes = Sealed: only the destination can open it
sealed-no = Not sealed: whoever has the file can open it
sign-title = Sign “{ $title }”

signed-export = Export the dossier
signed-export-plain = Export it unsealed
signed-again = Prepare it once more…
signed-again-title = Prepare it once more
signed-again-do = Prepare
signed-again-means = For a destination that asked for more and has not decided. The new draft begins with what was typed, chosen and attached here; if this one answered a request, the new one answers the same, unless its time passed or another answered it, which the draft then says. Add what is asked for, then check, sign and hand it over again.
signed-again-once = Where the destination did not ask for more, do not: a request is answered once, and another answer fails (REPLAY).
signed-conditions = Accepted with conditions: hand in what they ask for
signed-conditions-next = Hand in what the conditions below ask for before their days. Where it has to come in a dossier, choose “Hand in more with another…”.
signed-conditions-again = Hand in more with another…
signed-conditions-title = Hand in more with another dossier
signed-conditions-means = For a destination that wants what is missing in a dossier. The new draft begins with what was typed, chosen and attached here, and lists the conditions of the decision in the step “Materials”. Add what they ask for, then check, sign and hand it over; the destination verifies it by itself.
signed-conditions-once = Where the destination did not ask for a dossier, hand it what is missing as it is; no other dossier is needed.
signed-what = The signed dossier
signed-digest = Digest
signed-to = Destination
signed-credentials = Credentials
signed-files = Attachments
signed-timeline = Progress
signed-which = The dossier signed as number { $number }
draft-differ = Another decision differs
signed-decision = Decision
signed-decision-earlier = Decision on the dossier signed before this one
signed-declared = Own statements hold until
signed-declared-over = The 24 hours of the own statements are over: a destination that does not have the dossier yet will find them expired
signed-decisions = Decisions that came back
signed-decisions-differ = The destination signed decisions on this dossier that differ
signed-decisions-differ-means = All are kept here, and the one signed last stands. Ask the destination which one is valid, and do not act on any before that.
signed-decision-stands = Signed last
signed-decision-before = Signed before
signed-decision-at = signed
signed-due = due
drill-answer = Drill: the destination verified this dossier and decided
drill-answer-means = In real life it sends you the file with its decision, and you press “Import a decision” then. The drill's is in:
drill-answer-take = Import this decision
event-decision-came = A decision came
event-supplement-came = A decision came: supplements asked for
