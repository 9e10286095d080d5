-- Templates: drafts, languages, layouts and partials, schemas. Kinds of mail_template: 1 mail 2 layout 3 partial.

alter table {t}mail_template_version add column status integer not null default 1;       -- 0 draft 1 published
alter table {t}mail_template_version add column default_locale text not null default 'en';
alter table {t}mail_template_version add column layout text;                             -- the key of the layout
alter table {t}mail_template_version add column schema text;
alter table {t}mail_template_version add column note text;

alter table {t}mail_template_content add column html_ready text;   -- with layout, partials and styles in place; null: as html
