-- An authority of many years, made by set: see `bench._pages_fill`. Run by a superuser, past row-level security
-- and with every constraint. `bench.episodes`, `bench.now` and `bench.authority` are set, the staff is there, and
-- so is the table `corpus (n, record)` of interview records.

CREATE FUNCTION pg_temp.chance(of bigint, what int) RETURNS float8 LANGUAGE sql IMMUTABLE
    AS $$ SELECT (hashint8extended(of, what) & 1048575) / 1048576.0 $$;
CREATE FUNCTION pg_temp.present() RETURNS timestamptz LANGUAGE sql STABLE
    AS $$ SELECT current_setting('bench.now')::timestamptz $$;
CREATE FUNCTION pg_temp.here() RETURNS text LANGUAGE sql STABLE
    AS $$ SELECT current_setting('bench.authority') $$;
CREATE FUNCTION pg_temp.worker(of bigint) RETURNS text LANGUAGE sql IMMUTABLE
    AS $$ SELECT 'W-' || 1 + floor(12 * pg_temp.chance(of, 20))::int $$;

-- Children with one to eight episodes over five years; the gaps are longer than any absence.
CREATE TEMP TABLE made AS
WITH kid AS (
    SELECT k, 1 + floor(8 * pg_temp.chance(k, 1) ^ 2)::int AS times,
        pg_temp.present() - interval '5 years' * pg_temp.chance(k, 2) AS last_at,
        interval '1 day' * (4 + 60 * pg_temp.chance(k, 3)) AS gap
    FROM generate_series(1, current_setting('bench.episodes')::int) AS k
), told AS (
    SELECT k, j, last_at - j * gap AS returned_at,
        last_at - j * gap - interval '1 hour' * (2 + 60 * pg_temp.chance(10 * k + j, 4) ^ 2) AS started_at
    FROM kid, generate_series(0, times - 1) AS j
    ORDER BY k, j LIMIT current_setting('bench.episodes')::int
), ranked AS (
    SELECT *, row_number() OVER (ORDER BY returned_at DESC) AS rank,
        row_number() OVER (ORDER BY returned_at) AS no
    FROM told
)
SELECT no, k, rank, returned_at, started_at, returned_at + interval '72 hours' AS due_at,
    md5('child/' || k)::uuid AS child_id, md5('episode/' || no)::uuid AS episode_id,
    md5('interview/' || no)::uuid AS interview_id, pg_temp.worker(no) AS worker, 'NP-' || no AS reference,
    CASE WHEN rank <= 40 THEN (ARRAY['due', 'due', 'allocated', 'offered', 'arranged'])[1 + rank % 5]
         WHEN rank <= 300 THEN (ARRAY['due', 'allocated', 'offered', 'arranged', 'held', 'held', 'submitted'])
             [1 + rank % 7]
         WHEN pg_temp.chance(no, 5) < 0.12 THEN 'declined'
         WHEN pg_temp.chance(no, 5) < 0.17 THEN 'not_possible'
         WHEN pg_temp.chance(no, 5) < 0.20 THEN 'voided'
         ELSE 'approved' END AS status,
    least(returned_at + interval '3 hours', pg_temp.present()) AS allocated_at,
    least(returned_at + interval '6 hours', pg_temp.present()) AS offered_at,
    least(returned_at + interval '9 hours', pg_temp.present()) AS arranged_at,
    least(returned_at + interval '1 hour' * (12 + 90 * pg_temp.chance(no, 6) ^ 2), pg_temp.present()) AS held_at
FROM ranked ORDER BY no;
ALTER TABLE made ADD COLUMN stage int;
-- how far it came on its way: 0 due, 1 allocated, 2 offered, 3 arranged, 4 held, 5 submitted, 6 approved
UPDATE made SET stage = CASE WHEN status IN ('declined', 'not_possible') THEN 2 WHEN status = 'voided' THEN 0
    ELSE array_position(ARRAY['due', 'allocated', 'offered', 'arranged', 'held', 'submitted', 'approved'], status) - 1 END;
CREATE UNIQUE INDEX ON made (no);
ANALYZE made;

INSERT INTO children (id, authority, provisional, indexed, authority_child_id, date_of_birth, family_key,
    given_keys, aka_keys, postcode_key, facts, created_at, updated_at)
