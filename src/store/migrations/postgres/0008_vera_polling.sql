ALTER TABLE vera_shares ADD COLUMN poller TEXT;
ALTER TABLE vera_shares ADD COLUMN polling_until TIMESTAMPTZ;
