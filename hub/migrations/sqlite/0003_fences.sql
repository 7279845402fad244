-- Whether a blob is still needed is asked by its name.
CREATE INDEX message_parts_by_name ON message_parts (name);
CREATE INDEX upload_parts_by_name ON upload_parts (name);
