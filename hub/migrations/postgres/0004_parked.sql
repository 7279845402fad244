-- What is refused for good is parked (seconds since 1970), and large messages go by a lane of their own.
ALTER TABLE outbox ADD COLUMN parked BIGINT;
ALTER TABLE outbox ADD COLUMN large BOOLEAN NOT NULL DEFAULT false;
UPDATE outbox SET large = true WHERE message IN (SELECT id FROM messages WHERE len > 262144);
-- What has not failed by itself goes first.
DROP INDEX outbox_due;
CREATE INDEX outbox_next ON outbox (hub, large, wait, due, message);
