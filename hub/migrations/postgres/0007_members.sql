-- Devices that an operator removed: whatever list names one, it asks nothing any more.
CREATE TABLE removed_devices (
    org TEXT NOT NULL REFERENCES organisations (org),
    kid TEXT NOT NULL,
    at  BIGINT NOT NULL,
    PRIMARY KEY (org, kid)
);
ALTER TABLE removed_devices ENABLE ROW LEVEL SECURITY;
ALTER TABLE removed_devices FORCE ROW LEVEL SECURITY;
CREATE POLICY of_its_organisation ON removed_devices USING (current_setting('app.org', true) IN (org, '*'));

-- The one invitation with which an organisation that lost every device begins again.
ALTER TABLE organisations ADD COLUMN again TEXT;
