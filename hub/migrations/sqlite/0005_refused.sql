-- What another hub refused is told to its sender, each time that it asks for its mail (docs/hub.md §5).
ALTER TABLE outbox ADD COLUMN sender TEXT NOT NULL DEFAULT '';
UPDATE outbox SET sender = (SELECT sender FROM messages WHERE id = message);
CREATE INDEX outbox_refused ON outbox (sender, parked) WHERE parked IS NOT NULL;

-- What an operator gave up, as long as its receipt is kept. `refused` is when it was parked.
CREATE TABLE given_up (
    message TEXT PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    sender  TEXT NOT NULL,
    code    TEXT NOT NULL,
    refused INTEGER NOT NULL
) STRICT;
CREATE INDEX given_up_of ON given_up (sender, refused);
