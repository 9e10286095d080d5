-- Published: what was published never changes, whoever writes to the tables. Sources have a preheader, the line that inboxes show beside the subject.

alter table {t}mail_template_content add column preheader text;

create trigger mail_keep_published_version before update on {t}mail_template_version when old.status = 1
begin
  select raise(abort, 'A published version of a template never changes; make another version.');
end;

create trigger mail_keep_published_content before update on {t}mail_template_content
  when old.subject is not new.subject or old.html is not new.html or old.text is not new.text or old.preheader is not new.preheader
    or old.locale is not new.locale
begin
  select raise(abort, 'The sources of a version of a template never change; make another version.');
end;
