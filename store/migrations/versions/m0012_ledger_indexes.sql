-- What an auditor searches the ledger for: by deed, by person, by day. Among years of other lines that is otherwise a
-- walk through all of them. Equality of text and comparison of instants are leak-proof, so that row-level security
-- lets the planner use these. Only indexes: what runs meanwhile does not notice them, but for the moment in which
-- each is made and the ledger is not written to.
CREATE INDEX ledger_by_action ON ledger (authority, action, no);
CREATE INDEX ledger_by_actor ON ledger (authority, actor, no);
CREATE INDEX ledger_by_day ON ledger (authority, at);
