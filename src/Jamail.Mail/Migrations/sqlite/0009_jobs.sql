-- Jobs: whether a mail wants a job or has one stands in a table of its own, which holds the unfinished mails only. What changes on a mail's way
-- is then no column that an index of the log knows.

create table {t}mail_job (
  id text primary key,                            -- of the mail
  state integer not null,                         -- 1 wanted 2 confirmed
  due_at integer not null,                        -- wanted: from when on it is added; confirmed: when it is looked for
  epoch text);
insert into {t}mail_job (id, state, due_at, epoch)
  select id, job_state, job_due_at, job_epoch from {t}mail_send_log where job_state > 0;
create index ix_mail_job_due on {t}mail_job (state, due_at);

drop index ix_mail_log_job;
drop index ix_mail_log_scheduled;
drop index ix_mail_log_uncertain;
alter table {t}mail_send_log drop column job_state;
alter table {t}mail_send_log drop column job_due_at;
alter table {t}mail_send_log drop column job_epoch;
alter table {t}mail_send_log add column in_doubt integer generated always as (case when status = 9 then 1 end) virtual;
create index ix_mail_log_uncertain on {t}mail_send_log (tenant_id, queued_at) where in_doubt = 1;
