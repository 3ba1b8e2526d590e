-- Who signs in, for how long, what they saw and why.

-- A person as a sign-in provider knows them; what they may do comes from its claims, at each sign-in.
CREATE TABLE people (
    id uuid PRIMARY KEY,
    authority text NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    name text NOT NULL,
    email text,
    staff_id text,
    duties text[] NOT NULL,
    added_at timestamptz NOT NULL,
    signed_in_at timestamptz,
    disabled_at timestamptz,
    disabled_by text,
    CONSTRAINT one_person_per_subject UNIQUE (authority, issuer, subject)
);

-- A session is known by the digest of a secret that only the browser has. It never lasts past `ends_at`.
CREATE TABLE sessions (
    digest bytea PRIMARY KEY,
    authority text NOT NULL,
    person_id uuid NOT NULL REFERENCES people,
    begun_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL CHECK (ends_at > begun_at),
    proved_at timestamptz NOT NULL,
    ended_at timestamptz,
    ended_why text,
    CONSTRAINT ended_with_a_reason CHECK ((ended_at IS NULL) = (ended_why IS NULL))
);
CREATE INDEX sessions_by_person ON sessions (person_id) WHERE ended_at IS NULL;

-- A sign-in on its way to the provider and back: once, and for a few minutes.
CREATE TABLE sign_ins (
    digest bytea PRIMARY KEY,
    authority text NOT NULL,
    kept jsonb NOT NULL,
    begun_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX sign_ins_by_age ON sign_ins (authority, begun_at);

-- Each view of a child: who, which page, and for which purpose.
CREATE TABLE accesses (
    no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    authority text NOT NULL,
    at timestamptz NOT NULL,
    person text NOT NULL,
    session bytea,
    child_id uuid NOT NULL REFERENCES children,
    page text NOT NULL,
    purpose text NOT NULL,
    reason text
);
CREATE INDEX accesses_by_child ON accesses (authority, child_id, no);
CREATE INDEX accesses_by_person ON accesses (authority, person, no);
CREATE INDEX accesses_of_session ON accesses (session, child_id);

-- Somebody not named for a restricted child, who had to see it all the same: for some hours, told to a manager.
CREATE TABLE break_glass (
    id uuid PRIMARY KEY,
    authority text NOT NULL,
    child_id uuid NOT NULL REFERENCES children,
    person text NOT NULL,
    reason text NOT NULL,
    from_at timestamptz NOT NULL,
    until_at timestamptz NOT NULL CHECK (until_at > from_at),
    ended_at timestamptz,
    reviewed_at timestamptz,
    reviewed_by text,
    review text,
    CONSTRAINT reviewed_whole CHECK (num_nulls(reviewed_at, reviewed_by, review) IN (0, 3))
);
CREATE INDEX break_glass_open ON break_glass (person, child_id) WHERE ended_at IS NULL;
CREATE INDEX break_glass_listed ON break_glass (authority, from_at);

-- Who has a record open at this moment.
CREATE TABLE presences (
    authority text NOT NULL,
    place text NOT NULL,
    person text NOT NULL,
    name text NOT NULL,
    section text,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (authority, place, person)
);

ALTER TABLE restrictions
    ADD COLUMN reason text,
    ADD COLUMN restricted_by text,
    ADD COLUMN restricted_at timestamptz,
    ADD COLUMN lifted_at timestamptz,
    ADD COLUMN lifted_by text,
    ADD COLUMN lifted_why text,
    ADD CONSTRAINT lifted_whole CHECK (num_nulls(lifted_at, lifted_by, lifted_why) IN (0, 3));
GRANT UPDATE (reason, restricted_by, restricted_at, lifted_at, lifted_by, lifted_why) ON restrictions TO homeward_app;

-- Restricted children whom the person asking is not named for, and whose glass they have not broken.
CREATE OR REPLACE FUNCTION homeward_hidden_children() RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(r.child_id), '{}')
    FROM restrictions r
    WHERE r.authority = homeward_authority()
      AND r.lifted_at IS NULL
      AND coalesce(homeward_person(), '') NOT LIKE 'system:%'
      AND NOT EXISTS (SELECT FROM restriction_people p
                      WHERE p.child_id = r.child_id AND p.person = homeward_person()
                        AND p.withdrawn_at IS NULL)
      AND NOT EXISTS (SELECT FROM break_glass b
                      WHERE b.child_id = r.child_id AND b.person = homeward_person()
                        AND b.ended_at IS NULL AND b.from_at <= now() AND b.until_at > now())
$$;

DO $$
DECLARE
    name text;
    seen text := 'authority = (SELECT homeward_authority())';
BEGIN
    FOREACH name IN ARRAY ARRAY['people', 'sessions', 'sign_ins', 'accesses', 'break_glass', 'presences'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO homeward_app', name);
    END LOOP;
    -- also of restricted children: who saw them must not depend on who asks; no row says who a child is
    FOREACH name IN ARRAY ARRAY['people', 'presences', 'break_glass', 'accesses'] LOOP
        EXECUTE format('CREATE POLICY by_authority ON %I USING (%s)', name, seen);
    END LOOP;
    -- a browser shows its secret before anybody knows the authority: it sees that one row
    FOREACH name IN ARRAY ARRAY['sessions', 'sign_ins'] LOOP
        EXECUTE format('CREATE POLICY by_authority_or_digest ON %I USING (%s)', name, seen
            || ' OR encode(digest, ''hex'') = (SELECT current_setting(''homeward.token_digest'', true))');
    END LOOP;
END $$;

GRANT UPDATE (name, email, staff_id, duties, signed_in_at, disabled_at, disabled_by) ON people TO homeward_app;
GRANT UPDATE (seen_at, proved_at, ended_at, ended_why) ON sessions TO homeward_app;
GRANT UPDATE (used_at), DELETE ON sign_ins TO homeward_app;
GRANT UPDATE (ended_at, reviewed_at, reviewed_by, review) ON break_glass TO homeward_app;
GRANT UPDATE, DELETE ON presences TO homeward_app;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON accesses
    FOR EACH STATEMENT EXECUTE FUNCTION homeward_append_only();
