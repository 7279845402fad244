# Words that several pages share

verdict = Verdict
verdict-passed = Passed
verdict-passed_with_conditions = Passed with conditions
verdict-pending = Pending online check
verdict-failed = Failed
verdict-passed-means = Everything required was checked and holds.
verdict-passed_with_conditions-means = Everything required holds; something is to be added or noted.
verdict-pending-means = Something required cannot be decided on the data at hand. That does not mean it is wrong.
verdict-failed-means = Something required was checked and does not hold. The reasons are below.

questions = The four questions
question-integrity = Has nothing been altered?
question-issuer = Who signed, and are they trusted?
question-currency = Is it still in force?
question-recognition = Is all there, and does it meet the rules?
question-integrity-pass = Every signature and digest agrees.
question-issuer-pass = Every issuer is on the register and may issue this.
question-currency-pass = Everything that is relied on is in force; nothing of it is revoked or suspended.
question-recognition-pass = Everything the checklist requires is there, and the rules are met.
question-items-fail = Something required rests on what failed; see the checklist.
question-nothing = There was nothing to judge this by.
question-about = { $name }: { $what }
question-left-out = Optional and not relied on: { $names }.
question-undecided = Optional and undecided: { $names }.
question-more = { $count ->
    [one] And one more.
   *[other] And { $count } more.
}
question-note = { $count ->
    [one] One more thing to note.
   *[other] { $count } more things to note.
}

answer-pass = Yes
answer-fail = No
answer-pending = Not known

outcome-pass = Holds
outcome-info = For information
outcome-warning = To note
outcome-pending = Not known
outcome-fail = Does not hold

provenance-direct = [direct]
provenance-attested = [attested]
provenance-declared = [declared]
provenance-direct-means = Signed by the issuer itself
provenance-attested-means = Attested: an incubator saw the original and signed
provenance-declared-means = Declared: signed by the firm alone

scenario-branch_operation = Operating elsewhere
scenario-full_relocation = Whole move
scenario-partial_relocation = Partial move
scenario-voucher_redemption = Voucher redemption
scenario-financing = Financing fact sheet

mode-direct = Taken as it is
mode-equivalent = Counts as the local one
mode-supplement = Taken with supplements
mode-recertify = To be certified anew
mode-reference = For reference only
mode-none = Not recognised

item-met = Met
item-missing = Missing
item-insufficient = Not sufficient
item-open = Not known
required = Required
optional = Optional
not-provided = Not provided

civil-date = { $day } { $month } { $year }
age-days = { $count ->
    [one] 1 day ago
   *[other] { $count } days ago
}
age-hours = { $count ->
    [one] 1 hour ago
   *[other] { $count } hours ago
}
age-now = less than an hour ago

back = Back
cancel = Cancel
close = Close
search = Search
search-more = More conditions
search-fewer = Fewer
reset = Reset
loading = Loading…
try-again = Try again
copied = Copied
copy-digest = Copy the digest
copy-path = Copy path
copy-id = Copy { $id }
copy-finding = Copy what { $code } says
copy-diagnostics = Copy diagnostics
passphrase = Passphrase
passphrase-forgotten = If it is forgotten, type the printed recovery key.
field-needed = Required; fill this in
not-yet = { "Not yet: " }
kind-dossier = Qualification dossier
uscc = Unified social credit code

shortcut-filter = Go to the search
shortcut-confirm = Confirm
shortcut-save = Save now

written = Written
written-digest = SHA-256 of the file

hands-operator = Handled by
hands-reviewer = Reviewed by
hands-same = The two have to be different people
hands-needed = This machine's settings ask for two people

key-fingerprint = Key fingerprint
key-fingerprint-compare = Compare it group by group with the other side by telephone.
own-keys = Export this organisation's public keys…
own-keys-file = public keys
own-keys-hint = For the register of your province; what is issued counts once it is registered. It holds no private key and is no secret.
own-keys-next = Hand the file to the register of your province and compare the key fingerprint above by telephone. Once registered, import the new trust data.
own-keys-label = This organisation's public keys
kind-trust = Trust package
work-stop = Stop
table-export = Export to Excel…
