-- What people decide about who a child is: rows that are only ever added. Whose a message is follows from what
-- the rules find and from these, in order, without those that were undone.
CREATE TABLE decisions (
    no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    authority text NOT NULL,
    key text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('link', 'new', 'merge', 'split', 'keep', 'undo')),
    child_ids uuid[] NOT NULL,
    body jsonb NOT NULL,
    sent bytea NOT NULL,
    undoes uuid REFERENCES decisions (id),
    reason text NOT NULL,
    by text NOT NULL,
    actor text NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT one_decision_per_key UNIQUE (authority, actor, key),
    CONSTRAINT undoes_when_undo CHECK ((kind = 'undo') = (undoes IS NOT NULL))
);
CREATE INDEX decisions_listed ON decisions (authority, no);
CREATE INDEX decisions_by_child ON decisions USING gin (child_ids);
CREATE UNIQUE INDEX undone_once ON decisions (undoes);

ALTER TABLE decisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE decisions FORCE ROW LEVEL SECURITY;
CREATE POLICY by_authority_and_children ON decisions USING (
    authority = (SELECT homeward_authority())
    AND NOT child_ids && ((SELECT homeward_hidden_children())::uuid[]));
GRANT SELECT, INSERT ON decisions TO homeward_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON decisions
    FOR EACH STATEMENT EXECUTE FUNCTION homeward_append_only();

-- `child_id` is whose a message is. Where that is not what the rules found, `found_child_id` is; and
-- `placed_child_id`, where another child has taken over since the one with which it was placed.
ALTER TABLE inbox
    ADD COLUMN found_child_id uuid REFERENCES children,
    ADD COLUMN placed_child_id uuid REFERENCES children;
CREATE INDEX inbox_found ON inbox (found_child_id) WHERE found_child_id IS NOT NULL;
CREATE INDEX inbox_placed ON inbox (placed_child_id) WHERE placed_child_id IS NOT NULL;
CREATE INDEX inbox_concerning ON inbox
    (authority, (payload #>> '{data,concerns,source}'), (payload #>> '{data,concerns,subject}'))
    WHERE payload #>> '{data,concerns,source}' IS NOT NULL;
GRANT UPDATE (found_child_id, placed_child_id) ON inbox TO homeward_app;

-- `provisional` and `absorbed_by` say what holds. Of a child of which something is `decided`, what the rules
-- found is kept beside it, and comes back when the decision is undone.
ALTER TABLE children
    ADD COLUMN decided boolean NOT NULL DEFAULT false,
    ADD COLUMN found_provisional boolean,
    ADD COLUMN found_absorbed_by uuid REFERENCES children,
    ADD COLUMN made_by uuid REFERENCES decisions (id);
DROP INDEX children_by_name_key;
CREATE INDEX children_by_name_key ON children (authority, name_key);
CREATE INDEX children_by_family ON children (authority, family_key);
CREATE INDEX children_by_birth ON children (authority, date_of_birth);
CREATE INDEX children_by_postcode ON children (authority, postcode_key);
CREATE INDEX children_absorbed ON children (absorbed_by) WHERE absorbed_by IS NOT NULL;
ALTER TABLE children
    DROP CONSTRAINT one_child_per_authority_child_id,
    DROP CONSTRAINT one_child_per_nhs_number,
    DROP CONSTRAINT one_child_per_upn,
    ADD CONSTRAINT one_child_per_authority_child_id EXCLUDE USING btree
        (authority WITH =, authority_child_id WITH =)
        WHERE ((CASE WHEN decided THEN found_absorbed_by ELSE absorbed_by END) IS NULL)
        DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT one_child_per_nhs_number EXCLUDE USING btree
        (authority WITH =, nhs_number WITH =)
        WHERE ((CASE WHEN decided THEN found_absorbed_by ELSE absorbed_by END) IS NULL)
        DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT one_child_per_upn EXCLUDE USING btree
        (authority WITH =, upn WITH =)
        WHERE ((CASE WHEN decided THEN found_absorbed_by ELSE absorbed_by END) IS NULL)
        DEFERRABLE INITIALLY DEFERRED;

-- A question is open while it is asked and nobody has settled it.
ALTER TABLE questions
    ADD COLUMN asked boolean NOT NULL DEFAULT true,
    ADD COLUMN settled_by uuid REFERENCES decisions (id);
UPDATE questions SET asked = false WHERE closed_at IS NOT NULL;
GRANT UPDATE (asked, settled_by) ON questions TO homeward_app;
