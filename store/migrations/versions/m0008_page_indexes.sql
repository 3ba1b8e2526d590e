-- What the pages ask most, among many years of episodes that are over. Only indexes: what runs meanwhile does not
-- notice them, but for the moment in which each is made and its table is not written to.

-- what is unfinished, by deadline; and what somebody has in hand or finished lately
CREATE INDEX interviews_by_status ON interviews (authority, status, due_at);
CREATE INDEX interviews_in_hand ON interviews (authority, interviewer, status, updated_at);

-- records as the quality gate compares them
CREATE INDEX interviews_with_record ON interviews (authority, id)
    WHERE record_no IS NOT NULL AND covered_by IS NULL AND status <> 'voided';

-- who is missing, and how often children were in a period
CREATE INDEX episodes_by_status ON episodes (authority, status) WHERE NOT superseded;
CREATE INDEX episodes_by_start ON episodes (authority, started_at) WHERE NOT superseded AND status <> 'cancelled';

-- alerts about which something has to happen: row-level security asks of each whether its interview may be seen,
-- and without this the planner counts on asking it of all that ever were
CREATE INDEX alerts_not_over ON alerts (authority, raised_at, id) WHERE closed_at IS NULL;
CREATE INDEX alerts_by_interview ON alerts (interview_id) WHERE interview_id IS NOT NULL;
