-- Whether a blob is still needed is asked by its name.
CREATE INDEX message_parts_by_name ON message_parts (name);
CREATE INDEX upload_parts_by_name ON upload_parts (name);

-- The second fence around more than mail. Whoever looks a key or an organisation up, and whoever reads a voucher as a
-- whole, does so in the hub's own name; whoever replaces a list or redeems, in its own. Holds stay open to see: what
-- others hold is part of the rule by which an amount fits.
ALTER TABLE organisations ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisations FORCE ROW LEVEL SECURITY;
CREATE POLICY of_itself ON organisations USING (current_setting('app.org', true) IN (org, '*'));

ALTER TABLE devices ENABLE ROW LEVEL SECURITY;
ALTER TABLE devices FORCE ROW LEVEL SECURITY;
CREATE POLICY of_its_organisation ON devices USING (current_setting('app.org', true) IN (org, '*'));

ALTER TABLE redemptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE redemptions FORCE ROW LEVEL SECURITY;
CREATE POLICY of_its_redeemer ON redemptions USING (current_setting('app.org', true) IN (redeemer, '*'));

ALTER TABLE conflicts ENABLE ROW LEVEL SECURITY;
ALTER TABLE conflicts FORCE ROW LEVEL SECURITY;
CREATE POLICY of_its_redeemer ON conflicts USING (current_setting('app.org', true) IN (redeemer, '*'));
