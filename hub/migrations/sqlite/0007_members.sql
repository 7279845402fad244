-- Devices that an operator removed: whatever list names one, it asks nothing any more.
CREATE TABLE removed_devices (
    org TEXT NOT NULL REFERENCES organisations (org),
    kid TEXT NOT NULL,
    at  INTEGER NOT NULL,
    PRIMARY KEY (org, kid)
) STRICT;
-- The one invitation with which an organisation that lost every device begins again.
ALTER TABLE organisations ADD COLUMN again TEXT;
