-- Published: what was published never changes, whoever writes to the tables. Sources have a preheader, the line that inboxes show beside the subject.

alter table {t}mail_template_content add column preheader text;

create function {t}mail_keep_published_version() returns trigger language plpgsql as $$
begin
  raise exception 'Version % of template % is published and never changes; make another version.', old.version, old.template_id;
end $$;
create trigger mail_keep_published_version before update on {t}mail_template_version
  for each row when (old.status = 1) execute function {t}mail_keep_published_version();

create function {t}mail_keep_published_content() returns trigger language plpgsql as $$
begin
  raise exception 'The sources of a version (%, %) never change; make another version.', old.version_id, old.locale;
end $$;
create trigger mail_keep_published_content before update on {t}mail_template_content
  for each row when (old.subject is distinct from new.subject or old.html is distinct from new.html or old.text is distinct from new.text
    or old.preheader is distinct from new.preheader or old.locale is distinct from new.locale)
  execute function {t}mail_keep_published_content();