SELECT md5('child/' || k)::uuid, pg_temp.here(), k % 400 = 0, k % 400 <> 0,
    CASE WHEN k % 400 <> 0 THEN 'C-' || k END, born, lower(family), ARRAY[lower(given)], '{}', 'ng' || k % 900,
    jsonb_build_object('given_names', given, 'family_name', family, 'date_of_birth', born, 'authority_child_id',
        'C-' || k, 'sex', CASE WHEN k % 2 = 0 THEN 'female' ELSE 'male' END, 'postcode', 'NG' || k % 17 || ' 1AA'),
    first_at, first_at
FROM (SELECT k, min(started_at) AS first_at,
          (pg_temp.present() - interval '11 years' - interval '6 years' * pg_temp.chance(k, 7))::date AS born,
          (ARRAY['Amara', 'Jordan', 'Kacper', 'Leah', 'Mia', 'Noah', 'Priya', 'Reece', 'Sam', 'Tomi', 'Zofia',
                 'Yusuf'])[1 + k % 12] AS given,
          (ARRAY['Okafor', 'Ahmed', 'Barker', 'Clarke', 'Dixon', 'Evans', 'Fletcher', 'Green', 'Hussain', 'Nowak',
                 'Patel', 'Reed', 'Singh', 'Taylor', 'Walker', 'Wood', 'Young'])[1 + k % 17] AS family
      FROM made GROUP BY k ORDER BY k) AS child;
INSERT INTO care (child_id, from_on, authority, legal_status, placement, social_worker)
SELECT id, created_at::date, authority, CASE WHEN number % 5 = 0 THEN 'Full care order' ELSE 'Single period of accommodation under section 20' END,
    'Residential', 'Alex Shaw'
FROM children WHERE pg_temp.chance(number, 8) < 0.4;
INSERT INTO restrictions (child_id, authority, reason, restricted_by, restricted_at)
SELECT id, authority, 'A parent works here', 'M-1', pg_temp.present() - interval '90 days'
FROM children WHERE number % 1500 = 7;

-- what was told: that the child is missing, and that it is back
INSERT INTO inbox (authority, source, id, subject, payload, digest, via, received_at, applied_at, child_id)
SELECT pg_temp.here(), 'urn:police:nottinghamshire', reference || kind, reference, payload,
    sha256(payload::text::bytea), 'http:nottinghamshire', at + delay, at + delay, child_id
FROM (SELECT no, child_id, reference, kind, at, interval '1 hour' * pg_temp.chance(no, 9) AS delay,
          json_build_object('id', reference || kind, 'specversion', '1.0', 'subject', reference,
              'source', 'urn:police:nottinghamshire', 'type', 'uk.police.missing-child.' || word || '.v1', 'time', at,
              'data', json_build_object('authority', pg_temp.here(), 'occurred_at', at, word_of, json_build_object(),
                  'child', json_build_object('authority_child_id', 'C-' || k))) AS payload
      FROM made, LATERAL (VALUES ('-1', 'reported', 'missing', started_at), ('-2', 'returned', 'returned',
          returned_at)) AS message (kind, word, word_of, at)
      ORDER BY at) AS message;

INSERT INTO episodes (id, authority, child_id, child_number, status, risk_level, risk_factors, started_at,
    returned_at, conflict_reasons, marks, incidents, notifications, period, superseded, updated_at)
SELECT episode_id, pg_temp.here(), child_id, number, 'returned', (ARRAY['low', 'medium', 'medium', 'high'])[1 + no % 4],
    '{}', started_at, returned_at, '{}', '{}',
    jsonb_build_array(jsonb_build_array('urn:police:nottinghamshire', reference)),
    jsonb_build_array(jsonb_build_array('urn:police:nottinghamshire', reference || '-1'),
                      jsonb_build_array('urn:police:nottinghamshire', reference || '-2')),
    tstzrange(started_at, returned_at, '[]'), false, returned_at
FROM made JOIN children ON children.id = child_id ORDER BY no;
-- missing now: children who were not for a year
INSERT INTO episodes (id, authority, child_id, child_number, status, risk_level, risk_factors, started_at,
    located_at, conflict_reasons, marks, incidents, notifications, period, superseded, updated_at)
