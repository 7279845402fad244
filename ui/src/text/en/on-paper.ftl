# A case by the code in a picture

on-paper = Open from a photo…
on-paper-choose = Choose a photo or a scan of a document
on-paper-kind = Picture
on-paper-title = Open by the code in a picture
on-paper-found = The code in the picture belongs to case { $number }.
