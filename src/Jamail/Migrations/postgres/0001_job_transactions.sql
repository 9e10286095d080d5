-- 0001_job_transactions: the host's own jobs until they have ended, and which steps of jobs are done. Times are Unix ms.

create table {t}job_outbox (
  id text primary key,
  queue text not null,
  job_key text not null,                    -- the job's id in its queue
  name text not null,
  data text not null,                       -- JSON
  options text not null,                    -- JSON
  created_at bigint not null,
  job_state smallint not null,              -- 1 wanted 2 confirmed
  job_epoch text,
  job_due_at bigint not null
);
create index ix_job_outbox_due on {t}job_outbox (queue, job_state, job_due_at);

create table {t}job_step (
  queue text not null,
  job_id text not null,
  added_at bigint not null,
  step text not null,
  result text,                              -- JSON
  done_at bigint not null,
  primary key (queue, job_id, added_at, step)
);
create index ix_job_step_done on {t}job_step (done_at);
