-- The interview from its deadline to the child's plan: who holds it, what was done, how it is chased.

-- Everybody who works on interviews: interviewers, and the managers to whom lateness climbs.
CREATE TABLE staff (
    authority text NOT NULL,
    id text NOT NULL,
    name text NOT NULL,
    email text,
    phone text,
    roles text[] NOT NULL,
    teams text[] NOT NULL,
    languages text[] NOT NULL,
    gender text,
    training text[] NOT NULL,
    employer text,
    involved_with text[] NOT NULL,
    working jsonb NOT NULL,
    leave jsonb NOT NULL,
    capacity integer CHECK (capacity >= 0),
    gone_on date,
    imported_at timestamptz NOT NULL,
    PRIMARY KEY (authority, id)
);

ALTER TABLE interviews
    ADD COLUMN version integer NOT NULL DEFAULT 1,
    ADD COLUMN allocated_at timestamptz,
    ADD COLUMN chosen_by_child boolean NOT NULL DEFAULT false,
    ADD COLUMN attempted_at timestamptz,
    ADD COLUMN attempts integer NOT NULL DEFAULT 0,
    ADD COLUMN arranged_at timestamptz,
    ADD COLUMN arranged_for timestamptz,
    ADD COLUMN arranged_until timestamptz,
    ADD COLUMN place text,
    ADD COLUMN submitted_at timestamptz,
    ADD COLUMN sent_back_at timestamptz,
    ADD COLUMN approved_at timestamptz,
    ADD COLUMN declined_at timestamptz,
    ADD COLUMN closed_reason text,
    ADD COLUMN record_no integer,
    ADD COLUMN quality jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN covered_by uuid REFERENCES interviews;
CREATE INDEX interviews_by_interviewer ON interviews (authority, interviewer) WHERE status <> 'voided';
CREATE INDEX interviews_covered ON interviews (covered_by) WHERE covered_by IS NOT NULL;

-- What people did to an interview, in order; the columns of `interviews` are the fold of it.
CREATE TABLE interview_commands (
    interview_id uuid NOT NULL REFERENCES interviews,
    no integer NOT NULL CHECK (no > 0),
    authority text NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    body jsonb NOT NULL,
    digest bytea NOT NULL,
    by text NOT NULL,
    actor text NOT NULL,
    at timestamptz NOT NULL,
    answer jsonb NOT NULL,
    PRIMARY KEY (interview_id, no),
    CONSTRAINT one_command_per_key UNIQUE (authority, actor, key)
);

-- Every draft as it was sent, also one that could not be taken over: nothing typed is lost.
CREATE TABLE drafts (
    interview_id uuid NOT NULL REFERENCES interviews,
    no integer NOT NULL CHECK (no > 0),
    authority text NOT NULL,
    key text NOT NULL,
    based_on integer NOT NULL CHECK (based_on >= 0),
    by text NOT NULL,
    actor text NOT NULL,
    saved_at timestamptz NOT NULL,
    sent json NOT NULL,
    problems jsonb NOT NULL,
    record jsonb,
    PRIMARY KEY (interview_id, no),
    CONSTRAINT one_draft_per_key UNIQUE (authority, actor, key),
    CONSTRAINT taken_or_with_problems CHECK ((record IS NULL) = (problems <> '[]'))
);

-- What the child's plan is folded from: outcomes of an approved record, and what became of its actions.
CREATE TABLE plan_entries (
    id uuid PRIMARY KEY,
    no bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    authority text NOT NULL,
    interview_id uuid NOT NULL REFERENCES interviews,
    kind text NOT NULL,
    body jsonb NOT NULL,
    by text NOT NULL,
    actor text NOT NULL,
    at timestamptz NOT NULL,
    key text,
    CONSTRAINT one_plan_entry_per_key UNIQUE (authority, key)
);
CREATE INDEX plan_entries_by_interview ON plan_entries (interview_id, no);
CREATE UNIQUE INDEX outcomes_enter_a_plan_once ON plan_entries (interview_id) WHERE kind = 'outcomes';

