-- set_headers: the static headers of an endpoint.
-- params: id, headers (protected; null for none), now
update {t}webhook_endpoint set headers_enc = @headers, version = version + 1, updated_at = @now where id = @id
