# Verifying: one dossier, or a folder

verify-drop = Drop a qualification dossier here
verify-drop-hint = A .zzdossier file, sealed or not. Double-clicking it opens it here too.
verify-choose = Choose a dossier…
verify-another = Verify another…
verify-verifying = Verifying…
verify-again = Verify again
verify-earlier = It could not be verified this time; what stands below is the result from before
verify-result = Verification
manifest-unread = The manifest could not be read; the firm is not known
verify-open = Open a dossier
verify-asks = Every dossier answers four questions, and every answer has its grounds
verify-asks-integrity = Each signature and digest is checked; one altered word shows
verify-asks-issuer = Whether issuers are on the register and may issue this
verify-asks-currency = Validity, revocation, suspension, and how old that knowledge is
verify-asks-recognition = Against checklist and recognition rules; what is missing is named
verify-identity = Choose the receiving key…
verify-others = { $count ->
    [one] One at a time: the first was taken, one more was not verified. Put several into a folder and verify the folder.
   *[other] One at a time: the first was taken, { $count } more were not verified. Put several into a folder and verify the folder.
}
kind-identity = File with the receiving key

report = Verification report
report-save = Save the report…
report-write = Choose where and save…
report-hint = The report is a PDF in official layout with the same JSON inside, to be printed, signed and stamped. With the ending .json, the JSON alone is saved.
report-language = Language of the report
language-zh = 中文
language-en = English

case-receive = Take in
case-open = Open the case

basis = What this rests on
basis-none = none
basis-trust = Trust data as of
basis-status = Status lists as of
basis-refresh-by = newer trust data is due by
basis-pack = Rules
basis-pack-none = no usable rule pack
basis-version = version { $version }
basis-offline = Verified offline
basis-online = Verified online
basis-verified-at = Verified at
basis-method = How
basis-software = Software
basis-trust-versions = Versions of the trust data
basis-root-snapshot = root { $root } · snapshot { $snapshot }
basis-pack-until = Rule pack valid until
basis-file = Digest of the dossier, SHA-256
basis-root = Fingerprint of the root, SHA-256

tab-attention = To attend to
tab-checklist = Checklist
tab-credentials = Credentials
tab-signatures = Signatures
tab-attachments = Attachments
tab-checks = All checks
tab-json = JSON
tabs = Behind the verdict

attention-none = Nothing needs your attention
attention-none-hint = Every check holds; what that rests on stands below.
checklist-none = There is no checklist to compare with
checklist-none-hint = The dossier names none, or its rule pack is not on this machine.
item-by-nothing = nothing answers it
item-by-ended = { $name } ({ $end })
list-comma = {", "}
credentials-none = There is no readable credential in the dossier
issuer-unknown = Issuer unknown
signer-unknown = Not on the register
until = until
grounds = Basis
rule = Recognition rule
maps-to = Counts as
supplements = To be added
checks-all = { $count ->
    [one] The one check
   *[other] All { $count } checks
}
claims-hidden = { $count ->
    [one] One more claim was not disclosed by the firm.
   *[other] { $count } more claims were not disclosed by the firm.
}

signature-holds = Holds
signature-covers = Covers
signature-by = Signed by
signature-at = Signed at
signature-algorithm = Algorithm
signature-key = Key
signature-own-clock = The time of signing is by the signer's own clock; no third party confirms it.
copy-key = Copy the key's thumbprint

checks-search = Code, words or subject
checks-outcome = Filter by outcome
checks-every = All
checks-none = No check fits
checks-none-hint = Try another word, or choose All.
checks-more = Show more, { $count } left
json-copy = Copy the JSON

batch-title = Verify a folder
batch-choose = Verify a folder…
batch-choose-first = No folder was chosen yet
batch-hint = Every .zzdossier in the folder is verified; what fails comes first.
batch-none = No dossier of the folder was verified yet
batch-progress = Progress
batch-running = Verifying
batch-stopped = Stopped; what was verified stands below
batch-done = Done
batch-unread = Not verified
batch-strange = No dossier
batch-others = { $count ->
    [one] One other file does not end in .zzdossier or .zzdossier.age and was not verified.
   *[other] { $count } other files do not end in .zzdossier or .zzdossier.age and were not verified.
}
batch-sealed = { $count } sealed; the database of this computer is locked, so they were not verified
batch-sealed-next = Once unlocked, your organisation's inbox key opens them. This folder is then verified again by itself; nothing has to be chosen again.
batch-file = File
batch-firm = Firm
batch-reason = Main reason
batch-code = Code
