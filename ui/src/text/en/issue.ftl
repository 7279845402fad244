# Issuing

issued-text = Credential
issued-text-example = Firm, pinyin, code or credential number
issued-status = Status
issued-status-valid = Valid
issued-status-unsettled = Unsettled
issued-status-suspended = Suspended
issued-status-revoked = Revoked
issued-status-ended = Ended
issued-title = Credential
issued-number = Number
issued-firm = Firm
issued-at = Issued
issued-until = Valid until
issued-none = Nothing has been issued yet
issued-none-hint = Choose “Issue credentials”, then a type and firms.
issued-none-found = No credential matches
issued-none-found-hint = Try another name, code or number, or reset the filter.
issued-save-again = Save the file again
issued-final = Revoked and ended are final.
issued-set-valid = Restore
issued-set-suspended = Suspend
issued-set-revoked = Revoke
issued-set-ended = End
issued-set-valid-title = Restore { $number } of { $firm }
issued-set-suspended-title = Suspend { $number } of { $firm }
issued-set-revoked-title = Revoke { $number } of { $firm }
issued-set-ended-title = End { $number } of { $firm }
issued-set-final = This cannot be undone. The status list is signed anew; export it and hand it to the publisher.
issued-set-again = This can be changed later. The status list is signed anew; export it and hand it to the publisher.
issued-reason = Reason
issued-export-list = Export the status lists
issued-list-means = The status list tells destinations which credentials are suspended, revoked or ended. The older it is, the less a destination can be sure.
issued-list-anew = Sign anew and export
issued-list-as-is = Export as last signed
issued-list-folder = Choose a folder for the status lists
issued-list-sign = Sign and export
issued-list-sign-means = The list is signed with the time of now, and destinations take it as the newest status.

issue-title = Issue credentials
issue-lead = What the register knows is filled in; only what is the same for all firms is asked here.
issue-what = Credential
issue-type = Type of credential
issue-types-own = Issued by this organisation
issue-types-copies = Attested: issued by others, original seen
issue-types-scope =
    { $attested ->
        [0] The register lets this organisation issue { $own } types itself and attest nothing. To attest the business licence or other papers of others, apply to the register of your province, then import the new trust data.
       *[other] The register lets this organisation issue { $own } types itself and attest { $attested }; all are in the list above. For a type that is missing, apply to the register of your province, then import the new trust data.
    }
issue-provenance = Provenance
issue-attested = Attestation
issue-firms = Firms ({ $count } chosen)
issue-firms-table = Incubating firms
issue-chosen = Chosen
issue-choose = Choose { $name }
issue-choose-shown = Choose the { $count } listed
issue-choose-all = Choose all that were found
issue-choose-none = Choose none
issue-no-firm-hint = Add or import firms in the register first.
issue-key = Firm's key
issue-key-there = Registered
issue-key-missing = Missing
issue-folder = Choose a folder for the credential files
issue-not-firm = { "no firm is chosen. " }
issue-not-number = { "nobody has looked at the number. " }
issue-sign = Issue { $count }
issue-confirm = Issue “{ $type }”, { $count } of them
issue-confirm-means = An issued credential cannot be changed, only suspended, revoked or ended. Enter the passphrase to sign with this organisation's key.
issue-do = Sign and issue
issue-issued = { $count } issued
issue-issued-next = Hand the files to the firms, and export the status list for the publisher.
issue-to-list = See what was issued
issue-new = Start another batch
issue-before = { $count } issued in the batch before; what you filled in is still here. For other firms, change the choice of firms first: issuing again makes further credentials.
issue-files = Files
issue-files-folder = Folder of the credentials
issue-files-list = Status list
issue-refused = Firms that got none ({ $count })
issue-why = Reason
issue-code = Code

claim-number = Number
claim-percent-wrong = Fill in a number from 0 to 100
claim-number-hint = The digits in braces count on from firm to firm.
claim-valid_until = Valid until
claim-from-register = Left empty, it is taken from the register, firm by firm
claim-choose = Choose
claim-yes = Yes
claim-no = No
claim-yuan = yuan
claim-list-hint = One to a line

attest-method = How it was checked
attest-method-original = Original seen
attest-method-website = Official site
attest-method-scan = Code scanned
attest-method-interface = Data interface
attest-system = System
attest-system-hint = Where it was checked, such as 国家企业信用信息公示系统.
attest-url = Address
attest-url-wrong = An address begins with https:// or http:// and has no spaces
attest-checked_on = Checked on
attest-operator = Checked by


issued-changed = Since
issued-list-due = The status list changed and was not exported
issued-list-due-signed = Signed
issued-list-due-means = Export it and hand it to the publisher. Destinations know of the change once they import trust data with the new list.
issue-issued-none = Nothing was issued and no file was written. The reasons are below; add to the register and issue again.

issue-keyless = { $count ->
    [one] One of those listed has no key and cannot get a credential; it is not counted among them.
   *[other] { $count } of those listed have no key and cannot get a credential; they are not counted among them.
}
issue-and = { ", " }
issue-will-firms = { $count ->
    [one] Issued to one firm.
   *[other] Issued to { $count } firms.
}
issue-will-more = { " " }and { $count } more
issue-will-say = The credential will say:
issue-will-differ = What differs from firm to firm: { $claims }. All else is the same for all.
issue-will-same = nothing
issue-will-first = The first of them, for example:
issue-will-firm = Firm
issue-will-table = Firms that get one
issue-will-search = Search by name, number or content
issue-will-none = No firm matches
issue-nobody = None of the firms chosen can get one; nothing was issued
issue-holding = { $count ->
    [one] 1 of these firms holds a valid one already and would have two
   *[other] { $count } of these firms hold a valid one already and would have two
}
issue-sharing = The public key of { $count } of them is that of other firms of the register too
issue-revoked = { $count ->
    [one] A credential of this kind of 1 of these firms was revoked within the last year
   *[other] A credential of this kind of { $count } of these firms was revoked within the last year
}
issue-revoked-knowing = I have seen when and why it was revoked, and issue all the same
issue-leave-out = Leave these firms out
list-name-begun = Status list of { $issuer }, begun { $begun }
list-name = Status list { $number } of { $issuer }
issued-list = Status list
issued-list-place = place { $place }
issue-progress = Progress of issuing
