-- refuse_endpoint: the address of an endpoint may not be called; since when stays.
-- params: id, now
update {t}webhook_endpoint set refused_since = @now where id = @id and refused_since is null
