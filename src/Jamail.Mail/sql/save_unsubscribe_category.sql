-- save_unsubscribe_category: which category the tokens of its mails mean.
-- params: categoryId bytes, tenant, category text
insert into {t}mail_unsubscribe_category (category_id, tenant_id, category) values (@categoryId, @tenant, @category)
on conflict (category_id) do nothing
