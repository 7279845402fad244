# Verifying

verify-menu = Verify
verify-drop = Drop a qualification dossier here
verify-drop-hint = A .zzdossier file, sealed or not. Double-clicking it opens it here too.
verify-choose = Choose a dossier…
verify-another = Verify another…
verify-verifying = Verifying…
verify-again = Verify again
verify-open = Open a dossier
