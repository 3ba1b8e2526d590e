-- PostgreSQL 15 to 18, no extensions. Run by the owner; the application's role owns nothing.

-- Who is asking. Set per transaction; '' and unset both mean nobody.
CREATE FUNCTION homeward_authority() RETURNS text LANGUAGE sql STABLE
    AS $$ SELECT NULLIF(current_setting('homeward.authority', true), '') $$;
CREATE FUNCTION homeward_person() RETURNS text LANGUAGE sql STABLE
    AS $$ SELECT NULLIF(current_setting('homeward.person', true), '') $$;

CREATE TABLE restrictions (
    child_id uuid PRIMARY KEY,
    authority text NOT NULL
);
CREATE TABLE restriction_people (
    child_id uuid NOT NULL,
    person text NOT NULL,
    authority text NOT NULL,
    PRIMARY KEY (child_id, person)
);

-- Restricted children whom the person asking is not named for. The product's own machinery (`system:…`)
-- sees all: a clock that it could not see would never ring.
CREATE FUNCTION homeward_hidden_children() RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(r.child_id), '{}')
    FROM restrictions r
    WHERE r.authority = homeward_authority()
      AND coalesce(homeward_person(), '') NOT LIKE 'system:%'
      AND NOT EXISTS (SELECT FROM restriction_people p
                      WHERE p.child_id = r.child_id AND p.person = homeward_person())
$$;

