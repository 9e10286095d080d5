-- delete_deliveries: deliveries past their time that have come to their end.
-- params: before, limit
delete from {t}webhook_delivery
where id in (select id from {t}webhook_delivery where created_at < @before and status not in (0, 2, 3) limit @limit)
