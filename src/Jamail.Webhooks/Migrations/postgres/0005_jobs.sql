-- 0005_jobs: what is unfinished stands in a table of its own, with the job it wants or has and its place in an order. What changes on a delivery's
-- way is then no column that an index of webhook_delivery knows, so that PostgreSQL writes its
-- row anew and no index entry: claimed, and sent.

create table {t}webhook_job (
  id text primary key,                            -- of the delivery
  webhook_id text not null,
  lane text,                                      -- as the delivery has it
  seq bigint,
  state smallint not null,                          -- 0 none wanted 1 wanted 2 confirmed
  due_at bigint not null,                         -- wanted: from when on it is added; confirmed: when it is looked for
  epoch text,
  wanted_at bigint not null                       -- what the queue tells about earlier jobs does not count
);
insert into {t}webhook_job (id, webhook_id, lane, seq, state, due_at, epoch, wanted_at)
  select id, webhook_id, lane, seq, job_state, job_due_at, job_epoch, job_wanted_at from {t}webhook_delivery where status in (0, 2, 3);
create index ix_webhook_job_due on {t}webhook_job (state, due_at) where state <> 0;
create index ix_webhook_job_lane on {t}webhook_job (lane, seq) where lane is not null;
create index ix_webhook_job_endpoint on {t}webhook_job (webhook_id, id);

drop index {t}ix_webhook_delivery_job;
drop index {t}ix_webhook_delivery_lane;
drop index {t}ix_webhook_delivery_status;
alter table {t}webhook_delivery drop column job_state, drop column job_due_at, drop column job_epoch, drop column job_wanted_at;
alter table {t}webhook_delivery set (fillfactor = 60);         -- room for the row as it is claimed, and as it is sent
alter table {t}webhook_delivery add column missed smallint generated always as (case when status in (5, 6, 7, 8) then status end) stored;
create index ix_webhook_delivery_missed on {t}webhook_delivery (webhook_id, missed, created_at desc, id desc) where missed is not null;
