-- Jobs: whether a mail wants a job or has one stands in a table of its own, which holds the unfinished mails only. What changes on a mail's way
-- is then no column that an index of the log knows, so that PostgreSQL writes a row twice and no index entry: claimed, and sent.

create table {t}mail_job (
  id text collate "C" primary key,                -- of the mail
  state integer not null,                         -- 1 wanted 2 confirmed
  due_at bigint not null,                         -- wanted: from when on it is added; confirmed: when it is looked for
  epoch text);
insert into {t}mail_job (id, state, due_at, epoch)
  select id, job_state, job_due_at, job_epoch from {t}mail_send_log where job_state > 0;
create index ix_mail_job_due on {t}mail_job (state, due_at);

drop index {t}ix_mail_log_job;
drop index {t}ix_mail_log_scheduled;
drop index {t}ix_mail_log_uncertain;
alter table {t}mail_send_log drop column job_state, drop column job_due_at, drop column job_epoch;
alter table {t}mail_send_log set (fillfactor = 50);            -- room for the row as it is claimed, and as it is sent
alter table {t}mail_send_log add column in_doubt integer generated always as (case when status = 9 then 1 end) stored;
create index ix_mail_log_uncertain on {t}mail_send_log (tenant_id, queued_at) where in_doubt = 1;

drop index {t}ix_mail_attempt_log;
alter table {t}mail_send_attempt drop constraint mail_send_attempt_pkey, add primary key (log_id, id);