SELECT md5('now/' || number)::uuid, authority, id, number, CASE WHEN turn % 4 = 0 THEN 'located' ELSE 'open' END,
    'high', '{}', begun, CASE WHEN turn % 4 = 0 THEN pg_temp.present() - interval '1 hour' END, '{}', '{}', '[]', '[]',
    tstzrange(begun, NULL, '[]'), false, begun
FROM (SELECT c.*, row_number() OVER (ORDER BY number) AS turn,
          pg_temp.present() - interval '1 hour' * (1 + number % 30) AS begun
      FROM children c JOIN (SELECT child_id FROM made GROUP BY child_id
          HAVING max(returned_at) < pg_temp.present() - interval '1 year') AS quiet ON quiet.child_id = c.id
      ORDER BY number LIMIT 16) AS away;

INSERT INTO interviews (id, authority, child_id, episode_id, status, clock_started_at, due_at, provisional_due,
    anchor_source, anchor_id, voided_reason, voided_from, offered_at, accepted, held_at, interviewer, updated_at,
    version, allocated_at, attempted_at, attempts, arranged_at, arranged_for, arranged_until, place, submitted_at,
    approved_at, declined_at, closed_reason, record_no, quality)
SELECT interview_id, pg_temp.here(), child_id, episode_id, status, returned_at, due_at, no % 50 = 0 AND stage >= 4,
    'urn:police:nottinghamshire', reference || '-2', CASE WHEN status = 'voided' THEN 'cancelled' END,
    CASE WHEN status = 'voided' THEN 'due' END, CASE WHEN stage >= 2 THEN offered_at END,
    CASE WHEN stage >= 3 THEN true WHEN status = 'declined' THEN false END, CASE WHEN stage >= 4 THEN held_at END,
    CASE WHEN stage >= 1 THEN worker END, greatest(returned_at, offered_at), 1 + stage,
    CASE WHEN stage >= 1 THEN allocated_at END, CASE WHEN stage >= 2 THEN offered_at END, (stage >= 2)::int,
    CASE WHEN stage >= 3 THEN arranged_at END,
    CASE WHEN stage = 3 THEN pg_temp.present() + interval '45 minutes' * rank WHEN stage > 3 THEN held_at END,
    CASE WHEN stage = 3 THEN pg_temp.present() + interval '45 minutes' * rank + interval '40 minutes'
         WHEN stage > 3 THEN held_at + interval '40 minutes' END,
    CASE WHEN stage >= 3 THEN 'The Limes' END,
    CASE WHEN stage >= 5 THEN least(held_at + interval '1 day', pg_temp.present()) END,
    CASE WHEN stage >= 6 THEN held_at + interval '2 days' END,
    CASE WHEN status = 'declined' THEN offered_at END,
    CASE WHEN status IN ('declined', 'not_possible') THEN 'Does not want to talk about it' END,
    CASE WHEN stage >= 5 AND returned_at > pg_temp.present() - interval '1 year' THEN 2 END,
    CASE WHEN stage >= 5 THEN jsonb_build_object('draft', 2, 'examined_at', held_at, 'findings', '[]'::jsonb,
        'answers', '{}'::jsonb) ELSE '{}' END
FROM made ORDER BY no;

INSERT INTO interview_commands (interview_id, no, authority, key, name, body, digest, by, actor, at, answer)
SELECT interview_id, step, pg_temp.here(), 'c' || no || '/' || step, name, body, sha256(body::text::bytea),
    body->>'by', 'person:' || (body->>'by'), at, jsonb_build_object('status', status, 'version', step + 1)
FROM made, LATERAL (VALUES
    (1, 'allocate', allocated_at, jsonb_build_object('by', 'M-1', 'interviewer', worker, 'why', '', 'chosen_by_child', false)),
    (2, 'offer', offered_at, jsonb_build_object('by', worker, 'at', NULL, 'to', 'child', 'how', 'visit', 'note', '', 'answer', 'accepted')),
    (3, 'arrange', arranged_at, jsonb_build_object('by', worker, 'place', 'The Limes', 'minutes', 40, 'starts_at', held_at)),
    (4, 'hold', held_at, jsonb_build_object('by', worker, 'place', '', 'held_at', NULL, 'held_by', NULL)),
    (5, 'submit', held_at + interval '1 day', jsonb_build_object('by', worker, 'draft', 2, 'answers', '[]'::jsonb)),
    (6, 'approve', held_at + interval '2 days', jsonb_build_object('by', 'M-1', 'decision', 'Agreed; the plan says who does what.'))
) AS command (step, name, at, body)
WHERE step <= stage ORDER BY no, step;

