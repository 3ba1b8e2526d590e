-- A force's list of the children whom it still has as missing. The latest one that is `compared` counts; one that
-- is hardly believable is `doubted` until a person decides; nothing is ever deleted.
CREATE TABLE police_lists (
    id uuid PRIMARY KEY,
    authority text NOT NULL,
    source text NOT NULL,
    as_of timestamptz NOT NULL,
    name text NOT NULL,
    digest bytea NOT NULL,
    via text NOT NULL,
    received_at timestamptz NOT NULL,
    rows integer NOT NULL CHECK (rows >= 0),
    others integer NOT NULL CHECK (others >= 0),
    faults jsonb NOT NULL,
    state text NOT NULL CHECK (state IN ('compared', 'doubted', 'older', 'refused', 'passed_over')),
    why text,
    decided_by text,
    decided_at timestamptz,
    CONSTRAINT one_list_once UNIQUE (authority, source, as_of, digest)
);
CREATE INDEX police_lists_latest ON police_lists (authority, source, as_of DESC);

-- Its rows, each with the child whom it is about, or likely is, so that nobody sees a restricted one by a list.
CREATE TABLE police_list_rows (
    list_id uuid NOT NULL REFERENCES police_lists,
    no integer NOT NULL,
    authority text NOT NULL,
    child_id uuid REFERENCES children,
    told jsonb,
    raw text,
    PRIMARY KEY (list_id, no),
    CONSTRAINT understood_or_raw CHECK (num_nonnulls(told, raw) = 1)
);

-- One difference, from when a list first showed it until it is one no more. `settled`: a person has said how it
-- is, and it is asked no more while it lasts.
CREATE TABLE police_tasks (
    id uuid PRIMARY KEY,
    authority text NOT NULL,
    source text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('listed', 'open')),
    key text NOT NULL,
    why text NOT NULL,
    child_id uuid REFERENCES children,
    episode_id uuid REFERENCES episodes,
    listed jsonb,
    list_id uuid NOT NULL REFERENCES police_lists,
    last_list_id uuid NOT NULL REFERENCES police_lists,
    opened_at timestamptz NOT NULL,
    settled_at timestamptz,
    settled_as text CHECK (settled_as IN ('episode', 'wrong', 'still_missing')),
    history jsonb NOT NULL DEFAULT '[]',
    ended_at timestamptz,
    ended_why text,
    CONSTRAINT settled_whole CHECK (num_nulls(settled_at, settled_as) IN (0, 2)),
    CONSTRAINT ended_whole CHECK (num_nulls(ended_at, ended_why) IN (0, 2)),
    CONSTRAINT listed_when_listed CHECK ((kind = 'listed') = (listed IS NOT NULL))
);
CREATE UNIQUE INDEX one_standing_police_task ON police_tasks (authority, source, kind, key) WHERE ended_at IS NULL;
CREATE INDEX police_tasks_ended ON police_tasks (authority, ended_at) WHERE ended_at IS NOT NULL;

DO $$
DECLARE
    name text;
    seen text := 'authority = (SELECT homeward_authority())';
    shown text := ' AND (child_id IS NULL OR child_id <> ALL ((SELECT homeward_hidden_children())::uuid[]))';
BEGIN
    FOREACH name IN ARRAY ARRAY['police_lists', 'police_list_rows', 'police_tasks'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO homeward_app', name);
        EXECUTE format('CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON %I'
            ' FOR EACH STATEMENT EXECUTE FUNCTION homeward_append_only()', name);
    END LOOP;
    EXECUTE format('CREATE POLICY by_authority ON police_lists USING (%s)', seen);
    FOREACH name IN ARRAY ARRAY['police_list_rows', 'police_tasks'] LOOP
        EXECUTE format('CREATE POLICY by_authority_and_child ON %I USING (%s)', name, seen || shown);
    END LOOP;
END $$;
GRANT UPDATE (state, why, decided_by, decided_at) ON police_lists TO homeward_app;
GRANT UPDATE (child_id) ON police_list_rows TO homeward_app;
GRANT UPDATE (why, child_id, episode_id, listed, last_list_id, settled_at, settled_as, history, ended_at, ended_why)
    ON police_tasks TO homeward_app;
