-- count_suppressions: whether an address is entered for a scope.
-- params: tenant text, hash bytes, scope text
select count(*) from {t}mail_suppression where tenant_id = @tenant and address_hash = @hash and scope = @scope
