-- A file or a mail exactly as it came, once for each authority of whose children it tells; `shown` is what was read
-- of it, as text. Without an authority where nobody knows whose it is.
CREATE TABLE originals (
    id uuid PRIMARY KEY,
    authority text,
    digest bytea NOT NULL CHECK (length(digest) = 32),
    name text NOT NULL,
    media text NOT NULL,
    content bytea NOT NULL,
    shown text NOT NULL,
    via text NOT NULL,
    sender text NOT NULL,
    received_at timestamptz NOT NULL
);
CREATE INDEX originals_by_digest ON originals (digest);

-- Which notification came of which original, and where in it. The same row in tomorrow's file has two origins.
CREATE TABLE origins (
    id uuid PRIMARY KEY,
    authority text NOT NULL,
    original bytea NOT NULL CHECK (length(original) = 32),
    source text NOT NULL,
    message_id text NOT NULL,
    place text NOT NULL
);
CREATE INDEX origins_by_message ON origins (source, message_id);

ALTER TABLE letters
    ADD COLUMN original bytea,
    ADD COLUMN place text,
    ADD COLUMN draft boolean NOT NULL DEFAULT false;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['originals', 'origins'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO homeward_app', name);
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
                        FOR EACH STATEMENT EXECUTE FUNCTION homeward_append_only()', name);
    END LOOP;
END $$;
CREATE POLICY by_authority_if_known ON originals
    USING (authority IS NULL OR authority = (SELECT homeward_authority()));
CREATE POLICY by_authority ON origins USING (authority = (SELECT homeward_authority()));
