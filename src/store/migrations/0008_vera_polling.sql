-- Which process asks the service about a share, and until when no other does.
ALTER TABLE vera_shares ADD COLUMN poller TEXT;
ALTER TABLE vera_shares ADD COLUMN polling_until TEXT;
