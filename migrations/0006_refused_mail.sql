-- The local database, version 6.
--
-- What another organisation's hub refused after the own hub had taken it in (docs/hub.md §5).

-- The day on which that hub refused it; `code` and `told` say why. Nothing once it is on its way again, or there.
ALTER TABLE outbox ADD COLUMN refused TEXT CHECK (refused IS NULL OR state = 'sent');
CREATE INDEX outbox_refused ON outbox (seq) WHERE refused IS NOT NULL;