-- records of the last year: the account first, then the whole
INSERT INTO drafts (interview_id, no, authority, key, based_on, by, actor, saved_at, sent, problems, record)
SELECT interview_id, draft, pg_temp.here(), 'd' || no || '/' || draft, draft - 1, worker, 'person:' || worker,
    held_at + interval '1 hour' * draft, CASE WHEN draft = 1 THEN part ELSE record END, '[]',
    CASE WHEN draft = 1 THEN part ELSE record END
FROM made JOIN corpus ON n = no % (SELECT count(*) FROM corpus)
CROSS JOIN LATERAL (SELECT jsonb_build_object('account', record->'account') AS part) AS p
CROSS JOIN generate_series(1, 2) AS draft
WHERE stage >= 4 AND returned_at > pg_temp.present() - interval '1 year' ORDER BY no, draft;
INSERT INTO plan_entries (id, authority, interview_id, kind, body, by, actor, at)
SELECT md5('plan/' || no)::uuid, pg_temp.here(), interview_id, 'outcomes',
    jsonb_build_object('held_on', held_at::date, 'outcomes', record->'outcomes'), 'M-1', 'person:M-1',
    held_at + interval '2 days'
FROM made JOIN corpus ON n = no % (SELECT count(*) FROM corpus)
WHERE stage = 6 AND returned_at > pg_temp.present() - interval '1 year'
    AND jsonb_array_length(record->'outcomes') > 0 ORDER BY no;
INSERT INTO pushes (interview_id, target, authority, key, state, attempts, next_at, queued_at, delivered_at, confirmed_at)
SELECT interview_id, 'case-management', pg_temp.here(), md5('push/' || no)::uuid, 'confirmed', 1, held_at, held_at,
    held_at, held_at FROM made WHERE stage = 6 ORDER BY no;

-- the ladder: what was late when the step came due, the episode that made a child repeatedly missing
INSERT INTO alerts (id, authority, subject_id, interview_id, episode_id, step, due_at, raised_at, expected,
    expected_by, level, acknowledged_at, acknowledged_by, decision, closed_at, closed_why)
SELECT md5('alert/' || step || no)::uuid, pg_temp.here(), coalesce(about, episode_id), about,
    CASE WHEN about IS NULL THEN episode_id END, step, at, at + interval '1 minute', 'Hold the interview today.',
    at + interval '8 hours', (pg_temp.chance(no, 11) < 0.2)::int, seen_at, CASE WHEN seen_at IS NOT NULL THEN 'M-1' END,
    CASE WHEN seen_at IS NOT NULL THEN 'A colleague visits tonight.' END,
    over_at, CASE WHEN over_at IS NOT NULL THEN 'held' END
FROM (SELECT *, CASE WHEN pg_temp.chance(no, 12) < 0.7 AND at + interval '3 hours' < pg_temp.present()
              THEN at + interval '3 hours' END AS seen_at,
          CASE WHEN stage >= 4 THEN held_at WHEN rank > 300 THEN at + interval '1 day' END AS over_at
      FROM made, LATERAL (VALUES
          ('not_allocated_48h_before', interview_id, due_at - interval '48 hours',
              (stage = 0 AND rank <= 300) OR pg_temp.chance(no, 13) < 0.05),
          ('not_arranged_24h_before', interview_id, due_at - interval '24 hours', rank <= 300 AND stage < 3 OR held_at > due_at),
          ('not_held_at_deadline', interview_id, due_at, rank <= 300 AND stage < 4 OR held_at > due_at),
          ('not_held_24h_after', interview_id, due_at + interval '24 hours', rank <= 300 AND stage < 4
              OR held_at > due_at + interval '24 hours'),
          ('repeatedly_missing', NULL::uuid, started_at, pg_temp.chance(no, 14) < 0.05)
      ) AS came (step, about, at, due)
      WHERE due AND at < pg_temp.present() AND status <> 'voided') AS alert
ORDER BY at;
INSERT INTO deliveries (id, authority, alert_id, recipient, role, level, channel, state, queued_at, not_before,
    attempts, sent_at)