-- An approved interview on its way into another system; `key` is what makes it arrive once.
CREATE TABLE pushes (
    interview_id uuid NOT NULL REFERENCES interviews,
    target text NOT NULL,
    authority text NOT NULL,
    key uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'delivered', 'confirmed', 'stuck')),
    attempts integer NOT NULL,
    next_at timestamptz NOT NULL,
    why text,
    remote_id text,
    remote_version text,
    queued_at timestamptz NOT NULL,
    delivered_at timestamptz,
    confirmed_at timestamptz,
    PRIMARY KEY (interview_id, target),
    CONSTRAINT one_push_per_key UNIQUE (key)
);
CREATE INDEX pushes_open ON pushes (authority, next_at) WHERE state <> 'confirmed';

-- A ladder's step that came due. `subject_id` is the interview or the episode; once per step and deadline.
CREATE TABLE alerts (
    id uuid PRIMARY KEY,
    no bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    authority text NOT NULL,
    subject_id uuid NOT NULL,
    interview_id uuid REFERENCES interviews,
    episode_id uuid REFERENCES episodes,
    step text NOT NULL,
    due_at timestamptz NOT NULL,
    raised_at timestamptz NOT NULL,
    expected text NOT NULL,
    expected_by timestamptz NOT NULL,
    level integer NOT NULL DEFAULT 0,
    acknowledged_at timestamptz,
    acknowledged_by text,
    decision text,
    closed_at timestamptz,
    closed_why text,
    CONSTRAINT one_alert_per_step_and_deadline UNIQUE (authority, subject_id, step, due_at),
    CONSTRAINT acknowledged_with_a_decision
        CHECK (num_nulls(acknowledged_at, acknowledged_by, decision) IN (0, 3)),
    CONSTRAINT about_one_thing CHECK (num_nonnulls(interview_id, episode_id) <= 1)
);
CREATE INDEX alerts_listed ON alerts (authority, raised_at, id);
CREATE INDEX alerts_open ON alerts (authority, expected_by) WHERE acknowledged_at IS NULL AND closed_at IS NULL;
CREATE INDEX alerts_by_subject ON alerts (subject_id);

-- Whom an alert is told to, by which way, and what became of it. One row per person, way and level.
CREATE TABLE deliveries (
    id uuid PRIMARY KEY,
    authority text NOT NULL,
    alert_id uuid NOT NULL REFERENCES alerts,
    recipient text NOT NULL,
    role text NOT NULL,
    level integer NOT NULL,
    channel text NOT NULL CHECK (channel IN ('inbox', 'email', 'text', 'teams')),
    state text NOT NULL CHECK (state IN ('queued', 'sent', 'failed', 'undeliverable')),
    why text,
    queued_at timestamptz NOT NULL,
    not_before timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    sent_at timestamptz,
    reference text,
    CONSTRAINT one_delivery_per_person_way_and_level UNIQUE (alert_id, recipient, channel, level)
);
CREATE INDEX deliveries_waiting ON deliveries (authority, not_before) WHERE state = 'queued';
CREATE INDEX deliveries_by_recipient ON deliveries (authority, recipient, queued_at);

-- An interview offered to the authority in whose area the child lives. Both authorities see it.
CREATE TABLE handovers (
    id uuid PRIMARY KEY,
    authority text NOT NULL,
    host text NOT NULL,
    interview_id uuid NOT NULL REFERENCES interviews,
    reason text NOT NULL,
    offered_at timestamptz NOT NULL,
    offered_by text NOT NULL,
    accept_by timestamptz NOT NULL CHECK (accept_by > offered_at),
    answer text CHECK (answer IN ('accepted', 'refused', 'lapsed', 'withdrawn')),
    answered_at timestamptz,
    answered_by text,
    answer_why text,
    CONSTRAINT answered_whole CHECK (num_nulls(answer, answered_at, answered_by) IN (0, 3)),
    CONSTRAINT not_to_itself CHECK (host <> authority)
);
CREATE UNIQUE INDEX one_open_handover_per_interview ON handovers (interview_id)
    WHERE answer IS NULL OR answer = 'accepted';

