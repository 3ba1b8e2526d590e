-- A link by which a child answers the offer of an interview: whoever has the code may answer, once.
-- Only the code's digest is kept, and no child is named: the interview knows whose it is.
CREATE TABLE offer_links (
    id uuid PRIMARY KEY,
    authority text NOT NULL,
    interview_id uuid NOT NULL REFERENCES interviews,
    digest bytea NOT NULL UNIQUE,
    language text NOT NULL,
    choices jsonb NOT NULL,
    made_by text NOT NULL,
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > made_at),
    opened_at timestamptz,
    answered_at timestamptz,
    answer jsonb,
    withdrawn_at timestamptz,
    CONSTRAINT answered_whole CHECK (num_nulls(answered_at, answer) IN (0, 2)),
    CONSTRAINT answered_or_withdrawn CHECK (num_nonnulls(answered_at, withdrawn_at) <= 1)
);
CREATE INDEX offer_links_by_interview ON offer_links (interview_id, made_at);
CREATE UNIQUE INDEX one_open_offer_link ON offer_links (interview_id)
    WHERE answered_at IS NULL AND withdrawn_at IS NULL;

ALTER TABLE offer_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE offer_links FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON offer_links TO homeward_app;
GRANT UPDATE (opened_at, answered_at, answer, withdrawn_at) ON offer_links TO homeward_app;

-- whoever may see the interview sees its links; the child shows a code before anybody knows the authority
CREATE POLICY by_authority_and_interview_or_digest ON offer_links
    USING ((authority = (SELECT homeward_authority())
            AND EXISTS (SELECT FROM interviews i WHERE i.id = interview_id))
           OR encode(digest, 'hex') = (SELECT current_setting('homeward.token_digest', true)));

CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON offer_links
    FOR EACH STATEMENT EXECUTE FUNCTION homeward_append_only();