SELECT md5(a.id || recipient)::uuid, a.authority, a.id, recipient, role, 0, 'inbox', 'sent', raised_at, raised_at, 1, raised_at
FROM alerts a LEFT JOIN interviews i ON i.id = a.interview_id
CROSS JOIN LATERAL (VALUES ('M-1', 'team_manager'), (i.interviewer, 'worker')) AS told (recipient, role)
WHERE recipient IS NOT NULL ORDER BY a.no;

-- for the screener
INSERT INTO questions (id, authority, kind, child_id, message_source, message_id, evidence, opened_at, closed_at, asked)
SELECT md5('question/' || no)::uuid, pg_temp.here(), kind, child_id, 'urn:police:nottinghamshire', reference || '-1',
    CASE kind WHEN 'doubtful_notification' THEN '{"marks": ["no_birth_date"]}'::jsonb
        ELSE jsonb_build_object('others', jsonb_build_array(md5('child/' || k + 17)::uuid)) END,
    started_at, CASE WHEN rank > 1500 THEN returned_at END, rank <= 1500
FROM (SELECT *, (ARRAY['unknown_child', 'several_children', 'doubtful_notification'])[1 + k % 3] AS kind
      FROM made WHERE rank % 30 = 0) AS doubtful
WHERE EXISTS (SELECT FROM children WHERE id = md5('child/' || k + 17)::uuid) ORDER BY no;
INSERT INTO letters (id, authority, via, sender, content, reasons, received_at, arrivals, outcome)
SELECT md5('letter/' || n)::uuid, pg_temp.here(), 'http', 'nottinghamshire', convert_to(repeat('{"id": "broken" ', 40), 'UTF8'),
    '[{"field": "time", "message": "is no time"}]', pg_temp.present() - n * interval '1 day', 1,
    CASE WHEN n > 20 THEN 'accepted' END
FROM generate_series(1, 1000) AS n;

-- who saw whom, and the ledger, both in the order of time
INSERT INTO people (id, authority, issuer, subject, name, staff_id, duties, added_at)
SELECT md5('person/' || id)::uuid, authority, 'bench', id, name, id,
    ARRAY[CASE WHEN 'interviewer' = ANY(roles) THEN 'worker' ELSE 'manager' END], imported_at FROM staff;
INSERT INTO accesses (authority, at, person, child_id, page, purpose)
SELECT pg_temp.here(), at, 'person:' || md5('person/' || who)::uuid, child_id, page, purpose
FROM made, LATERAL (VALUES (offered_at, worker, 'interview', 'interview'), (held_at, worker, 'child', 'interview'),
    (held_at + interval '4 hours', worker, 'record', 'interview'), (held_at + interval '2 days', 'M-1', 'review', 'managing')
) AS seen (at, who, page, purpose)
WHERE at < pg_temp.present() ORDER BY at;
INSERT INTO ledger (authority, at, actor, action, subject, child_id, payload, payload_digest, position, hash, sealed_at)
SELECT pg_temp.here(), at, actor, action, subject, child_id, payload, sha256(payload::text::bytea), place,
    sha256(place::text::bytea), at
FROM (SELECT e.*, child_id, row_number() OVER (ORDER BY at, made.no) AS place,
          json_build_object('child_id', child_id, 'episode_id', episode_id, 'interview_id', interview_id, 'status', status,
              'due_at', due_at, 'provisional_due', false, 'interviewer', worker) AS payload
      FROM made, LATERAL (VALUES
          (started_at, 'system:http:nottinghamshire', 'notification.received', 'notification/' || reference || '-1', 0),
          (returned_at, 'system:http:nottinghamshire', 'notification.received', 'notification/' || reference || '-2', 0),
          (returned_at, 'system:apply', 'episode.child-returned', 'episode/' || episode_id, 0),
          (returned_at, 'system:apply', 'interview.due', 'interview/' || interview_id, 0),
          (allocated_at, 'person:M-1', 'interview.allocated', 'interview/' || interview_id, 1),
          (offered_at, 'person:' || worker, 'interview.offered', 'interview/' || interview_id, 2),
          (held_at, 'person:' || worker, 'interview.held', 'interview/' || interview_id, 4),
          (held_at + interval '2 days', 'person:M-1', 'interview.approved', 'interview/' || interview_id, 6)
      ) AS e (at, actor, action, subject, needs)
      WHERE needs <= stage) AS row
ORDER BY place;

ANALYZE;
