-- count_batch: how many mails came with a batch.
-- params: batch text, tenant text
select count(*) from {t}mail_send_log where batch_id = @batch and tenant_id = @tenant
