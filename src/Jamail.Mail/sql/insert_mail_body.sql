-- insert_mail_body: the content of a mail.
-- params: Id, Html text, Text, Headers text null
insert into {t}mail_body (id, html, text, headers) values (@Id, @Html, @Text, @Headers)
on conflict (id) do nothing