-- When each thing that is done by the clock was last done. Nobody's: a dead scheduler has no authority.
CREATE TABLE beats (
    name text PRIMARY KEY,
    started_at timestamptz NOT NULL,
    ended_at timestamptz,
    failed_why text,
    alarmed_at timestamptz
);

DO $$
DECLARE
    name text;
    seen text := 'authority = (SELECT homeward_authority())';
    of_interview text := ' AND EXISTS (SELECT FROM interviews i WHERE i.id = interview_id)';
BEGIN
    FOREACH name IN ARRAY ARRAY['staff', 'interview_commands', 'drafts', 'plan_entries', 'pushes', 'alerts',
        'deliveries', 'handovers', 'beats'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO homeward_app', name);
    END LOOP;
    EXECUTE format('CREATE POLICY by_authority ON staff USING (%s)', seen);
    -- whoever may see the interview may see what belongs to it; the child may change, the interview stays
    FOREACH name IN ARRAY ARRAY['interview_commands', 'drafts', 'plan_entries', 'pushes'] LOOP
        EXECUTE format('CREATE POLICY by_authority_and_interview ON %I USING (%s)', name, seen || of_interview);
    END LOOP;
    EXECUTE format('CREATE POLICY by_authority_and_subject ON alerts USING (%s)', seen
        || ' AND (interview_id IS NULL OR EXISTS (SELECT FROM interviews i WHERE i.id = interview_id))'
        || ' AND (episode_id IS NULL OR EXISTS (SELECT FROM episodes e WHERE e.id = episode_id))');
    EXECUTE format('CREATE POLICY by_authority_and_alert ON deliveries USING (%s)', seen
        || ' AND EXISTS (SELECT FROM alerts a WHERE a.id = alert_id)');
END $$;
-- the owner sees it with its interview; the host sees what it is asked, and nothing else of the child
CREATE POLICY by_owner_or_host ON handovers
    USING ((authority = (SELECT homeward_authority())
            AND EXISTS (SELECT FROM interviews i WHERE i.id = interview_id))
           OR host = (SELECT homeward_authority()))
    WITH CHECK (authority = (SELECT homeward_authority()) OR host = (SELECT homeward_authority()));
CREATE POLICY of_no_authority ON beats USING (true);

GRANT UPDATE ON staff, pushes, beats TO homeward_app;
GRANT UPDATE (level, acknowledged_at, acknowledged_by, decision, closed_at, closed_why) ON alerts TO homeward_app;
GRANT UPDATE (state, why, not_before, attempts, sent_at, reference) ON deliveries TO homeward_app;
GRANT UPDATE (answer, answered_at, answered_by, answer_why) ON handovers TO homeward_app;

-- Who is named for two restricted children sees what they became; who was named for one of them does not,
-- and that they once were stays written down.
ALTER TABLE restriction_people ADD COLUMN withdrawn_at timestamptz;
GRANT UPDATE (withdrawn_at) ON restriction_people TO homeward_app;
CREATE OR REPLACE FUNCTION homeward_hidden_children() RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(r.child_id), '{}')
    FROM restrictions r
    WHERE r.authority = homeward_authority()
      AND coalesce(homeward_person(), '') NOT LIKE 'system:%'
      AND NOT EXISTS (SELECT FROM restriction_people p
                      WHERE p.child_id = r.child_id AND p.person = homeward_person()
                        AND p.withdrawn_at IS NULL)
$$;

CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON interview_commands
    FOR EACH STATEMENT EXECUTE FUNCTION homeward_append_only();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON drafts
    FOR EACH STATEMENT EXECUTE FUNCTION homeward_append_only();
