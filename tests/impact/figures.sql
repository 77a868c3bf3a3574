-- The figures of the card, from its records alone, by somebody who has not read how the portal counts them.
WITH record AS (
  SELECT * FROM project_record
  WHERE status = 'confirmed' AND project_id = (SELECT id FROM project WHERE slug = 'kuznia-ekspertow')
),
named AS (
  SELECT coalesce('profile ' || party.organisation_id, 'name ' || party.key) AS who, record.activity AS activity,
         record.minutes AS minutes, coalesce(party.minutes, record.minutes) AS attended,
         CASE WHEN party.organisation_id IS NULL THEN party.kind
              WHEN organisation.informal THEN 'group'
              WHEN organisation.legal_form = 'xx-lgu' THEN 'local-government'
              ELSE 'organisation' END AS kind
  FROM project_record_party AS party
  JOIN record ON record.id = party.record_id
  LEFT JOIN organisation ON organisation.id = party.organisation_id
)
SELECT 'training-hours' AS figure, (SELECT sum(minutes) FROM record WHERE activity = 'training') / 60 AS amount
UNION ALL SELECT 'advice-hours', (SELECT sum(minutes) FROM record WHERE activity = 'advice') / 60
UNION ALL SELECT 'community-sessions', (SELECT count(*) FROM record WHERE activity = 'community-session')
UNION ALL SELECT 'mini-projects', (SELECT count(*) FROM record WHERE activity = 'mini-project')
UNION ALL SELECT 'expert-opinions', (SELECT count(*) FROM record WHERE activity = 'expert-opinion')
UNION ALL SELECT 'organisations-strengthened', (
  SELECT count(DISTINCT who) FROM named
  WHERE kind = 'organisation' AND (
    activity = 'mini-project'
    OR (activity = 'training' AND minutes > 0 AND attended >= 0.8 * minutes)
    OR who IN (SELECT who FROM named WHERE activity = 'advice' GROUP BY who HAVING sum(attended) >= 120)
  )
)
