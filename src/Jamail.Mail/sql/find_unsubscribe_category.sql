-- find_unsubscribe_category: which category a token means.
-- params: categoryId bytes
select tenant_id as TenantId, category from {t}mail_unsubscribe_category where category_id = @categoryId
