-- The authority's policy: each version as it was uploaded, who accepted it, and what that changed then.

CREATE TABLE policies (
    authority text NOT NULL,
    no integer NOT NULL CHECK (no > 0),
    policy jsonb NOT NULL,
    digest bytea NOT NULL,
    uploaded_by text NOT NULL,
    uploaded_at timestamptz NOT NULL,
    why text NOT NULL CHECK (why <> ''),
    accepted_at timestamptz,
    accepted_by text,
    accepted_why text CHECK (accepted_why <> ''),
    effect jsonb,
    PRIMARY KEY (authority, no),
    CONSTRAINT accepted_whole CHECK (num_nulls(accepted_at, accepted_by, accepted_why, effect) IN (0, 4))
);
CREATE INDEX policies_accepted ON policies (authority, no DESC) WHERE accepted_at IS NOT NULL;

ALTER TABLE policies ENABLE ROW LEVEL SECURITY;
ALTER TABLE policies FORCE ROW LEVEL SECURITY;
CREATE POLICY by_authority ON policies USING (authority = (SELECT homeward_authority()));
GRANT SELECT, INSERT ON policies TO homeward_app;
GRANT UPDATE (accepted_at, accepted_by, accepted_why, effect) ON policies TO homeward_app;

-- a version is accepted once, and what was uploaded is never changed
CREATE FUNCTION homeward_accept_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.accepted_at IS NULL AND to_jsonb(OLD) - '{accepted_at,accepted_by,accepted_why,effect}'::text[]
                                 = to_jsonb(NEW) - '{accepted_at,accepted_by,accepted_why,effect}'::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER accept_once BEFORE UPDATE ON policies
    FOR EACH ROW EXECUTE FUNCTION homeward_accept_once();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON policies
    FOR EACH STATEMENT EXECUTE FUNCTION homeward_append_only();
