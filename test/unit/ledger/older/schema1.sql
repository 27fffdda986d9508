CREATE TABLE requests (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  surface TEXT,
  conversation TEXT,
  workspace_name TEXT,
  workspace_hash TEXT,
  task TEXT,
  route TEXT,
  model TEXT,
  manual INTEGER NOT NULL DEFAULT 0,
  protected INTEGER NOT NULL DEFAULT 0,
  policy_version TEXT,
  owner TEXT,
  ended TEXT,
  finished_at INTEGER,
  answered_by INTEGER,
  answer_route TEXT,
  answer_model TEXT,
  answer_tier TEXT,
  verdict TEXT,
  failure TEXT,
  priced INTEGER NOT NULL DEFAULT 1,
  baseline_model TEXT,
  paid_low INTEGER NOT NULL DEFAULT 0,
  paid_high INTEGER NOT NULL DEFAULT 0,
  baseline_low INTEGER NOT NULL DEFAULT 0,
  baseline_high INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX requests_by_time ON requests (at);
CREATE INDEX requests_running ON requests (at) WHERE ended IS NULL;
CREATE TABLE details (
  request_id TEXT PRIMARY KEY,
  features TEXT,
  decision TEXT,
  prices TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE attempts (
  request_id TEXT NOT NULL,
  idx INTEGER NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  route TEXT NOT NULL,
  boundary TEXT NOT NULL,
  tier TEXT,
  at INTEGER NOT NULL,
  expected_prompt_tokens INTEGER,
  max_output_tokens INTEGER,
  first_token_ms REAL,
  total_ms REAL,
  load_ms REAL,
  generate_ms REAL,
  input_tokens INTEGER,
  output_tokens INTEGER,
  cache_read_tokens INTEGER,
  cache_write_tokens INTEGER,
  cache_write_1h_tokens INTEGER,
  bounds TEXT,
  ended TEXT,
  failure TEXT,
  verdict TEXT,
  findings TEXT,
  paid INTEGER,
  PRIMARY KEY (request_id, idx)
) STRICT, WITHOUT ROWID;
CREATE TABLE feedback (
  request_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (request_id, kind, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE marks (
  conversation TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE egress (
  request_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  host TEXT NOT NULL,
  model TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  allowed_because TEXT NOT NULL,
  PRIMARY KEY (request_id, at, host, model, bytes)
) STRICT, WITHOUT ROWID;
CREATE VIEW counted AS
SELECT
  r.*,
  r.ended = 'answered' AS answered,
  coalesce(r.answer_route, r.route) AS by_route,
  coalesce(r.answer_model, r.model) AS by_model,
  CASE WHEN credited THEN r.baseline_low ELSE 0 END AS counted_baseline_low,
  CASE WHEN credited THEN r.baseline_high ELSE 0 END AS counted_baseline_high,
  CASE WHEN credited THEN r.baseline_low ELSE 0 END - r.paid_high AS saved_low,
  CASE WHEN credited THEN r.baseline_high ELSE 0 END - r.paid_low AS saved_high
FROM (
  SELECT
    *,
    ended = 'answered' AND NOT EXISTS (
      SELECT 1 FROM feedback f WHERE f.request_id = requests.id AND f.kind = 'askedClaude'
    ) AS credited
  FROM requests
) r;
INSERT INTO requests (id, at, surface, conversation, workspace_name, workspace_hash, task, route, model, manual, protected, policy_version, owner, ended, finished_at, answered_by, answer_route, answer_model, verdict, priced, baseline_model, paid_low, paid_high, baseline_low, baseline_high) VALUES ('local', 1795435200000, 'chat', '1176c05ccfb7c06ed2599f00490a6c97', 'shop', '744501986d27865736d55409aec6eda0', 'explain', 'local', 'llama3.2:3b', 0, 0, 'rules-1', 'nowhere/1/1', 'answered', 1795435201000, 0, 'local', 'llama3.2:3b', 'passed', 1, 'claude-sonnet-5-5', 0, 0, 2535000, 4914000);
INSERT INTO requests (id, at, surface, conversation, workspace_name, workspace_hash, task, route, model, manual, protected, policy_version, owner, ended, finished_at, answered_by, answer_route, answer_model, answer_tier, verdict, priced, baseline_model, paid_low, paid_high, baseline_low, baseline_high) VALUES ('escalated', 1795435200000, 'chat', '1176c05ccfb7c06ed2599f00490a6c97', 'shop', '744501986d27865736d55409aec6eda0', 'explain', 'local', 'llama3.2:3b', 0, 0, 'rules-1', 'nowhere/1/1', 'answered', 1795435201000, 1, 'claude', 'claude-sonnet-5-5', 'sonnet', 'passed', 1, 'claude-sonnet-5-5', 3000000, 3000000, 3000000, 3000000);
INSERT INTO requests (id, at, surface, conversation, workspace_name, workspace_hash, task, route, model, manual, protected, policy_version, owner, ended, finished_at, answered_by, answer_route, answer_model, priced, baseline_model, paid_low, paid_high, baseline_low, baseline_high) VALUES ('replaced', 1795435200000, 'chat', '1176c05ccfb7c06ed2599f00490a6c97', 'shop', '744501986d27865736d55409aec6eda0', 'explain', 'local', 'llama3.2:3b', 0, 0, 'rules-1', 'nowhere/1/1', 'answered', 1795435201000, 0, 'local', 'llama3.2:3b', 1, 'claude-sonnet-5-5', 0, 0, 2535000, 4914000);
INSERT INTO requests (id, at, surface, conversation, workspace_name, workspace_hash, task, route, model, manual, protected, policy_version, owner, ended, finished_at, answered_by, answer_route, answer_model, priced, baseline_model, paid_low, paid_high, baseline_low, baseline_high) VALUES ('unpriced', 1795435200000, 'chat', '1176c05ccfb7c06ed2599f00490a6c97', 'shop', '744501986d27865736d55409aec6eda0', 'explain', 'local', 'llama3.2:3b', 0, 0, 'rules-1', 'nowhere/1/1', 'answered', 1795435201000, 0, 'other', 'cloudy', 0, 'claude-sonnet-5-5', 0, 0, 2535000, 4914000);
INSERT INTO requests (id, at, surface, task, route, model, manual, protected, policy_version, owner, priced, paid_low, paid_high, baseline_low, baseline_high) VALUES ('open', 1795435200000, 'chat', 'explain', 'local', 'llama3.2:3b', 0, 0, 'rules-1', 'nowhere/1/1', 1, 0, 0, 0, 0);
INSERT INTO details (request_id, features, decision, prices) VALUES ('escalated', '{"textCharacters":20,"contextCharacters":400,"contextItems":1,"languageId":"typescript","command":true,"tools":false,"images":false,"promptTokens":1000}', '{"requestId":"escalated","classification":{"task":"explain","tasks":{"explain":1},"difficulty":0.1,"confidence":0.9,"reasons":[{"code":"taskByCommand","params":{"task":"explain"}}]},"route":"local","model":{"provider":"ollama","name":"llama3.2:3b"},"confidence":0.9,"manual":false,"protected":false,"reasons":[{"code":"routineTask","params":{"task":"explain"}}],"chain":[{"provider":"claude","name":"claude-sonnet-5-5"}],"considered":[],"promptTokens":1000,"policyVersion":"rules-1"}', '[{"model":"llama3.2:3b","origin":"local","tiers":[{"maxPromptTokens":null,"input":0,"output":0,"cacheRead":0,"cacheWrite5m":0,"cacheWrite1h":0}]},{"model":"claude-sonnet-5-5","origin":"table","effectiveDate":"2026-11-03","tiers":[{"maxPromptTokens":null,"input":2,"output":10,"cacheRead":0.1,"cacheWrite5m":2.5,"cacheWrite1h":4}]},{"model":"claude-sonnet-5-5","origin":"table","effectiveDate":"2026-11-03","tiers":[{"maxPromptTokens":null,"input":2,"output":10,"cacheRead":0.1,"cacheWrite5m":2.5,"cacheWrite1h":4}]}]');
INSERT INTO details (request_id, features, decision, prices) VALUES ('local', '{"textCharacters":20,"contextCharacters":400,"contextItems":1,"languageId":"typescript","command":true,"tools":false,"images":false,"promptTokens":1000}', '{"requestId":"local","classification":{"task":"explain","tasks":{"explain":1},"difficulty":0.1,"confidence":0.9,"reasons":[{"code":"taskByCommand","params":{"task":"explain"}}]},"route":"local","model":{"provider":"ollama","name":"llama3.2:3b"},"confidence":0.9,"manual":false,"protected":false,"reasons":[{"code":"routineTask","params":{"task":"explain"}}],"chain":[{"provider":"claude","name":"claude-sonnet-5-5"}],"considered":[],"promptTokens":1000,"policyVersion":"rules-1"}', '[{"model":"llama3.2:3b","origin":"local","tiers":[{"maxPromptTokens":null,"input":0,"output":0,"cacheRead":0,"cacheWrite5m":0,"cacheWrite1h":0}]},{"model":"claude-sonnet-5-5","origin":"table","effectiveDate":"2026-11-03","tiers":[{"maxPromptTokens":null,"input":2,"output":10,"cacheRead":0.1,"cacheWrite5m":2.5,"cacheWrite1h":4}]}]');
INSERT INTO details (request_id, features, decision) VALUES ('open', '{"textCharacters":20,"contextCharacters":400,"contextItems":1,"languageId":"typescript","command":true,"tools":false,"images":false,"promptTokens":1000}', '{"requestId":"open","classification":{"task":"explain","tasks":{"explain":1},"difficulty":0.1,"confidence":0.9,"reasons":[{"code":"taskByCommand","params":{"task":"explain"}}]},"route":"local","model":{"provider":"ollama","name":"llama3.2:3b"},"confidence":0.9,"manual":false,"protected":false,"reasons":[{"code":"routineTask","params":{"task":"explain"}}],"chain":[{"provider":"claude","name":"claude-sonnet-5-5"}],"considered":[],"promptTokens":1000,"policyVersion":"rules-1"}');
INSERT INTO details (request_id, features, decision, prices) VALUES ('replaced', '{"textCharacters":20,"contextCharacters":400,"contextItems":1,"languageId":"typescript","command":true,"tools":false,"images":false,"promptTokens":1000}', '{"requestId":"replaced","classification":{"task":"explain","tasks":{"explain":1},"difficulty":0.1,"confidence":0.9,"reasons":[{"code":"taskByCommand","params":{"task":"explain"}}]},"route":"local","model":{"provider":"ollama","name":"llama3.2:3b"},"confidence":0.9,"manual":false,"protected":false,"reasons":[{"code":"routineTask","params":{"task":"explain"}}],"chain":[{"provider":"claude","name":"claude-sonnet-5-5"}],"considered":[],"promptTokens":1000,"policyVersion":"rules-1"}', '[{"model":"llama3.2:3b","origin":"local","tiers":[{"maxPromptTokens":null,"input":0,"output":0,"cacheRead":0,"cacheWrite5m":0,"cacheWrite1h":0}]},{"model":"claude-sonnet-5-5","origin":"table","effectiveDate":"2026-11-03","tiers":[{"maxPromptTokens":null,"input":2,"output":10,"cacheRead":0.1,"cacheWrite5m":2.5,"cacheWrite1h":4}]}]');
INSERT INTO details (request_id, features, decision, prices) VALUES ('unpriced', '{"textCharacters":20,"contextCharacters":400,"contextItems":1,"languageId":"typescript","command":true,"tools":false,"images":false,"promptTokens":1000}', '{"requestId":"unpriced","classification":{"task":"explain","tasks":{"explain":1},"difficulty":0.1,"confidence":0.9,"reasons":[{"code":"taskByCommand","params":{"task":"explain"}}]},"route":"local","model":{"provider":"ollama","name":"llama3.2:3b"},"confidence":0.9,"manual":false,"protected":false,"reasons":[{"code":"routineTask","params":{"task":"explain"}}],"chain":[{"provider":"claude","name":"claude-sonnet-5-5"}],"considered":[],"promptTokens":1000,"policyVersion":"rules-1"}', '[{"model":"claude-sonnet-5-5","origin":"table","effectiveDate":"2026-11-03","tiers":[{"maxPromptTokens":null,"input":2,"output":10,"cacheRead":0.1,"cacheWrite5m":2.5,"cacheWrite1h":4}]}]');
INSERT INTO attempts (request_id, idx, provider, model, route, boundary, at, expected_prompt_tokens, max_output_tokens, total_ms, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, ended, verdict, findings, paid) VALUES ('escalated', 0, 'ollama', 'llama3.2:3b', 'local', 'machine', 1795435200000, 1000, 1000, 900, 1000, 100, 0, 0, 0, 'complete', 'failed', '["doesNotParse"]', 0);
INSERT INTO attempts (request_id, idx, provider, model, route, boundary, tier, at, expected_prompt_tokens, max_output_tokens, total_ms, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, ended, verdict, findings, paid) VALUES ('escalated', 1, 'claude', 'claude-sonnet-5-5', 'claude', 'cloud', 'sonnet', 1795435200000, 1000, 1000, 900, 1000, 100, 0, 0, 0, 'complete', 'passed', '["parses"]', 3000000);
INSERT INTO attempts (request_id, idx, provider, model, route, boundary, at, expected_prompt_tokens, max_output_tokens, total_ms, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, ended, verdict, findings, paid) VALUES ('local', 0, 'ollama', 'llama3.2:3b', 'local', 'machine', 1795435200000, 1000, 1000, 900, 1000, 100, 0, 0, 0, 'complete', 'passed', '["parses"]', 0);
INSERT INTO attempts (request_id, idx, provider, model, route, boundary, at, expected_prompt_tokens, max_output_tokens, paid) VALUES ('open', 0, 'claude', 'claude-sonnet-5-5', 'claude', 'cloud', 1795435200000, 1000, 1000, 12500000);
INSERT INTO attempts (request_id, idx, provider, model, route, boundary, at, expected_prompt_tokens, max_output_tokens, total_ms, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, ended, paid) VALUES ('replaced', 0, 'ollama', 'llama3.2:3b', 'local', 'machine', 1795435200000, 1000, 1000, 900, 1000, 100, 0, 0, 0, 'complete', 0);
INSERT INTO attempts (request_id, idx, provider, model, route, boundary, at, expected_prompt_tokens, max_output_tokens, total_ms, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, ended) VALUES ('unpriced', 0, 'ollama', 'cloudy', 'other', 'cloud', 1795435200000, 1000, 1000, 900, 1000, 100, 0, 0, 0, 'complete');
INSERT INTO feedback (request_id, kind, at) VALUES ('replaced', 'askedClaude', 1795435202000);
INSERT INTO marks (conversation, at) VALUES ('1176c05ccfb7c06ed2599f00490a6c97', 1795435200000);
INSERT INTO egress (request_id, at, host, model, bytes, allowed_because) VALUES ('escalated', 1795435200000, 'api.anthropic.com', 'claude-sonnet-5-5', 1200, 'nothingProtected');
PRAGMA user_version = 1;
