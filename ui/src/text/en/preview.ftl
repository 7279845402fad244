# Attachments: the list, the preview, saving

attachments-none = There are no attachments in the dossier
attachment-intact = As it was signed
attachment-altered = Not as it was signed
attachment-save = Save the attachment
attachment-save-named = Save { $name }
preview-choose = Choose an attachment to look at
preview-none = Files of this kind are not shown here; save it to look at it
preview-broken = This PDF cannot be shown
preview-broken-hint = It may be damaged or use a form that is not supported. Save it and open it elsewhere.
preview-page-of = { $name }, page { $page }
preview-page = { $page } / { $pages }
preview-before = Page before
preview-after = Next page
preview-look = View
preview-look-named = View { $name }
preview-beside = The attachment being viewed
preview-close = Put the attachment away
media-pdf = PDF file
media-ofd = OFD file
media-picture = picture
checklist-others = Other attachments
finding-more = and others, { $count } in all
attention-trust = Import trust data
