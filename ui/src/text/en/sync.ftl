# Synchronising

sync-lead = Sealed messages go through the hub; without a network the work at this computer goes on, and what is to be sent stays in the outbox.
sync-now = Synchronise now
sync-passphrase-means = The system's keychain opened the database, and this device's key needs the passphrase. It is asked once until the next lock.
sync-drill = A drill does not synchronise
sync-drill-hint = Its samples go to nobody. End the drill first.

sync-badge-decide = { $count ->
    [one] one thing needs you
   *[other] { $count } things need you
}
sync-badge-offline = Offline
sync-badge-offline-waiting = Offline, { $count } to be sent
sync-badge-synced = Synchronised { $at }
sync-badge-never = Never synchronised
sync-badge-none = No hub joined
sync-badge-passphrase = Passphrase to synchronise
sync-badge-syncing = Synchronising
sync-badge-syncing-waiting = Synchronising, { $count } to be sent
sync-badge-refused = The round did not go through

sync-hub = Hub
sync-state-none = No hub joined
sync-state-passphrase = Waits for the passphrase
sync-state-syncing = Synchronising
sync-state-offline = Offline
sync-state-refused = Did not go through
sync-state-synced = Synchronised
sync-offline = The hub cannot be reached now
sync-offline-means = What is to be sent stays in the outbox and goes out by itself later; a USB stick can carry it as well.
sync-hub-id = The hub's id
sync-hub-url = The hub's address
sync-hub-key = Key of the hub
sync-last = Last round
sync-next = Next round by itself

sync-join = Join a hub
sync-join-hint = The hub's operator or your incubator gives the invitation; each is used once. Without a hub, exchange files or a USB stick.
sync-invitation = Invitation
sync-invitation-choose = Choose the invitation…
sync-invitation-save = Save the invitation
sync-join-url-hint = Scheme, host and port only, such as https://hub.example
sync-device = Name of this device
sync-device-hint = To know this computer in the list of devices, such as “front desk”. It may be left empty.
sync-join-file-needed = Choose the file of the invitation
sync-join-url-needed = Give the hub's address
sync-join-secret-needed = Enter the passphrase, which makes this device's key
sync-authority = Certificate authority
sync-authority-optional = Private CA certificate (optional)
sync-authority-hint = Needed only where the hub's certificate comes from a private CA of the province or the organisation: ask the hub's operator or the IT of your incubator for the file (PEM, without a private key).
sync-authority-file = CA certificate
sync-authority-choose = Choose the certificate file…
sync-authority-choose-one = Choose the certificate file for the hub { $hub }
sync-authority-without = Do not use it
sync-authority-public = The public ones
sync-authority-nameless = (the certificate has no name)
sync-authority-until = valid until
sync-authority-replace = Replace…
sync-authority-replace-one = Replace the certificate authority of the hub { $hub }
sync-authority-remove = Use the public ones
sync-authority-remove-one = Use the public ones for the hub { $hub }

sync-invite = Invite a firm
sync-invite-hint = Makes an invitation to hand to the firm, which joins the same hub with it.
sync-invite-sign = Sign and save
sync-invite-means = The invitation is signed with this device's key; only this firm can use it, and once.
sync-invite-days = Open for (days)
sync-firm-name = Name of the firm

sync-devices = Devices
sync-devices-hint = The computers of this organisation. Each has a database of its own and nothing is copied between them: only the one marked “takes the mail in” does, and the others can send.
sync-devices-empty = The device list of this organisation is not here yet.
sync-devices-hint-none = Where another computer of this organisation has joined the hub, no invitation is needed: ask to be added here, and have that one answer.
sync-device-own = This computer
sync-device-takes-mail = Takes the mail in
sync-device-since = Since
sync-fingerprint = Fingerprint
sync-fingerprint-copy = Copy the fingerprint
sync-device-request = Request of a device
sync-device-request-save = Save the request
sync-device-answer = Answer to a device
sync-device-answer-save = Save the answer
sync-device-ask = Ask to be added…
sync-device-ask-again = Ask once more…
sync-device-ask-title = Ask to be a device of this organisation
sync-device-ask-do = Save the request
sync-device-ask-means = This computer makes a key of its own and writes a request. Carry it to the computer that has joined, and compare the fingerprint there.
sync-device-ask-hint = To know this computer in the list of devices, such as “first floor”.
sync-device-asked = Asked, not answered yet
sync-device-asked-do = Open the request on the computer that has joined, and compare name and fingerprint; then carry the answer back and choose “Take the answer…”. Asking once more makes this request void.
sync-device-asked-written = The request of “{ $name }” was written.
sync-device-accept = Take the answer…
sync-device-accept-title = Take the answer
sync-device-accept-do = Take it
sync-device-accept-means = Nothing is kept yet. Compare both fingerprints with what the page Synchronise of the computer that answered shows; if they differ, do not take the answer, and tell the hub's operator. Once it is taken, this computer uses the hub, the device list and this organisation's inbox keys in it.
sync-device-accepted = Joined the hub { $hub }
sync-device-by = Answered by
sync-device-mail = Mail goes to
sync-device-add = Add another computer…
sync-device-add-title = Add another computer
sync-device-add-do = Add it and save the answer
sync-device-add-means = Compare the fingerprint with the one that the other computer shows. It can then send in this organisation's name, and open what is sealed to it.
sync-device-added-do = Carry the answer back to that computer, and choose “Take the answer…” there.
sync-device-remove = Remove…
sync-device-remove-one = Remove “{ $name }”
sync-device-remove-do = Remove it and change the inbox key
sync-device-remove-means = It can then no longer ask the hub, nor open messages from then on. It still has its own database, and opens what was sealed to this organisation before (there is no forward secrecy).
sync-device-remove-mail = This one takes the mail in; after the removal the next of the list does.
sync-device-remove-ledgers = The ledgers of these hubs of other provinces hear from your hub within minutes that it is removed. Where the two hubs exchange no mail it can redeem in this organisation's name until the operators there remove it; tell them as soon as it is removed here:
sync-device-removed = Removed “{ $name }”, with a new inbox key
sync-device-removed-ledgers = The ledgers of these hubs of other provinces hear of it from your hub within minutes; where the two exchange no mail, tell the operators there now to remove it:
sync-device-removed-register = If the trust register lists this organisation's inbox key, export its public keys and hand them in: they have the new inbox key alone. Until others use the register that has it, a computer with the old key opens what they seal by it.
sync-device-removed-others = These computers ask once more, each for itself, to get the new inbox key:
sync-inbox-missing = The new inbox key is not here
sync-inbox-missing-do = The inbox key was changed, and the new one is not here, so that new messages do not open; those that this computer would take in stay at the hub. Ask once more from this computer, and have one that has the new key answer. Only if no computer has it, change the inbox key.
sync-device-renew = Change the inbox key…
sync-device-renew-title = Change this organisation's inbox key
sync-device-renew-do = Change it
sync-device-renew-means = Only where no computer has the newest inbox key, such as when it was lost in a restore. Messages sealed to the lost key open nowhere; ask their senders to send them again. The other computers ask once more, each for itself.
sync-device-renewed = The inbox key is a new one