CREATE TABLE children (
    id uuid PRIMARY KEY,
    number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    authority text NOT NULL,
    provisional boolean NOT NULL,
    indexed boolean NOT NULL,
    authority_child_id text,
    nhs_number text,
    upn text,
    date_of_birth date,
    family_key text,
    given_keys text[] NOT NULL,
    aka_keys text[] NOT NULL,
    postcode_key text,
    name_key text,
    facts jsonb NOT NULL,
    absorbed_by uuid REFERENCES children,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    -- deferrable, since in one transaction a child may take over an identifier from the one it absorbs
    CONSTRAINT one_child_per_authority_child_id EXCLUDE USING btree
        (authority WITH =, authority_child_id WITH =) WHERE (absorbed_by IS NULL) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT one_child_per_nhs_number EXCLUDE USING btree
        (authority WITH =, nhs_number WITH =) WHERE (absorbed_by IS NULL) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT one_child_per_upn EXCLUDE USING btree
        (authority WITH =, upn WITH =) WHERE (absorbed_by IS NULL) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX children_by_name_key ON children (authority, name_key) WHERE absorbed_by IS NULL;

CREATE TABLE care (
    child_id uuid NOT NULL REFERENCES children,
    from_on date NOT NULL,
    to_on date CHECK (to_on >= from_on),
    authority text NOT NULL,
    legal_status text,
    placement text,
    social_worker text,
    PRIMARY KEY (child_id, from_on)
);

CREATE TABLE inbox (
    no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    authority text NOT NULL,
    source text NOT NULL,
    id text NOT NULL,
    subject text NOT NULL,
    payload json NOT NULL,
    digest bytea NOT NULL,
    via text NOT NULL,
    received_at timestamptz NOT NULL,
    applied_at timestamptz,
    set_aside_at timestamptz,
    child_id uuid REFERENCES children,
    published_at timestamptz,
    CONSTRAINT one_row_per_message UNIQUE (source, id),
    CONSTRAINT applied_to_a_child CHECK ((applied_at IS NULL) = (child_id IS NULL))
);
CREATE INDEX inbox_waiting ON inbox (authority, no) WHERE applied_at IS NULL AND set_aside_at IS NULL;
CREATE INDEX inbox_by_reference ON inbox (authority, source, subject);
CREATE INDEX inbox_by_child ON inbox (child_id);

CREATE TABLE episodes (
    id uuid PRIMARY KEY,
    number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    authority text NOT NULL,
    child_id uuid NOT NULL REFERENCES children,
    child_number bigint NOT NULL,
    status text NOT NULL CHECK (status IN ('open', 'located', 'returned', 'cancelled')),
    category text CHECK (category IN ('missing', 'away_without_authorisation')),
    risk_level text CHECK (risk_level IN ('no_apparent_risk', 'low', 'medium', 'high')),
    risk_factors text[] NOT NULL,
    started_at timestamptz,
    located_at timestamptz,
    returned_at timestamptz,
    conflict_reasons text[] NOT NULL,
    marks text[] NOT NULL,
    incidents jsonb NOT NULL,
    notifications jsonb NOT NULL,
    period tstzrange,
    superseded boolean NOT NULL,
    superseded_by uuid REFERENCES episodes DEFERRABLE INITIALLY DEFERRED,
    updated_at timestamptz NOT NULL,
    CONSTRAINT ended_when_returned CHECK ((status = 'returned') = (returned_at IS NOT NULL)),
    CONSTRAINT cancelled_never_was CHECK ((status = 'cancelled') = (period IS NULL)),
    CONSTRAINT superseded_by_when_superseded CHECK (superseded OR superseded_by IS NULL),
    -- two overlapping absences of one child are one episode; ranges are closed, and stand in for `=` on
    -- the child's number, which gist cannot compare without an extension
    CONSTRAINT no_overlapping_episodes EXCLUDE USING gist
        (int8range(child_number, child_number, '[]') WITH &&, period WITH &&)
        WHERE (NOT superseded) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX episodes_by_child ON episodes (child_id);
CREATE INDEX episodes_listed ON episodes (authority, number) WHERE NOT superseded;

CREATE TABLE interviews (
    id uuid PRIMARY KEY,
    authority text NOT NULL,
    child_id uuid NOT NULL REFERENCES children,
    episode_id uuid NOT NULL REFERENCES episodes DEFERRABLE INITIALLY DEFERRED,
    status text NOT NULL CHECK (status IN ('due', 'allocated', 'offered', 'arranged', 'held', 'submitted',
                                           'approved', 'declined', 'not_possible', 'voided')),
    clock_started_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL CHECK (due_at > clock_started_at),
    provisional_due boolean NOT NULL,
    anchor_source text NOT NULL,
    anchor_id text NOT NULL,
    voided_reason text,
    voided_from text,
    offered_at timestamptz,
    accepted boolean,
    held_at timestamptz,
    interviewer text,
    updated_at timestamptz NOT NULL,
    CONSTRAINT voided_with_a_reason CHECK ((status = 'voided') = (voided_reason IS NOT NULL)),
    CONSTRAINT one_live_interview_per_episode EXCLUDE USING btree
        (episode_id WITH =) WHERE (status <> 'voided') DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX interviews_by_child ON interviews (child_id);
CREATE INDEX interviews_by_episode ON interviews (episode_id);
CREATE INDEX interviews_by_deadline ON interviews (authority, due_at, id) WHERE status <> 'voided';

CREATE TABLE questions (
    id uuid PRIMARY KEY,
    authority text NOT NULL,
    kind text NOT NULL,
    child_id uuid NOT NULL REFERENCES children,
    message_source text,
    message_id text,
    episode_id uuid,
    evidence jsonb NOT NULL,
    opened_at timestamptz NOT NULL,
    closed_at timestamptz
);
CREATE INDEX questions_open ON questions (authority, opened_at) WHERE closed_at IS NULL;
CREATE INDEX questions_by_child ON questions (child_id);

CREATE TABLE ledger (
    no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    authority text NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    child_id uuid,
    payload json,
    payload_digest bytea NOT NULL,
    -- the sealer's chain over committed rows
    position bigint CHECK (position > 0),
    hash bytea,
    sealed_at timestamptz,
    CONSTRAINT one_row_per_position UNIQUE (authority, position),
    CONSTRAINT sealed_whole CHECK (num_nulls(position, hash, sealed_at) IN (0, 3))
);
CREATE INDEX ledger_unsealed ON ledger (authority, no) WHERE position IS NULL;
CREATE INDEX ledger_by_subject ON ledger (subject, no);
CREATE INDEX ledger_by_child ON ledger (child_id, no);
CREATE INDEX ledger_listed ON ledger (authority, no);

CREATE TABLE outbox (
    no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    authority text NOT NULL,
    topic text NOT NULL,
    child_id uuid NOT NULL,
    event_id uuid NOT NULL UNIQUE,
    type text NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    published_at timestamptz
);
CREATE INDEX outbox_waiting ON outbox (no) WHERE published_at IS NULL;

CREATE TABLE letters (
    id uuid PRIMARY KEY,
    authority text,
    via text NOT NULL,
    sender text NOT NULL,
    content bytea NOT NULL,
    reasons jsonb NOT NULL,
    received_at timestamptz NOT NULL,
    arrivals integer NOT NULL CHECK (arrivals > 0),
    mended bytea,
    mended_by text,
    replayed_at timestamptz,
    outcome text
);
CREATE INDEX letters_waiting ON letters (received_at) WHERE outcome IS NULL;

CREATE TABLE tokens (
    id uuid PRIMARY KEY,
    authority text NOT NULL,
    name text NOT NULL,
    scope text NOT NULL CHECK (scope IN ('notify', 'read', 'work')),
    source text,
    digest bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz,
    CONSTRAINT a_feed_has_a_source CHECK ((scope = 'notify') = (source IS NOT NULL))
);

-- Row-level security, also for the owner. In sub-selects, so that each is asked once per statement.
DO $$
DECLARE
    name text;
    seen text := 'authority = (SELECT homeward_authority())';
    shown text := ' AND (child_id IS NULL OR child_id <> ALL ((SELECT homeward_hidden_children())::uuid[]))';
BEGIN
    FOREACH name IN ARRAY ARRAY['children', 'care', 'inbox', 'episodes', 'interviews', 'questions', 'ledger',
        'outbox', 'letters', 'tokens', 'restrictions', 'restriction_people'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO homeward_app', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['restrictions', 'restriction_people'] LOOP
        EXECUTE format('CREATE POLICY by_authority ON %I USING (%s)', name, seen);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['care', 'inbox', 'episodes', 'interviews', 'questions', 'ledger', 'outbox'] LOOP
        EXECUTE format('CREATE POLICY by_authority_and_child ON %I USING (%s)', name, seen || shown);
    END LOOP;
    EXECUTE format('CREATE POLICY by_authority_and_child ON children USING (%s)',
                   seen || replace(shown, 'child_id', 'id'));
END $$;
CREATE POLICY by_authority_if_known ON letters
    USING (authority IS NULL OR authority = (SELECT homeward_authority()));
-- a bearer shows its token before anybody knows the authority: it sees that one row
CREATE POLICY by_authority_or_digest ON tokens
    USING (authority = (SELECT homeward_authority())
           OR encode(digest, 'hex') = (SELECT current_setting('homeward.token_digest', true)));

-- What may change afterwards. Nothing is ever deleted, and what was told is never edited.
GRANT UPDATE ON children, care, episodes, interviews, questions TO homeward_app;
GRANT UPDATE (applied_at, set_aside_at, child_id, published_at) ON inbox TO homeward_app;
GRANT UPDATE (position, hash, sealed_at) ON ledger TO homeward_app;
GRANT UPDATE (published_at) ON outbox TO homeward_app;
GRANT UPDATE (arrivals, authority, mended, mended_by, replayed_at, outcome) ON letters TO homeward_app;
GRANT UPDATE (revoked_at) ON tokens TO homeward_app;
GRANT SELECT ON alembic_version TO homeward_app;

CREATE FUNCTION homeward_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON ledger
    FOR EACH STATEMENT EXECUTE FUNCTION homeward_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON inbox
    FOR EACH STATEMENT EXECUTE FUNCTION homeward_append_only();

-- a row of the ledger is sealed once, and is otherwise never changed
CREATE FUNCTION homeward_seal_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.position IS NULL AND to_jsonb(OLD) - '{position,hash,sealed_at}'::text[]
                              = to_jsonb(NEW) - '{position,hash,sealed_at}'::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'table ledger is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER seal_once BEFORE UPDATE ON ledger FOR EACH ROW EXECUTE FUNCTION homeward_seal_once();
