-- delete_suppression: takes an address off the list.
-- params: tenant text, hash bytes, scope text null (null: all of its entries)
delete from {t}mail_suppression where tenant_id = @tenant and address_hash = @hash and (@scope is null or scope = @scope)