sync-outbox = Outbox
sync-outbox-none = The outbox is empty
sync-outbox-none-hint = Choose “Send through the hub” on a signed dossier or a decision, and the message is here.
sync-what = What
sync-to = To
sync-from = From
sync-state = State
sync-at = When
sync-received = Came
sync-do = Do
sync-outbox-waiting = Waiting
sync-outbox-sending = Being sent
sync-outbox-sent = At the hub
sync-outbox-refused = Not passed on
sync-outbox-resent = Sent again
sync-outbox-parked = Cannot be sent
sync-outbox-discarded = Given up
sync-next-try = Next attempt
sync-retry = Retry
sync-retry-one = Retry: { $kind } to { $whom }
sync-resend = Send again
sync-discard = Give up…
sync-discard-one = Give up: { $kind } to { $whom }
sync-discard-title = Give up the { $kind } to { $whom }
sync-discard-do = Give this message up
sync-discard-means = The message is not sent any more and stays in the outbox with the reason. What was sent of it has no effect; the document can be sent again.
sync-reason = Reason
sync-reason-needed = Say why

sync-inbox = Came, not taken in
sync-inbox-none = Nothing. Dossiers that came are in the ledger; requests, decisions and credentials are on their pages.
sync-inbox-parked = Parked
sync-inbox-waits = Waits
sync-inbox-retry = Try again
sync-inbox-retry-one = Try again: { $kind } from { $whom }

sync-kind-credential = credential
sync-kind-request = request
sync-kind-dossier = dossier
sync-kind-decision = decision
sync-kind-status_list = status list
sync-kind-receipt = receipt
sync-kind-notice = notice
sync-kind-unknown = message not opened yet

sync-stick = USB stick or folder
sync-stick-hint = The same messages as through the network. What is written stays in the outbox as well, and whoever gets one twice counts it once; importing the same twice changes nothing.
sync-stick-choose = Choose a USB stick or folder
sync-export = Write to a stick…
sync-import = Take in from a stick…
sync-exported = Wrote { $messages } messages and { $files } files of trust data
sync-left-out = { $count } left out: the recipient's device list is not here; synchronise once with a network.
sync-imported = { $received } new messages came, { $taken } taken in
sync-imported-parked = { $count } parked; why stands under “Came, not taken in”.
sync-imported-trust = The trust data was refreshed.
sync-imported-trust-older = The trust data on the stick is older; that of this computer was kept.
sync-imported-refused = These files are no messages that can be used and were left out:

sync-send = Send through the hub
sync-send-all = Send all { $count } through the hub
sync-send-again = Send through the hub again
sync-send-about = { $name }: { $about }
sync-sent-before = { $count ->
    [one] One document was put into the outbox before and was not sent twice
   *[other] { $count } documents were put into the outbox before and were not sent twice
}
sync-sent-before-means = The outbox on the page Synchronise tells how far they are. If they did not arrive, send them again.
sync-queued = In the outbox
sync-queued-means = On its way to the recipient; the timeline and the outbox tell how far.
sync-queued-passphrase = This device's key needs the passphrase: choose “Synchronise now” on the page Synchronise to send it.
sync-queued-offline = Offline now; it goes out once the hub can be reached.

sync-withheld = A voucher ledger leaves redemptions out
sync-withheld-ledger = Ledger
sync-withheld-voucher = voucher
sync-withheld-numbers = number { $numbers } not shown
sync-withheld-onwards = number { $numbers } and later ones not shown
sync-withheld-since = noticed
sync-comma = { ", " }
sync-withheld-means = The ledger shows no receipt for these redemptions, which it counts itself or of which a receipt is here; its hub may have been restored from a backup. Ask that hub's operator by telephone; whoever holds a receipt loses nothing, and receipts are what is paid.

sync-lists = Send the status lists
sync-lists-hint = What was revoked or suspended counts with the next edition of the trust data. If it is urgent, send the lists as last signed to a recipient: it verifies the signature, takes them at once, and judges again the cases they touch.
sync-lists-send = Put into the outbox
