-- By which keys a description finds the children that it may be of (domain.matching.blocks). A table with
-- a plain index, and not an array with GIN: under row-level security the planner uses only comparisons that
-- are leak-proof, which equality is, and overlap is not. Rows are only added: what is compared then is decided by
-- what the child is now.
CREATE TABLE child_keys (
    authority text NOT NULL,
    key text NOT NULL,
    child_id uuid NOT NULL REFERENCES children,
    PRIMARY KEY (authority, key, child_id)
);
ALTER TABLE child_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE child_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY by_authority_and_child ON child_keys USING (authority = (SELECT homeward_authority())
    AND (child_id IS NULL OR child_id <> ALL ((SELECT homeward_hidden_children())::uuid[])));
GRANT SELECT, INSERT ON child_keys TO homeward_app;
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON child_keys
    FOR EACH STATEMENT EXECUTE FUNCTION homeward_append_only();

-- the first line of the home, which is weighed; like the postcode, written without spaces and case
ALTER TABLE children ADD address_key text;
