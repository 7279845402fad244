# The register

register-total =
    { $count ->
        [one] One firm
       *[other] { $count } firms
    }
register-add = Add a firm
register-import = Import a table
register-tables = Tables
register-text = Firm
register-text-example = Name, pinyin, initials or unified social credit code
register-none = No firm is in the register yet
register-none-hint = Import the Excel or CSV table you have, or add firms one by one.
register-none-found = No firm matches
register-none-found-hint = Try another name or code, or reset the filter.
register-firm = { $name }
register-save = Save
register-issue = Issue credentials
register-who = The firm
register-incubation = Entry and incubation
register-contact = Contact and key

firm-name = Name
firm-region = Region
firm-region-hint = Left empty, what is issued says the region of your own organisation.
firm-state = State
firm-state-in = Incubating
firm-state-graduated = Graduated
firm-state-left = Left
firm-established_on = Established
firm-entered_on = Entered
firm-incubation_deadline = Incubation ends
firm-agreement_no = Agreement number
firm-site_address = Site address
firm-area_sqm = Area (m²)
firm-rd_on_site = Main research site
firm-rd_on_site-yes = On this incubator's site
firm-rd_on_site-no = Elsewhere
firm-field = Field of technology
firm-contact_name = Contact
firm-contact_phone = Phone (please mask the middle digits)
firm-holder_jwk = The firm's public key (JWK)
firm-holder_jwk-choose = Choose the key's file…
kind-key = Public key
firm-holder_jwk-hint = The firm exports it from its “Qualifications” page. Choose that file, or paste what it holds. Without it nothing can be issued to the firm.
firm-issued = Issued
firm-former_names = Former names
firm-former_name = Former name
firm-former_until = Last day in use
firm-former_add = Add a former name
firm-former_drop = Remove the former name { $name }

roster-lead = This is what would change. Nothing is written before you confirm.
roster-reading = Reading the table…
roster-result = After the import
roster-new = Added
roster-changed = Changed
roster-same = Unchanged
roster-refused = Rows that cannot be imported
roster-import =
    { $count ->
        [one] Import one firm
       *[other] Import { $count } firms
    }
roster-imported = { $new } added, { $changed } changed
roster-done = Back to the register
roster-columns = What each column holds
roster-unnamed = Column { $column }
roster-holds = Column { $column } holds
roster-left-out = Left out
roster-problems = Rows with a problem ({ $count })
roster-no-problem = No problem found
roster-sample = The first rows
roster-row = Row
roster-problem = Cells and problems
roster-effect = Effect
roster-left-out-row = Row left out
roster-left-out-cell = Cell left out
roster-left-out-nothing = Still imported
roster-field-uscc = Unified social credit code
roster-field-name = Name
roster-field-region = Region
roster-field-established_on = Established
roster-field-entered_on = Entered
roster-field-site_address = Site address
roster-field-area_sqm = Area
roster-field-rd_on_site = Main research on site
roster-field-field = Field of technology
roster-field-agreement_no = Agreement number
roster-field-incubation_deadline = Incubation ends
roster-field-contact_name = Contact
roster-field-contact_phone = Phone
roster-field-former_name = Former name
roster-field-holder_key = Public key of the firm
roster-left = These columns are not imported: { $columns }
roster-left-and = { ", " }
roster-left-means = Their headings were not recognised, and what they hold does not come into the register. Choose below what they hold if you need it.
register-unsaved = What was typed here before and not saved is still there
register-unsaved-drop = Drop it
roster-progress = Progress of the import
